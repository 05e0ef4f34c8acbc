import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Filter } from '../../nodes/Uphance/parameters/filters.ts';
import { createdSinceFilter } from '../../nodes/Uphance/parameters/filters.ts';
import { createRecordChecks } from '../../nodes/Uphance/parameters/recordFilters.ts';

const field = { displayName: 'Filter', name: 'by', type: 'string', default: '' } as const;

/** What a check says of a record. */
function judged(filter: Omit<Filter, 'field'>, value: string, record: IDataObject): boolean | undefined {
	const [check] = createRecordChecks([{ ...filter, field }], { [filter.queryName ?? 'by']: value });
	return check?.hasValue(record);
}

describe('A record', () => {
	test.each<[Filter['type'], string, unknown, boolean | undefined]>([
		['id', '9005', 9005, true],
		['id', '9005', '9005', true],
		['id', '09005', 9005, true],
		['id', '9005', 90051, false],
		['id', '9005', 19005, false],
		['id', '9005', 0, false],
		['id', '9005', null, undefined],
		['id', '9005', undefined, undefined],
		['id', '9005', '', undefined],
		['id', '9005', ' ', undefined],
		['id', '9005', { id: 9005 }, undefined],
		['id', '9005', [9005], undefined],
		['number', '101', '#101', true],
		['number', '101', '00101', true],
		['number', '101', '101, 102', true],
		['number', '102', '101,102', true],
		['number', 'so-101', 'SO-101', true],
		['number', '101', 'SO-101', true],
		['number', '101', '1010', false],
		['number', '101', '100, 1010', false],
		[undefined, 'po234', 'PO234', true],
		[undefined, 'PO234', 'The PO2345', true],
		[undefined, 'PO\u00AD234', 'PO234', true],
		[undefined, '05000', '5000', true],
		[undefined, 'PO234', 'PO23', false],
		[undefined, 'PO234', 'Barneys', false],
		[undefined, '7', 7, true],
		['moment', '2026-11-01T12:00:00+01:00', '2026-11-01T11:00:00Z', true],
		['moment', '2026-11-01T12:00:00+01:00', '2026-11-01T11:00:01Z', true],
		['moment', '2026-11-01T12:00:00+01:00', '2026-11-01T10:59:59Z', false],
		['moment', '2026-11-01T12:00:00+01:00', 'yesterday', true],
	])('%s %j: %j is %j', (type, value, other, result) => {
		expect(judged({ type, recordFields: ['one'] }, value, { one: other } as IDataObject)).toBe(result);
	});

	test('has the value in one of several fields', () => {
		const filter: Omit<Filter, 'field'> = { type: 'id', queryName: 'by_id', recordFields: ['one', 'other'] };
		expect(judged(filter, '7', { one: 8, other: 7 })).toBe(true);
		expect(judged(filter, '7', { other: 7 })).toBe(true);
		expect(judged(filter, '7', { one: 8, other: 9 })).toBe(false);
		expect(judged(filter, '7', { third: 8 })).toBeUndefined();
	});
});

test('Only filters in use are checked, and only those of which records tell the value', () => {
	const filters: Filter[] = [
		{ field },
		{ field, queryName: 'other', recordFields: ['other'] },
		createdSinceFilter('x'),
	];
	const labels = (query: IDataObject) => createRecordChecks(filters, query).map(({ label }) => label);
	expect(labels({})).toEqual([]);
	expect(labels({ by: 'x' })).toEqual([]);
	expect(labels({ by: 'x', other: 'x', since_created_at: '2026-11-01T12:00:00Z' })).toEqual([
		'Filter',
		'Created Since',
	]);
	expect(labels({ other: ['x'] })).toEqual([]);
});
