import { describe, expect, test } from '@jest/globals';
import { parseLocator, parseRecordId } from '../../nodes/Uphance/parameters/locator.ts';
import { orderLookup as findable } from '../../nodes/Uphance/resources/order/order.ts';
import { failureOf } from '../failure.mts';

const { recordType: salesOrder } = findable;

const refusalOf = async (read: () => unknown) => await failureOf(Promise.resolve().then(read));
const idOf = (value: string) => parseRecordId('Sales Order', { mode: 'id', value }, salesOrder);

describe('A choice', () => {
	test.each([
		['list', 9005, '9005'],
		['list', '9005', '9005'],
		['id', ' 9005\n', '9005'],
		['number', '#101', '#101'],
		['number', 101, '101'],
		['purchaseOrderRef', ' PO 0000001 ', 'PO 0000001'],
		['id', 0, '0'],
	])('by %s of %j is read as %j', (mode, value, text) => {
		expect(parseLocator('Sales Order', { __rl: true, mode, value })).toEqual({ mode, value: text });
	});

	test.each([
		[9005, '9005'],
		[' 9005 ', '9005'],
	])('that an agent makes without a mode (%j) is an ID', (value, text) => {
		expect(parseLocator('Sales Order', value)).toEqual({ mode: 'id', value: text });
	});

	test.each([
		[{ __rl: true, mode: 'list', value: '' }],
		[{ __rl: true, mode: 'id', value: '  ' }],
		[{ __rl: true, mode: 'number', value: undefined }],
		[{ __rl: true, mode: 'number', value: null }],
		[{ __rl: true, mode: 'number' }],
		[{ __rl: true, mode: 'id', value: [9005] }],
		[{ __rl: true, mode: 'id', value: {} }],
		[{ __rl: true, mode: 'id', value: true }],
		[''],
		[undefined],
		[null],
		[[9005]],
	])('%j is refused with the name of the field', async (locator) => {
		const { message, description } = await refusalOf(() => parseLocator('Sales Order', locator));
		expect(message).toContain("'Sales Order'");
		expect(description).not.toBe('');
	});
});

describe('An ID', () => {
	test.each([
		'9005',
		'https://app.uphance.com/sales_orders/9005',
		'https://app.uphance.com/sales_orders/9005/',
		'https://app.uphance.com/sales_orders/9005/edit',
		'https://app.uphance.com/sales_orders/9005?tab=lines',
		'https://app.uphance.com/sales_orders/9005#notes',
	])('is read from %j', (value) => {
		expect(idOf(value)).toBe(9005);
	});

	test.each([
		'abc',
		'9005abc',
		'90 05',
		'9005.5',
		'-9005',
		'#101',
		'PO-9005',
		'1e4',
		'9007199254740993',
		'https://app.uphance.com/customers/9005',
		'https://app.uphance.com/sales_orders/',
		'https://app.uphance.com/sales_orders/new',
		'https://app.uphance.com/sales_orders?page=9005',
		'../customers/9005',
	])('is not %j, which is refused with the name of the field', async (value) => {
		const { message, description } = await refusalOf(() => idOf(value));
		expect(message).toContain("'Sales Order'");
		expect(message).toContain(`'${value}'`);
		expect(description).not.toBe('');
	});
});
