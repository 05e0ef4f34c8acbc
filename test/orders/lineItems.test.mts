import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { parseLineItemRows, toLineItems } from '../../nodes/Uphance/resources/order/lineItems.ts';
import { areNested, parseNestedItems } from '../../nodes/Uphance/resources/order/nestedLineItems.ts';
import documented from '../../sandbox/uphance/documented/createSalesOrder.request.json';
import { failureOf } from '../failure.mts';

const field = 'Line Items';

/** The line items of a list in JSON. The look-up of each SKU returns what the row says. */
function from(list: unknown): IDataObject[] {
	const rows = { list, label: field, isForm: false };
	if (areNested(list)) return parseNestedItems(rows);
	const parsed = parseLineItemRows(rows);
	const skus = parsed.map(({ sku }) => {
		const { product_id, variation_id } = (list as IDataObject[])[sku.index] ?? {};
		const id = (value: unknown) => Number(value) || undefined;
		return { sku_id: 'id' in sku ? sku.id : 0, product_id: id(product_id), variation_id: id(variation_id) };
	});
	return toLineItems(parsed, skus);
}

/** The error for a list, or that there is none. */
const refusalOf = async (list: unknown) => await failureOf(Promise.resolve().then(() => from(list)));

const row = { product_id: 77630, variation_id: 163772, sku_id: 867799, quantity: 3, unit_price: '10.00' };

describe('Rows', () => {
	test('of one product, variation and price become one line item, in their order', () => {
		const rows = [row, { ...row, sku_id: 867800, quantity: 2 }, { ...row, sku_id: 867801, quantity: 1 }];
		expect(from(rows)).toStrictEqual([
			{
				product_id: 77630,
				variation_id: 163772,
				unit_price: 10,
				line_quantities: [
					{ sku_id: 867799, quantity: 3 },
					{ sku_id: 867800, quantity: 2 },
					{ sku_id: 867801, quantity: 1 },
				],
			},
		]);
	});

	test.each([
		['product', { product_id: 77631 }],
		['variation', { variation_id: 163773 }],
		['price', { unit_price: '9.99' }],
		['price, which one leaves to Uphance', { unit_price: '' }],
	])('of another %s stay apart', (_, other) => {
		const items = from([row, { ...row, ...other }, row]);
		expect(items.map(({ line_quantities }) => line_quantities)).toEqual([
			[{ sku_id: 867799, quantity: 6 }],
			[{ sku_id: 867799, quantity: 3 }],
		]);
	});

	test.each([
		[{ percentage_discount: '10.0' }], // Uphance's own unit_price is the price after it
		[{ discount: '' }],
		[{ discount: null }],
		[{ discount: '0.00' }],
		[{ discount: 0 }],
		[{ discount_code: 'SUMMER10' }],
		[{ settlement_discount_note: '10' }],
	])('with %j go out as without it', (column) => {
		expect(from([{ ...row, ...column }])).toEqual(from([row]));
	});

	test('of the same SKU and price are added up', () => {
		const [item, ...others] = from([row, { ...row, sku_id: 867800 }, { ...row, quantity: 4 }]);
		expect(others).toEqual([]);
		expect(item?.line_quantities).toEqual([
			{ sku_id: 867799, quantity: 7 },
			{ sku_id: 867800, quantity: 3 },
		]);
	});

	test('of a SKU alone are added up too', () => {
		expect(
			from([
				{ sku_id: 867799, quantity: 3 },
				{ sku_id: '867799', quantity: '4' },
			]),
		).toStrictEqual([{ line_quantities: [{ sku_id: 867799, quantity: 7 }] }]);
	});

	test.each([[{}], [{ product_id: 77630 }]])(
		'of several SKUs stay apart if only %j is known of them: they may not belong to one line',
		(known) => {
			const [red, blue] = [
				{ ...known, sku_id: 867799, quantity: 3 },
				{ ...known, sku_id: 867800, quantity: 1 },
			];
			expect(from([red, blue, { ...red, quantity: 4 }])).toStrictEqual([
				{ ...known, line_quantities: [{ sku_id: 867799, quantity: 7 }] },
				{ ...known, line_quantities: [{ sku_id: 867800, quantity: 1 }] },
			]);
		},
	);

	test('come from a spreadsheet as text, and are the same as numbers', () => {
		const texts = { product_id: ' 77630 ', variation_id: '163772', sku_id: '867799 ', quantity: '4', unit_price: '10' };
		const items = from([row, texts, { ...row, unit_price: 10, quantity: '1' }]);
		expect(items).toStrictEqual([
			{
				product_id: 77630,
				variation_id: 163772,
				unit_price: 10,
				line_quantities: [{ sku_id: 867799, quantity: 8 }],
			},
		]);
	});

	test.each([
		['4.50', 4.5],
		['0', 0],
		['0.00', 0],
		[4.5, 4.5],
		[0, 0],
	])('with a price of %j send the number %j', (typed, sent) => {
		expect(from([{ ...row, unit_price: typed }])[0]?.unit_price).toBe(sent);
	});

	test.each([[{ unit_price: '' }], [{ unit_price: '  ' }], [{ unit_price: null }]])(
		'without a price (%j) leave it to Uphance and never sell at 0',
		(price) => {
			expect(from([{ ...row, ...price }])[0]).not.toHaveProperty('unit_price');
		},
	);

	test('with three decimals have a price where the currency has them', () => {
		const rows = { list: [{ ...row, unit_price: '1.250' }], label: field, isForm: false };
		expect(parseLineItemRows(rows, 'KWD')[0]?.unit_price).toBe(1.25);
		expect(() => parseLineItemRows(rows, 'EUR')).toThrow("'Unit Price' in line item 1 is ambiguous");
		expect(() => parseLineItemRows(rows)).toThrow("'Unit Price' in line item 1 is ambiguous");
	});

	test('without product and variation name neither', () => {
		const [item] = from([{ sku_id: 867799, quantity: 1, product_id: '', variation_id: null }]);
		expect(Object.keys(item ?? {})).toEqual(['line_quantities']);
	});

	test.each([0, '0'])('with the quantity %j are left out', (quantity) => {
		expect(
			from([
				{ ...row, quantity },
				{ ...row, sku_id: 867800 },
			])[0]?.line_quantities,
		).toEqual([{ sku_id: 867800, quantity: 3 }]);
	});

	test('with the quantity 0 need nothing else: they are left out', () => {
		expect(from([{ quantity: 0 }, { quantity: 0, sku_id: 'TEE-RED-M', unit_price: '4,50' }, row])).toEqual(from([row]));
	});

	test('may have further columns, which are not sent', () => {
		const [item] = from([{ ...row, po: 'PO-7', color: 'RED', quantity_shipped: 1 }]);
		expect(Object.keys(item ?? {}).sort()).toEqual(['line_quantities', 'product_id', 'unit_price', 'variation_id']);
		expect(item?.line_quantities).toEqual([{ sku_id: 867799, quantity: 3 }]);
	});

	test('in any order and number keep the sum of pieces', () => {
		let seed = 7;
		const below = (limit: number) => (seed = (seed * 48271) % 2147483647) % limit;
		const rows = Array.from({ length: 2000 }, () => ({
			product_id: 1 + below(4),
			variation_id: 1 + below(3),
			sku_id: 1 + below(5),
			unit_price: ['4.5', '4.50', '5', 5, ''][below(5)],
			quantity: below(4),
		}));
		const before = JSON.stringify(rows);
		const items = from(rows);
		const pieces = new Map<string, number>();
		for (const { product_id, variation_id, sku_id, unit_price, quantity } of rows) {
			const key = [product_id, variation_id, unit_price === '' ? '' : Number(unit_price), sku_id].join();
			pieces.set(key, (pieces.get(key) ?? 0) + quantity);
		}
		const sent = items.flatMap(({ product_id, variation_id, unit_price, line_quantities }) =>
			(line_quantities as Array<{ sku_id: number; quantity: number }>).map(({ sku_id, quantity }): [string, number] => [
				[product_id, variation_id, unit_price ?? '', sku_id].join(),
				quantity,
			]),
		);
		expect(new Map(sent).size).toBe(sent.length);
		expect(new Map(sent)).toEqual(new Map([...pieces].filter(([, quantity]) => quantity > 0)));
		expect(
			new Set(items.map(({ product_id, variation_id, unit_price }) => `${product_id} ${variation_id} ${unit_price}`))
				.size,
		).toBe(items.length);
		expect(JSON.stringify(rows)).toBe(before);
	});
});

describe('Line items as Uphance documents them', () => {
	test('are sent unchanged', () => {
		expect(JSON.stringify(from(documented.line_items))).toBe(JSON.stringify(documented.line_items));
	});

	test('keep what nobody has documented yet', () => {
		const item = { sku_bundle: 7, line_quantities: [{ sku_id: 1, quantity: 2, note: 'gift' }] };
		expect(from([item])).toEqual([item]);
	});

	test.each([
		['2', 2],
		[' 3 ', 3],
		['4.0', 4],
		[4.35 * 100, 435],
		['0', 0],
	])('send the quantity %j as the number %j', (typed, quantity) => {
		const of = (value: unknown) => [
			{
				line_quantities: [
					{ sku_id: 2, quantity: 1 },
					{ sku_id: '9', quantity: value },
				],
			},
		];
		expect(from(of(typed))).toStrictEqual(of(quantity));
	});
});

describe('Refused, by the number of the line item,', () => {
	test('is a price with a comma, with the dot to use instead', async () => {
		const { message, description } = await refusalOf([row, { ...row, unit_price: '4,50' }]);
		expect(message).toBe("'Unit Price' in line item 2 is not a number: '4,50'");
		expect(description).toBe('Use a dot: 4.50.');
	});

	test.each(['1.234,50', '4,5,0', 'free', '€ 4.50', '4.50 GBP', '1e3', '.', NaN, Infinity])(
		'is the price %j',
		async (unit_price) => {
			const { message } = await refusalOf([row, { ...row, unit_price }]);
			expect(message).toContain("'Unit Price' in line item 2 is not a number");
		},
	);

	test.each([[{ quantity: '' }], [{ quantity: ' ' }], [{ quantity: null }]])(
		'is a blank quantity (%j)',
		async (blank) => {
			const { message } = await refusalOf([row, row, { ...row, ...blank }]);
			expect(message).toMatch(/line item 3\b.* quantity/i);
		},
	);

	test('is a quantity that is not there', async () => {
		const { message } = await refusalOf([{ sku_id: 1 }]);
		expect(message).toMatch(/line item 1\b.* quantity/i);
	});

	test.each([-1, 1.5, '1,5', 'two', '3 pcs', NaN, Infinity, '1e2'])('is the quantity %j', async (quantity) => {
		const { message } = await refusalOf([row, { ...row, quantity }]);
		expect(message).toMatch(/quantity/i);
		expect(message).toContain('line item 2');
	});

	test.each([
		['quantity', { sku_id: 867799, qty: 3 }],
		['unit_price', { sku_id: 867799, quantity: 3, price: '10.00' }],
	])('is a column that means %s, but has another name', async (name, bad) => {
		const { message } = await refusalOf([row, bad]);
		expect(message).toContain('line item 2');
		expect(message).toContain(`"${name}"`);
	});

	test.each([[{ sku_id: '' }], [{ sku_id: null }]])('is a row with %j only', async (sku) => {
		const { message, description } = await refusalOf([row, { ...row, ...sku }]);
		expect(message).toBe('Line item 2 has no SKU');
		expect(description).toContain('Add "sku_id", "ean" or "sku_number"');
	});

	test.each([[{ sku_id: 'TEE-RED-M' }], [{ sku_id: 7.5 }], [{ sku_id: -7 }]])('is the SKU ID in %j', async (sku) => {
		const { message } = await refusalOf([row, { ...row, ...sku }]);
		expect(message).toContain('SKU ID');
		expect(message.toLowerCase()).toContain('line item 2');
	});

	test('is a SKU number for an ID, with the way to use it', async () => {
		const { message, description } = await refusalOf([{ ...row, sku_id: 'TEE-RED-M' }]);
		expect(message).toBe("'SKU ID' in line item 1 is not a number: 'TEE-RED-M'");
		expect(description).toContain('use SKU Number');
	});

	test.each([
		['discount', 10],
		['Discount %', '10%'],
		['Line Discount', '4,50'],
		['discount_percent', 0.5],
		['discountAmount', '5.00'],
		['Item Discount Rate', '.1'],
	])('is a discount that would not go out: %j is %j', async (name, value) => {
		const { message, description } = await refusalOf([row, { ...row, [name]: value }]);
		expect(message).toBe(`"${name}" in line item 2 cannot be sent`);
		expect(description).toBe(
			'Uphance documents no discount for a new order. Put the price after the discount into "unit_price" and remove the column. Nothing was sent for this item.',
		);
	});

	test("is Uphance's own discount without the price that it belongs to", async () => {
		const { message } = await refusalOf([{ sku_id: 867799, quantity: 3, percentage_discount: '10.0' }]);
		expect(message).toBe('"percentage_discount" in line item 1 cannot be sent');
	});

	test.each(['TEE-RED-M', 640901.5, '640901.5', -7, 0])(
		'is a documented line item with the SKU ID %j',
		async (sku_id) => {
			const { message, description } = await refusalOf([{ line_quantities: [{ sku_id, quantity: 1 }] }]);
			expect(message).toBe(`'SKU ID' in line item 1 is not a number: '${sku_id}'`);
			expect(description).toContain('Use the ID that Uphance gave the SKU.');
		},
	);

	test.each([[null], ['867799'], [[row]], [7]])('is an element that is no object (%j)', async (element) => {
		const { message } = await refusalOf([row, element]);
		expect(message.toLowerCase()).toContain('line item 2');
	});

	test.each([[[{ sku_id: 1 }]], [[{ quantity: 1 }]], [[]], ['none']])(
		'is a documented line item whose quantities are %j',
		async (line_quantities) => {
			const { message } = await refusalOf([{ line_quantities: [{ sku_id: 1, quantity: 1 }] }, { line_quantities }]);
			expect(message.toLowerCase()).toContain('line item 2');
		},
	);
});

describe('Refused', () => {
	test.each([[undefined], [null], ['rows'], [{ sku_id: 1, quantity: 1 }], [7]])(
		'is what is no list (%j)',
		async (list) => {
			const { message } = await refusalOf(list);
			expect(message).toContain(`'${field}'`);
		},
	);
});
