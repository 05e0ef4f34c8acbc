import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoggedRequest } from '../sandbox/uphance/requestLog.mts';
import { demo } from '../sandbox/uphance/uphance.mts';

const script = fileURLToPath(new URL('../sandbox/uphance/start.mts', import.meta.url));

/** The organisation of the user who reads. */
const organisation = 9579;

/** A stand-in Uphance in a process of its own: what it computes must not wait for the benchmark, nor the other way round. */
export interface StandIn {
	url: string;
	/** A session for whoever asks without n8n. */
	token: string;
	setOrders(orders: number): Promise<void>;
	clearLog(): Promise<void>;
	/** What it was asked since the log was cleared, in order. */
	asked(): Promise<string[]>;
	/** How many tokens were issued since the start. */
	signIns(): Promise<number>;
	stop(): void;
}

/** Starts it on a free port, with pages that are rendered once. */
export async function startStandIn(orders: number): Promise<StandIn> {
	const args = ['--port', '0', '--orders', String(orders), '--keep-pages'];
	const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
	const stop = () => void child.kill();
	process.once('exit', stop);
	const url = await new Promise<string>((resolve, reject) => {
		let said = '';
		child.stdout.on('data', (text) => {
			const found = /http:\/\/[\d.:]+/.exec((said += String(text)));
			if (found) resolve(found[0]);
		});
		child.once('close', () => reject(new Error('The stand-in Uphance did not start; it says why above.')));
	});
	const post = async <T,>(path: string, body: unknown, token = ''): Promise<T> => {
		const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
		const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
		return (await answer.json()) as T;
	};
	const control = async <T,>(name: string, ...args: unknown[]): Promise<T> =>
		(await post<{ result: T }>(`/sandbox/${name}`, args)).result;

	const grant = { grant_type: 'password', ...demo };
	const { access_token: token } = await post<{ access_token: string }>('/oauth/token', grant);
	await post('/organisations/set_current_org', { organizationId: organisation }, token);
	return {
		url,
		token,
		setOrders: async (count) => await control('setOrders', organisation, count),
		clearLog: async () => await control('clearLog'),
		asked: async () => (await control<LoggedRequest[]>('log')).map(({ method, path }) => `${method} ${path}`),
		signIns: async () => await control('signIns'),
		stop,
	};
}
