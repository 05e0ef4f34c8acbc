import Fastify from 'fastify';
import type { Organisation, User } from './accounts.mts';
import { Accounts } from './accounts.mts';
import type { Fault } from './faults.mts';
import { injectFaults } from './faults.mts';
import { serveList } from './lists.mts';
import { serveOrganisations } from './organisations.mts';
import type { Request } from './requests.mts';
import { logRequests } from './requests.mts';
import { salesOrders } from './salesOrders.mts';
import { serveSignIn } from './signIn.mts';
import type { Switches } from './switches.mts';
import { defaults } from './switches.mts';

export interface Options {
	/** 0 lets the system choose. */
	port?: number;
	/** Sales orders in each organisation that says nothing else. */
	orders?: number;
	organisations?: Organisation[];
	users?: User[];
	switches?: Partial<Switches>;
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
	const organisations = options.organisations ?? [
		{ id: 9579, name: 'Uphance Demo', orders },
		{ id: 9601, name: 'Uphance Outlet', orders },
	];
	const users = options.users ?? [
		{ ...demo, organisations: [9579] },
		{ ...group, organisations: [9579, 9601] },
	];
	const accounts = new Accounts(users, organisations, switches.organisationState);
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
	injectFaults(app, faults);
	serveSignIn(app, accounts, switches);
	serveOrganisations(app, accounts);
	serveList(app, accounts, switches, salesOrders(switches));

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
		expireTokens() {
			for (const token of accounts.tokens) token.expiresAt = 0;
		},
		revokeTokens() {
			for (const token of accounts.tokens) token.revoked = true;
		},
		revokeRefreshTokens() {
			for (const token of accounts.tokens) token.refreshUsed = true;
		},
		signIns: () => accounts.tokens.length,
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
