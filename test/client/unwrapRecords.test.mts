import { describe, expect, test } from '@jest/globals';
import { unwrapRecords } from '../../nodes/Uphance/transport/response.ts';
import { orderLookup as findable } from '../../nodes/Uphance/resources/order/order.ts';

const { recordType: salesOrder } = findable;

const order = { id: 9005, order_number: '101', line_items: [{ id: 8652 }] };
const other = { id: 9042 };

describe('Returns one record', () => {
	test.each([
		['under the singular key', { sales_order: order }],
		['under the plural key, alone', { sales_orders: order }],
		['under the plural key, in a list', { sales_orders: [order] }],
		['under the singular key, in a list', { sales_order: [order] }],
		['bare', order],
		['with meta beside it', { sales_orders: [order], meta: { next_page: null } }],
		['under both keys', { sales_orders: [other], sales_order: order }],
	])('%s', (_, answer) => {
		expect(unwrapRecords(answer, salesOrder)).toEqual([order]);
	});
});

test('Returns several records', () => {
	expect(unwrapRecords({ sales_orders: [order, other] }, salesOrder)).toEqual([order, other]);
});

test('Returns an empty list when there is no record', () => {
	expect(unwrapRecords({ sales_orders: [] }, salesOrder)).toEqual([]);
});

test.each([
	['nothing', undefined],
	['null', null],
	['an empty text', ''],
	['a page for people', '<html></html>'],
	['a number', 9005],
	['an object without anything', {}],
	['the record of another kind', { customer: order }],
	['something without an ID', { sales_order: { order_number: '101' } }],
	['an ID that is null', { id: null }],
	['a list of texts', { sales_orders: ['9005'] }],
	['a list with a hole', { sales_orders: [order, null] }],
	['what a registration answers', { Status: 'Updated' }],
	['an error', { error: 'Not found' }],
])('Returns undefined for %s', (_, answer) => {
	expect(unwrapRecords(answer, salesOrder)).toBeUndefined();
});
