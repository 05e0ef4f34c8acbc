import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import type { Gettable, ReadFacts } from './listFacts.mts';
import { facts, factsOf, getting, gettable, listing, pathFor } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

interface Simplified extends ReadFacts {
	simple: string[];
}

const simplified = facts.filter((each): each is Simplified => each.simple !== undefined);
const amounts = ['subtotal', 'total_tax', 'grand_total', 'amount_outstanding', 'amount'];

const list = async (resource: string, more: INodeParameters = {}) =>
	(await world.run({ parameters: listing(resource, more) })).records;

/** Answers the list with these records instead. */
function answer(resource: string, records: IDataObject[]): void {
	const { path, key } = factsOf(resource);
	world.uphance.fault({ path, kind: 'json', body: { [key]: records }, times: 100 });
}

/** The oldest record, by the sandbox's own data. */
const oldest: Record<string, IDataObject> = {
	customer: {
		id: 9498,
		name: 'Barneys',
		reference: 'C-1000',
		customer_type: 'wholesale',
		email: 'ada.ohara@customer9498.example',
		phone: '+44 20 7946 0100',
		city: 'London',
		country: 'GB',
		channel_name: 'Wholesale',
		currency: 'GBP',
	},
	invoice: {
		id: 1000079,
		invoice_number: '60168',
		created_at: '2020-01-03T08:00:00.000Z',
		due_date: '2015-12-17',
		sale_id: 9005,
		company_id: 9498,
		customer_name: 'Barneys',
		grand_total: 56.76,
		amount_outstanding: 56.76,
		currency: 'GBP',
	},
	creditNote: {
		id: 2004079,
		credit_note_number: '3020',
		created_at: '2020-01-26T10:00:00.000Z',
		order_number: '105',
		reference: 'CR 1020',
		subtotal: 45,
		total_tax: 0,
		grand_total: 45,
		amount_outstanding: 0,
		warehouse_name: 'Primary warehouse',
	},
	pickTicket: {
		id: 3000079,
		shipment_number: '40000',
		status: 'published',
		date: '2020-01-02T00:00:00.000Z',
		order_number: '101',
		order_id: 9005,
		customer_name: 'Barneys',
		contact_email: null,
		carrier: null,
		tracking_number: null,
	},
	receivingTicket: {
		id: 4000079,
		created_at: '2020-02-10T08:00:00.000Z',
		status: 'checked in',
		production_order_id: 7000079,
		production_order_number: '600',
		delivery_name: 'Delivery 1',
		vendor: 'Tessitura Lombarda',
		in_warehouse_date: '2020-02-10T00:00:00.000Z',
		total_quantity: 130,
		grand_total: 2340,
	},
	return: {
		id: 5004079,
		return_number: '1020',
		rma_number: 'RMA-1020',
		created_at: '2020-01-21T10:00:00.000Z',
		order_number: '105',
		carrier: 'DHL',
		tracking_number: 'RT5004079',
		total_quantity: 1,
		total_tax: 0,
		grand_total: 45,
	},
	productionOrder: {
		id: 7000079,
		production_order_number: '600',
		company_name: 'Tessitura Lombarda',
		status: 'COMPLETE',
		delivery_status: 'All Received',
		due_date: '2020-03-01T00:00:00.000Z',
		in_warehouse_date: '2020-03-11T00:00:00.000Z',
		total_quantity: 130,
		grand_total: 2340,
		currency: 'EUR',
	},
	vendorInvoice: {
		id: 8000079,
		vendor_invoice_number: 'VI-2000',
		invoice_date: '2020-01-16T00:00:00.000Z',
		due_date: null,
		vendor_name: 'Tessitura Lombarda',
		order_number: '600',
		production_order_id: 7000079,
		reference: null,
		amount: 2340,
		currency: 'EUR',
	},
};

describe.each(sampled(simplified, 4, 1))('$resource', ({ resource, simple }) => {
	test('is simplified by default: just these fields, in this order', async () => {
		await world.start();
		const [first] = await list(resource, { limit: 1, newestFirst: false });
		expect(Object.keys(first ?? {})).toEqual(simple);
		if (oldest[resource]) expect(first).toStrictEqual(oldest[resource]);
	});

	test.each([{}, { timestamps: '+00:00', orderNumber: 'number', seasonId: 'number' }] as Array<Partial<Switches>>)(
		'has each field in one form in every record (%j)',
		async (switches) => {
			await world.start({ switches });
			const records = await list(resource, { returnAll: true });
			expect(records.length).toBeGreaterThanOrEqual(40);
			for (const record of records) {
				expect(Object.keys(record)).toEqual(simple);
				expect(Object.values(record)).not.toContain(undefined);
				for (const [name, value] of Object.entries(record)) {
					if (amounts.includes(name)) expect(value === null ? 'number' : typeof value).toBe('number');
					if (name.endsWith('_number')) expect(value === null ? 'string' : typeof value).toBe('string');
					if (name === 'season_id') expect(Array.isArray(value)).toBe(true);
					if (['season_id', 'colors'].includes(name)) continue;
					expect(value === null || typeof value !== 'object').toBe(true);
				}
			}
		},
	);

	test('has every key also where the record lacks it or has null', async () => {
		await world.start();
		const empty = Object.fromEntries([...simple, 'variations', 'people'].map((name) => [name, null]));
		answer(resource, [{ id: 5 }, { ...empty, id: 6 }]);
		const records = await list(resource, { newestFirst: false });
		for (const record of records) {
			expect(Object.keys(record)).toEqual(simple);
			for (const [name, value] of Object.entries(record)) {
				if (name === 'id' || ['colors', 'in_stock', 'available_to_sell'].includes(name)) continue;
				expect([name, value]).toEqual([name, name === 'season_id' ? [] : null]);
			}
		}
		expect(records.map(({ id }) => id)).toEqual([5, 6]);
	});

	test('has amounts as numbers and numbers of documents as text, however they come', async () => {
		await world.start();
		const typed = (value: string | number): IDataObject =>
			Object.fromEntries(
				simple.filter((name) => amounts.includes(name) || name.endsWith('_number')).map((name) => [name, value]),
			);
		answer(resource, [
			{ id: 5, ...typed('1234.50') },
			{ id: 6, ...typed(1234.5) },
			{ id: 7, ...typed('') },
			{ id: 8, ...typed('0.0') },
		]);
		const records = await list(resource, { newestFirst: false });
		for (const name of simple.filter((each) => amounts.includes(each))) {
			expect(records.map((record) => record[name])).toEqual([1234.5, 1234.5, null, 0]);
		}
		for (const name of simple.filter((each) => each.endsWith('_number'))) {
			expect(records.slice(0, 2).map((record) => record[name])).toEqual(['1234.50', '1234.5']);
		}
	});

	test.each([{ returnAll: true }, { limit: 2, newestFirst: false }])(
		'with Simplify off is exactly what Uphance sent (%j)',
		async (more) => {
			await world.start();
			const sent = [
				{ id: 5, grand_total: '56.7600', amount: '1.0', tomorrow: { new: [null, ''] }, order_number: 7, season_id: 3 },
				{ zeta: 1, id: 6, variations: [{ color: 'RED', prices: [{ wsp_money: '45.00' }] }] },
			];
			answer(resource, sent);
			expect(JSON.stringify(await list(resource, { ...more, simplify: false }))).toBe(JSON.stringify(sent));
		},
	);
});

test.each(facts.filter(({ simple }) => !simple))(
	'$resource has no more than ten fields: it comes as it is',
	async ({ resource }) => {
		await world.start();
		const sent = [{ id: 5, amount: '56.7600', tomorrow: { new: [null, ''] }, sku_number: 7 }];
		answer(resource, sent);
		expect(JSON.stringify(await list(resource))).toBe(JSON.stringify(sent));
		expect(JSON.stringify(await list(resource, { simplify: true }))).toBe(JSON.stringify(sent));
	},
);

describe.each(gettable.filter((each): each is Gettable & Simplified => each.simple !== undefined))(
	'$resource, Get',
	(each) => {
		const { resource, first, simple } = each;

		test('gives the whole record unless switched on, then the same as Get Many', async () => {
			await world.start();
			const [whole] = await list(resource, { limit: 1, newestFirst: false, simplify: false });
			const [short] = await list(resource, { limit: 1, newestFirst: false });
			expect((await world.run({ parameters: getting(each, 'id', first) })).records).toEqual([whole]);
			const { records } = await world.run({ parameters: getting(each, 'id', first, { simplify: true }) });
			expect(records).toStrictEqual([short]);
			expect(Object.keys(records[0] ?? {})).toEqual(simple);
		});

		test('simplified, still says that it was found', async () => {
			await world.start();
			const more = { simplify: true, options: { ifNotFound: 'emptyItem' } };
			const { records } = await world.run({ parameters: getting(each, 'id', first, more) });
			expect(Object.keys(records[0] ?? {})).toEqual([...simple, 'found']);
			expect(records[0]).toMatchObject({ id: first, found: true });
		});

		test('of a record that lacks nearly everything has every key', async () => {
			await world.start();
			const body = { [each.key]: [{ id: first }] };
			world.uphance.fault({ path: pathFor(each, first), kind: 'json', body, times: 100 });
			const { records } = await world.run({ parameters: getting(each, 'id', first, { simplify: true }) });
			expect(Object.keys(records[0] ?? {})).toEqual(simple);
		});
	},
);

test('A customer has email and phone of the first contact that has one', async () => {
	await world.start();
	const people = [
		{ email: null, phone_1: '' },
		{ email: '', phone_1: '+44 1' },
		{ email: 'jo@x.com', phone_1: '+44 2' },
		{ email: 'mo@x.com', phone_1: '+44 3' },
	];
	answer('customer', [
		{ id: 5, people },
		{ id: 6, people: [] },
		{ id: 7, people: [{ first_name: 'Jo' }] },
	]);
	const records = (await list('customer')).reverse();
	expect(records.map(({ email, phone }) => [email, phone])).toEqual([
		['jo@x.com', '+44 1'],
		[null, null],
		[null, null],
	]);
});

test('A product has its colors, and its stock summed over the sizes', async () => {
	await world.start();
	const size = (in_stock: number, available_to_sell: number) => ({ in_stock, available_to_sell });
	answer('product', [
		{
			id: 5,
			season_id: 8210,
			not_for_sale: false,
			variations: [
				{ color: 'RED', skus: [size(1, 2), size(10, 20)] },
				{ color: 'BLUE', skus: [size(100, -5)] },
				{ color: 'GREEN', skus: [] },
			],
		},
		{ id: 6, season_id: [8210, 8342], not_for_sale: true, variations: [] },
	]);
	const records = (await list('product')).reverse();
	expect(records[0]).toMatchObject({
		season_id: [8210],
		not_for_sale: false,
		colors: ['RED', 'BLUE', 'GREEN'],
		in_stock: 111,
		available_to_sell: 17,
	});
	expect(records[1]).toMatchObject({ season_id: [8210, 8342], not_for_sale: true, colors: [] });
});
