import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { adviceIfUnknown, findExistingOrders } from '../../nodes/Uphance/resources/order/existingOrders.ts';
import { clientOf } from '../clientInMemory.mts';
import { failureOf } from '../failure.mts';

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

	test('are told from one that differs in case only', async () => {
		const orders = [
			{ id: 4, order_number: 104, company_id: 55141, purchase_order_ref: 'po1' },
			{ id: 5, order_number: 105, company_id: 55140, purchase_order_ref: 'po1' },
		];
		const { message } = await failureOf(found(orders));
		expect(message).toBe("Uphance has order 105 with purchase order ref 'po1', which is nearly 'PO1'");
	});

	test('are found although another one differs in case only', async () => {
		const orders = ['po1', 'PO1'].map((ref, index) => ({ id: index, company_id: 55140, purchase_order_ref: ref }));
		expect(await found(orders)).toEqual([1]);
	});

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
