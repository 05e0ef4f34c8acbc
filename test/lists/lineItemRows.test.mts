import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { lineItemRows } from '../../nodes/Uphance/output/lineItemRows.ts';

const lookup = {
	option: { displayName: 'Look Up', name: 'lookUp', type: 'boolean' as const, default: false },
	fillIn: async () => {},
	hint: () => undefined,
};
const simplify = (record: IDataObject) =>
	Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'line_items'));
const { line, sku, lookup: ownLookup } = lineItemRows(simplify, lookup);

const small = { id: 31, sku_id: 301, sku_number: 'S-1', ean: '4001', size: 'S', quantity: 2 };
const large = { id: 32, sku_id: 302, sku_number: 'S-2', upc_number: '4002', size: 'L', quantity: '3' };
const shirt = {
	id: 3,
	product_id: 5,
	product_identifier: 'SH',
	product_name: 'Shirt',
	variation_id: 51,
	color: 'red',
	unit_price: '4.10',
	original_price: '5',
	percentage_discount: '18',
	unit_tax: '0.82',
	tax_level: '20',
	line_quantities: [small, large],
};
const order = { id: 1, order_number: 101, line_items: [shirt] };

/** What a row has of the shirt. */
const ofShirt = {
	line_item_id: 3,
	product_id: 5,
	product_identifier: 'SH',
	product_name: 'Shirt',
	variation_id: 51,
	color: 'red',
	unit_price: 4.1,
	original_price: 5,
	percentage_discount: 18,
	unit_tax: 0.82,
	tax_level: 20,
};
const ofNothing = Object.fromEntries(Object.keys(ofShirt).map((name) => [name, null]));

const lines = (record: IDataObject) => line?.rows(record) ?? [];
const linesOf = (...line_items: IDataObject[]) => lines({ line_items }).map(({ json }) => json);
const sizesOf = (...line_items: IDataObject[]) => sku.rows({ line_items }).map(({ json }) => json);

describe('A row per line', () => {
	test('has the header, the line, its pieces and what they cost', () => {
		expect(lines(order)).toStrictEqual([
			{
				json: { id: 1, order_number: 101, ...ofShirt, quantity: 5, line_total: 20.5 },
				sources: [shirt, order],
			},
		]);
	});

	test('comes for every line, in their order', () => {
		expect(linesOf({ id: 4 }, { id: 3 }).map(({ line_item_id }) => line_item_id)).toStrictEqual([4, 3]);
	});

	test('has null for what the line lacks, and no pieces', () => {
		expect(linesOf({})).toStrictEqual([{ ...ofNothing, quantity: 0, line_total: null }]);
	});

	test('counts pieces of all sizes that have a number', () => {
		const line_quantities = [{ quantity: '2' }, { quantity: null }, { quantity: 0 }, { quantity: 1 }, {}];
		expect(linesOf({ unit_price: 2, line_quantities })).toMatchObject([{ quantity: 3, line_total: 6 }]);
	});

	test('costs nothing when it has no pieces but a price', () => {
		expect(linesOf({ unit_price: 2, line_quantities: [] })).toMatchObject([{ quantity: 0, line_total: 0 }]);
	});
});

describe('A row per SKU', () => {
	test('has the header, the line, the size and what its pieces cost', () => {
		expect(sku.rows(order)).toStrictEqual([
			{
				json: {
					...{ id: 1, order_number: 101, ...ofShirt },
					...{ line_quantity_id: 31, sku_id: 301, sku_number: 'S-1', ean: '4001', size: 'S', quantity: 2 },
					line_total: 8.2,
				},
				sources: [small, shirt, order],
			},
			{
				json: {
					...{ id: 1, order_number: 101, ...ofShirt },
					...{ line_quantity_id: 32, sku_id: 302, sku_number: 'S-2', ean: '4002', size: 'L', quantity: 3 },
					line_total: 12.3, // and not 12.299999999999999
				},
				sources: [large, shirt, order],
			},
		]);
	});

	test('has null for what line and size lack', () => {
		const none = { line_quantity_id: null, sku_id: null, sku_number: null, ean: null, size: null };
		expect(sizesOf({ line_quantities: [{ quantity: 1 }] })).toStrictEqual([
			{ ...ofNothing, ...none, quantity: 1, line_total: null },
		]);
	});

	test('comes only for sizes with pieces; a returned piece is one', () => {
		const line_quantities = [1, 0, '0.0', null, 'x', undefined, -2, '3'].map((quantity) => ({ quantity }));
		expect(sizesOf({ line_quantities }).map(({ quantity }) => quantity)).toStrictEqual([1, -2, 3]);
	});

	test('has the barcode of whichever field says one', () => {
		const line_quantities = [
			{ quantity: 1, ean: '1', upc_number: '2' },
			{ quantity: 1, ean: '', upc_number: '2' },
			{ quantity: 1, ean: '  ' },
		];
		expect(sizesOf({ line_quantities }).map(({ ean }) => ean)).toStrictEqual(['1', '2', null]);
	});

	test('costs at most four decimals', () => {
		expect(sizesOf({ unit_price: '0.33333', line_quantities: [{ quantity: 1 }] })).toMatchObject([
			{ line_total: 0.3333 },
		]);
	});
});

describe.each([
	['line', line],
	['SKU', sku],
])('Rows per %s', (_, mode) => {
	const rows = (record: IDataObject) => (mode?.rows(record) ?? []).map(({ json }) => json);

	test('repeat the header without the totals of the record', () => {
		const totals = { subtotal: 1, total_tax: 1, grand_total: 1, amount_outstanding: 1, total_quantity: 1 };
		const [row = {}] = rows({ ...order, ...totals, total_discount: 1 });
		for (const name of Object.keys(totals)) expect(row).not.toHaveProperty(name);
		expect(row).toMatchObject({ id: 1, order_number: 101, total_discount: 1 });
	});

	test('begin with the header, whose values win over those of the line', () => {
		const [row = {}] = rows({ ...order, color: 'of the order', quantity: 'of the order', line_total: 'of the order' });
		expect(row).toMatchObject({ color: 'of the order', quantity: 'of the order', line_total: 'of the order' });
		expect(Object.keys(row).slice(0, 6)).toStrictEqual([
			'id',
			'order_number',
			'color',
			'quantity',
			'line_total',
			'line_item_id',
		]);
	});

	test.each([undefined, null, {}, 'text', 7, [], [null, 'text', []]])(
		'are none when the lines are %j',
		(line_items) => {
			expect(rows({ line_items })).toStrictEqual([]);
		},
	);

	test('are called so in the menu', () => {
		expect(mode?.description('sales order')).toContain(mode === sku ? 'One item per size' : 'One item per product');
		expect(mode?.description('sales order')).toContain('sales order');
	});
});

test('The look-up is the one that was given', () => expect(ownLookup).toBe(lookup));
