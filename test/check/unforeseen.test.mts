import { describe, expect, test } from '@jest/globals';
import type { Change } from './changedAnswers.mts';
import { changeRecords } from './changedAnswers.mts';
import { checkStandIn } from './standIn.mts';

/** What differs where the answers are changed, as "verdict fact: seen". */
async function differences(change: Change): Promise<string[]> {
	const { findings } = await checkStandIn({ change });
	return findings
		.filter(({ verdict }) => verdict === 'differs' || verdict === 'matters')
		.map(({ verdict, fact, seen }) => `${verdict} ${String(fact)}: ${String(seen)}`);
}

describe('The check finds what no switch foresees:', () => {
	test('a list without meta', async () => {
		const { finding, report, facts } = await checkStandIn({
			change: ({ path }, body) => (path === '/customers' && body ? { body: { ...body, meta: undefined } } : undefined),
		});
		expect(finding('customers: pages')).toMatchObject({ verdict: 'matters', seen: 'no meta' });
		expect(finding('customers: pages').means).toContain('returns the first page only');
		expect(report.lists).toEqual({ '/customers': { meta: false } });
		expect(facts('differs', 'matters')).toHaveLength(1);
	});

	test('half of meta', async () => {
		expect(
			await differences(({ path }, body) =>
				path === '/customers' && body ? { body: { ...body, meta: { current_page: 1, total_count: 230 } } } : undefined,
			),
		).toEqual(['matters customers: pages: meta is not as described']);
	});

	test('a field that is renamed', async () => {
		const renamed = changeRecords('/invoices', ({ invoice_number, ...invoice }) => ({
			...invoice,
			invoice_no: invoice_number,
		}));
		const { finding, facts } = await checkStandIn({ change: renamed });
		expect(facts('differs', 'matters')).toEqual(['invoices: invoice_number: missing in all']);
		expect(finding('invoices: fields').seen).toContain('new: invoice_no (integer)');
	});

	test('a field that is missing in half of the records', async () => {
		expect(
			await differences(
				changeRecords('/invoices', (each, index) => (index % 2 ? each : { ...each, company_id: undefined })),
			),
		).toEqual(['matters invoices: company_id: missing in some']);
	});

	test('a field of a line that is missing', async () => {
		const change = changeRecords('/returns', (each) => ({
			...each,
			line_items: Array.isArray(each.line_items)
				? each.line_items.map((line: object) => ({ ...line, color: undefined }))
				: [],
		}));
		expect(await differences(change)).toEqual(['matters returns: line_items[].color: missing in all']);
	});

	test('other types', async () => {
		const change = changeRecords('/invoices', (each) => ({
			...each,
			id: String(each.id),
			grand_total: Number(each.grand_total) + 0.5,
			customer_name: { first: each.customer_name },
		}));
		expect(await differences(change)).toEqual([
			'differs invoices: id: string instead of integer, in all',
			'differs invoices: grand_total: number instead of string, in all',
			'matters invoices: customer_name: object instead of string, null, in all',
		]);
	});

	test('numbers and times in another form', async () => {
		const change = changeRecords('/payments', (each) => ({
			...each,
			amount: String(each.amount).replace('.', ','),
			created_at: 'yesterday',
		}));
		expect(await differences(change)).toEqual([
			expect.stringMatching(/^matters Times: .*time with ms, ending in Z; other text$/),
			'matters payments: created_at: other text, in all',
			'differs payments: amount: number with a comma, in all',
		]);
	});

	test('a filter that finds nothing, and one that returns everything', async () => {
		const { finding } = await checkStandIn({
			change: ({ path, query }, body) => {
				if (path === '/skus' && query.has('filter[ean]')) return { body: { ...body, skus: [] } };
				return undefined;
			},
			lists: { '/products': { ignoresFilters: true } },
		});
		expect(finding('SKUs: filter[ean]')).toMatchObject({ verdict: 'matters' });
		expect(finding('products: filter[product_identifier]')).toMatchObject({ verdict: 'matters', seen: 'ignored' });
	});

	test('a list that its user may not see, and one that answers with a web page', async () => {
		const found = await differences(({ path }) => {
			if (path === '/vendor_invoices') return { status: 403, body: '', type: 'text/plain' };
			if (path === '/returns') return { status: 502, body: '<html>Bad Gateway</html>', type: 'text/html' };
			return undefined;
		});
		expect(found).toEqual([
			'matters returns: list: 502 with a web page',
			'matters vendor invoices: list: 403 without a body',
		]);
	});

	test('records under another name, and a list that is no object', async () => {
		const found = await differences(({ path }, body) => {
			if (path === '/customers' && body) return { body: { data: body.customers, meta: body.meta } };
			if (path === '/seasons' && body) return { body: body.seasons };
			return undefined;
		});
		expect(found).toEqual([
			'matters customers: list: the records come under another name',
			'matters seasons: list: JSON, but not as described',
		]);
	});

	test('a GET of one that answers with another record, or in an unknown envelope', async () => {
		const found = await differences(({ path }, body) => {
			if (/^\/payments\/\d+$/.test(path) && body) return { body: { payment: { ...Object(body.payment), id: 1 } } };
			if (/^\/products\/\d+$/.test(path) && body) return { body: { data: body } };
			return undefined;
		});
		expect(found).toEqual([
			'matters products: GET of one: in an envelope that nobody knew',
			'matters payments: GET of one: another record than the one asked for',
		]);
	});

	test('new words of a status, and fields whose names are none', async () => {
		const change = changeRecords('/pick_tickets', (each, index) => ({
			...each,
			status: index % 2 ? 'awaiting_carrier' : 'Zanzibar',
			customer_name: 'Zanzibar',
			urgency: 1,
			'Zanzibar Pier': 2,
			zanzibar: 3,
		}));
		const { finding } = await checkStandIn({ change });
		expect(finding('pick tickets: words of status').seen).toMatch(
			/awaiting_carrier \(new\), others that are left out$/,
		);
		expect(finding('pick tickets: fields').seen).toMatch(/new: urgency \(integer\), 1 to 9 that are left out$/);
	});

	test('answers that are broken off', async () => {
		const { finding } = await checkStandIn({
			prepare: (uphance) => uphance.fault({ path: '/seasons', kind: 'brokenOff', times: 2 }),
		});
		expect(finding('seasons: list')).toMatchObject({ verdict: 'matters', seen: 'no answer' });
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
