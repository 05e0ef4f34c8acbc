import { describe, expect, test } from '@jest/globals';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import type { Change, Item } from './changedAnswers.mts';
import { changeRecords } from './changedAnswers.mts';
import type { Result } from './standIn.mts';
import { checkStandIn } from './standIn.mts';

/** One run for many changes: each list has its own, so that none hides another. */
function once(changes: Record<string, Change>, prepare?: (uphance: Uphance) => void): () => Promise<Result> {
	let run: Promise<Result> | undefined;
	const change: Change = (request, body) => changes[`/${request.path.split('/')[1]}`]?.(request, body);
	return async () =>
		await (run ??= checkStandIn({ change, prepare, lists: { '/products': { ignoresFilters: true } } }));
}

/** What differs in a list, as "verdict fact: seen". */
const differences = ({ findings }: Result, list: string): string[] =>
	findings
		.filter(({ verdict }) => verdict === 'differs' || verdict === 'matters')
		.filter(({ fact }) => String(fact).startsWith(`${list}: `))
		.map(({ verdict, fact, seen }) => `${verdict} ${String(fact)}: ${String(seen)}`);

const isOne = (path: string) => /^\/\w+\/\d+$/.test(path);
const firstPage = new Map<string, Item>();

describe('The check finds what no switch foresees:', () => {
	const run = once(
		{
			'/customers': (_request, body) => (body?.customers ? { body: { ...body, meta: undefined } } : undefined),
			'/invoices': changeRecords('/invoices', ({ invoice_number, ...each }) => ({
				...each,
				invoice_no: invoice_number,
			})),
			'/credit_notes': changeRecords('/credit_notes', (each, index) =>
				index % 2 ? each : { ...each, order_number: undefined },
			),
			'/returns': changeRecords('/returns', (each) => ({
				...each,
				line_items: Array.isArray(each.line_items)
					? each.line_items.map((line: object) => ({ ...line, color: undefined }))
					: [],
			})),
			'/sales_orders': changeRecords('/sales_orders', (each) => ({
				...each,
				id: String(each.id),
				grand_total: Number(each.grand_total) + 0.5,
				company_name: { first: each.company_name },
			})),
			'/payments': changeRecords('/payments', (each) => ({
				...each,
				amount: String(each.amount).replace('.', ','),
				created_at: 'yesterday',
			})),
			'/skus': ({ query }, body) => (query.has('filter[ean]') ? { body: { ...body, skus: [] } } : undefined),
			'/vendor_invoices': () => ({ status: 403, body: '', type: 'text/plain' }),
			'/production_orders': () => ({ status: 502, body: '<html>Bad Gateway</html>', type: 'text/html' }),
			'/receiving_tickets': ({ path, query }, body) => {
				if (isOne(path) || [...query.keys()].some((name) => name !== 'page')) return undefined;
				if (body && !firstPage.has(path)) firstPage.set(path, body);
				return { body: firstPage.get(path) };
			},
			'/pick_tickets': ({ path }, body) => {
				if (path.endsWith('/box_items')) return { status: 404, body: '', type: 'text/plain' };
				return isOne(path) && body
					? { body: { pick_ticket: { ...Object(body.pick_ticket), status: undefined, notes: undefined } } }
					: undefined;
			},
			'/products': ({ path }, body) => (isOne(path) ? { body: { data: body } } : undefined),
		},
		(uphance) => uphance.fault({ path: '/seasons', kind: 'brokenOff', times: 2 }),
	);

	test.each([
		['a list without meta', 'customers', ['matters customers: pages: no meta']],
		['a field that is renamed', 'invoices', ['matters invoices: invoice_number: missing in all']],
		['a field that half of the records lack', 'credit notes', ['matters credit notes: order_number: missing in some']],
		['a field that lines lack', 'returns', ['matters returns: line_items[].color: missing in all']],
		[
			'other types',
			'sales orders',
			[
				'differs sales orders: id: string instead of integer, in all',
				'differs sales orders: grand_total: number instead of string, in all',
				'matters sales orders: company_name: object instead of string, in all',
			],
		],
		[
			'numbers and times in another form',
			'payments',
			['matters payments: created_at: other text, in all', 'differs payments: amount: number with a comma, in all'],
		],
		['a filter that finds nothing', 'SKUs', ['matters SKUs: filter[ean]: does not find a record that has the value']],
		[
			'a filter that returns everything, and one record in an unknown envelope',
			'products',
			[
				'matters products: filter[product_identifier]: ignored',
				'matters products: GET of one: in an envelope that nobody knew',
			],
		],
		['a list that its user may not see', 'vendor invoices', ['matters vendor invoices: list: 403 without a body']],
		['a web page for a list', 'production orders', ['matters production orders: list: 502 with a web page']],
		['pages that are all the first one', 'receiving tickets', ['matters receiving tickets: pages: page is ignored']],
		[
			'a record that has fewer fields than in the list, and no boxes',
			'pick tickets',
			[
				'matters pick tickets: GET of one: under its singular name, without notes, status',
				'matters pick tickets: boxes: 404 without a body',
			],
		],
		['answers that are broken off', 'seasons', ['matters seasons: list: no answer']],
	])('%s', async (_name, list, expected) => {
		expect(differences(await run(), list)).toEqual(expected);
	});

	test('and says what follows, and what is new', async () => {
		const { finding, report } = await run();
		expect(finding('customers: pages').means).toContain('returns the first page only');
		expect(finding('invoices: fields').seen).toContain('new: invoice_no (integer)');
		expect(finding('Times')).toMatchObject({ verdict: 'matters', seen: expect.stringMatching(/; other text$/) });
		expect(report.lists).toEqual({ '/customers': { meta: false }, '/products': { ignoresFilters: true } });
	});
});

describe('The check finds what no switch foresees, also', () => {
	const run = once({
		'/customers': ({ path }, body) =>
			body && !isOne(path) ? { body: { data: body.customers, meta: body.meta } } : undefined,
		'/seasons': (_request, body) => ({ body: body?.seasons }),
		'/receiving_tickets': (_request, body) =>
			body?.meta ? { body: { ...body, meta: { current_page: 1, total_count: 230 } } } : undefined,
		'/payments': ({ path }, body) =>
			isOne(path) && body ? { body: { payment: { ...Object(body.payment), id: 1 } } } : undefined,
		'/pick_tickets': changeRecords('/pick_tickets', (each, index) => ({
			...each,
			status: index % 2 ? 'awaiting_carrier' : 'Zanzibar',
			customer_name: 'Zanzibar',
			urgency: 1,
			'Zanzibar Pier': 2,
			zanzibar: 3,
		})),
	});

	test.each([
		['records under another name', 'customers', ['matters customers: list: the records come under another name']],
		['a list that is no object', 'seasons', ['matters seasons: list: JSON, but not as described']],
		['half of meta', 'receiving tickets', ['matters receiving tickets: pages: meta is not as described']],
		[
			'another record than the one asked for',
			'payments',
			['matters payments: GET of one: another record than the one asked for'],
		],
	])('%s', async (_name, list, expected) => {
		expect(differences(await run(), list)).toEqual(expected);
	});

	test('new words of a status, and fields whose names are none', async () => {
		const { finding } = await run();
		expect(finding('pick tickets: words of status').seen).toBe('awaiting_carrier (new), others that are left out');
		expect(finding('pick tickets: fields').seen).toMatch(/new: urgency \(integer\), 1 to 9 that are left out$/);
	});
});

describe('The check of an account with nothing in it', () => {
	const nothing: Change = ({ path }, body) => {
		if (!body || path === '/organisations') return undefined;
		const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
		const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 0, total_count: 0 };
		return {
			body: { ...Object.fromEntries(lists.map(([key]) => [key, []])), ...(body.meta !== undefined && { meta }) },
		};
	};

	test('says what could not be seen, and finds nothing that differs', async () => {
		const { facts, requests } = await checkStandIn({ change: nothing });
		expect(facts('differs', 'matters')).toEqual([]);
		expect(facts('not seen')).toContain('sales orders: list: there are none');
		expect(facts('not seen').length).toBeGreaterThan(50);
		expect(requests).toBeLessThan(40);
	});
});

describe('The check of an account with one record of each kind', () => {
	test('finds nothing that differs', async () => {
		const change: Change = ({ path, query }, body) => {
			if (!body?.meta || [...query.keys()].some((name) => name !== 'page')) return undefined;
			const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 1 };
			const lists = Object.entries(body).filter(([, value]) => Array.isArray(value));
			return path.split('/').length > 2
				? undefined
				: {
						body: {
							...Object.fromEntries(lists.map(([key, value]) => [key, Array.isArray(value) ? value.slice(-1) : value])),
							meta,
						},
					};
		};
		const { facts } = await checkStandIn({ change });
		expect(facts('matters')).toEqual([]);
	});
});

describe('Under a limit of requests', () => {
	test.each([
		['1', 'happened, with Retry-After in seconds'],
		[new Date(Date.now() + 1_000).toUTCString(), 'happened, with Retry-After as a date'],
		[undefined, 'happened, without Retry-After'],
	])('the check waits and goes on (Retry-After: %s)', async (retryAfter, seen) => {
		const start = Date.now();
		const { finding, facts, uphance } = await checkStandIn({
			prepare: (standIn) => standIn.fault({ path: '/products', kind: 'status', status: 429, retryAfter, times: 1 }),
		});
		expect(finding('Too many requests (429)')).toMatchObject({ verdict: 'fits', seen });
		expect(facts('differs', 'matters')).toEqual([]);
		const asked = uphance.log().filter(({ path }) => path === '/products');
		expect(asked[0]?.status).toBe(429);
		if (retryAfter === '1') expect((asked[1]?.at ?? start) - (asked[0]?.at ?? start)).toBeGreaterThanOrEqual(990);
	});

	test('the check ends with a sentence and signs out when the wait is too long', async () => {
		let tokens: () => string[] = () => [];
		const run = checkStandIn({
			prepare: (standIn) => {
				standIn.fault({ path: '/products', kind: 'status', status: 429, retryAfter: '3600' });
				tokens = () => standIn.log().map(({ path }) => path);
			},
		});
		await expect(run).rejects.toThrow('Uphance asks to wait for more than five minutes');
		expect(tokens().at(-1)).toBe('/oauth/revoke_tokens');
	});
});
