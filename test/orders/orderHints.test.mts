import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { hints } from '../../nodes/Uphance/resources/order/orderHints.ts';

const order = { id: 9005, order_number: 101, company_name: 'Ann', status: 'draft' };

/** Lines as they are sent and as Uphance returns them: pieces by SKU, one line for each object. */
const lines = (...each: Array<Record<string, unknown>>): IDataObject => ({
	line_items: each.map((pieces) => ({
		line_quantities: Object.entries(pieces).map(([sku_id, quantity]) => ({ sku_id, quantity })) as IDataObject[],
	})),
});

/** Lines with a price each. */
const priced = (...each: Array<[unit_price: string | number, pieces: Record<string, number>]>): IDataObject => ({
	line_items: each.map(([unit_price, pieces]) => ({
		unit_price,
		line_quantities: Object.entries(pieces).map(([sku_id, quantity]) => ({ sku_id, quantity })),
	})),
});

describe('An order that Uphance did not return', () => {
	test('is to be looked for by its purchase order ref, or as the newest of the customer', () => {
		const start = 'Uphance created the sales order but did not return it, so its ID is unknown. Look for';
		const nothing = { id: null };
		expect(hints({ reference: 'PO1' }, {}, nothing)).toEqual([`${start} purchase order ref 'PO1' in Uphance.`]);
		expect(hints({ reference: '' }, {}, nothing)).toEqual([`${start} the customer's newest order in Uphance.`]);
		expect(hints({ reference: 'PO1' }, {}, { ...nothing, alreadyExisted: false })).toEqual([
			`${start} purchase order ref 'PO1' in Uphance. The node did not find it there: if you run this again, it may be created twice.`,
		]);
	});
});

describe('An order that was created', () => {
	const created = (order_status: string, values: IDataObject) =>
		hints({ reference: 'PO1' }, { order_status, ...lines({ 7: 1 }) }, { ...order, ...values });

	test.each(['draft', 'Draft'])('has a hint if it was to be confirmed and is a %s', (status) => {
		expect(created('confirmed', { status })).toEqual([
			"Order 101 of Ann was to be confirmed, but Uphance left it a draft. It may need a 'Payment Term': set it in Uphance and confirm the order there.",
		]);
	});

	test('has none otherwise', () => {
		expect(created('confirmed', { status: 'confirmed' })).toEqual([]);
		expect(created('draft', {})).toEqual([]);
		expect(created('draft', { alreadyExisted: false, status: 'shipped' })).toEqual([]);
	});

	const sent: IDataObject = {
		customerId: 55140,
		purchaseOrderRef: 'PO1',
		channel_currency: 'USD',
		warehouse_name: 'Primary warehouse',
		shipping_cost: 15,
		...priced([45, { 7: 2 }], ['10.00', { 8: 3, 9: 0 }]),
	};
	const same: IDataObject = {
		company_id: '55140',
		purchase_order_ref: ' PO1',
		currency: 'usd',
		warehouse_name: 'Primary  Warehouse',
		shipping_cost: '15.0',
		...priced(['45.0', { 7: 2, 6: 1 }], ['10.0', { 8: 3 }]),
	};
	const answered = (values: IDataObject) =>
		hints({ reference: 'PO1' }, sent, { ...order, ...same, alreadyExisted: false, ...values });

	test.each<IDataObject>([
		{},
		{ company_id: undefined, purchase_order_ref: null, currency: '', warehouse_name: null, shipping_cost: undefined },
		{ line_items: undefined },
		{ line_items: [] },
		{ line_items: [{ unit_price: '1.0', line_quantities: [{ quantity: 1 }] }] },
		{ shipping_cost: 'free' },
	])('has none if the answer says the same in another form, or says nothing (%j)', (values) => {
		expect(answered(values)).toEqual([]);
	});

	test.each<[IDataObject, string]>([
		[{ company_id: 9498 }, "customer '9498' instead of '55140'"],
		[{ purchase_order_ref: 'po1' }, "purchase order ref 'po1' instead of 'PO1'"],
		[{ currency: 'EUR' }, "currency 'EUR' instead of 'USD'"],
		[{ warehouse_name: 'Outlet' }, "warehouse 'Outlet' instead of 'Primary warehouse'"],
		[{ shipping_cost: '0.0' }, "shipping cost '0.0' instead of '15'"],
		[priced(['45.0', { 7: 2 }]), 'no SKU 8'],
		[priced(['45.0', { 7: 1 }], ['10.0', { 8: 3 }]), '1 instead of 2 of SKU 7'],
		[
			priced(['45.01', { 7: 2 }], ['10.0', { 8: 3, 9: 1 }]),
			'1 instead of 0 of SKU 9, price 45.01 instead of 45 of SKU 7',
		],
	])('has a hint if the answer has %j', (values, found) => {
		expect(answered(values)).toEqual([
			`Order 101 of Ann was created, but Uphance answered with ${found}. Check the order in Uphance.`,
		]);
	});

	test('may have a price that Uphance rounded to cents', () => {
		const withPrice = (price: number) => ({ ...order, ...priced([price, { 7: 1 }]) });
		expect(hints({ reference: '' }, priced([45.125, { 7: 1 }]), withPrice(45.13))).toEqual([]);
	});
});

describe('An order that already existed', () => {
	const existed = (body: IDataObject, values: IDataObject) =>
		hints({ reference: 'PO1' }, body, { ...order, alreadyExisted: true, ...values });

	test.each(['Confirmed', '', null, undefined])('has no hint about the status %j', (status) => {
		expect(existed({ order_status: 'confirmed' }, { status })).toEqual([]);
	});

	test.each(['draft', 'Draft'])('has a hint about the status %j if it was to be confirmed', (status) => {
		expect(existed({ order_status: 'confirmed' }, { status })).toEqual([
			'Order 101 of Ann already existed as a draft, and the node did not change it. Confirm it in Uphance.',
		]);
		expect(existed({ order_status: 'draft' }, { status })).toEqual([]);
	});

	test.each(['shipped', 'cancelled', 7])('has a hint about the status %j', (status) => {
		expect(existed({}, { status })).toEqual([
			`Order 101 of Ann already existed, and its status is ${status}. The node did not change it.`,
		]);
	});

	test('has no hint when it has the same pieces, in whatever lines and form', () => {
		expect(existed(lines({ 7: 2, 8: 1 }, { 7: 1 }), lines({ 8: '1' }, { 7: '3' }))).toEqual([]);
	});

	test('has no hint about what it has more', () => {
		expect(existed(lines({ 7: 2 }), lines({ 7: 2, 8: 1 }))).toEqual([]);
	});

	test('has a hint about the SKUs that it lacks', () => {
		expect(existed(lines({ 7: 2, 8: 1, 9: 1 }), lines({ 8: 1 }))).toEqual([
			'Order 101 of Ann already existed without SKU 7, 9. The node did not add anything to it.',
		]);
	});

	test('has a hint about other quantities', () => {
		expect(existed(lines({ 7: 2, 8: 1, 9: 3 }), lines({ 7: 1, 8: 1, 9: 4 }))).toEqual([
			'Order 101 of Ann already existed with other quantities: 1 instead of 2 of SKU 7, 4 instead of 3 of SKU 9. The node did not change it.',
		]);
	});

	test('has no hint about a SKU of which it was to have no piece', () => {
		expect(existed(lines({ 7: 2, 8: 0 }), lines({ 7: 2 }))).toEqual([]);
	});

	test('has no hint about a quantity that Uphance does not say', () => {
		expect(existed(lines({ 7: 2 }), lines({ 7: undefined }))).toEqual([]);
	});

	test('has a hint about other prices', () => {
		const wanted = priced([45, { 7: 1, 8: 1 }], ['30.50', { 9: 1 }], [7, { 10: 1 }]);
		expect(
			existed(wanted, priced(['40.0', { 7: 1 }], ['45.0', { 8: 1 }], ['30.5', { 9: 1 }], ['', { 10: 1 }])),
		).toEqual([
			'Order 101 of Ann already existed with other prices: price 40.0 instead of 45 of SKU 7. The node did not change it.',
		]);
	});

	test('has no hint about a price that Uphance was to set', () => {
		expect(existed(lines({ 7: 1 }), priced(['40.0', { 7: 1 }]))).toEqual([]);
	});

	test('has all of these hints at once', () => {
		const found = existed(lines({ 7: 2, 8: 1 }), { ...lines({ 7: 1 }), status: 'shipped' });
		expect(found).toHaveLength(3);
		expect(found.join()).toMatch(/is shipped.*without SKU 8.*1 instead of 2 of SKU 7/);
	});

	test('lacks every SKU when Uphance returned it without lines', () => {
		expect(existed(lines({ 7: 2 }), {})).toEqual([
			'Order 101 of Ann already existed without SKU 7. The node did not add anything to it.',
		]);
	});
});
