import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import { createInitialState, isSet } from '../../nodes/Uphance/triggers/polling/initialState.ts';
import { snapshot } from '../../nodes/Uphance/triggers/polling/state.ts';
import { ListInMemory } from './listInMemory.mts';

afterEach(() => void jest.restoreAllMocks());

const upTo = (last: number, first = 1): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);

function listOf(count: number): ListInMemory {
	const list = new ListInMemory();
	list.pageSize = 50;
	list.add(...upTo(count));
	return list;
}

const start = async (list: ListInMemory, changed: boolean, startAfterId?: unknown, lookBack = 5) =>
	await createInitialState(list.options({ lookBack }), 'orders', startAfterId, changed);

describe('A trigger for new records', () => {
	test('starts from the newest 45 IDs, and keeps no snapshots', async () => {
		const list = listOf(200);
		expect(await start(list, false, undefined, 100)).toEqual({
			key: 'orders',
			recentIds: upTo(200, 156),
			snapshots: {},
		});
		expect(list.asked).toEqual(['page 1', 'page 4']);
	});

	test('warns of nothing when its time is over', async () => {
		const list = listOf(10);
		list.requestsInTime = 1;
		expect(await start(list, false)).toMatchObject({ recentIds: upTo(10) });
		expect(list.warnings).toEqual([]);
	});
});

describe('A trigger for changes', () => {
	test('starts with snapshots of the newest that it watches, and the newest 45 IDs', async () => {
		const list = listOf(200);
		const state = await start(list, true);
		expect(state).toEqual({
			key: 'orders',
			recentIds: upTo(200, 156),
			snapshots: Object.fromEntries(
				list.records.slice(-5).map((record) => [String(record.id), snapshot(list.list, record)]),
			),
			lookBack: 5,
		});
	});

	test('reads as many as it watches', async () => {
		const list = listOf(200);
		const { snapshots, recentIds } = await start(list, true, undefined, 120);
		expect(Object.keys(snapshots).map(Number)).toEqual(upTo(200, 81));
		expect(recentIds).toEqual(upTo(200, 156));
		expect(list.asked).toHaveLength(4);
	});

	test('watches all of a list that has fewer', async () => {
		const list = listOf(3);
		const state = await start(list, true);
		expect(state).toMatchObject({ recentIds: [1, 2, 3], lookBack: 5 });
		expect(Object.keys(state.snapshots)).toEqual(['1', '2', '3']);
		expect(list.warnings).toEqual([]);
	});

	test('says when there was no time for all of them, and leaves them to the next poll', async () => {
		const list = listOf(200);
		list.requestsInTime = 2;
		const state = await start(list, true, undefined, 120);
		expect(state.lookBack).toBeUndefined();
		expect(Object.keys(state.snapshots).map(Number)).toEqual(upTo(200, 151));
		expect(list.warnings).toEqual(['There was no time to read all orders to watch, the next poll tries again']);
	});

	test('says nothing when its time was over with the last of them', async () => {
		const list = listOf(200);
		list.requestsInTime = 3;
		expect((await start(list, true, undefined, 100)).lookBack).toBe(100);
		expect(list.warnings).toEqual([]);
	});
});

describe.each([false, true])('Start After ID (changes: %j)', (changed) => {
	test.each<[unknown, number]>([
		[9005, 9005],
		['9005', 9005],
		[' 9005 ', 9005],
		[0, 0],
		['0', 0],
	])('%j starts after it and asks for nothing', async (startAfterId, id) => {
		const list = listOf(10);
		expect(await start(list, changed, startAfterId)).toEqual({
			key: 'orders',
			recentIds: [id],
			snapshots: {},
			lookBack: changed ? 5 : undefined,
		});
		expect(list.asked).toEqual([]);
	});

	test.each(['#9005', '-1', '1.5', '00', 'abc'])('%j is refused', async (startAfterId) => {
		await expect(start(listOf(10), changed, startAfterId)).rejects.toThrow(
			`'Start After ID' is not a number: '${startAfterId}'`,
		);
	});

	test.each([null, {}, true])('%j is refused, too', async (startAfterId) => {
		await expect(start(listOf(10), changed, startAfterId)).rejects.toThrow("'Start After ID'");
	});

	test.each([undefined, '', '  '])('%j starts from now', async (startAfterId) => {
		expect(await start(listOf(3), changed, startAfterId)).toMatchObject({ recentIds: [1, 2, 3] });
	});
});

describe.each([false, true])('An empty list (changes: %j)', (changed) => {
	test('is asked for again after a second, because all old records would be new', async () => {
		const list = listOf(0);
		list.beforeAnswer = (request) => {
			if (request === 2) list.add(1, 2);
		};
		const state = await start(list, changed);
		expect(state).toMatchObject({ recentIds: [1, 2] });
		expect(state.ignoreCreatedBefore).toBeUndefined();
		expect(list.waits).toEqual([defaultLimits.initialDelayMs]);
	});

	test('that stays empty may have old records that are hidden: those of the last day could be new', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-02T12:00:00Z'));
		const list = listOf(0);
		expect(await start(list, changed)).toEqual({
			key: 'orders',
			recentIds: [],
			snapshots: {},
			lookBack: changed ? 5 : undefined,
			ignoreCreatedBefore: Date.parse('2026-03-01T12:00:00Z'),
		});
		expect(list.asked).toEqual(['page 1', 'page 1']);
	});
});

test('A list with records is asked for once', async () => {
	const list = listOf(3);
	await start(list, true);
	expect(list.waits).toEqual([]);
	expect(list.asked).toEqual(['page 1']);
});

test.each<[unknown, boolean]>([
	[0, true],
	['9005', true],
	[null, true],
	[undefined, false],
	['', false],
	[' ', false],
])('the option Start After ID with %j has a value: %j', (value, has) => expect(isSet(value)).toBe(has));
