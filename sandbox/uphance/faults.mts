import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from './accounts.mts';

export const kinds = [
	'status', // answers `status` with `body` (default: empty) and perhaps a Retry-After
	'html', // answers `status` (default 502) with a page for people
	'empty', // 200 without a body
	'malformed', // 200 with JSON that breaks off
	'brokenGzip', // 200, compressed, and the compressed text breaks off
	'brokenOff', // 200 and half of a body, then closes the connection
	'json', // 200 with `body` instead of the answer
	'redirect', // 302 to `location`
	'drop', // closes the connection without having done anything
	'dropAfter', // does what was asked, then closes the connection
	'hang', // never answers
	'stuckNextPage', // a `next_page` that does not advance
	'meta', // the answer with the members of `body` in its `meta`
	'fields', // the answer with the members of `body` in each record of its list
	'emptyPage', // the answer with an empty list, its `meta` as it was
	'expireFirst', // all access tokens expire, then it is looked at; refresh tokens stay good
	'slow', // waits `milliseconds` (default 1000), then answers as ever
] as const;

/** Something that goes wrong with the next requests to a path. */
export interface Fault {
	path: string;
	method?: string;
	/** Only requests for this page. */
	page?: number;
	/** How many requests it lets pass first; default 0. */
	skip?: number;
	/** How many requests it spoils; default 1. */
	times?: number;
	kind: (typeof kinds)[number];
	status?: number;
	body?: unknown;
	retryAfter?: string;
	location?: string;
	milliseconds?: number;
}

/** Those that change the answer to a request that was carried out. */
const changing: ReadonlySet<string> = new Set(['dropAfter', 'stuckNextPage', 'meta', 'fields', 'emptyPage']);

/** Spoils requests as the faults say, each as often as it says, in the order they were given. */
export function injectFaults(app: FastifyInstance, accounts: Accounts, faults: Fault[]): void {
	const after = new WeakMap<FastifyRequest, Fault>();

	app.addHook('preHandler', async (request, reply) => {
		const fault = nextFault(faults, request);
		if (!fault) return;
		if (changing.has(fault.kind)) after.set(request, fault);
		else if (fault.kind === 'expireFirst') accounts.expireAll();
		else if (fault.kind === 'slow') await wait(fault.milliseconds ?? 1000, undefined, { ref: false });
		else return await spoil(fault, reply);
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = after.get(request);
		if (fault?.kind === 'dropAfter') reply.raw.destroy();
		if (!fault || typeof payload !== 'string') return payload;
		return JSON.stringify(changed(fault, JSON.parse(payload)));
	});
}

type Item = Record<string, unknown>;

function changed({ kind, body }: Fault, answer: Item & { meta?: Item }): Item {
	const more = typeof body === 'object' ? body : {};
	const lists = Object.entries(answer).filter((member): member is [string, Item[]] => Array.isArray(member[1]));
	const withLists = (change: (records: Item[]) => Item[]) => ({
		...answer,
		...Object.fromEntries(lists.map(([key, records]) => [key, change(records)])),
	});
	switch (kind) {
		case 'stuckNextPage':
			return { ...answer, meta: { ...answer.meta, next_page: answer.meta?.current_page } };
		case 'meta':
			return { ...answer, meta: { ...answer.meta, ...more } };
		case 'fields':
			return withLists((records) => records.map((record) => ({ ...record, ...more })));
		case 'emptyPage':
			return withLists(() => []);
		default:
			return answer;
	}
}

async function spoil(fault: Fault, reply: FastifyReply): Promise<FastifyReply> {
	if (fault.retryAfter !== undefined) reply.header('Retry-After', fault.retryAfter);
	switch (fault.kind) {
		case 'html':
			return reply
				.code(fault.status ?? 502)
				.type('text/html')
				.send('<html><body><h1>Bad Gateway</h1></body></html>');
		case 'empty':
			return reply.code(200).send('');
		case 'malformed':
			return reply.code(200).type('application/json').send('{"sales_orders": [{"id": 9005, "items_to');
		case 'brokenGzip': {
			const compressed = gzipSync('{"sales_orders": [{"id": 9005, "items_total": "54.0"}], "meta": {}}');
			return reply
				.code(200)
				.type('application/json')
				.header('Content-Encoding', 'gzip')
				.send(compressed.subarray(0, -20));
		}
		case 'brokenOff':
			reply.hijack();
			reply.raw.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
			reply.raw.write('{"sales_orders": [{"id": 9005, "items_to', () => reply.raw.destroy());
			return reply;
		case 'drop':
			reply.hijack();
			reply.raw.destroy();
			return reply;
		case 'hang':
			reply.hijack();
			return reply;
		case 'redirect':
			return reply
				.code(302)
				.header('Location', fault.location ?? 'https://example.com/')
				.send('');
		case 'json':
			return reply.code(200).send(fault.body);
		default:
			return reply.code(fault.status ?? 500).send(fault.body ?? '');
	}
}

function nextFault(faults: Fault[], request: FastifyRequest): Fault | undefined {
	const url = new URL(request.url, 'http://sandbox');
	const fault = faults.find(
		(each) =>
			each.path === url.pathname &&
			(each.method ?? request.method) === request.method &&
			(each.page === undefined || String(each.page) === (url.searchParams.get('page') ?? '1')) &&
			(each.times ?? 1) > 0,
	);
	if (!fault) return undefined;
	if ((fault.skip ?? 0) > 0) {
		fault.skip = (fault.skip ?? 0) - 1;
		return undefined;
	}
	fault.times = (fault.times ?? 1) - 1;
	return fault;
}
