import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';

/** One request to the sandbox. Secrets in its body are masked. */
export interface LoggedRequest {
	/** Unix time in milliseconds. */
	at: number;
	method: string;
	path: string;
	/** A parameter that occurs several times is a list. */
	query: Record<string, string | string[]>;
	body?: unknown;
	/** Serial number of its access token; 0 for a token that was never issued; undefined without a token. */
	token?: number;
	/** Names of its headers, so that tests can check for headers that must not be sent. */
	headers: string[];
	/** Status of the response; undefined if none was sent. */
	status?: number;
	/** Number of requests in flight when it arrived, including itself. */
	underWay: number;
}

/** Adds hooks that log every request except those to /sandbox/…, the control API. */
export function logRequests(app: FastifyInstance, accounts: Accounts, log: LoggedRequest[]): void {
	let inFlight = 0;
	const entries = new WeakMap<object, LoggedRequest>();

	app.addHook('onRequest', async (request, reply) => {
		const url = new URL(request.url, 'http://sandbox');
		if (url.pathname.startsWith('/sandbox/')) return;
		inFlight += 1;
		const authorization = request.headers.authorization;
		const entry: LoggedRequest = {
			at: Date.now(),
			method: request.method,
			path: url.pathname,
			query: parseQuery(url.searchParams),
			token: authorization === undefined ? undefined : (accounts.findToken(authorization)?.serial ?? 0),
			headers: Object.keys(request.headers),
			underWay: inFlight,
		};
		entries.set(request, entry);
		log.push(entry);
		reply.raw.once('close', () => {
			inFlight -= 1;
			entry.status = reply.raw.headersSent ? reply.raw.statusCode : undefined;
		});
	});

	app.addHook('preHandler', async (request) => {
		const entry = entries.get(request);
		if (entry) entry.body = redact(request.body);
	});
}

function redact(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [
			key,
			['password', 'refresh_token', 'tokens'].includes(key) ? mask(value) : value,
		]),
	);
}

const mask = (value: unknown): unknown => (Array.isArray(value) ? value.map(() => '***') : '***');

function parseQuery(parameters: URLSearchParams): LoggedRequest['query'] {
	const names = [...new Set(parameters.keys())];
	return Object.fromEntries(
		names.map((name) => {
			const values = parameters.getAll(name);
			return [name, values.length === 1 ? (values[0] ?? '') : values];
		}),
	);
}
