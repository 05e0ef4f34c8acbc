import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { newRecords } from '../../nodes/Uphance/triggers/polling/newRecords.ts';
import type { PollOptions, PollState } from '../../nodes/Uphance/triggers/polling/state.ts';
import { ListInMemory } from './listInMemory.mts';

const upTo = (last: number, first = 1): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** A trigger that waits for new records of a list, and holds the state from poll to poll. */
class Waiting {
	readonly list = new ListInMemory();

	state: PollState;

	constructor(
		ids: number[],
		private readonly options: Partial<PollOptions> = {},
	) {
		this.list.add(...ids);
		this.list.pageSize = 50;
		this.state = { key: 'orders', recentIds: ids.slice(-45), snapshots: {} };
	}

	async poll(): Promise<IDataObject[]> {
		const { records, state } = await newRecords(this.list.options(this.options), this.state);
		this.state = JSON.parse(JSON.stringify(state));
		return records;
	}

	async ids(): Promise<unknown[]> {
		return (await this.poll()).map(({ id }) => id);
	}
}

describe('A poll for new records returns', () => {
	test('nothing when there are none, for one request', async () => {
		const waiting = new Waiting(upTo(100));
		const before = waiting.state;
		expect(await waiting.poll()).toEqual([]);
		expect(waiting.state).toEqual(before);
		expect(waiting.list.asked).toEqual(['after 55']);
	});

	test('new ones, whole, oldest first and once', async () => {
		const waiting = new Waiting(upTo(100));
		waiting.list.add(101, 102);
		expect(await waiting.poll()).toEqual(waiting.list.records.slice(-2));
		expect(await waiting.poll()).toEqual([]);
		expect(waiting.state.recentIds).toEqual(upTo(102, 58));
	});

	test('no changed ones', async () => {
		const waiting = new Waiting(upTo(100));
		waiting.list.change(100);
		expect(await waiting.poll()).toEqual([]);
	});

	test('an ID that appears late among the recent ones, once', async () => {
		const waiting = new Waiting([...upTo(80), 82, 83]);
		waiting.list.records.splice(80, 0, { id: 81 });
		waiting.list.add(84);
		expect(await waiting.ids()).toEqual([81, 84]);
		expect(await waiting.ids()).toEqual([]);
	});

	test('everything after the ID to start with', async () => {
		const waiting = new Waiting([4]);
		waiting.list.records = [];
		waiting.list.add(...upTo(7));
		expect(await waiting.ids()).toEqual([5, 6, 7]);
	});

	test('everything of a list that was empty', async () => {
		const waiting = new Waiting([]);
		expect(await waiting.ids()).toEqual([]);
		waiting.list.add(1, 2);
		expect(await waiting.ids()).toEqual([1, 2]);
		expect(waiting.list.asked).toEqual(['after 0', 'after 0']);
	});
});

describe('Max Records per Poll', () => {
	test('leaves the rest to the next polls, none twice and none lost', async () => {
		const waiting = new Waiting(upTo(100), { maxRecords: 2 });
		waiting.list.add(...upTo(105, 101));
		expect(await waiting.ids()).toEqual([101, 102]);
		expect(waiting.state.recentIds).toEqual(upTo(102, 58));
		expect(await waiting.ids()).toEqual([103, 104]);
		expect(await waiting.ids()).toEqual([105]);
		expect(await waiting.ids()).toEqual([]);
	});

	test('asks for no page after it', async () => {
		const waiting = new Waiting(upTo(100), { maxRecords: 5 });
		waiting.list.add(...upTo(300, 101));
		expect(await waiting.ids()).toEqual(upTo(105, 101));
		expect(waiting.list.asked).toEqual(['after 55']);
		waiting.list.asked = [];
		expect(await waiting.ids()).toEqual(upTo(110, 106));
		expect(waiting.list.asked).toEqual(['after 60']);
	});
});

describe('A list that looked empty', () => {
	const started = Date.parse('2026-01-02');
	const emptyAtFirst = (options?: Partial<PollOptions>) => {
		const waiting = new Waiting([], options);
		waiting.state = { ...waiting.state, ignoreCreatedBefore: started };
		return waiting;
	};
	const old = (...ids: number[]) => ids.map((id) => ({ id, created_at: '2026-01-01' }));

	test('returns only what was created since, until it has records', async () => {
		const waiting = emptyAtFirst();
		expect(await waiting.ids()).toEqual([]);
		expect(waiting.state.ignoreCreatedBefore).toBe(started);
		waiting.list.records = [...old(1), { id: 2, created_at: '2026-01-03' }, ...old(3)];
		expect(await waiting.ids()).toEqual([2]);
		expect(waiting.state).not.toHaveProperty('ignoreCreatedBefore');
		waiting.list.records.push(...old(4));
		expect(await waiting.ids()).toEqual([4]);
	});

	test('counts no old record against the maximum', async () => {
		const waiting = emptyAtFirst({ maxRecords: 2 });
		waiting.list.records = [...old(1, 2), { id: 3 }, ...old(4), { id: 5 }, ...old(6), { id: 7 }, ...old(8)];
		expect(await waiting.ids()).toEqual([3, 5]);
		expect(waiting.state.ignoreCreatedBefore).toBe(started);
		expect(waiting.state.recentIds).toEqual(upTo(6));
		expect(await waiting.ids()).toEqual([7]);
		expect(waiting.state).not.toHaveProperty('ignoreCreatedBefore');
	});

	test('still returns no old record after a poll whose time was over', async () => {
		const waiting = emptyAtFirst();
		waiting.list.records = [...old(...upTo(60)), { id: 61 }];
		waiting.list.requestsInTime = 1;
		expect(await waiting.ids()).toEqual([]);
		expect(waiting.state.ignoreCreatedBefore).toBe(started);
		waiting.list.requestsInTime = Infinity;
		expect(await waiting.ids()).toEqual([61]);
		expect(waiting.state).not.toHaveProperty('ignoreCreatedBefore');
	});
});
