import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoggedRequest } from '../sandbox/uphance/requestLog.mts';
import { demo } from '../sandbox/uphance/uphance.mts';

const script = fileURLToPath(new URL('../sandbox/uphance/start.mts', import.meta.url));

/** The organisation of the demo user. */
const organisationId = 9579;

/** A stand-in Uphance in a separate process, so that it and n8n do not block each other. */
export interface StandIn {
	url: string;
	/** An access token for requests without n8n. */
	token: string;
	setOrders(orders: number): Promise<void>;
	setProducts(products: number): Promise<void>;
	/** Adds a user of the same organisation. */
	addUser(user: { email: string; password: string }): Promise<void>;
	/** Makes every answer take so long, in milliseconds; 0 ends it. */
	setLatency(milliseconds: number): Promise<void>;
	clearLog(): Promise<void>;
	/** Returns the requests since clearLog(), oldest first, e.g. "GET /sales_orders". */
	getRequests(): Promise<string[]>;
	/** Returns how many tokens were issued since the start. */
	countSignIns(): Promise<number>;
	stop(): void;
}

/** Starts the stand-in on a free port, with cached pages. @throws Error if it does not start */
export async function startStandIn(orders: number): Promise<StandIn> {
	const scriptArgs = ['--port', '0', '--orders', String(orders), '--keep-pages', '--fixed'];
	const child = spawn(process.execPath, ['--import', 'tsx', script, ...scriptArgs], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stop = () => void child.kill();
	process.once('exit', stop);
	const url = await new Promise<string>((resolve, reject) => {
		let output = '';
		child.stdout.on('data', (text) => {
			const match = /http:\/\/[\d.:]+/.exec((output += String(text)));
			if (match) resolve(match[0]);
		});
		child.once('close', () => reject(new Error('The stand-in Uphance did not start. Its error is printed above.')));
	});
	const post = async <T,>(path: string, body: unknown, token = ''): Promise<T> => {
		const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
		const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
		return (await response.json()) as T;
	};
	const control = async <T,>(name: string, ...args: unknown[]): Promise<T> =>
		(await post<{ result: T }>(`/sandbox/${name}`, args)).result;

	const grant = { grant_type: 'password', ...demo };
	const { access_token: token } = await post<{ access_token: string }>('/oauth/token', grant);
	await post('/organisations/set_current_org', { organizationId: organisationId }, token);
	return {
		url,
		token,
		setOrders: async (count) => await control('setOrders', organisationId, count),
		setProducts: async (count) => await control('setStyles', organisationId, count),
		addUser: async (user) => await control('addUser', { ...user, organisations: [organisationId] }),
		setLatency: async (milliseconds) => {
			await control('clearFaults');
			if (milliseconds > 0) await control('fault', { path: '*', kind: 'slow', milliseconds, times: 1e9 });
		},
		clearLog: async () => await control('clearLog'),
		getRequests: async () => (await control<LoggedRequest[]>('log')).map(({ method, path }) => `${method} ${path}`),
		countSignIns: async () => await control('signIns'),
		stop,
	};
}
