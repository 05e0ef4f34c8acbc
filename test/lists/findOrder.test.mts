import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { AgeKey, PageBounds } from '../../nodes/Uphance/transport/listOrder.ts';
import {
	SeenRecords,
	boundsOf,
	createdAtOf,
	cursorOf,
	findOrder,
	precedes,
	sortByAge,
} from '../../nodes/Uphance/transport/listOrder.ts';

const day = (number: number): string => `2020-01-0${number}T00:00:00Z`;
const withIds = (...ids: unknown[]) => ids.map((id) => ({ id }) as IDataObject);
const onDays = (...days: number[]) => days.map((number) => ({ created_at: day(number) }));
const page = (records: IDataObject[]) => ({ number: 1, records });

describe('The order of a list', () => {
	test.each<[string, IDataObject[], AgeKey[]]>([
		['ascending', withIds(1, 2, 3), ['id']],
		['ascending', withIds(1, '2', 10), ['id']],
		['ascending', withIds(1, null, 2), ['id']],
		['ascending', withIds(1, 1, 2), ['id']],
		['ascending', withIds(7), ['id']],
		['ascending', withIds(2, 2), ['id']],
		['descending', withIds(3, 2, 1), ['id']],
		['descending', withIds(3, null, 2), ['id']],
		['descending', withIds(3, 2, 2), ['id']],
		['none', withIds(1, 3, 2), ['id']],
		['none', withIds(3, 1, 2), ['id']],
		['none', withIds(1, 3, 2), ['id', 'created_at']],
		['unknown', [], ['id', 'created_at']],
		['unknown', withIds(null, 'x'), ['id', 'created_at']],
		['unknown', withIds(1, 2), []],
		['unknown', onDays(1, 2), ['id']],
		['ascending', onDays(1, 2, 3), ['id', 'created_at']],
		['descending', onDays(3, 2), ['id', 'created_at']],
		['none', onDays(3, 1, 2), ['id', 'created_at']],
		[
			'ascending',
			[
				{ id: 2, created_at: day(1) },
				{ id: 1, created_at: day(2) },
			],
			['created_at', 'id'],
		],
		[
			'descending',
			[
				{ id: 2, created_at: day(1) },
				{ id: 1, created_at: day(2) },
			],
			['id', 'created_at'],
		],
		[
			'descending',
			[
				{ id: 1, created_at: day(3) },
				{ id: 3, created_at: day(2) },
				{ id: 2, created_at: day(1) },
			],
			['id', 'created_at'],
		],
	])('is %s for %j by %j', (order, records, keys) => {
		expect(findOrder([page(records)], keys)).toBe(order);
	});

	test('shows on several pages together', () => {
		expect(findOrder([page(withIds(1)), page(withIds(5))], ['id'])).toBe('ascending');
		expect(findOrder([page(withIds(5)), page(withIds(1))], ['id'])).toBe('descending');
		expect(findOrder([page(withIds(1, 2)), page([]), page(withIds(0, 3))], ['id'])).toBe('none');
	});
});

describe('Sorted by age', () => {
	const idsOf = (records: IDataObject[] | undefined) => records?.map(({ id }) => id);

	test('records come by their IDs, those without one last', () => {
		const records = withIds(2, null, '10', 1, 'x');
		expect(idsOf(sortByAge(records, ['id'], false))).toEqual([1, 2, '10', null, 'x']);
		expect(idsOf(sortByAge(records, ['id'], true))).toEqual(['10', 2, 1, null, 'x']);
		expect(idsOf(records)).toEqual([2, null, '10', 1, 'x']);
	});

	test('records come by the first key that one of them has', () => {
		const records = [
			{ id: 1, created_at: day(2) },
			{ id: 2, created_at: day(1) },
		];
		expect(idsOf(sortByAge(records, ['id', 'created_at'], true))).toEqual([2, 1]);
		expect(idsOf(sortByAge(records, ['created_at', 'id'], true))).toEqual([1, 2]);
		expect(sortByAge([{ note: 'undated' }, ...onDays(1, 3, 2)], ['id', 'created_at'], true)).toEqual([
			...onDays(3, 2, 1),
			{ note: 'undated' },
		]);
		expect(idsOf(sortByAge([{ note: 'without' }, { id: 2 }, { id: 1 }], ['id'], false))).toEqual([1, 2, undefined]);
	});

	test('records that do not tell it cannot be', () => {
		expect(sortByAge(withIds(null, 'x'), ['id', 'created_at'], true)).toBeUndefined();
		expect(sortByAge(onDays(1), ['id'], true)).toBeUndefined();
		expect(sortByAge([], ['id'], true)).toBeUndefined();
	});
});

describe('The moment of creation', () => {
	test.each([
		[day(2), Date.UTC(2020, 0, 2)],
		['2020-01-02T09:00:00+09:00', Date.UTC(2020, 0, 2)],
		['1970-01-01T00:00:00Z', 0],
		['soon', undefined],
		['', undefined],
		[null, undefined],
		[1_577_923_200_000, undefined],
		[2020, undefined],
		[undefined, undefined],
	])('of %j is %j', (created_at, moment) => {
		expect(createdAtOf({ created_at })).toBe(moment);
	});

	test('of a page is that of its oldest and its newest record', () => {
		const [two, three] = [Date.UTC(2020, 0, 2), Date.UTC(2020, 0, 3)];
		expect(boundsOf(onDays(3, 2))).toEqual({ oldest: two, newest: three });
		expect(boundsOf([{ created_at: null }, ...onDays(2, 3), {}])).toEqual({ oldest: two, newest: three });
		expect(boundsOf(onDays(2))).toEqual({ oldest: two, newest: two });
		expect(boundsOf([])).toEqual({ oldest: NaN, newest: NaN });
		expect(boundsOf(withIds(1))).toEqual({ oldest: NaN, newest: NaN });
	});

	test.each<[PageBounds, PageBounds, boolean]>([
		[{ oldest: 1, newest: 2 }, { oldest: 3, newest: 4 }, true],
		[{ oldest: 1, newest: 3 }, { oldest: 2, newest: 4 }, true],
		[{ oldest: 1, newest: 2 }, { oldest: 1, newest: 2 }, true],
		[{ oldest: 2, newest: 2 }, { oldest: 1, newest: 3 }, false],
		[{ oldest: 1, newest: 4 }, { oldest: 2, newest: 3 }, false],
		[{ oldest: NaN, newest: NaN }, { oldest: 2, newest: 3 }, false],
		[{ oldest: 1, newest: 2 }, { oldest: NaN, newest: NaN }, false],
	])('tells that a page of %j comes before one of %j: %s', (one, other, isBefore) => {
		expect(precedes(one, other)).toBe(isBefore);
	});
});

describe('The ID after which to go on', () => {
	test.each([
		[[1, 2, 5], undefined, 5],
		[['1', ' 7 '], undefined, 7],
		[[1], undefined, undefined],
		[[], undefined, undefined],
		[[1], 0, 1],
		[[], 0, undefined],
		[[2, 1], undefined, undefined],
		[[1, 1], undefined, undefined],
		[[1, 3, 2], 0, undefined],
		[[1, null], undefined, undefined],
		[[null, 1], undefined, undefined],
		[[0, 1], undefined, 1],
	])('of the IDs %j (asked for after %j) is %j', (ids, after, cursor) => {
		expect(cursorOf({ number: 1, after, records: withIds(...ids) })).toBe(cursor);
	});
});

describe('Records that were read', () => {
	test('are known by their ID', () => {
		const seen = new SeenRecords();
		expect(seen.isKnown({ id: 1 })).toBe(false);
		expect(withIds(1, 2, 1, '1').map(seen.add)).toEqual([true, true, false, true]);
		expect(withIds(1, 2, 3).map(seen.isKnown)).toEqual([true, true, false]);
	});

	test('without an ID count each time, and are not missed', () => {
		const seen = new SeenRecords();
		expect([{}, ...withIds(null), {}].map(seen.add)).toEqual([true, true, true]);
		expect([{}, ...withIds(null)].map(seen.isKnown)).toEqual([true, true]);
		expect(seen.countAfter(-1)).toBe(0);
	});

	test('tell the lowest ID, and how many are above one', () => {
		const seen = new SeenRecords();
		expect(seen.lowestId).toBe(Infinity);
		withIds('x', null).forEach(seen.add);
		expect(seen.lowestId).toBe(Infinity);
		withIds(7, '5', 9).forEach(seen.add);
		expect(seen.lowestId).toBe(5);
		expect([4, 5, 8, 9].map((id) => seen.countAfter(id))).toEqual([3, 2, 1, 0]);
	});
});
