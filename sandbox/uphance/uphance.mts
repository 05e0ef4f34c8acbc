import Fastify from 'fastify';
import type { Organisation, User } from './accounts.mts';
import { Accounts } from './accounts.mts';
import { Changes } from './changes.mts';
import { serveChangePickTicket } from './changePickTicket.mts';
import { serveChannels } from './channels.mts';
import { serveCreateSalesOrder } from './createSalesOrder.mts';
import { creditNotes } from './creditNotes.mts';
import { customers } from './customers.mts';
import type { Delivery, DeliveryOptions } from './deliveries.mts';
import { Deliveries, deliveryDefaults } from './deliveries.mts';
import type { More } from './events.mts';
import { Events } from './events.mts';
import type { Fault } from './faults.mts';
import { injectFaults } from './faults.mts';
import { invoices } from './invoices.mts';
import { kindOf } from './kinds.mts';
import type { ListRoute } from './lists.mts';
import { serveList } from './lists.mts';
import { NewIds } from './newIds.mts';
import { serveOrganisations } from './organisations.mts';
import type { CreatedPayment } from './payments.mts';
import { Payments, serveCreatePayment } from './payments.mts';
import { pickTickets } from './pickTickets.mts';
import { productionOrders } from './productionOrders.mts';
import { products } from './products.mts';
import { receivingTickets } from './receivingTickets.mts';
import type { Request } from './requests.mts';
import { logRequests } from './requests.mts';
import { returns } from './returns.mts';
import type { Created } from './salesOrders.mts';
import { SalesOrders } from './salesOrders.mts';
import { serveSeasons } from './seasons.mts';
import { serveSignIn } from './signIn.mts';
import { serveSingle } from './single.mts';
import { skus } from './skus.mts';
import { Stock } from './stock.mts';
import type { StockOperation } from './stockOperations.mts';
import { serveStockOperations } from './stockOperations.mts';
import { skuOf } from './styles.mts';
import type { Switches } from './switches.mts';
import { defaults } from './switches.mts';
import { vendorInvoices } from './vendorInvoices.mts';
import type { Webhook } from './webhooks.mts';
import { Webhooks } from './webhooks.mts';

export interface Options extends Partial<DeliveryOptions> {
	/** 0 lets the system choose. */
	port?: number;
	/** Sales orders in each organisation that says nothing else. */
	orders?: number;
	/** Products in each organisation that says nothing else; never fewer than the four that orders hold. */
	styles?: number;
	organisations?: Organisation[];
	users?: User[];
	switches?: Partial<Switches>;
	/** Whether each page of a list is rendered once and then sent as it was, so that a benchmark measures who asks and not this server. */
	keepsPages?: boolean;
	/** Set up from the start. */
	webhooks?: Webhook[];
	/** Is told of every answer, as it goes out. */
	onAnswer?: (request: { method: string; path: string }, status: number, body: unknown) => void;
}

/** What tests and people change while it runs; each is also a POST to /sandbox/<name> with the arguments as a JSON list. */
export interface Control {
	fault(fault: Fault): void;
	clearFaults(): void;
	/** All requests since the start or the last clearing, in the order they came. */
	log(): Request[];
	clearLog(): void;
	addUser(user: User): void;
	changePassword(email: string, password: string): void;
	switchOrganisation(email: string, organisation: number): void;
	/** Ends all access tokens; refresh tokens stay good unless told otherwise. */
	expireTokens(): void;
	revokeRefreshTokens(): void;
	/** Ends all tokens before their time, refresh tokens too. */
	revokeTokens(): void;
	/** How many tokens were issued, for a password or a refresh token. */
	signIns(): number;
	setOrders(organisation: number, orders: number): void;
	/** Everything that POST /sales_orders made, in order, with what was asked for. */
	created(): Created[];
	/** Everything that POST /payments made, in order, with what was asked for. */
	createdPayments(): CreatedPayment[];
	/** Every stock operation that counted, so no repeats, in order. */
	stockOperations(): StockOperation[];
	/** Takes a pick ticket away, of whatever organisation, and tells the webhooks. */
	deletePickTicket(id: number): void;
	/** Publishes a draft, of which the webhooks hear as an update, never as new (uphance-api.md 5.4). */
	publishPickTicket(id: number): void;
	/** Newest records of a list, created now, in the first organisation unless told otherwise; tells no webhook. @returns their ids */
	addRecords(path: string, count: number, organisation?: number): number[];
	/** Changes fields of a record, now, in the first organisation that has it unless told otherwise; tells no webhook. */
	changeRecord(path: string, id: number, values: Record<string, unknown>, organisation?: number): void;
	/** Changes fields of a sku, such as ean or sku_number, in /skus and /products alike; filter[ean] follows. */
	changeSku(skuId: number, values: Record<string, unknown>, organisation?: number): void;
	/** A record created now under an id of one's own, such as one that is lower than the newest; tells no webhook. */
	lateRecord(path: string, id: number, organisation?: number): void;
	/** What a person does under Apps > Uphance API > New Webhook. */
	addWebhook(webhook: Webhook): void;
	/** What is still to be tried again for it ends. */
	removeWebhook(url: string): void;
	webhooks(): Webhook[];
	/** Tells all webhooks that want the event about a record; resolves when that is done or given up. */
	deliver(event: string, id: number, more?: More): Promise<Delivery[]>;
	/** Sends any text to an address, once: forgeries, garbage. */
	deliverRaw(url: string, body: string, headers?: Record<string, string>): Promise<Delivery>;
	/** The next so many events, each counted for each webhook, are delivered twice. */
	duplicateNext(times?: number): void;
	/** Everything that was sent to webhooks since the start, in the order in which it was to be sent. */
	deliveries(): Delivery[];
	/** Resolves when no delivery is under way or waits for another try. */
	delivered(): Promise<void>;
	/** Every access and refresh token ever issued, to look for where they must not be. */
	secrets(): string[];
}

export interface Uphance extends Control {
	url: string;
	close(): Promise<void>;
}

export const demo = { email: 'demo@example.com', password: 'demo-password' };
export const group = { email: 'group@example.com', password: 'group-password' };

/** Starts a stand-in Uphance on loopback. Same options, same records. @throws Error that says what to do when the port is taken */
export async function startUphance(options: Options = {}): Promise<Uphance> {
	const switches: Switches = { ...defaults, ...options.switches };
	const orders = options.orders ?? 250;
	const organisations = (
		options.organisations ?? [
			{ id: 9579, name: 'Uphance Demo', orders },
			{ id: 9601, name: 'Uphance Outlet', orders },
		]
	).map((each) => ({ styles: options.styles, ...each })); // created orders are counted in, here only
	const users = options.users ?? [
		{ ...demo, organisations: [9579] },
		{ ...group, organisations: [9579, 9601] },
	];
	const accounts = new Accounts(users, organisations, switches.organisationState);
	const salesOrders = new SalesOrders(switches);
	const ids = new NewIds();
	const changes = new Changes(organisations, ids, switches);
	const payments = new Payments(salesOrders, switches, ids, (...where) => changes.find(...where));
	const webhooks = new Webhooks();
	for (const webhook of options.webhooks ?? []) webhooks.add(webhook);
	const deliveries = new Deliveries({ ...deliveryDefaults, ...given(options) });
	const events = new Events(changes, webhooks, deliveries);
	const stock = new Stock();
	const stockOperations: StockOperation[] = [];
	const log: Request[] = [];
	const faults: Fault[] = [];

	// Nothing asks with HEAD; each test starts a stand-in, and routes are what takes its time.
	const app = Fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024, exposeHeadRoutes: false });
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
	serveSignIn(app, accounts, switches);
	serveOrganisations(app, accounts);
	const serveRecords = (route: ListRoute) => serveList(app, accounts, switches, route, options.keepsPages);
	const invoiceKind = kindOf(invoices(salesOrders, switches), ['since_id', 'invoice_id'], 'invoice_number');
	const scanned = ['since_id', 'since_created_at'];
	const ticketFilters = ['by_order_number', 'by_order_id', 'by_shipment_number', 'filter[warehouse_name]'];
	for (const kind of [
		salesOrders.kind,
		customers(salesOrders),
		products(stock, switches),
		kindOf(creditNotes(salesOrders, switches), ['since_id'], 'credit_note_number'),
		kindOf(pickTickets(salesOrders, switches), [...scanned, ...ticketFilters], 'shipment_number'),
		kindOf(receivingTickets(switches), scanned),
		kindOf(returns(salesOrders, switches), [], 'return_number'),
		payments.kind,
	]) {
		const { list, one } = changes.over(kind);
		serveRecords(list);
		serveSingle(app, accounts, switches, one);
	}
	const { list: invoiceList, one: oneInvoice } = changes.over(invoiceKind);
	serveRecords(invoiceList);
	serveSingle(app, accounts, switches, switches.invoiceById ? oneInvoice : { ...oneInvoice, find: () => undefined });
	const productionKind = kindOf(productionOrders(switches), ['since_id'], 'production_order_number');
	serveRecords(changes.over(productionKind).list);
	serveRecords(skus(stock, switches));
	serveRecords(vendorInvoices(switches));
	serveChannels(app, accounts, switches);
	serveSeasons(app, accounts, switches);
	serveCreateSalesOrder(app, accounts, switches, salesOrders);
	serveChangePickTicket(app, accounts, switches, changes, events);
	serveCreatePayment(app, accounts, switches, payments);
	serveStockOperations(app, accounts, switches, stock, stockOperations);

	/** @throws Error when there is no such organisation, or none that has the record */
	const organisationOf = (id: number | undefined) => {
		const found = organisations.find((each) => each.id === (id ?? organisations[0]?.id));
		if (found) return found;
		throw new Error(`There is no organisation ${id}.`);
	};
	const ownerOf = (path: string, id: number, organisation?: number) => {
		const owner = changes.owner(path, id, organisation);
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
			const user = accounts.user(email);
			if (user) user.password = password;
		},
		switchOrganisation: (email, organisation) => accounts.switchOutside(email, organisation),
		expireTokens: () => accounts.expireAll(),
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
			const owner = changes.owner('/pick_tickets', id);
			if (!owner) return;
			changes.delete('/pick_tickets', owner, id);
			events.echo('pick_ticket_delete', owner, id, { id });
		},
		publishPickTicket(id) {
			const owner = ownerOf('/pick_tickets', id);
			const ticket = changes.change('/pick_tickets', owner, id, { status: 'published' });
			if (ticket) events.echo('pick_ticket_update', owner, id, ticket);
		},
		addRecords(path, count, organisation) {
			const owner = organisationOf(organisation);
			return path === '/sales_orders' ? salesOrders.append(owner, count) : changes.add(path, count, owner);
		},
		changeRecord: (path, id, values, organisation) =>
			void changes.change(path, ownerOf(path, id, organisation), id, values),
		changeSku(id, values, organisation) {
			const owner = organisationOf(organisation);
			if (!skuOf(owner, id)) throw new Error(`There is no SKU ${id} in organisation ${owner.id}.`);
			stock.changeSku(owner, id, values);
		},
		lateRecord: (path, id, organisation) => changes.addLate(path, id, organisationOf(organisation)),
		addWebhook: (webhook) => webhooks.add(webhook),
		removeWebhook: (url) => webhooks.remove(url),
		webhooks: () => webhooks.list(),
		deliver: async (...what) => await events.deliver(...what),
		deliverRaw: async (...what) => await deliveries.sendRaw(...what),
		duplicateNext: (times) => deliveries.duplicateNext(times),
		deliveries: () => deliveries.log,
		delivered: async () => await deliveries.done(),
		secrets: () => accounts.tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
		setOrders(organisation, count) {
			const found = accounts.organisations.find(({ id }) => id === organisation);
			if (found) found.orders = count;
		},
	};
	const acts = new Map(Object.entries(control));
	app.post<{ Params: { name: string } }>('/sandbox/:name', async ({ params, body }, reply) => {
		const act = acts.get(params.name);
		if (!act) return reply.callNotFound();
		return { result: await act(...(Array.isArray(body) ? body : [])) };
	});
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch((error: unknown) => {
		const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (!isTaken) throw error;
		throw new Error(
			`Port ${options.port}, for the stand-in Uphance, is taken. End what uses it, or choose another: npm start -- --uphance-port 4011, npm run sandbox -- --port 4011`,
		);
	});
	return {
		...control,
		url,
		async close() {
			deliveries.stop();
			await app.close();
		},
	};
}

/** Options that are there; one that is undefined does not take a default away. */
const given = (options: Options): Partial<DeliveryOptions> =>
	Object.fromEntries(
		Object.entries(options).filter(([name, value]) => name in deliveryDefaults && value !== undefined),
	);
