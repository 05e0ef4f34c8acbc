import { describe, expect, test } from '@jest/globals';
import { namedOrganisations, unwrapRecords } from '../../nodes/Uphance/transport/response.ts';

const salesOrder = { singularKey: 'sales_order', listKey: 'sales_orders' };

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

test.each<[string, unknown, string[]]>([
	['a record', { sales_order: { id: 9005, organisation_id: 9579 } }, ['9579']],
	['a bare record', { id: 9005, organisation_id: 9579 }, ['9579']],
	['a list', { sales_orders: [{ organisation_id: 9579 }, { organisation_id: 9601 }] }, ['9579', '9601']],
	['a bare list', [{ organisation_id: 9579 }, {}], ['9579']],
	['a record, as text', { sales_order: { organisation_id: '9579' } }, ['9579']],
	['a list that names one twice, once as text', [{ organisation_id: 9579 }, { organisation_id: '9579' }], ['9579']],
	['a record and a list', { customer: { organisation_id: 1 }, orders: [{ organisation_id: 2 }] }, ['1', '2']],
	['records that name none', { sales_orders: [{ id: 9005 }, null, 7, 'organisation_id'], meta: null }, []],
	['what is no ID', [{ organisation_id: null }, { organisation_id: {} }, { organisation_id: true }], []],
	['no answer', undefined, []],
	['null', null, []],
	['a text', 'organisation_id', []],
])('Returns the organisations that are named in %s', (_, body, ids) => {
	expect(namedOrganisations(body)).toEqual(ids);
});
