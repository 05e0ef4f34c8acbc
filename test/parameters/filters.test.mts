import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Filter } from '../../nodes/Uphance/parameters/filters.ts';
import {
	afterIdFilter,
	buildQuery,
	createdAfterFilter,
	createdBeforeFilter,
	createdSinceFilter,
	parseCreatedRange,
} from '../../nodes/Uphance/parameters/filters.ts';
import { createMatcher } from '../../nodes/Uphance/parameters/recordFilters.ts';
import { failureOf } from '../failure.mts';

const amsterdam = 'Europe/Amsterdam';
const refusalOf = async (read: () => unknown) => await failureOf(Promise.resolve().then(read));
const field = (displayName: string, name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

const states: Filter = {
	type: 'list',
	queryName: 'by_state[]',
	field: field('States', 'by_state', {
		type: 'multiOptions',
		options: [
			{ name: 'Open', value: 'open' },
			{ name: 'Closed', value: 'closed' },
			{ name: 'Type 7', value: 7 },
			field('Not an option', 'none'),
		],
	}),
};
const filters: Filter[] = [
	{ field: field('Order Number', 'by_order_number') },
	{ field: field('Customer', 'customer'), queryName: 'by_customer_name' },
	{ type: 'id', field: field('Channel ID', 'channel_id') },
	{ type: 'number', field: field('Shipment Number', 'shipment') },
	createdSinceFilter('orders'),
	createdAfterFilter('orders'),
	createdBeforeFilter('orders'),
];
const query = (values: IDataObject, of = filters) => buildQuery(of, values, amsterdam);

describe('A query', () => {
	test.each<[object, object]>([
		[{}, {}],
		[{ by_order_number: ' 101 ' }, { by_order_number: '101' }],
		[{ by_order_number: 101 }, { by_order_number: '101' }],
		[{ by_order_number: 'PO\u00AD-7' }, { by_order_number: 'PO-7' }],
		[{ customer: 'Barneys' }, { by_customer_name: 'Barneys' }],
		[{ channel_id: '9005' }, { channel_id: '9005' }],
		[{ channel_id: 9005 }, { channel_id: '9005' }],
		[{ channel_id: '0' }, { channel_id: '0' }],
		[{ shipment: '#101' }, { shipment: '101' }],
		[{ shipment: '101 #2' }, { shipment: '101 #2' }],
		[{ shipment: ' #  101-#2' }, { shipment: '101-#2' }],
		[{ shipment: 101 }, { shipment: '101' }],
		[{ shipment: '#' }, { shipment: '#' }],
		[{ by_order_number: '#101' }, { by_order_number: '#101' }],
		[{ since_created_at: '2026-11-01T12:00:00' }, { since_created_at: '2026-11-01T12:00:00+01:00' }],
		[
			{ customer: 'Barneys', channel_id: '7' },
			{ by_customer_name: 'Barneys', channel_id: '7' },
		],
		[{ by_order_number: '', customer: ' ', channel_id: '', since_created_at: ' \n' }, {}],
		[{ createdAfter: '2026-11-01', createdBefore: '2026-11-02' }, {}],
		[{ createdAfter: null, createdBefore: 'never' }, {}],
		[{ unknown: 'x' }, {}],
	])('from %j is %j', (values, sent) => {
		expect(query(values as IDataObject)).toStrictEqual(sent);
	});

	test.each<[string, object]>([
		["'Order Number' is empty", { by_order_number: null }],
		["'Order Number' is empty", { by_order_number: undefined }],
		["'Order Number' is empty", { by_order_number: ['101'] }],
		["'Customer' was shortened", { customer: '5.01E+12' }],
		["'Created Since' is", { since_created_at: null }],
		["'Created Since' is", { since_created_at: 'yesterday' }],
	])('is refused with %s: it would return every record (%j)', (text, values) => {
		expect(() => query(values as IDataObject)).toThrow(text);
	});

	test.each(['#9005', '90 05', '-1', '9005.5', 'x9005', '9005x', '1e3'])('is refused with the ID %j', async (id) => {
		const { message, description } = await refusalOf(() => query({ channel_id: id }));
		expect(message).toBe(`'Channel ID' is not a number: '${id}'`);
		expect(description).toContain('such as 9005');
	});
});

describe('A filter with several options', () => {
	test.each<[object, string[]]>([
		[{}, ['open', 'closed', '7']],
		[{ by_state: [] }, ['open', 'closed', '7']],
		[{ by_state: ['closed'] }, ['closed']],
		[{ by_state: ['closed', 'open'] }, ['closed', 'open']],
		[{ by_state: 'closed' }, ['closed']],
		[{ by_state: [7] }, ['7']],
		[{ by_state: 7 }, ['7']],
		[{ by_state: [' open '] }, ['open']],
	])('from %j sends %j', (values, sent) => {
		expect(query(values as IDataObject, [states])).toStrictEqual({ 'by_state[]': sent });
	});

	test.each([['paid'], [['open', 'paid']]])('is refused with what is no option (%j)', async (by_state) => {
		const { message, description } = await refusalOf(() => query({ by_state }, [states]));
		expect(message).toBe("'States' must be one or more of open, closed, 7, not 'paid'");
		expect(description).toContain('list');
	});

	test.each([[null], [undefined], [{}], [[null]], [['open', undefined]]])(
		'is refused if its expression found nothing (%j): it would return every record',
		(by_state) => {
			expect(() => query({ by_state } as IDataObject, [states])).toThrow("'States' is empty or not a single value");
		},
	);

	test('without any option sends none', () => {
		expect(query({}, [{ type: 'list', field: field('States', 'by_state') }])).toStrictEqual({ by_state: [] });
	});
});

describe('The time of creation', () => {
	const range = (values: IDataObject, of = filters) => parseCreatedRange(of, values, amsterdam);
	const noon = Date.parse('2026-11-01T12:00:00Z');

	test.each<[object, object | undefined]>([
		[{}, undefined],
		[{ createdAfter: '', createdBefore: ' ' }, undefined],
		[{ createdAfter: '2026-11-01T13:00:00' }, { from: noon, to: Infinity }],
		[{ createdBefore: '2026-11-01T13:00:00' }, { from: -Infinity, to: noon }],
		[
			{ createdAfter: '2026-11-01T12:00:00Z', createdBefore: '2026-11-01T12:00:00.001Z' },
			{ from: noon, to: noon + 1 },
		],
		[{ since_created_at: '2026-11-01T12:00:00Z' }, undefined],
		[
			{ since_created_at: '2026-11-01T12:00:00Z', createdBefore: '2026-11-02T12:00:00Z' },
			{ from: -Infinity, to: noon + 86_400_000 },
		],
		[
			{
				since_created_at: '2027-11-01T12:00:00Z',
				createdAfter: '2026-11-01T12:00:00Z',
				createdBefore: '2026-11-02T12:00:00Z',
			},
			{ from: noon, to: noon + 86_400_000 },
		],
	])('of %j is %j', (values, expected) => {
		expect(range(values as IDataObject)).toStrictEqual(expected);
	});

	test('is any where the list has no such filter', () => {
		expect(range({ createdAfter: '2026-11-01' }, [])).toBeUndefined();
	});

	test.each<[string, object]>([
		['Created After', { createdAfter: '2026-11-02', createdBefore: '2026-11-01' }],
		['Created After', { createdAfter: '2026-11-01T12:00:00Z', createdBefore: '2026-11-01T12:00:00Z' }],
		['Created Since', { since_created_at: '2026-11-02', createdBefore: '2026-11-01' }],
	])('is refused if %s leaves nothing (%j)', async (label, values) => {
		const { message, description } = await refusalOf(() => range(values as IDataObject));
		expect(message).toBe(`'${label}' is not before 'Created Before'`);
		expect(description).not.toBe('');
	});

	test.each<[string, object]>([
		['Created After', { createdAfter: null }],
		['Created After', { createdAfter: 'yesterday' }],
		['Created Before', { createdBefore: undefined }],
	])('is refused with the name of %s in %j', (label, values) => {
		expect(() => range(values as IDataObject)).toThrow(`'${label}' is`);
	});
});

describe('A filter of the node itself', () => {
	const search = {
		field: field('Search', 'search'),
		values: ({ name, contacts }: IDataObject) => [name, ...(Array.isArray(contacts) ? contacts : [])],
	};
	const matches = (values: IDataObject, record: IDataObject) => createMatcher(search, values)?.(record);

	test.each([{}, { search: '' }, { search: ' ' }, { other: 'x' }])(
		'takes every record if it is blank (%j)',
		(values) => {
			expect(createMatcher(search, values)).toBeUndefined();
		},
	);

	test.each<[unknown, boolean]>([
		['Barneys', true],
		[' arn ', true],
		['BARNEYS', true],
		['ada', true],
		['grace', false],
	])('looks for %j in every value, ignoring case', (text, found) => {
		expect(matches({ search: text } as IDataObject, { name: 'Barneys', contacts: ['Ada'] })).toBe(found);
	});

	test.each([[null], [undefined], [['Barneys']]])('is refused with %j', (text) => {
		expect(() => createMatcher(search, { search: text } as IDataObject)).toThrow("'Search' is empty");
	});
});

test('The filters of lists have the names that Uphance and saved workflows know', () => {
	const facts = [
		afterIdFilter('orders'),
		createdSinceFilter('orders'),
		createdAfterFilter('orders'),
		createdBeforeFilter('orders'),
	].map(({ type, field: { name, type: editor, default: usual } }) => [type, name, editor, usual]);
	expect(facts).toStrictEqual([
		['id', 'since_id', 'string', ''],
		['moment', 'since_created_at', 'dateTime', ''],
		['after', 'createdAfter', 'dateTime', ''],
		['before', 'createdBefore', 'dateTime', ''],
	]);
});
