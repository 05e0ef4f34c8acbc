import Fastify from 'fastify';
import type { Organisation, User } from './accounts.mts';
import { Accounts } from './accounts.mts';
import { serveChangePickTicket } from './changePickTicket.mts';
import { serveChannels } from './channels.mts';
import { serveCreateSalesOrder } from './createSalesOrder.mts';
import { creditNotes } from './creditNotes.mts';
import { customers, oneCustomer } from './customers.mts';
import type { Fault } from './faults.mts';
import { injectFaults } from './faults.mts';
import { invoices } from './invoices.mts';
import { serveList } from './lists.mts';
import { serveOrganisations } from './organisations.mts';
import type { CreatedPayment } from './payments.mts';
import { Payments, serveCreatePayment } from './payments.mts';
import { PickTickets } from './pickTickets.mts';
import { productionOrders } from './productionOrders.mts';
import { oneProduct, products } from './products.mts';
import { receivingTickets } from './receivingTickets.mts';
import type { Request } from './requests.mts';
import { logRequests } from './requests.mts';
import { returns } from './returns.mts';
import { listOf, oneOf } from './rows.mts';
import type { Created } from './salesOrders.mts';
import { SalesOrders } from './salesOrders.mts';
import { serveSeasons } from './seasons.mts';
import { serveSignIn } from './signIn.mts';
import { serveSingle } from './single.mts';
import { skus } from './skus.mts';
import { Stock } from './stock.mts';
import type { StockOperation } from './stockOperations.mts';
import { serveStockOperations } from './stockOperations.mts';
import type { Switches } from './switches.mts';
import { defaults } from './switches.mts';
import { vendorInvoices } from './vendorInvoices.mts';

export interface Options {
	/** 0 lets the system choose. */
	port?: number;
	/** Sales orders in each organisation that says nothing else. */
	orders?: number;
	organisations?: Organisation[];
	users?: User[];
	switches?: Partial<Switches>;
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
	/** Takes a pick ticket away, of whatever organisation. */
	deletePickTicket(id: number): void;
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
	).map((each) => ({ ...each })); // created orders are counted in, here only
	const users = options.users ?? [
		{ ...demo, organisations: [9579] },
		{ ...group, organisations: [9579, 9601] },
	];
	const accounts = new Accounts(users, organisations, switches.organisationState);
	const salesOrders = new SalesOrders(switches);
	const payments = new Payments(salesOrders, switches);
	const pickTickets = new PickTickets(salesOrders, switches);
	const stock = new Stock();
	const stockOperations: StockOperation[] = [];
	const log: Request[] = [];
	const faults: Fault[] = [];

	const app = Fastify({ forceCloseConnections: true, bodyLimit: 32 * 1024 * 1024 });
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
	serveList(app, accounts, switches, salesOrders.list);
	serveSingle(app, accounts, switches, salesOrders.one);
	serveCreateSalesOrder(app, accounts, switches, salesOrders);
	serveChannels(app, accounts, switches);
	serveSeasons(app, accounts, switches);
	serveList(app, accounts, switches, customers(salesOrders));
	serveSingle(app, accounts, switches, oneCustomer(salesOrders));
	serveList(app, accounts, switches, products(stock, switches));
	serveSingle(app, accounts, switches, oneProduct(stock, switches));
	serveList(app, accounts, switches, skus(stock));
	serveList(app, accounts, switches, listOf(invoices(salesOrders, switches)));
	const oneInvoice = oneOf(invoices(salesOrders, switches));
	serveSingle(app, accounts, switches, switches.invoiceById ? oneInvoice : { ...oneInvoice, find: () => undefined });
	for (const row of [
		creditNotes(salesOrders, switches),
		pickTickets.row,
		receivingTickets(switches),
		returns(salesOrders, switches),
	]) {
		serveList(app, accounts, switches, listOf(row));
		serveSingle(app, accounts, switches, oneOf(row));
	}
	serveChangePickTicket(app, accounts, switches, pickTickets);
	serveList(app, accounts, switches, payments.list);
	serveSingle(app, accounts, switches, payments.one);
	serveCreatePayment(app, accounts, switches, payments);
	serveStockOperations(app, accounts, switches, stock, stockOperations);
	serveList(app, accounts, switches, listOf(productionOrders(switches)));
	serveList(app, accounts, switches, vendorInvoices(switches));

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
		deletePickTicket: (id) => pickTickets.delete(id),
		secrets: () => accounts.tokens.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
		setOrders(organisation, count) {
			const found = accounts.organisations.find(({ id }) => id === organisation);
			if (found) found.orders = count;
		},
	};
	for (const [name, act] of Object.entries(control)) {
		app.post(`/sandbox/${name}`, async ({ body }) => ({ result: act(...(Array.isArray(body) ? body : [])) }));
	}
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 }).catch((error: unknown) => {
		const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (!isTaken) throw error;
		throw new Error(
			`Port ${options.port}, for the stand-in Uphance, is taken. End what uses it, or choose another: npm start -- --uphance-port 4011, npm run sandbox -- --port 4011`,
		);
	});
	return { ...control, url, close: async () => await app.close() };
}
