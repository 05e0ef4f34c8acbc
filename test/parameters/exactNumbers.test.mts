import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { skuField } from '../skus/skuField.mts';
import { groupForm, useWorld } from '../world.mts';

/** What a spreadsheet, an expression or JSON makes of long numbers, and what of it may reach Uphance. */
const world = useWorld({ form: groupForm, signedIn: true, starts: 'beforeAll' });
beforeEach(() => world.uphance.clearLog());

const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value }) as INodeParameters;

const ticket = ({ carrier = '', tracking_number = '', ...updateFields }: INodeParameters): INodeParameters => ({
	resource: 'pickTicket',
	operation: 'update',
	pickTicketId: chosen('3000079'),
	carrier,
	tracking_number,
	updateFields,
});
const order = (more: INodeParameters): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: chosen('55140'),
	...documentedLine(1),
	...more,
});
const orderOf = (rows: string): INodeParameters => order({ lineItemsSource: 'json', lineItemsJson: rows });
const payment = (more: INodeParameters): INodeParameters => ({
	resource: 'payment',
	operation: 'create',
	sale_id: chosen('9005'),
	amount: '125.00',
	...more,
});
const stock = (more: INodeParameters): INodeParameters => ({
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: 1 }] },
	...more,
});
const byEan = (ean: string) => ({
	lineItemsSource: 'fields',
	lineItems: { lineItem: [{ sku: skuField('ean', ean), quantity: 1 }] },
});

/** Requests other than for the organisation. */
const asked = () => world.asked().filter((request) => !request.includes('/organisations'));
/** The body of the only request that changes something. */
const body = () => world.uphance.log().at(-1)?.body as IDataObject;

/** As an expression, which yields a number. */
const number = (digits: string) => `={{ ${digits} }}`;

describe('A number that is too long to be exact is refused, and nothing is sent,', () => {
	test.each<[string, INodeParameters]>([
		["'Tracking Number'", ticket({ tracking_number: number('9400111899223197000000') })],
		["'Tracking Number'", ticket({ tracking_number: number('9007199254740993') })],
		["'Service'", ticket({ service: number('9007199254740993') })],
		["'Pick Ticket'", { ...ticket({ carrier: 'dhl' }), pickTicketId: chosen(number('9007199254740993')) }],
		["'Purchase Order Ref'", order({ additionalFields: { purchaseOrderRef: number('12345678901234567890') } })],
		["'Notes'", order({ additionalFields: { notes: number('1e21') } })],
		["'Reference'", payment({ additionalFields: { reference: number('9007199254740993') } })],
		["'External Ref'", stock({ additionalFields: { external_ref: number('9007199254740993') } })],
		["'Idempotency Key'", stock({ additionalFields: { idempotency_key: number('9007199254740993') } })],
		["'EAN' in line item 1", order(byEan(number('50000064090170000')))],
		["'SKU ID' in line item 1", orderOf('[{"sku_id": 9007199254740993, "quantity": 1}]')],
		[
			"'line_quantities.0.note' in line item 1",
			orderOf('[{"line_quantities": [{"sku_id": 640901, "quantity": 1, "note": 12345678901234567890}]}]'),
		],
		["'new.ids.0' in 'Additional JSON'", ticket({ additionalJson: '{"new": {"ids": [12345678901234567890]}}' })],
		[
			"'purchaseOrderRef' in 'Additional JSON'",
			order({ additionalFields: { additionalJson: '{"purchaseOrderRef": 1e21}' } }),
		],
		["'EAN'", { resource: 'sku', operation: 'getAll', filters: { ean: number('50000064090170000') } }],
		["'SKU'", { resource: 'sku', operation: 'get', skuId: chosen(number('50000064090170000'), 'ean') }],
	])('%s', async (label, parameters) => {
		const { message, description, itemIndex } = await failureOf(world.run({ parameters }));
		expect(message).toContain(`${label} is a number that is too long to be exact`);
		expect(description).toContain('Make the column text');
		expect(itemIndex).toBe(0);
		expect(asked()).toEqual([]);
	});

	test.each([number('0 / 0'), number('1 / 0')])('as is what is no number, %s', async (tracking_number) => {
		const { message } = await failureOf(world.run({ parameters: ticket({ tracking_number }) }));
		expect(message).toContain("'Tracking Number' is not a number");
		expect(asked()).toEqual([]);
	});
});

test.each(['9007199254740991', '5000006409017', '12.5', '0'])(
	'The number %s goes out with its digits',
	async (digits) => {
		await world.run({ parameters: ticket({ tracking_number: number(digits) }) });
		expect(world.uphance.log().at(-1)?.query).toEqual({ tracking_number: digits });
	},
);

describe('A code that a spreadsheet shortened is refused, and nothing is sent,', () => {
	test.each<[string, INodeParameters]>([
		["'EAN' in line item 1", order(byEan('5.01E+12'))],
		["'EAN' in line item 1", order(byEan('5,01E+12'))],
		["'EAN' in line item 1", order(byEan('5e+12'))],
		["'SKU ID' in line item 1", orderOf('[{"sku_id": "8.68E+5", "quantity": 1}]')],
		["'Tracking Number'", ticket({ tracking_number: '9.40011E+21' })],
		["'Purchase Order Ref'", order({ additionalFields: { purchaseOrderRef: '1.23E+11' } })],
		["'Reference'", payment({ additionalFields: { reference: '1.23E+11' } })],
		["'Reference'", payment({ additionalFields: { additionalJson: '{"reference": "1.23E+11"}' } })],
		["'External Ref'", stock({ additionalFields: { external_ref: '1.23E+11' } })],
		["'Idempotency Key'", stock({ additionalFields: { idempotency_key: '1.23E+11' } })],
		["'EAN'", { resource: 'sku', operation: 'getAll', filters: { ean: '5.01E+12' } }],
		["'SKU'", { resource: 'sku', operation: 'get', skuId: chosen('5.01E+12', 'ean') }],
		["'Sales Order'", { resource: 'order', operation: 'get', orderId: chosen('1.23E+11', 'purchaseOrderRef') }],
	])('%s in %j', async (label, parameters) => {
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toContain(`${label} was shortened by a spreadsheet`);
		expect(description).toContain('Make the column text');
		expect(asked()).toEqual([]);
	});

	test.each(['5E12', 'E+12', '5.01E+12 A', 'PO 5.01E+12', '12.5E+3'])(
		'but not %j, which is a code',
		async (tracking_number) => {
			await world.run({ parameters: ticket({ tracking_number }) });
			expect(world.uphance.log().at(-1)?.query).toEqual({ tracking_number });
		},
	);

	test('and not free text', async () => {
		await world.run({ parameters: ticket({ service: '1E+10' }) });
		expect(world.uphance.log().at(-1)?.query).toEqual({ service: '1E+10' });
	});
});

describe('An amount that an expression calculates', () => {
	test.each<[string, INodeParameters, unknown]>([
		[
			'a price in the form',
			order({
				lineItemsSource: 'fields',
				lineItems: {
					lineItem: [{ sku: skuField('sku_id', '640901'), quantity: 1, unit_price: number('1.1 * 3') }],
				},
			}),
			{ line_items: [{ unit_price: 3.3 }] },
		],
		[
			'a price in rows',
			orderOf('={{ [{ sku_id: 640901, quantity: 1, unit_price: 1.1 * 3 }] }}'),
			{ line_items: [{ unit_price: 3.3 }] },
		],
		[
			'a price in documented line items',
			orderOf('={{ [{ unit_price: 1.1 * 3, line_quantities: [{ sku_id: 640901, quantity: 1 }] }] }}'),
			{ line_items: [{ unit_price: 3.3 }] },
		],
		[
			'a price of almost nothing',
			orderOf('={{ [{ sku_id: 640901, quantity: 1, unit_price: 0.1 + 0.2 - 0.3 }] }}'),
			{ line_items: [{ unit_price: 0 }] },
		],
		['shipping cost', order({ additionalFields: { shipping_cost: number('1.1 * 3') } }), { shipping_cost: 3.3 }],
		['tax level', order({ additionalFields: { tax_level: number('1.1 * 3') } }), { tax_level: 3.3 }],
		['total tax', order({ additionalFields: { total_tax: number('1.1 * 3') } }), { total_tax: '3.3' }],
		['total amount', order({ additionalFields: { total_amount: number('100 / 3') } }), { total_amount: '33.3333' }],
		['a payment', payment({ amount: number('1.1 * 3') }), { amount: '3.30' }],
		[
			'a number of pieces',
			orderOf('={{ [{ sku_id: 640901, quantity: 0.1 * 30 }] }}'),
			{ line_items: [{ line_quantities: [{ quantity: 3 }] }] },
		],
		[
			'pieces of stock',
			stock({
				lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', '640901'), quantity: number('-0.1 * 30') }] },
			}),
			{ stock_operation: { line_quantities: [{ quantity: -3 }] } },
		],
	])('goes out rounded to four decimals: %s', async (_, parameters, expected) => {
		await world.run({ parameters });
		expect(body()).toMatchObject(expected as IDataObject);
		expect(JSON.stringify(body())).not.toMatch(/\.\d{5}/);
	});

	test('goes out rounded in an address too', async () => {
		await world.run({ parameters: ticket({ shipping_cost: number('1.1 * 3') }) });
		expect(world.uphance.log().at(-1)?.query).toEqual({ shipping_cost: '3.3' });
	});

	test.each(['1e21', '9007199254740993'])('is refused when it is too long to be exact: %s', async (digits) => {
		const { message } = await failureOf(world.run({ parameters: payment({ amount: number(digits) }) }));
		expect(message).toContain("'Amount' is a number that is too long to be exact");
	});
});
