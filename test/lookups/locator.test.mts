import { describe, expect, test } from '@jest/globals';
import type { LookupConfig } from '../../nodes/Uphance/parameters/locator.ts';
import { locatorField, nameField, parseLocator, parseRecordId } from '../../nodes/Uphance/parameters/locator.ts';
import { failureOf } from '../failure.mts';

const salesOrder = {
	path: '/sales_orders',
	listKey: 'sales_orders',
	singularKey: 'sales_order',
	singular: 'sales order',
	plural: 'sales orders',
	example: '9005',
};

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
		[{ mode: 'list', value: '9005' }],
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
		'http://localhost:3000/sales_orders/9005',
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
		'ftp://app.uphance.com/sales_orders/9005',
		'see https://app.uphance.com/sales_orders/9005',
		'https:///sales_orders/9005',
		'https://app.uphance.com/brand/sales_orders/9005',
		'https://app.uphance.com/sales_orders/9005abc',
		'https://app.uphance.com/sales_orders/9005/edit\nmore',
	])('is not %j, which is refused with the name of the field', async (value) => {
		const { message, description } = await refusalOf(() => idOf(value));
		expect(message).toContain("'Sales Order'");
		expect(message).toContain(`'${value}'`);
		expect(description).not.toBe('');
	});
});

test.each([
	[salesOrder, 'Use the ID that Uphance gave the sales order, such as 9005, or choose it from the list.'],
	[{ ...salesOrder, example: undefined }, 'Use the ID that Uphance gave the sales order, or choose it from the list.'],
])('The advice for what is no ID names an example if there is one', async (recordType, advice) => {
	const { description } = await refusalOf(() => parseRecordId('Order', { mode: 'id', value: 'abc' }, recordType));
	expect(description).toBe(advice);
});

test('The field for a name takes one from the list, or another one', () => {
	const texts = { description: 'Who delivers', placeholder: 'e.g. FedEx' };
	const { modes = [], ...field } = nameField('Carrier', 'carrier', 'searchCarriers', texts);
	expect(field).toStrictEqual({
		displayName: 'Carrier',
		name: 'carrier',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description: 'Who delivers',
	});
	expect(modes).toMatchObject([
		{ name: 'list', type: 'list', typeOptions: { searchListMethod: 'searchCarriers', searchable: true } },
		{ name: 'name', type: 'string', placeholder: 'e.g. FedEx' },
	]);
});

describe('The field for a record', () => {
	const config: LookupConfig = {
		recordType: salesOrder,
		label: 'Sales Order',
		listSearchMethod: 'searchOrders',
		lookups: [
			{ mode: { displayName: 'By Number', name: 'number' }, label: 'number', filter: 'by_number', field: 'number' },
			{ mode: { displayName: 'By Ref', name: 'ref' }, label: 'ref', filter: 'by_ref', field: 'ref' },
		],
		describe: () => 'order 101',
	};
	const modesOf = (more: Partial<LookupConfig> = {}) =>
		locatorField({ ...config, ...more }, 'orderId', 'The order to get').modes;

	test('is required, and begins with the list', () => {
		const { modes, ...field } = locatorField(config, 'orderId', 'The order to get');
		expect(field).toStrictEqual({
			displayName: 'Sales Order',
			name: 'orderId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'The order to get',
		});
		expect(modes?.[0]).toMatchObject({
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOrders', searchable: true },
		});
	});

	test('takes an ID, and each value by which the record can be found', () => {
		expect(modesOf()?.slice(1)).toStrictEqual([
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 9005' },
			{ displayName: 'By Number', name: 'number', type: 'string' },
			{ displayName: 'By Ref', name: 'ref', type: 'string' },
		]);
	});

	test('takes no ID where Uphance finds none by it', () => {
		expect(modesOf({ noIdLookup: true })?.map(({ name }) => name)).toStrictEqual(['list', 'number', 'ref']);
	});
});
