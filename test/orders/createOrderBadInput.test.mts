import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Failed } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true });

const row: INodeParameters = { sku: skuField('sku_id', '640901'), quantity: 2, unit_price: '45.00' };
const base: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	lineItems: { lineItem: [row] },
};
const ofRows = (...lineItem: INodeParameters[]): INodeParameters => ({ ...base, lineItems: { lineItem } });
const ofJson = (lineItemsJson: string): INodeParameters => ({ ...base, lineItemsSource: 'json', lineItemsJson });
const withFields = (additionalFields: INodeParameters): INodeParameters => ({ ...base, additionalFields });

/** The sentence for a mistake, of which Uphance hears nothing. */
async function refusal(parameters: INodeParameters, json: IDataObject = {}): Promise<Failed> {
	const failed = await failureOf(world.run({ parameters, items: [json] }));
	expect(world.asked('/sales_orders')).toEqual([]);
	expect(failed.itemIndex).toBe(0);
	expect(failed.message).not.toMatch(/undefined|\[object|is not a function|Cannot read/);
	expect(failed.message.length).toBeGreaterThan(10);
	return failed;
}

describe('Line items in JSON are refused', () => {
	test.each([
		'{"sku_id": 1',
		'sku_id: 1',
		"[{'sku_id': 1}]",
		'{"sku_id": 640901, "quantity": 1}',
		'"text"',
		'5',
		'null',
		'true',
		'',
		'  ',
		'[]',
		'={{ $json.nowhere }}',
		'={{ null }}',
		'={{ { sku_id: 640901, quantity: 1 } }}',
		'={{ 5 }}',
	])('when they are %j and no list of rows', async (lineItemsJson) => {
		const { message } = await refusal(ofJson(lineItemsJson));
		expect(message).toMatch(/line items/i);
	});

	const good = { sku_id: 640901, quantity: 1, unit_price: '10' };
	test.each<[string, unknown]>([
		['text', 'one'],
		['null', null],
		['a list', [good]],
		['no SKU', { quantity: 1, unit_price: '10' }],
		['a blank SKU', { ...good, sku_id: ' ' }],
		['a SKU that is null', { ...good, sku_id: null }],
		['a SKU that is no number', { ...good, sku_id: 'TEE-RED-M' }],
		['a SKU that is a fraction', { ...good, sku_id: 640901.5 }],
		['no quantity', { sku_id: 640901, unit_price: '10' }],
		['a blank quantity', { ...good, quantity: '' }],
		['a quantity that is null', { ...good, quantity: null }],
		['a fraction as quantity', { ...good, quantity: 1.5 }],
		['a fraction as text', { ...good, quantity: '1.5' }],
		['a negative quantity', { ...good, quantity: -1 }],
		['a negative quantity as text', { ...good, quantity: '-1' }],
		['a word as quantity', { ...good, quantity: 'two' }],
		['yes as quantity', { ...good, quantity: true }],
		['a price with a comma', { ...good, unit_price: '4,50' }],
		['a price that is a list', { ...good, unit_price: [4] }],
	])('when row 2 has or is %s, by its number', async (_, bad) => {
		const { message } = await refusal(ofJson(JSON.stringify([good, bad, good])));
		expect(message).toMatch(/line item 2/i);
	});

	test('when a list from an expression has such a row, too', async () => {
		const { message } = await refusal(ofJson('={{ $json.rows }}'), { rows: [good, good, { ...good, quantity: -3 }] });
		expect(message).toMatch(/line item 3/i);
	});
});

describe('A column with another name', () => {
	const row = { sku_id: 640901, quantity: 1 };
	const send = async (lineItemsJson: unknown): Promise<unknown> => {
		await world.run({ parameters: ofJson(JSON.stringify(lineItemsJson)) });
		const sent = world.uphance.log().find(({ method, path }) => method === 'POST' && path === '/sales_orders');
		return (sent?.body as IDataObject).line_items;
	};

	test.each([
		...['price', 'Price', 'PRICE', 'Unit Price', 'unitPrice', 'UNIT_PRICE', 'unit-price', 'Price (EUR)', 'price_gbp'],
		...['Price €', 'item price', 'Net Price', 'Wholesale Price', 'sales_price', 'price_per_unit', 'Price excl. VAT'],
		...['unit_pirce', 'untit_price', 'unit_prise', 'unit_prices', 'WSP', 'Rate', 'UnitAmount', 'pri\u200Bce'],
	])('is refused when it is %j and there is no "unit_price": Uphance would set another price', async (name) => {
		const { message, description } = await refusal(ofJson(JSON.stringify([row, { ...row, [name]: '45.00' }])));
		expect(message).toBe(`"${name.replace('\u200B', '')}" in line item 2 must be called "unit_price"`);
		expect(description).toBe(
			'Rename the column. To let Uphance set the price, add "unit_price" without a value. Nothing was sent for this item.',
		);
	});

	test.each(['qty', 'Qty', 'QTY', 'Quantity', 'QUANTITY', 'quantiy', 'Pieces', 'pcs', 'units', 'Ordered Quantity'])(
		'is refused when it is %j and there is no "quantity"',
		async (name) => {
			const { message, description } = await refusal(ofJson(JSON.stringify([{ sku_id: 640901, [name]: 3 }])));
			expect(message).toBe(`"${name}" in line item 1 must be called "quantity"`);
			expect(description).toBe('Rename the column. Nothing was sent for this item.');
		},
	);

	test('is refused in the form that Uphance documents, too', async () => {
		const size = { sku_id: 640901, quantity: 1 };
		const { message } = await refusal(ofJson(JSON.stringify([{ price: 45, line_quantities: [size] }])));
		expect(message).toBe('"price" in line item 1 must be called "unit_price"');
		const nested = ofJson(JSON.stringify([{ line_quantities: [size, { sku_id: 640901, qty: 1 }] }]));
		expect((await refusal(nested)).message).toBe('"qty" in line item 1 must be called "quantity"');
	});

	test.each([{ unit_price: 45 }, { unit_price: '0' }, { price: '45.00' }])(
		"is refused when it is a price inside 'line_quantities': %j",
		async (price) => {
			const line = {
				line_quantities: [
					{ sku_id: 640901, quantity: 1 },
					{ sku_id: 640902, quantity: 1, ...price },
				],
			};
			const { message, description } = await refusal(ofJson(JSON.stringify([line])));
			const [name = ''] = Object.keys(price);
			expect(message).toBe(`"${name}" in line item 1 must not be inside 'line_quantities'`);
			expect(description).toBe(
				`All SKUs of a line item have one price. Move it beside 'line_quantities' and call it "unit_price". Nothing was sent for this item.`,
			);
		},
	);

	test("is left alone in 'line_quantities' when the line item has a price", async () => {
		const size = { sku_id: 640901, quantity: 1, price: '90.00', unit_price: '' };
		expect(await send([{ unit_price: 45, line_quantities: [size] }])).toEqual([
			{ unit_price: 45, line_quantities: [size] },
		]);
	});

	test.each([
		['has no value', { price: '', 'Unit Price': null, qty: ' ' }],
		['is beside the right one', { price: '99', qty: 7, unit_price: '' }],
		['means something else', { RRP: '90.00', retail_price: 90, compare_at_price: 90, original_price: 90, cost: 20 }],
		['is not about one piece', { total_price: 90, line_total: 90, prices: '90', price_list: 'EU', quality: 'A' }],
	])('is ignored when it %s', async (_, others) => {
		expect(await send([{ ...row, ...others }])).toEqual([
			expect.not.objectContaining({ unit_price: expect.anything() }),
		]);
	});

	test('is ignored in a row with quantity 0, which is left out', async () => {
		const [item] = (await send([row, { ...row, quantity: 0, price: 45 }])) as IDataObject[];
		expect(item).toMatchObject({ line_quantities: [{ sku_id: 640901, quantity: 1 }] });
	});
});

describe('Rows in the form are refused', () => {
	test.each([
		[{ sku: skuField('list', '') }, 'has no SKU'],
		[{ sku: skuField('ean', '={{ "" }}') }, 'has no SKU'],
		[{ sku: skuField('sku_id', 'TEE-RED-M') }, 'SKU ID'],
		[{ sku: skuField('sku_id', '6409.5') }, 'SKU ID'],
		[{ sku: skuField('sku_id', '={{ $json.nowhere }}') }, 'SKU ID'],
		[{ sku: skuField('sku_number', '={{ $json.nowhere }}') }, 'SKU Number'],
		[{ quantity: -1 }, 'quantity'],
		[{ quantity: 1.5 }, 'quantity'],
		[{ quantity: '={{ $json.nowhere }}' }, 'quantity'],
		[{ quantity: '={{ "" }}' }, 'quantity'],
		[{ quantity: '={{ "many" }}' }, 'quantity'],
		[{ unit_price: 'free' }, "'Unit Price'"],
		[{ unit_price: '1.234,50' }, "'Unit Price'"],
		[{ unit_price: '€ 4.50' }, "'Unit Price'"],
		[{ unit_price: '0x10' }, "'Unit Price'"],
		[{ sku: skuField('sku_id', '0x10') }, 'SKU ID'],
		[{ quantity: '={{ "0x10" }}' }, 'quantity'],
		[{ unit_price: '={{ Infinity }}' }, "'Unit Price'"],
		[{ unit_price: '={{ $json.nowhere }}' }, "'Unit Price'"],
	] as [INodeParameters, string][])('when row 2 has %j, by name and number', async (bad, name) => {
		const { message } = await refusal(ofRows(row, { ...row, ...bad }));
		expect(message.toLowerCase()).toContain(name.toLowerCase());
		expect(message).toMatch(/line item 2/i);
	});

	test('when a price has a comma, with the price to write instead', async () => {
		const { message, description } = await refusal(ofRows(row, { ...row, unit_price: '4,50' }));
		expect(message).toBe("'Unit Price' in line item 2 is not a number: '4,50'");
		expect(description).toContain('Use a dot: 4.50.');
	});

	test.each([
		['there is none', ofRows()],
		['all have quantity 0', ofRows({ ...row, quantity: 0 })],
	])('when %s', async (_, parameters) => {
		const { message } = await refusal(parameters);
		expect(message).toMatch(/line item/i);
	});
});

describe('A customer is refused', () => {
	test.each([
		['id', 'Barneys'],
		['id', '#55140'],
		['id', '55140.5'],
		['id', '-55140'],
		['id', '1e5'],
		['id', ''],
		['id', '  '],
		['list', ''],
		['id', '={{ $json.nowhere }}'],
		['id', '={{ null }}'],
		['id', '={{ {} }}'],
	])('chosen by %s as %j', async (mode, value) => {
		const { message } = await refusal({ ...base, customerId: { __rl: true, mode, value } as INodeParameters });
		expect(message).toContain("'Customer'");
	});
});

describe('Additional JSON is refused', () => {
	test.each([
		'{"notes": ',
		'notes',
		'[{"notes": "x"}]',
		'5',
		'"notes"',
		'null',
		'={{ [1] }}',
		'={{ 5 }}',
		'={{ true }}',
	])('when it is %j and no object', async (additionalJson) => {
		const { message } = await refusal(withFields({ additionalJson }));
		expect(message).toContain("'Additional JSON'");
	});
});

describe('A field is refused', () => {
	test.each([
		['tax_level', '19,5', "'Tax Level'"],
		['shipping_cost', '4,50', "'Shipping Cost'"],
		['shipping_cost', 'NaN', "'Shipping Cost'"],
		['total_tax', '1.234,50', "'Total Tax'"],
		['total_amount', '125 EUR', "'Total Amount'"],
		['billing_contact_id', 'Jo Smith', "'Billing Contact"],
		['shipping_contact_id', '51678.5', "'Shipping Contact"],
		['billing_address_id', '-1', "'Billing Address"],
		['shipping_address_id', '12 High Street', "'Shipping Address"],
	])('when %s is %j, by its name', async (field, typed, name) => {
		const { message } = await refusal(withFields({ [field]: typed }));
		expect(message).toContain(name);
		expect(message).toContain(typed);
	});

	test.each([
		['season_name', "'Season"],
		['channel_name', "'Channel"],
		['channel_currency', "'Channel Currency"],
		['notes', "'Notes'"],
		['purchaseOrderRef', "'Purchase Order Ref'"],
		['startShipDate', "'Start Ship Date'"],
		['endShipDate', "'End Ship Date'"],
		['paymentTerm', "'Payment Term'"],
		['billing_contact_id', "'Billing Contact"],
		['shipping_address_id', "'Shipping Address"],
		['tax_level', "'Tax Level'"],
		['shipping_cost', "'Shipping Cost'"],
		['agent_name', "'Agent'"],
		['warehouse_name', "'Warehouse'"],
		['total_tax', "'Total Tax'"],
		['total_amount', "'Total Amount'"],
		['additionalJson', "'Additional JSON'"],
	])('when the expression of %s yields nothing, by its name', async (field, name) => {
		const { message } = await refusal(withFields({ [field]: '={{ $json.nowhere }}' }));
		expect(message).toContain(name);
	});

	test.each(['notes', 'purchaseOrderRef', 'agent_name', 'season_name'])(
		'when the expression of %s yields an object instead of text',
		async (field) => {
			const { message } = await refusal(withFields({ [field]: '={{ { a: 1 } }}' }));
			expect(message).toContain("'");
		},
	);

	test.each(['={{ $json.nowhere }}', '={{ "" }}'])('when the status is %s, which is none', async (order_status) => {
		await refusal({ ...base, order_status });
	});
});
