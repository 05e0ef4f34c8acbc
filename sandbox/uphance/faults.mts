import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from './accounts.mts';

export const faultKinds = [
	'status', // responds with `status` (default 500), `body` (default: empty) and, if set, Retry-After
	'html', // responds with `status` (default 502) and an HTML page
	'empty', // 200 without a body
	'malformed', // 200 with incomplete JSON
	'brokenGzip', // 200 with a compressed body that breaks off
	'brokenOff', // 200 with half of a body, then closes the connection
	'json', // 200 with `body` in place of the response
	'redirect', // `status` (default 302) to `location`
	'redirectAfter', // processes the request, then answers 303 to `location`
	'drop', // closes the connection before the request is processed
	'dropAfter', // processes the request, then closes the connection without a response
	'hang', // never responds
	'stuckNextPage', // `next_page` is the current page
	'meta', // the response with the fields of `body` in its `meta`
	'fields', // the response with the fields of `body` in each record of its list
	'emptyPage', // the response with an empty list and the `meta` of the full one
	'expireFirst', // expires all access tokens, then processes the request; refresh tokens stay valid
	'slow', // waits `milliseconds` (default 1000), then processes the request
] as const;

/** An error to simulate for the next requests to a path. */
export interface Fault {
	/** '*' stands for every path of the API. */
	path: string;
	/** Any method by default. */
	method?: string;
	/** Applies only to requests for this page. */
	page?: number;
	/** How many matching requests pass before the fault applies; 0 by default. */
	skip?: number;
	/** How many requests the fault applies to; 1 by default. */
	times?: number;
	kind: (typeof faultKinds)[number];
	status?: number;
	body?: unknown;
	/** Value of the Retry-After header. */
	retryAfter?: string;
	/** Target of 'redirect' and 'redirectAfter'. */
	location?: string;
	/** Delay of 'slow'. */
	milliseconds?: number;
}

/** Faults that change the response after the request was processed. */
const responseFaults: ReadonlySet<string> = new Set([
	'dropAfter',
	'redirectAfter',
	'stuckNextPage',
	'meta',
	'fields',
	'emptyPage',
]);

/** Adds hooks that apply the faults, in the order of the list. Reduces `skip` and `times` of each fault it uses. */
export function injectFaults(app: FastifyInstance, accounts: Accounts, faults: Fault[]): void {
	const afterHandler = new WeakMap<FastifyRequest, Fault>();

	app.addHook('preHandler', async (request, reply) => {
		const fault = takeFault(faults, request);
		if (!fault) return;
		if (responseFaults.has(fault.kind)) afterHandler.set(request, fault);
		else if (fault.kind === 'expireFirst') accounts.expireAllTokens();
		else if (fault.kind === 'slow') await wait(fault.milliseconds ?? 1000, undefined, { ref: false });
		else return await sendFault(fault, reply);
	});

	app.addHook('onSend', async (request, reply, payload) => {
		const fault = afterHandler.get(request);
		if (fault?.kind === 'dropAfter') reply.raw.destroy();
		if (fault?.kind === 'redirectAfter') {
			redirect(reply.code(303), fault);
			return '';
		}
		if (!fault || typeof payload !== 'string') return payload;
		return JSON.stringify(changeList(fault, JSON.parse(payload)));
	});
}

const redirect = (reply: FastifyReply, { location = 'https://example.com/' }: Fault): FastifyReply =>
	reply.header('Location', location);

type Item = Record<string, unknown>;

function changeList({ kind, body }: Fault, page: Item & { meta?: Item }): Item {
	const fields = typeof body === 'object' ? body : {};
	const lists = Object.entries(page).filter((entry): entry is [string, Item[]] => Array.isArray(entry[1]));
	const withRecords = (change: (records: Item[]) => Item[]) => ({
		...page,
		...Object.fromEntries(lists.map(([key, records]) => [key, change(records)])),
	});
	switch (kind) {
		case 'stuckNextPage':
			return { ...page, meta: { ...page.meta, next_page: page.meta?.current_page } };
		case 'meta':
			return { ...page, meta: { ...page.meta, ...fields } };
		case 'fields':
			return withRecords((records) => records.map((record) => ({ ...record, ...fields })));
		case 'emptyPage':
			return withRecords(() => []);
		default:
			return page;
	}
}

async function sendFault(fault: Fault, reply: FastifyReply): Promise<FastifyReply> {
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
			reply.raw.writeHead(fault.status ?? 200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
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
			return redirect(reply.code(fault.status ?? 302), fault).send('');
		case 'json':
			// Fastify sends no body for null, which Rails sends as a JSON value.
			return fault.body === null
				? reply.code(200).type('application/json').send('null')
				: reply.code(200).send(fault.body);
		default:
			return reply.code(fault.status ?? 500).send(fault.body ?? '');
	}
}

/** Returns the first fault for a request and counts it as used; undefined if none applies. */
function takeFault(faults: Fault[], request: FastifyRequest): Fault | undefined {
	const url = new URL(request.url, 'http://sandbox');
	const fault = faults.find(
		(each) =>
			(each.path === url.pathname || (each.path === '*' && !url.pathname.startsWith('/sandbox'))) &&
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
