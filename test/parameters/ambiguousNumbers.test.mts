import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { parseAmount } from '../../nodes/Uphance/parameters/numbers.ts';
import { parseLineItemRows } from '../../nodes/Uphance/resources/order/lineItems.ts';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

/** Numbers that mean one thing in one country and another in the next, and what becomes of negative ones. */
const world = useWorld({ form: groupForm, signedIn: true, starts: 'beforeAll' });
beforeAll(() => void (world.sendsAnything = true));
beforeEach(() => {
	world.uphance.clearFaults();
	world.uphance.clearLog();
});

const chosen = (value: string, mode = 'id') => ({ __rl: true, mode, value }) as INodeParameters;
const order = (row: IDataObject, additionalFields: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: chosen('55140'),
	lineItemsSource: 'json',
	lineItemsJson: JSON.stringify([{ sku_id: 640901, quantity: 1, ...row }]),
	additionalFields,
});
const rowsOf = (row: IDataObject) => ({ list: [row], label: 'Line Items JSON', isForm: false });
const nested = (line: IDataObject, quantity: unknown = 1): INodeParameters => ({
	...order({}),
	lineItemsJson: JSON.stringify([{ ...line, line_quantities: [{ sku_id: 640901, quantity }] }]),
});
const stock = (quantity: unknown): INodeParameters => ({
	resource: 'stockOperation',
	operation: 'create',
	lineQuantitiesSource: 'json',
	lineQuantitiesJson: JSON.stringify([{ sku_id: 640901, quantity }]),
});
const ticket = (shipping_cost: string): INodeParameters => ({
	resource: 'pickTicket',
	operation: 'update',
	pickTicketId: chosen('3000079'),
	updateFields: { shipping_cost },
});
const payment = (amount: string, sale_id = chosen('9005')): INodeParameters => ({
	resource: 'payment',
	operation: 'create',
	sale_id,
	amount,
});

const writes = () => world.uphance.log().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/org'));

describe('Text with a dot and three digits after it is refused as ambiguous, and nothing is sent,', () => {
	test.each<[string, INodeParameters, string]>([
		["'Unit Price' in line item 1", order({ unit_price: '1.250' }), 'Write 1250 or 1.25:'],
		["'Unit Price' in line item 1", order({ unit_price: '12.345' }), 'Write 12345 or 12.3450:'],
		["'unit_price' in line item 1", nested({ unit_price: '1.250' }), 'Write 1250 or 1.25:'],
		["'Shipping Cost'", order({}, { shipping_cost: '1.250' }), 'Write 1250 or 1.25:'],
		["'Total Tax'", order({}, { total_tax: '1.250' }), 'Write 1250 or 1.25:'],
		["'Total Amount'", order({}, { total_amount: '999.999' }), 'Write 999999 or 999.9990:'],
		["'Total Amount'", order({}, { total_amount: '1.250', channel_currency: 'GBP' }), 'Write 1250 or 1.25:'],
		["'Shipping Cost'", ticket('1.250'), 'Write 1250 or 1.25:'],
	])('%s in %j', async (label, parameters, advice) => {
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toMatch(new RegExp(`^${label} is ambiguous: '`));
		expect(description).toContain(advice);
		expect(writes()).toEqual([]);
	});

	test.each<[string, INodeParameters, string]>([
		['The quantity in line item 1', order({ quantity: '1.000' }), 'Write 1000 or 1'],
		['The quantity in line item 1', nested({}, '1.000'), 'Write 1000 or 1'],
		['The quantity in row 1', stock('1.000'), 'Write 1000 or 1'],
		['The quantity in row 1', stock('-1.000'), 'Write -1000 or -1'],
		['The quantity in row 1', stock('-12.500'), 'Write -12500, without the dot, if that is meant'],
		['The quantity in line item 1', order({ quantity: '1.250' }), 'Write 1250, without the dot, if that is meant'],
	])('%s in %j, with advice about pieces', async (label, parameters, advice) => {
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toMatch(new RegExp(`^${label} is ambiguous: '`));
		expect(description).toBe(`${advice}: in many countries a dot separates thousands, and pieces have no decimals.`);
		expect(writes()).toEqual([]);
	});

	test('and the advice can be followed', () => {
		for (const text of ['1250', '1.25', '12345', '12.3450', '999999', '999.9990']) {
			expect(parseAmount("'Unit Price'", text)).toBe(text);
		}
	});
});

describe('Not ambiguous is', () => {
	test.each([
		['0.125', '0.125'],
		['1234.567', '1234.567'],
		['1.25', '1.25'],
		['1.0000', '1.0000'],
		[1.125, '1.125'],
		[1.25, '1.25'],
	])('the amount %j', (value, text) => {
		expect(parseAmount("'Unit Price'", value)).toBe(text);
	});

	test('a JavaScript number as quantity, and text with other decimals', () => {
		for (const quantity of [1.0, '1.0', '1.00', '1']) {
			expect(parseLineItemRows(rowsOf({ sku_id: 1, quantity }))).toMatchObject([{ quantity: 1 }]);
		}
	});

	test('a tax in percent: New York takes 8.875', async () => {
		await world.run({ parameters: order({}, { tax_level: '8.875' }) });
		expect(writes().at(-1)?.body).toMatchObject({ tax_level: 8.875 });
	});

	test.each(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', ' kwd '])('an amount in %s', (currency) => {
		expect(parseAmount("'Unit Price'", '1.250', currency)).toBe('1.250');
		const rows = rowsOf({ sku_id: 1, quantity: 1, unit_price: '1.250' });
		expect(parseLineItemRows(rows, currency)).toMatchObject([{ unit_price: 1.25 }]);
	});

	test('an amount of an order whose channel currency has three decimals', async () => {
		const fields = { channel_currency: 'KWD', total_amount: '1.250', shipping_cost: '2.125' };
		await failureOf(world.run({ parameters: order({}, fields) })); // the stand-in has no such channel
		expect(writes().at(-1)?.body).toMatchObject({ total_amount: '1.250', shipping_cost: 2.125 });
	});
});

describe('A negative amount is refused in a sentence of its own', () => {
	test.each<[string, INodeParameters]>([
		["'Unit Price' in line item 1", order({ unit_price: '-4.50' })],
		["'Unit Price' in line item 1", order({ unit_price: -4.5 })],
		["'Unit Price' in line item 1", order({ unit_price: '\u22124.50' })],
		["'Unit Price' in line item 1", order({ unit_price: '(4.50)' })],
		["'Unit Price' in line item 1", order({ unit_price: '4.50-' })],
		["'Unit Price' in line item 1", order({ unit_price: '-4,50' })],
		["'unit_price' in line item 1", nested({ unit_price: -4.5 })],
		['The quantity in line item 1', order({ quantity: -1 })],
		['The quantity in line item 1', order({ quantity: '-1' })],
		["'Shipping Cost'", ticket('-1')],
		["'Total Tax'", order({}, { total_tax: '-1.00' })],
		["'Amount'", payment('-5.00')],
		["'Amount'", payment('={{ -5 }}')],
	])('%s in %j', async (label, parameters) => {
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toMatch(new RegExp(`^${label} is negative: '`));
		expect(description).not.toBe('');
		expect(writes()).toEqual([]);
	});

	test('a negative quantity of stock is none of them', async () => {
		await world.run({ parameters: stock('-1') });
		expect(writes()).toHaveLength(1);
	});
});

describe('A payment with three decimals', () => {
	/** Orders of a currency, as the stand-in has none with three decimals. */
	const inCurrency = (currency: string) =>
		world.uphance.fault({
			path: '/sales_orders/9005',
			kind: 'json',
			body: { sales_order: { id: 9005, organisation_id: 9579, currency } },
			times: 9,
		});

	test.each(['1.250', '={{ 1.255 }}', '1234.567'])(
		'%s goes out when the currency of the order has them',
		async (amount) => {
			inCurrency('KWD');
			await world.run({ parameters: payment(amount) });
			expect(writes().at(-1)?.body).toMatchObject({ amount: amount.replace(/[={} ]/g, ''), sale_id: 9005 });
		},
	);

	test('asks for no order it has looked up anyway', async () => {
		const body = { sales_orders: [{ id: 9005, order_number: '101', organisation_id: 9579, currency: 'BHD' }] };
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body });
		await world.run({ parameters: payment('1.250', chosen('101', 'number')) });
		expect(world.asked('/sales_orders')).toHaveLength(1);
		expect(writes().at(-1)?.body).toMatchObject({ amount: '1.250' });
	});

	test.each([
		['1.250', 'GBP'],
		['={{ 1.255 }}', 'GBP'],
		['1.2345', 'KWD'],
	])('%s is refused in %s, and nothing is sent', async (amount, currency) => {
		inCurrency(currency);
		const { message, description } = await failureOf(world.run({ parameters: payment(amount) }));
		expect(message).toMatch(/^'Amount' has more decimals than the currency of the sales order: '/);
		expect(description).toContain('toFixed(2)');
		expect(writes()).toEqual([]);
	});

	test('is not asked about when it has two', async () => {
		await world.run({ parameters: payment('1.25') });
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});
