import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { facts, factsOf, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

const allStates = ['closed', 'open', 'overdue'];

const list = async (resource: string, filters: IDataObject, more: INodeParameters = {}, timezone?: string) => {
	const parameters = listing(resource, { filters: filters as INodeParameters, ...more });
	return (await world.run({ parameters, timezone })).records;
};

const idsOf = async (resource: string, filters: IDataObject, more: INodeParameters = {}) =>
	(await list(resource, filters, more)).map(({ id }) => id);

/** What went out with the list, lists of states in one order. */
const queries = (resource: string) =>
	world.uphance
		.log()
		.filter(({ path }) => path === factsOf(resource).path)
		.map(({ query }) =>
			Object.fromEntries(
				Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]),
			),
		);

/** What is sent although the user chose nothing: without it Uphance leaves closed invoices out (docs/uphance.openapi.yaml: GET /vendor_invoices). */
const always = (resource: string) => (resource === 'vendorInvoice' ? { 'by_invoice_state[]': allStates } : {});

const since = ['invoice', 'creditNote', 'payment', 'pickTicket', 'receivingTicket', 'productionOrder'];

interface Row {
	resource: string;
	name: string;
	sends: string;
	value: string;
	/** With that value, oldest first; the list may go on. */
	first: number;
	isId?: true;
}

const rows: Row[] = [
	...since.map((resource) => {
		const { first } = factsOf(resource);
		return {
			resource,
			name: 'since_id',
			sends: 'since_id',
			value: String(first),
			first: first + 300,
			isId: true as const,
		};
	}),
	{
		resource: 'product',
		name: 'product_identifier',
		sends: 'filter[product_identifier]',
		value: 'AW24-AAM',
		first: 6409,
	},
	{ resource: 'sku', name: 'ean', sends: 'filter[ean]', value: '5000006409017', first: 640901 },
	{ resource: 'payment', name: 'order_id', sends: 'order_id', value: '9005', first: 6000079, isId: true },
	{
		resource: 'pickTicket',
		name: 'warehouse_name',
		sends: 'filter[warehouse_name]',
		value: 'East warehouse',
		first: 3000379,
	},
	{ resource: 'pickTicket', name: 'by_order_number', sends: 'by_order_number', value: '101', first: 3000079 },
	{ resource: 'pickTicket', name: 'by_order_id', sends: 'by_order_id', value: '9005', first: 3000079, isId: true },
	{ resource: 'pickTicket', name: 'by_shipment_number', sends: 'by_shipment_number', value: '40000', first: 3000079 },
	{ resource: 'vendorInvoice', name: 'by_q', sends: 'by_q', value: 'VI-2000', first: 8000079 },
	{
		resource: 'vendorInvoice',
		name: 'by_production_order_id',
		sends: 'by_production_order_id',
		value: '7000079',
		first: 8000079,
		isId: true,
	},
];

describe.each(sampled(rows, 6, 4))('$resource: $name', ({ resource, name, sends, value, first, isId }) => {
	test.each([value, ` ${value}\t`, `={{ '${value}' }}`])('%j goes out alone and without blanks', async (typed) => {
		await world.start();
		const ids = await idsOf(resource, { [name]: typed }, { newestFirst: false });
		expect(ids[0]).toBe(first);
		expect(queries(resource)).toEqual([{ ...always(resource), [sends]: value }]);
	});

	if (/^\d+$/.test(value)) {
		test('as a number goes out too', async () => {
			await world.start();
			await list(resource, { [name]: Number(value) }, { newestFirst: false });
			expect(queries(resource)).toEqual([{ ...always(resource), [sends]: value }]);
		});
	}

	test.each(['', '  ', '\t\n'])('left blank (%j) is not sent', async (typed) => {
		await world.start();
		await list(resource, { [name]: typed }, { newestFirst: false, limit: 1 });
		expect(queries(resource)).toEqual([always(resource)]);
	});

	test('stays on every page', async () => {
		await world.start();
		const { path, key } = factsOf(resource);
		const body = (ids: number[], next_page: number | null) => ({
			[key]: ids.map((id) => ({ id })),
			meta: { next_page, total_pages: next_page ?? 1 },
		});
		world.uphance.fault({ path, kind: 'json', body: body([8_000_000_001, 8_000_000_002], 2) });
		world.uphance.fault({ path, kind: 'json', body: body([8_000_000_003], null) });
		expect(await idsOf(resource, { [name]: value }, { returnAll: true })).toEqual([
			8_000_000_001, 8_000_000_002, 8_000_000_003,
		]);
		const sent = { ...always(resource), [sends]: value };
		const next = factsOf(resource).sinceId ? { since_id: '8000000002' } : { page: '2' };
		expect(queries(resource)).toEqual([sent, { ...sent, ...next }]);
	});

	if (isId) {
		test.each(['abc', '12x', '-1', '1.5', '#9005', '1,2'])('%j is refused, and nothing is sent', async (typed) => {
			await world.start();
			const { message, description } = await failureOf(list(resource, { [name]: typed }));
			expect(message).toContain(`'${typed}'`);
			expect(description).not.toBe('');
			expect(queries(resource)).toEqual([]);
		});
	} else {
		test('with characters of addresses goes out as it is', async () => {
			await world.start();
			expect(await list(resource, { [name]: 'A 7&page=3/ü#[]+%' }, { newestFirst: false })).toEqual([]);
			expect(queries(resource)).toEqual([{ ...always(resource), [sends]: 'A 7&page=3/ü#[]+%' }]);
		});
	}
});

test.each(since)('%s: After ID returns the oldest first, also with Newest First on', async (resource) => {
	await world.start();
	const { first } = factsOf(resource);
	const ids = await idsOf(resource, { since_id: String(first) }, { limit: 3, newestFirst: true });
	expect(ids).toEqual([...ids].sort((one, other) => Number(one) - Number(other)));
	expect(ids[0]).toBe(first + 300);
	expect(queries(resource)).toEqual([{ since_id: String(first) }]);
});

test.each(since)('%s: After ID left blank leaves the newest first', async (resource) => {
	await world.start();
	const newest = await idsOf(resource, {}, { limit: 2 });
	expect(await idsOf(resource, { since_id: ' ' }, { limit: 2 })).toEqual(newest);
	expect(Number(newest[0])).toBeGreaterThan(Number(newest[1]));
});

test('All filters of a pick ticket go out together', async () => {
	await world.start();
	const filters = {
		since_id: '1',
		since_created_at: '2020-01-01T00:00:00Z',
		warehouse_name: 'Primary warehouse',
		by_order_number: '101',
		by_order_id: '9005',
		by_shipment_number: '40000',
	};
	expect(await idsOf('pickTicket', filters)).toEqual([3000079]);
	const { since_created_at: created, ...others } = queries('pickTicket')[0] ?? {};
	expect(Date.parse(String(created))).toBe(Date.UTC(2020, 0, 1));
	expect(others).toEqual({
		since_id: '1',
		'filter[warehouse_name]': 'Primary warehouse',
		by_order_number: '101',
		by_order_id: '9005',
		by_shipment_number: '40000',
	});
});

test('Filters are resolved for each item, and its records linked to it', async () => {
	await world.start();
	const parameters = listing('pickTicket', { filters: { by_order_number: '={{ $json.order }}' } });
	const { items } = await world.run({ parameters, items: [{ order: 102 }, { order: 9999 }, { order: '101' }] });
	expect(items.map(({ json, pairedItem }) => [json.order_number, pairedItem])).toEqual([
		['102', { item: 0 }],
		['101', { item: 2 }],
	]);
});

describe.each(sampled(['payment', 'pickTicket', 'receivingTicket'], 3))('%s: since_created_at', (resource) => {
	const newYork = 'America/New_York';

	test.each([
		['the date picker', '2020-02-12T00:00:00', newYork, '2020-02-12T05:00:00Z'],
		['the date picker in summer', '2020-07-12T00:00:00', newYork, '2020-07-12T04:00:00Z'],
		['a day', '2020-02-12', newYork, '2020-02-12T05:00:00Z'],
		['a day in the east', '2020-02-12', 'Asia/Tokyo', '2020-02-11T15:00:00Z'],
		['text in UTC', '2020-02-12T00:00:00Z', newYork, '2020-02-12T00:00:00Z'],
		['text as Uphance writes it', '2020-02-12T10:00:00.000+00:00', newYork, '2020-02-12T10:00:00Z'],
		['text with a zone', '2020-02-12T00:00:00+09:00', newYork, '2020-02-11T15:00:00Z'],
		['blanks around', ' 2020-02-12T00:00:00Z ', newYork, '2020-02-12T00:00:00Z'],
		[
			'Luxon',
			'={{ DateTime.fromISO("2020-02-12T10:00:00", { zone: "Asia/Tokyo" }) }}',
			newYork,
			'2020-02-12T01:00:00Z',
		],
		['Luxon as text', '={{ DateTime.fromISO("2020-02-12T10:00:00Z").toISO() }}', newYork, '2020-02-12T10:00:00Z'],
		['a JavaScript date', '={{ new Date("2020-02-12T10:00:00Z") }}', newYork, '2020-02-12T10:00:00Z'],
	])('%s (%s in %s) is the moment %s, with its zone', async (_, typed, timezone, moment) => {
		await world.start();
		await list(resource, { since_created_at: typed }, { newestFirst: false }, timezone);
		const [query] = queries(resource);
		expect(Object.keys(query ?? {})).toEqual(['since_created_at']);
		const sent = String(query?.since_created_at);
		expect(sent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/);
		expect(Date.parse(sent)).toBe(Date.parse(moment));
	});

	test('leaves out what is older, also with the newest first', async () => {
		await world.start();
		const all = await list(resource, {}, { returnAll: true, simplify: false });
		const moment = String(all[120]?.created_at);
		const wanted = all.slice(120).map(({ id }) => id);
		expect(await idsOf(resource, { since_created_at: moment }, { returnAll: true })).toEqual(wanted);
		expect(await idsOf(resource, { since_created_at: moment }, { limit: 5 })).toEqual(wanted.slice(-5).reverse());
	});

	test.each(['', ' '])('left blank (%j) is not sent', async (typed) => {
		await world.start();
		await list(resource, { since_created_at: typed }, { newestFirst: false, limit: 1 });
		expect(queries(resource)).toEqual([{}]);
	});

	test.each(['31/12/2026', 'yesterday', '2026-13-01'])('%j is refused, and nothing is sent', async (typed) => {
		await world.start();
		const { message, description } = await failureOf(list(resource, { since_created_at: typed }));
		expect(message).toMatch(/^'Created [^']*' is not a date/);
		expect(message).toContain(typed);
		expect(description).toContain('2026-12-31');
		expect(queries(resource)).toEqual([]);
	});
});

describe('vendorInvoice: by_invoice_state', () => {
	test.each([
		[undefined, allStates],
		[[], allStates],
		[['open'], ['open']],
		[['closed'], ['closed']],
		[
			['overdue', 'open'],
			['open', 'overdue'],
		],
		[allStates, allStates],
	])('%j sends %j', async (chosen, sent) => {
		await world.start();
		const filters = chosen === undefined ? {} : { by_invoice_state: chosen };
		expect(await list('vendorInvoice', filters, { returnAll: true })).toHaveLength(115 * sent.length);
		const states = queries('vendorInvoice').map((query) => [query['by_invoice_state[]']].flat());
		for (const each of states) expect(each).toEqual(sent);
	});

	test('that is unknown is refused: Uphance would silently use its default', async () => {
		await world.start();
		const { message } = await failureOf(list('vendorInvoice', { by_invoice_state: ['paid'] }));
		expect(message).toContain("'paid'");
		expect(queries('vendorInvoice')).toEqual([]);
	});

	test('from an expression that found nothing is refused: all invoices would seem to match', async () => {
		await world.start();
		const { message } = await failureOf(list('vendorInvoice', { by_invoice_state: '={{ $json.nope }}' }));
		expect(message).toContain("'Invoice States' is empty or not a single value");
		expect(queries('vendorInvoice')).toEqual([]);
	});

	test('goes out together with the others', async () => {
		await world.start();
		await list('vendorInvoice', { by_invoice_state: ['open', 'closed'], by_q: 'VI-2000' });
		expect(queries('vendorInvoice')).toEqual([{ 'by_invoice_state[]': ['closed', 'open'], by_q: 'VI-2000' }]);
	});
});

describe('customer: search', () => {
	const barneys = { name: 'Barneys', reference: 'C-1000', vat: 'GB100009498', email: 'ada.ohara@customer9498.example' };

	test.each([
		['the name', barneys.name],
		['the name in capitals', 'BARNEYS'],
		['a part of the name', ' arney '],
		['the reference', barneys.reference],
		['the reference in small letters', 'c-1000'],
		['the VAT number', barneys.vat],
		['the VAT number in small letters', 'gb100009498'],
		['the email of a contact', barneys.email],
		['a part of the email, in capitals', '@CUSTOMER9498.'],
	])('finds by %s (%j), reading the list', async (_, search) => {
		await world.start();
		expect(await idsOf('customer', { search }, { returnAll: true })).toEqual([9498]);
		expect(queries('customer')).toEqual([{}, { page: '2' }, { page: '3' }]);
	});

	test('looks at every contact, not at the first only', async () => {
		await world.start();
		const search = 'grace.lind@customer9639666.example';
		expect(await idsOf('customer', { search })).toEqual([9639666]);
	});

	test.each(['undefined', 'null', 'object', '[object', 'nobody of this name', 'London'])(
		'%j finds none: only those four are searched',
		async (search) => {
			await world.start();
			expect(await idsOf('customer', { search })).toEqual([]);
			expect(queries('customer')).toHaveLength(3);
		},
	);

	test('stops at the page that fills the limit', async () => {
		await world.start();
		expect(await idsOf('customer', { search: 'barneys' }, { limit: 1, newestFirst: false })).toEqual([9498]);
		expect(queries('customer')).toEqual([{}]);
	});

	test.each(['', '  '])('left blank (%j) finds all', async (search) => {
		await world.start();
		expect(await idsOf('customer', { search }, { returnAll: true })).toHaveLength(230);
	});

	test('skips customers without any of the four', async () => {
		await world.start();
		const customers = [
			{ id: 1 },
			{ id: 2, name: null, people: null },
			{ id: 3, people: [null, { email: 'Jo@X.com' }] },
		];
		world.uphance.fault({ path: '/customers', kind: 'json', body: { customers }, times: 100 });
		expect(await idsOf('customer', { search: 'jo@x' })).toEqual([3]);
	});
});

test.each(sampled(facts, 6))(
	'$resource: an empty collection of filters sends nothing of its own',
	async ({ resource }) => {
		await world.start();
		await list(resource, {}, { limit: 1, newestFirst: false });
		expect(queries(resource)).toEqual([always(resource)]);
	},
);
