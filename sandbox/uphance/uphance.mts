import { createServer } from 'node:https';
import Fastify from 'fastify';
import type { FastifyServerFactory } from 'fastify';
import type { Organisation, User } from './accounts.mts';
import { Accounts } from './accounts.mts';
import { serveBoxes } from './boxes.mts';
import { brandHistory } from './brandHistory.mts';
import type { Certificate } from './certificate.mts';
import { serveChannels } from './channels.mts';
import { serveCreateSalesOrder } from './createSalesOrder.mts';
import { creditNoteRecords } from './creditNotes.mts';
import { customerType } from './customers.mts';
import type { Delivery, DeliveryOptions } from './deliveries.mts';
import { Deliveries, deliveryDefaults } from './deliveries.mts';
import type { EventOptions } from './events.mts';
import { Events } from './events.mts';
import type { Fault } from './faults.mts';
import { injectFaults } from './faults.mts';
import { fillGaps } from './fillGaps.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { fixedHistory } from './history.mts';
import { IdSequence } from './idSequence.mts';
import { invoiceRecords } from './invoices.mts';
import type { ListRoute } from './listRoute.mts';
import { serveList } from './listRoute.mts';
import { serveOauth } from './oauth.mts';
import { changeOrganisationIds } from './organisationIds.mts';
import { serveOrganisations } from './organisations.mts';
import type { CreatedPayment } from './payments.mts';
import { Payments, serveCreatePayment } from './payments.mts';
import { pickTicketRecords } from './pickTickets.mts';
import { productionOrderRecords } from './productionOrders.mts';
import { productType } from './products.mts';
import { receivingTicketRecords } from './receivingTickets.mts';
import { RecordStore } from './recordStore.mts';
import { toRecordType } from './recordType.mts';
import type { LoggedRequest } from './requestLog.mts';
import { logRequests } from './requestLog.mts';
import { returnRecords } from './returns.mts';
import type { CreatedOrder } from './salesOrders.mts';
import { SalesOrders } from './salesOrders.mts';
import { serveSeasons } from './seasons.mts';
import { serveSingle } from './singleRoute.mts';
import { skuListRoute } from './skus.mts';
import { Stock } from './stock.mts';
import type { StockOperation } from './stockOperations.mts';
import { serveStockOperations } from './stockOperations.mts';
import { findSku } from './styles.mts';
import type { ListSwitches, Switches } from './switches.mts';
import { defaultSwitches } from './switches.mts';
import { serveUpdatePickTicket } from './updatePickTicket.mts';
import { vendorInvoiceListRoute } from './vendorInvoices.mts';
import type { Webhook } from './webhooks.mts';
import { Webhooks } from './webhooks.mts';

export interface Options extends Partial<DeliveryOptions> {
	/** TCP port; 0, the default, chooses a free one. */
	port?: number;
	/** Number of sales orders in each organisation that does not set its own; 250 by default. */
	orders?: number;
	/** Number of products in each organisation that does not set its own; at least the four that occur in orders. */
	styles?: number;
	/**
	 * A moment, in Unix milliseconds: the records are then those of a brand that has been selling until the day before.
	 * Without it they are the same on every day, and have every gap that clients of Uphance have seen.
	 */
	today?: number;
	organisations?: Organisation[];
	users?: User[];
	switches?: Partial<Switches>;
	/** By path: what a list does in another way than `switches` say. */
	lists?: Record<string, ListSwitches>;
	/** Serves https with this certificate, and http without one. */
	certificate?: Certificate;
	/**
	 * Whether each page of a list is rendered once and then sent from memory, so that benchmarks do not measure this
	 * server.
	 */
	keepsPages?: boolean;
	/** Webhooks that exist from the start. */
	webhooks?: Webhook[];
	/** Returns further webhooks, such as those of the triggers in an n8n. Called for each event. */
	findWebhooks?: () => Promise<Webhook[]>;
	/** Called with every response before it is sent. */
	onAnswer?: (request: { method: string; path: string }, status: number, body: unknown) => void;
}

/** Controls of a running sandbox. Each one is also a POST to /sandbox/<name> with its arguments as a JSON list. */
export interface Control {
	fault(fault: Fault): void;
	clearFaults(): void;
	/** Returns all requests since the start or the last clearLog(), oldest first. */
	log(): LoggedRequest[];
	clearLog(): void;
	addUser(user: User): void;
	changePassword(email: string, password: string): void;
	/** Switches the current organisation of a user outside the API. */
	switchOrganisation(email: string, organisation: number): void;
	/** Gives a user another organisation. Their sessions stay valid. */
	joinOrganisation(email: string, organisation: number): void;
	/** Expires all access tokens. Refresh tokens stay valid. */
	expireTokens(): void;
	/** Invalidates all refresh tokens. */
	revokeRefreshTokens(): void;
	/** Revokes all access and refresh tokens. */
	revokeTokens(): void;
	/** Returns how many access tokens were issued, for a password or a refresh token. */
	signIns(): number;
	/** Sets the number of sales orders of an organisation. */
	setOrders(organisation: number, orders: number): void;
	/** Sets how many products an organisation has. */
	setStyles(organisation: number, styles: number): void;
	/** Returns all orders created with POST /sales_orders, oldest first, with their request bodies. */
	created(): CreatedOrder[];
	/** Returns all payments created with POST /payments, oldest first, with their request bodies. */
	createdPayments(): CreatedPayment[];
	/** Returns all stock operations that changed the stock, oldest first, without repeats. */
	stockOperations(): StockOperation[];
	/** Deletes a pick ticket of any organisation and sends pick_ticket_delete. */
	deletePickTicket(id: number): void;
	/** Deletes a record, of the first organisation that has it by default. Sends no event. */
	deleteRecord(path: string, id: number, organisation?: number): void;
	/** Publishes a draft pick ticket and sends pick_ticket_update: Uphance sends no pick_ticket_create for drafts. */
	publishPickTicket(id: number): void;
	/**
	 * Adds the newest records of a list, created now, in the first organisation by default. Sends no event.
	 *
	 * @returns their ids
	 */
	addRecords(path: string, count: number, organisation?: number): number[];
	/** Changes fields of a record, in the first organisation that has it by default. Sends no event. */
	changeRecord(path: string, id: number, values: Record<string, unknown>, organisation?: number): void;
	/** Changes fields of a SKU, such as ean or sku_number, in /skus and /products. filter[ean] finds the new value. */
	changeSku(skuId: number, values: Record<string, unknown>, organisation?: number): void;
	/** Adds a record, created now, with a given id, such as one below the newest. Sends no event. */
	lateRecord(path: string, id: number, organisation?: number): void;
	/** Adds a webhook, like Apps > Uphance API > New Webhook in Uphance. */
	addWebhook(webhook: Webhook): void;
	/** Removes a webhook and stops its pending retries. */
	removeWebhook(url: string): void;
	webhooks(): Webhook[];
	/** Sends an event about a record to all webhooks for it. Resolves when all deliveries succeeded or were dropped. */
	deliver(event: string, id: number, options?: EventOptions): Promise<Delivery[]>;
	/** Sends any body to a URL once, e.g. a forged or malformed event. */
	deliverRaw(url: string, body: string, headers?: Record<string, string>): Promise<Delivery>;
	/** Delivers the next events twice; 1 by default. Each webhook of an event counts. */
	duplicateNext(times?: number): void;
	/** Loses the answers to the next calls of webhooks; 1 by default. The event is delivered again. */
	loseAnswers(times?: number): void;
	/** Returns all deliveries since the start, in the order in which they were requested. */
	deliveries(): Delivery[];
	/** Resolves when no delivery is in flight and no retry is pending. */
	delivered(): Promise<void>;
	/** Returns every access and refresh token ever issued, so that tests can search for leaks. */
	secrets(): string[];
}

export interface Uphance extends Control {
	url: string;
	close(): Promise<void>;
}

/** The user with one organisation. */
export const demo = { email: 'demo@example.com', password: 'demo-password' };
/** The user with two organisations. */
export const group = { email: 'group@example.com', password: 'group-password' };

/**
 * Starts a stand-in for Uphance on loopback. The same options always give the same records.
 *
 * @throws Error with advice if the port is in use
 */
export async function startUphance(options: Options = {}): Promise<Uphance> {
	const switches: Switches = { ...defaultSwitches, ...options.switches };
	const orders = options.orders ?? 250;
	const organisations = (
		options.organisations ?? [
			{ id: 9579, name: 'Uphance Demo', orders },
			{ id: 9601, name: 'Uphance Outlet', orders },
		]
	).map((each) => ({ styles: options.styles, ...each })); // copies: creating an order changes `orders`
	const users = options.users ?? [
		{ ...demo, organisations: [9579] },
		{ ...group, organisations: [9579, 9601] },
	];
	const accounts = new Accounts(users, organisations, switches.organisationState);
	const { today } = options;
	const history = today === undefined ? fixedHistory(switches) : brandHistory(today, organisations, switches);
	const salesOrders = new SalesOrders(switches, history);
	const ids = new IdSequence();
	const store = new RecordStore(organisations, ids, switches);
	const complete = (records: GeneratedRecords) => (history.hasGaps ? records : fillGaps(records));
	const payments = new Payments(salesOrders, switches, ids, store);
	const webhooks = new Webhooks(options.findWebhooks);
	for (const webhook of options.webhooks ?? []) webhooks.add(webhook);
	const deliveries = new Deliveries({ ...deliveryDefaults, ...pickDeliveryOptions(options) });
	const events = new Events(store, webhooks, deliveries, switches);
	const stock = new Stock();
	const stockOperations: StockOperation[] = [];
	const log: LoggedRequest[] = [];
	const faults: Fault[] = [];

	const { certificate } = options;
	const https: { serverFactory?: FastifyServerFactory } = {};
	if (certificate) https.serverFactory = (handler) => createServer(certificate, handler);
	// No client sends HEAD requests, and each route makes the start of a test slower.
	const app = Fastify({ ...https, forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024, exposeHeadRoutes: false });
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? undefined : JSON.parse(String(body)));
		} catch {
			done(Object.assign(new Error('malformed JSON'), { statusCode: 400 }));
		}
	});
	logRequests(app, accounts, log);
	const { onAnswer } = options;
	if (onAnswer) {
		app.addHook('onSend', async ({ method, url }, { statusCode }, payload) => {
			onAnswer({ method, path: new URL(url, 'http://sandbox').pathname }, statusCode, payload);
			return payload;
		});
	}
	injectFaults(app, accounts, faults);
	changeOrganisationIds(app, switches);
	serveOauth(app, accounts, switches);
	serveOrganisations(app, accounts);
	const switchesOf = (path: string) => ({ ...switches, ...options.lists?.[path] });
	const serveRecords = (route: ListRoute) =>
		serveList(app, accounts, switchesOf(route.path), route, options.keepsPages);
	const invoiceType = toRecordType(
		complete(invoiceRecords(salesOrders, switches)),
		['since_id', 'invoice_id'],
		'invoice_number',
	);
	const sinceFilters = ['since_id', 'since_created_at'];
	const ticketFilters = ['by_order_number', 'by_order_id', 'by_shipment_number', 'filter[warehouse_name]'];
	for (const type of [
		salesOrders.type,
		customerType(salesOrders),
		productType(stock, switches),
		toRecordType(complete(creditNoteRecords(salesOrders, switches)), ['since_id'], 'credit_note_number'),
		toRecordType(
			complete(pickTicketRecords(salesOrders, switches)),
			[...sinceFilters, ...ticketFilters],
			'shipment_number',
		),
		toRecordType(complete(receivingTicketRecords(history, switches)), sinceFilters),
		toRecordType(complete(returnRecords(salesOrders, switches)), [], 'return_number'),
		payments.type,
	]) {
		const { list, single } = store.register(type);
		serveRecords(list);
		serveSingle(app, accounts, switchesOf(single.path), single);
	}
	const registeredInvoices = store.register(invoiceType);
	serveRecords(registeredInvoices.list);
	const { single: invoice } = registeredInvoices;
	serveSingle(app, accounts, switches, switches.invoiceById ? invoice : { ...invoice, find: () => undefined });
	const productionOrderType = toRecordType(
		productionOrderRecords(history, switches),
		['since_id'],
		'production_order_number',
	);
	serveRecords(store.register(productionOrderType).list);
	serveRecords(skuListRoute(stock, switches));
	serveRecords(vendorInvoiceListRoute(history, switches));
	serveChannels(app, accounts, switches);
	serveSeasons(app, accounts, switches);
	serveCreateSalesOrder(app, accounts, switches, salesOrders);
	serveUpdatePickTicket(app, accounts, switches, store, events);
	serveBoxes(app, accounts, switches, store);
	serveCreatePayment(app, accounts, switches, payments, events);
	serveStockOperations(app, accounts, switches, stock, stockOperations);

	/** Returns the organisation with an id, or the first one. @throws Error if there is none */
	const findOrganisation = (id: number | undefined) => {
		const found = organisations.find((each) => each.id === (id ?? organisations[0]?.id));
		if (found) return found;
		throw new Error(`There is no organisation ${id}.`);
	};
	/** Returns the organisation that has a record. @throws Error if there is none */
	const requireOwner = (path: string, id: number, organisation?: number) => {
		const owner = store.findOwner(path, id, organisation);
		if (owner) return owner;
		throw new Error(`There is no record ${id} in ${path}.`);
	};
	const control: Control = {
		fault: (fault) => void faults.push({ ...fault }),
		clearFaults: () => void faults.splice(0),
		log: () => log,
		clearLog: () => void log.splice(0),
		addUser: (user) => void users.push(user),
		changePassword(email, password) {
			const user = accounts.findUser(email);
			if (user) user.password = password;
		},
		switchOrganisation: (email, organisation) => accounts.switchInWebApp(email, organisation),
		joinOrganisation: (email, organisation) => void accounts.findUser(email)?.organisations.push(organisation),
		expireTokens: () => accounts.expireAllTokens(),
		revokeTokens() {
			for (const token of accounts.tokens) token.revoked = true;
		},
		revokeRefreshTokens() {
			for (const token of accounts.tokens) token.refreshUsed = true;
		},
		signIns: () => accounts.tokens.length,
		created: () => salesOrders.created,
		createdPayments: () => payments.created,
		stockOperations: () => stockOperations,
		deletePickTicket(id) {
			const owner = store.findOwner('/pick_tickets', id);
			if (!owner) return;
			store.delete('/pick_tickets', owner, id);
			events.notify('pick_ticket_delete', owner, id, { id });
		},
		deleteRecord: (path, id, organisation) => store.delete(path, requireOwner(path, id, organisation), id),
		publishPickTicket(id) {
			const owner = requireOwner('/pick_tickets', id);
			const ticket = store.update('/pick_tickets', owner, id, { status: 'published' });
			if (ticket) events.notify('pick_ticket_update', owner, id, ticket);
		},
		addRecords(path, count, organisation) {
			const owner = findOrganisation(organisation);
			return path === '/sales_orders' ? salesOrders.append(owner, count) : store.add(path, count, owner);
		},
		changeRecord: (path, id, values, organisation) =>
			void store.update(path, requireOwner(path, id, organisation), id, values),
		changeSku(id, values, organisation) {
			const owner = findOrganisation(organisation);
			if (!findSku(owner, id)) throw new Error(`There is no SKU ${id} in organisation ${owner.id}.`);
			stock.updateSku(owner, id, values);
		},
		lateRecord: (path, id, organisation) => store.insert(path, id, findOrganisation(organisation)),
		addWebhook: (webhook) => webhooks.add(webhook),
		removeWebhook: (url) => webhooks.remove(url),
		webhooks: () => webhooks.list(),
		deliver: async (...args) => await events.deliver(...args),
		deliverRaw: async (...args) => await deliveries.sendRaw(...args),
		duplicateNext: (times) => deliveries.duplicateNext(times),
		loseAnswers: (times) => deliveries.loseAnswers(times),
		deliveries: () => deliveries.log,
		delivered: async () => await deliveries.waitUntilIdle(),
		secrets: () => accounts.tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
		setStyles(organisation, count) {
			const found = accounts.organisations.find(({ id }) => id === organisation);
			if (found) found.styles = count;
		},
		setOrders(organisation, count) {
			const found = accounts.organisations.find(({ id }) => id === organisation);
			if (found) found.orders = count;
		},
	};
	const methods = new Map(Object.entries(control));
	app.post<{ Params: { name: string } }>('/sandbox/:name', async ({ params, body }, reply) => {
		const method = methods.get(params.name);
		if (!method) return reply.callNotFound();
		return { result: await method(...(Array.isArray(body) ? body : [])) };
	});
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch((error: unknown) => {
		const isInUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (!isInUse) throw error;
		throw new Error(
			`Port ${options.port} for the stand-in Uphance is in use. Stop the program that uses it, or choose another port: npm start -- --uphance-port 4011, npm run sandbox -- --port 4011`,
		);
	});
	return {
		...control,
		url: certificate ? url.replace('http:', 'https:') : url,
		async close() {
			deliveries.stop();
			await app.close();
		},
	};
}

/** Returns the options that are set; an undefined one must not replace a default. */
const pickDeliveryOptions = (options: Options): Partial<DeliveryOptions> =>
	Object.fromEntries(
		Object.entries(options).filter(([name, value]) => name in deliveryDefaults && value !== undefined),
	);
