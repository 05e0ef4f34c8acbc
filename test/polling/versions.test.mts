import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { hash, isUnchanged, recordVersion } from '../../nodes/Uphance/triggers/polling/version.ts';
import { pollableList } from './listInMemory.mts';

const list = pollableList({ comparedFields: ['status', 'lines'], ignoredFields: ['orders_count'] });
const dated = { id: 1, updated_at: '2026-01-01T00:00:00Z', status: 'draft', notes: 'x', orders_count: 1 };
const undated = { id: 1, status: 'draft', notes: 'x', orders_count: 1 };

const isSame = (one: IDataObject, other: IDataObject): boolean => isUnchanged(recordVersion(list, one), list, other);

describe('A record with a time of change', () => {
	test.each<[string, IDataObject]>([
		['it was changed later', { updated_at: '2026-01-02T00:00:00Z' }],
		['a compared field has changed', { status: 'confirmed' }],
		['a compared field is gone', { status: undefined }],
		['its time of change is gone', { updated_at: '' }],
	])('has changed when %s', (_, values) => expect(isSame(dated, { ...dated, ...values })).toBe(false));

	test.each<[string, IDataObject]>([
		['nothing has changed', {}],
		['a field that is not compared has changed', { notes: 'y' }],
		['a field that is not compared came', { more: 'y' }],
	])('is unchanged when %s', (_, values) => expect(isSame(dated, { ...dated, ...values })).toBe(true));
});

describe.each<[string, IDataObject]>([
	['without a time of change', undated],
	['with an empty time of change', { ...undated, updated_at: '' }],
	['with a time of change that is no text', { ...undated, updated_at: 7 }],
])('A record %s', (_, record) => {
	test.each<[string, IDataObject]>([
		['any field has changed', { notes: 'y' }],
		['a field came', { more: 'y' }],
		['a field is gone', { notes: null }],
	])('has changed when %s', (_name, values) => expect(isSame(record, { ...record, ...values })).toBe(false));

	test('is unchanged when an ignored field has changed', () => {
		expect(isSame(record, { ...record, orders_count: 2 })).toBe(true);
	});
});

describe('Values are the same', () => {
	const same = (one: IDataObject[string], other: IDataObject[string]) =>
		isSame({ id: 1, value: one }, { id: 1, value: other });

	test.each<[string, IDataObject[string], IDataObject[string]]>([
		['in another order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }],
		['in another order of a list', [{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }]],
		['when one is null and the other missing', { a: 1, b: null }, { a: 1 }],
		['when one is empty and the other missing', { a: 1, b: '' }, { a: 1 }],
		['when one is undefined and the other missing', { a: 1, b: undefined }, { a: 1 }],
	])('%s', (_, one, other) => expect(same(one, other)).toBe(true));

	test.each<[IDataObject[string], IDataObject[string]]>([
		[1, 2],
		[1, '1'],
		[0, null],
		[false, null],
		[[], {}],
		[[1, 2], [12]],
		[[1, 2], { 0: 1, 1: 2 }],
		[[1], [1, 1]],
		[{ a: 1 }, { b: 1 }],
		[{ a: { b: 1 } }, { a: { b: 2 } }],
		[['a', 'b'], ['a,b']],
	])('not for %j and %j', (one, other) => expect(same(one, other)).toBe(false));
});

test('The version is as short as it was, so that stored ones stay comparable', () => {
	expect(recordVersion(list, { id: 1, status: 'draft' })).toMatch(/^2 [\da-f]{32}$/);
	expect(recordVersion(list, { status: 'draft', id: 1 })).toBe(`2 ${sha256('{"id":1,"status":"draft"}')}`);
	expect(recordVersion(list, { lines: [{ b: 2, a: 1 }, 'x'] })).toBe(`2 ${sha256('{"lines":["x",{"a":1,"b":2}]}')}`);
	expect(hash({ a: 1 })).toBe(sha256('{"a":1}'));
});

describe('A version as 0.1.0 was first built', () => {
	test.each<[string, IDataObject]>([
		['2026-01-01T00:00:00Z draft', dated],
		['2026-01-01T00:00:00Z draft', { ...dated, status: ' Draft ' }],
		['2026-01-01T00:00:00Z draft', { ...dated, notes: 'y' }],
		['2026-01-01T00:00:00Z ', { ...dated, status: undefined }],
		['2026-01-01T00:00:00Z ', { ...dated, status: 7 }],
		[hash(undated), undated],
	])('%j is that of %j', (version, record) => expect(isUnchanged(version, list, record)).toBe(true));

	test.each<[string, IDataObject]>([
		['2026-01-01T00:00:00Z confirmed', dated],
		['2026-01-02T00:00:00Z draft', dated],
		[hash(undated), { ...undated, notes: 'y' }],
	])('%j is not that of %j', (version, record) => expect(isUnchanged(version, list, record)).toBe(false));
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
