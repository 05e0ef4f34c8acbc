import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';

/** One request that the sandbox was asked, as it arrived. Secrets in bodies are masked. */
export interface Request {
	at: number;
	method: string;
	path: string;
	/** Several values of one name as a list. */
	query: Record<string, string | string[]>;
	body?: unknown;
	/** Serial of the token it carried; 0 for a bearer that was never issued; undefined without one. */
	token?: number;
	/** Names of headers, for what must never be sent. */
	headers: string[];
	status?: number;
	/** How many requests were under way when it arrived, itself included. */
	underWay: number;
}

/** Writes down every request but those to the sandbox's own control address. */
export function logRequests(app: FastifyInstance, accounts: Accounts, log: Request[]): void {
	let underWay = 0;
	const entries = new WeakMap<object, Request>();

	app.addHook('onRequest', async (request, reply) => {
		const url = new URL(request.url, 'http://sandbox');
		if (url.pathname.startsWith('/sandbox/')) return;
		underWay += 1;
		const bearer = request.headers.authorization;
		const entry: Request = {
			at: Date.now(),
			method: request.method,
			path: url.pathname,
			query: queryOf(url.searchParams),
			token: bearer === undefined ? undefined : (accounts.known(bearer)?.serial ?? 0),
			headers: Object.keys(request.headers),
			underWay,
		};
		entries.set(request, entry);
		log.push(entry);
		reply.raw.once('close', () => {
			underWay -= 1;
			entry.status = reply.raw.headersSent ? reply.raw.statusCode : undefined;
		});
	});

	app.addHook('preHandler', async (request) => {
		const entry = entries.get(request);
		if (entry) entry.body = masked(request.body);
	});
}

function masked(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [
			key,
			['password', 'refresh_token', 'tokens'].includes(key) ? hidden(value) : value,
		]),
	);
}

const hidden = (value: unknown): unknown => (Array.isArray(value) ? value.map(() => '***') : '***');

function queryOf(parameters: URLSearchParams): Request['query'] {
	const names = [...new Set(parameters.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = parameters.getAll(name);
			return [name, values.length === 1 ? (values[0] ?? '') : values];
		}),
	);
}
