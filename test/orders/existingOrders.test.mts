import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { adviceIfUnknown, findExistingOrders, hints } from '../../nodes/Uphance/resources/order/existingOrders.ts';
import { clientOf } from '../clientInMemory.mts';
import { failureOf } from '../failure.mts';

const order = { id: 9005, order_number: 101, company_name: 'Ann', status: 'draft' };

/** Lines as they are sent and as Uphance returns them: pieces by SKU, one line for each object. */
const lines = (...each: Array<Record<string, unknown>>): IDataObject => ({
	line_items: each.map((pieces) => ({
		line_quantities: Object.entries(pieces).map(([sku_id, quantity]) => ({ sku_id, quantity })) as IDataObject[],
	})),
});

describe('An order that Uphance did not return', () => {
	test('is to be looked for by its purchase order ref, or as the newest of the customer', () => {
		const start = 'Uphance created the sales order but did not return it, so its ID is unknown. Look for';
		const nothing = { id: null };
		expect(hints({ reference: 'PO1' }, {}, nothing)).toEqual([`${start} purchase order ref 'PO1' in Uphance.`]);
		expect(hints({ reference: '' }, {}, nothing)).toEqual([`${start} the customer's newest order in Uphance.`]);
	});
});

describe('An order that was created', () => {
	const created = (order_status: string, values: IDataObject) =>
		hints({ reference: 'PO1' }, { order_status, ...lines({ 7: 1 }) }, { ...order, ...values });

	test('has a hint if it was to be confirmed and is a draft', () => {
		expect(created('confirmed', {})).toEqual([
			"Order 101 of Ann was to be confirmed, but Uphance left it a draft. It may need a 'Payment Term': set it in Uphance and confirm the order there.",
		]);
	});

	test('has none otherwise, whatever its lines are', () => {
		expect(created('confirmed', { status: 'confirmed' })).toEqual([]);
		expect(created('draft', {})).toEqual([]);
		expect(created('draft', { alreadyExisted: false, status: 'shipped' })).toEqual([]);
	});
});

describe('An order that already existed', () => {
	const existed = (body: IDataObject, values: IDataObject) =>
		hints({ reference: 'PO1' }, body, { ...order, alreadyExisted: true, ...values });

	test.each(['draft', 'Confirmed', '', null, undefined])('has no hint about the status %j', (status) => {
		expect(existed({ order_status: 'confirmed' }, { status })).toEqual([]);
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

describe('The orders with a purchase order ref', () => {
	const found = async (sales_orders: IDataObject[], customerId = '55140') => {
		const asked: unknown[] = [];
		const client = clientOf(({ path, query }) => {
			asked.push([path, query]);
			return { sales_orders };
		});
		const orders = await findExistingOrders(client, customerId, 'PO1');
		expect(asked).toEqual([['/sales_orders', { by_purchase_order_ref: 'PO1' }]]);
		return orders.map(({ id }) => id);
	};

	test('are those of the customer with exactly this ref', async () => {
		expect(
			await found([
				{ id: 1, company_id: 55140, purchase_order_ref: 'PO1' },
				{ id: 2, company_id: 55141, purchase_order_ref: 'PO1' },
				{ id: 3, company_id: 55140, purchase_order_ref: 'PO12' },
				{ id: 4, company_id: '55140', purchase_order_ref: ' PO1 ' },
				{ id: 5, purchase_order_ref: 'PO1' },
			]),
		).toEqual([1, 4]);
	});

	test.each([[{}], [{ company_id: null }], [{ company_id: '' }]])(
		'cannot be told when the only one has %j: it may be of this customer or of another',
		async (owner) => {
			const unclear = { id: 5, order_number: 105, purchase_order_ref: 'PO1', ...owner };
			const other = { id: 6, company_id: 55141, purchase_order_ref: 'PO1' };
			const { message, description } = await failureOf(found([other, unclear]));
			expect(message).toBe(
				"Uphance has order 105 with purchase order ref 'PO1', but does not say which customer it belongs to",
			);
			expect(description).toBe(
				"The node cannot tell whether it is the same, so it created nothing. Look at it in Uphance. If it is another one, turn off 'Return Existing Order' for this item.",
			);
		},
	);

	test('are none when there are none', async () => expect(await found([])).toEqual([]));
});

test('Advice when nobody knows whether the order was created says where to look, or that the node does', () => {
	expect(adviceIfUnknown('PO1', true)).toBe(
		"Run this again later: 'Return Existing Order' looks for purchase order ref 'PO1' first.",
	);
	expect(adviceIfUnknown('PO1', false)).toBe(
		"Look for purchase order ref 'PO1' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first.",
	);
	expect(adviceIfUnknown('', false)).toBe(
		"Look for the customer's newest order in Uphance before you run this again. With a 'Purchase Order Ref' and 'Return Existing Order' the node does that.",
	);
});
