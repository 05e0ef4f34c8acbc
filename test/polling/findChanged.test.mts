import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { changedRecords } from '../../nodes/Uphance/triggers/polling/changedRecords.ts';
import type { PollOptions, PollState } from '../../nodes/Uphance/triggers/polling/state.ts';
import { snapshot } from '../../nodes/Uphance/triggers/polling/state.ts';
import { ListInMemory, pollableList } from './listInMemory.mts';

/** A trigger that watches the newest records of a list, and holds the state from poll to poll. */
class Watching {
	readonly list: ListInMemory;

	state: PollState;

	/** @param ids of the list; the newest `lookBack` of them are watched */
	constructor(
		ids: number[],
		private readonly options: Partial<PollOptions> = {},
		list = pollableList({ comparedFields: ['status'] }),
	) {
		this.list = new ListInMemory(list);
		this.list.add(...ids);
		const { lookBack = 5 } = options;
		this.state = {
			key: 'orders',
			recentIds: ids.slice(-45),
			snapshots: Object.fromEntries(
				this.list.records.slice(-lookBack).map((record) => [String(record.id), snapshot(list, record)]),
			),
			lookBack,
		};
	}

	async poll(more: Partial<PollOptions> = {}): Promise<IDataObject[]> {
		const { records, state } = await changedRecords(this.list.options({ ...this.options, ...more }), this.state);
		// As n8n stores it.
		this.state = JSON.parse(JSON.stringify(state));
		return records;
	}

	async ids(more?: Partial<PollOptions>): Promise<unknown[]> {
		return (await this.poll(more)).map(({ id }) => id);
	}

	/** The IDs of several polls, of which each has time for so many requests. */
	async idsOf(polls: number, requestsInTime = Infinity): Promise<unknown[]> {
		const ids: unknown[] = [];
		for (let poll = 0; poll < polls; poll += 1) {
			this.list.requestsInTime = requestsInTime;
			ids.push(...(await this.ids()));
		}
		this.list.requestsInTime = Infinity;
		return ids;
	}

	get watchedIds(): number[] {
		return Object.keys(this.state.snapshots).map(Number);
	}
}

const upTo = (last: number, first = 1): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('A poll returns', () => {
	test('nothing when nothing has changed, and keeps the state', async () => {
		const watching = new Watching(upTo(10));
		const before = watching.state;
		expect(await watching.poll()).toEqual([]);
		expect(watching.state).toEqual(before);
	});

	test('new and changed records, whole, oldest first and once', async () => {
		const watching = new Watching(upTo(10));
		watching.list.add(11, 12);
		watching.list.change(8, { status: 'confirmed' });
		watching.list.change(12);
		const changed = watching.list.records.filter(({ id }) => [8, 11, 12].includes(Number(id)));
		expect(await watching.poll()).toEqual(changed);
		expect(await watching.poll()).toEqual([]);
	});

	test('a record as often as it changes', async () => {
		const watching = new Watching(upTo(10));
		for (const status of ['draft', 'confirmed', 'draft']) {
			watching.list.change(10, { status });
			expect(await watching.ids()).toEqual([10]);
		}
	});

	test('no change of a record that is older than those it watches', async () => {
		const watching = new Watching(upTo(10));
		watching.list.change(5);
		watching.list.change(6);
		expect(await watching.ids()).toEqual([6]);
	});

	test('an ID that appears late among those it watches, and none below them', async () => {
		const watching = new Watching([10, 20, 30, 40], { lookBack: 3 });
		watching.list.records.splice(1, 0, { id: 15 }, { id: 19 });
		watching.list.records.splice(4, 0, { id: 25 });
		expect(await watching.ids()).toEqual([25]);
		expect(await watching.ids()).toEqual([]);
	});

	test('everything after the ID to start with, which it does not return itself', async () => {
		const watching = new Watching([]);
		watching.state = { key: 'orders', recentIds: [4], snapshots: {}, lookBack: 5 };
		watching.list.add(...upTo(7));
		expect(await watching.ids()).toEqual([5, 6, 7]);
		expect(await watching.ids()).toEqual([]);
	});

	test('everything of a list that was empty', async () => {
		const watching = new Watching([]);
		watching.list.add(1, 2);
		expect(await watching.ids()).toEqual([1, 2]);
	});

	test('only what was created since, of a list that looked empty', async () => {
		const watching = new Watching([]);
		watching.state = { ...watching.state, ignoreCreatedBefore: Date.parse('2026-01-02') };
		watching.list.records = [
			{ id: 1, created_at: '2026-01-01' },
			{ id: 2, created_at: '2026-01-03' },
		];
		expect(await watching.ids()).toEqual([2]);
		expect(watching.state).not.toHaveProperty('ignoreCreatedBefore');
		watching.list.change(1);
		watching.list.records.push({ id: 3, created_at: '2026-01-01' });
		expect(await watching.ids()).toEqual([1, 3]);
	});
});

describe('A list that looked empty', () => {
	const started = Date.parse('2026-01-02');
	const emptyAtFirst = (options?: Partial<PollOptions>) => {
		const watching = new Watching([], options);
		watching.state = { ...watching.state, ignoreCreatedBefore: started };
		return watching;
	};
	const old = (...ids: number[]) => ids.map((id) => ({ id, created_at: '2026-01-01' }));

	test('may still show old records after a poll that got none', async () => {
		const watching = emptyAtFirst();
		expect(await watching.ids()).toEqual([]);
		expect(watching.state.ignoreCreatedBefore).toBe(started);
		watching.list.records = old(1);
		expect(await watching.ids()).toEqual([]);
	});

	test('may still show old records after a poll that did not get to the end', async () => {
		const watching = emptyAtFirst({ maxRecords: 1 });
		watching.list.records = [{ id: 1 }, ...old(2), { id: 3 }, ...old(4)];
		expect(await watching.ids()).toEqual([1]);
		expect(watching.state.ignoreCreatedBefore).toBe(started);
		expect(await watching.ids()).toEqual([3]);
		expect(await watching.ids()).toEqual([]);
		expect(watching.state).not.toHaveProperty('ignoreCreatedBefore');
	});
});

describe('Max Records per Poll', () => {
	test('leaves the rest to the next polls, none twice and none lost', async () => {
		const watching = new Watching(upTo(10), { maxRecords: 2 });
		watching.list.add(...upTo(17, 11));
		watching.list.change(9);
		expect(await watching.ids()).toEqual([9, 11]);
		expect(await watching.ids()).toEqual([12, 13]);
		expect(await watching.ids()).toEqual([14, 15]);
		expect(await watching.ids()).toEqual([16, 17]);
		expect(await watching.ids()).toEqual([]);
	});

	test('leaves the first that is too many, at the end of a page too', async () => {
		for (const maxRecords of [1, 2, 3, 4]) {
			const watching = new Watching(upTo(9), { maxRecords });
			watching.list.add(...upTo(14, 10));
			expect(await watching.ids()).toEqual(upTo(9 + maxRecords, 10));
			expect(watching.state.firstDeferredId).toBe(10 + maxRecords);
			expect(await watching.ids({ maxRecords: 100 })).toEqual(upTo(14, 10 + maxRecords));
			expect(watching.state.firstDeferredId).toBeUndefined();
		}
	});

	test('leaves none when it is as many as there are', async () => {
		const watching = new Watching(upTo(10), { maxRecords: 2 });
		watching.list.add(11, 12);
		expect(await watching.ids()).toEqual([11, 12]);
		expect(watching.state.firstDeferredId).toBeUndefined();
	});

	test('asks for no page after it', async () => {
		const watching = new Watching(upTo(100), { maxRecords: 1, lookBack: 1 });
		watching.list.pageSize = 50;
		watching.list.add(...upTo(300, 101));
		expect(await watching.ids()).toEqual([101]);
		expect(watching.list.asked).toEqual(['after 55']);
	});

	test('does not lose a record that newer ones would push out', async () => {
		const watching = new Watching(upTo(10), { maxRecords: 1, lookBack: 2 });
		watching.list.change(9);
		watching.list.change(10);
		watching.list.add(11);
		expect(await watching.idsOf(3)).toEqual([9, 10, 11]);
		expect(await watching.ids()).toEqual([]);
		expect(watching.watchedIds).toEqual([10, 11]);
	});

	test('goes on where it stopped, and does not start anew', async () => {
		const watching = new Watching(upTo(200), { maxRecords: 60, lookBack: 200 });
		for (const id of upTo(200)) watching.list.change(id);
		watching.list.pageSize = 100;
		expect(await watching.ids()).toEqual(upTo(60));
		watching.list.asked = [];
		expect(await watching.ids()).toEqual(upTo(120, 61));
		expect(watching.list.asked).toEqual(['after 15', 'after 115']); // the 45 before it are looked at once more
		watching.list.asked = [];
		expect(await watching.ids()).toEqual(upTo(180, 121));
		expect(watching.list.asked).toEqual(['after 75', 'after 175']);
	});

	test('notices a late ID near where it stopped', async () => {
		const watching = new Watching([10, 20, 30], { maxRecords: 1, lookBack: 3 });
		for (const id of [10, 20, 30]) watching.list.change(id);
		expect(await watching.ids()).toEqual([10]);
		watching.list.records.splice(1, 0, { id: 15 });
		expect(await watching.idsOf(3)).toEqual([15, 20, 30]);
	});

	test('does not take what was left for old when nothing is watched yet', async () => {
		const watching = new Watching([], { maxRecords: 1 });
		watching.state = { key: 'orders', recentIds: [4], snapshots: {}, firstDeferredId: 3, lookBack: 5 };
		watching.list.add(1, 2, 3, 4);
		expect(await watching.idsOf(2)).toEqual([3, 4]);
	});
});

describe('Watch the Newest', () => {
	test('watches so many of the newest, by number', async () => {
		const watching = new Watching([8, 9, 10, 100], { lookBack: 3 });
		expect(await watching.ids()).toEqual([]);
		expect(watching.watchedIds).toEqual([9, 10, 100]);
		watching.list.add(101);
		expect(await watching.ids()).toEqual([101]);
		expect(watching.watchedIds).toEqual([10, 100, 101]);
	});

	test('watches all of a list that has fewer', async () => {
		const watching = new Watching([8, 9], { lookBack: 3 });
		expect(await watching.ids()).toEqual([]);
		expect(watching.watchedIds).toEqual([8, 9]);
	});

	test('watches more when it is raised, and returns no old record', async () => {
		const watching = new Watching(upTo(20), { lookBack: 2 });
		expect(await watching.ids({ lookBack: 6 })).toEqual([]);
		expect(watching.watchedIds).toEqual(upTo(20, 15));
		expect(watching.state.lookBack).toBe(6);
		watching.list.change(15);
		expect(await watching.ids({ lookBack: 6 })).toEqual([15]);
	});

	test('returns a record in the next poll that was created while it read more', async () => {
		const watching = new Watching(upTo(100), { lookBack: 2 });
		watching.list.pageSize = 50;
		watching.list.beforeAnswer = (request) => {
			if (request === 2) watching.list.add(101);
		};
		expect(await watching.ids({ lookBack: 6 })).toEqual([]);
		watching.list.beforeAnswer = () => {};
		expect(await watching.ids({ lookBack: 6 })).toEqual([101]);
	});

	test('also returns what changed in the poll in which it is raised', async () => {
		const watching = new Watching(upTo(20), { lookBack: 2 });
		watching.list.change(19);
		watching.list.add(21);
		expect(await watching.ids({ lookBack: 6 })).toEqual([19, 21]);
		expect(watching.watchedIds).toEqual(upTo(21, 16));
		expect(await watching.ids({ lookBack: 6 })).toEqual([]);
	});

	test('reads nothing more when it stays, or is lowered', async () => {
		for (const lookBack of [5, 3]) {
			const watching = new Watching(upTo(20), { lookBack: 5 });
			expect(await watching.ids({ lookBack })).toEqual([]);
			expect(watching.list.asked.filter((asked) => asked.startsWith('page'))).toEqual([]);
			expect(watching.watchedIds).toEqual(upTo(20, 21 - lookBack));
			expect(watching.state.lookBack).toBe(lookBack);
		}
	});

	test('reads what is missing when it is not known how many were read, as early versions stored it', async () => {
		const watching = new Watching(upTo(20), { lookBack: 2 });
		watching.state = { ...watching.state, lookBack: undefined };
		expect(await watching.ids({ lookBack: 2 })).toEqual([]);
		expect(watching.list.asked.filter((asked) => asked.startsWith('page'))).toEqual([]);
		watching.state = { ...watching.state, lookBack: undefined };
		expect(await watching.ids({ lookBack: 4 })).toEqual([]);
		expect(watching.watchedIds).toEqual(upTo(20, 17));
	});

	test('waits with more until nothing is left for the next poll', async () => {
		const watching = new Watching(upTo(20), { lookBack: 2, maxRecords: 1 });
		watching.list.add(21, 22);
		expect(await watching.ids({ lookBack: 6 })).toEqual([21]);
		expect(watching.state.lookBack).toBe(2);
		expect(watching.watchedIds).toEqual([19, 20, 21]);
		expect(await watching.ids({ lookBack: 6 })).toEqual([22]);
		expect(watching.state.lookBack).toBe(6);
		expect(watching.watchedIds).toEqual(upTo(22, 17));
	});
});

test('IDs may be of any size', async () => {
	const huge = 2 ** 40; // beyond 32 bits, the keys of an object come in the order in which they were set
	const watching = new Watching([10, 20, 30].map((id) => huge + id).reverse(), { lookBack: 3 });
	watching.list.records.reverse().splice(1, 0, { id: huge + 15 });
	expect(await watching.ids()).toEqual([huge + 15]);
	expect(watching.watchedIds.sort()).toEqual([15, 20, 30].map((id) => huge + id));
	const long = new Watching(upTo(huge + 199, huge).reverse(), { lookBack: 200, maxRecords: 100 });
	long.list.records.reverse();
	for (const { id } of long.list.records) long.list.change(Number(id));
	expect(await long.ids()).toEqual(upTo(huge + 99, huge));
	long.list.asked = [];
	expect(await long.ids()).toEqual(upTo(huge + 199, huge + 100));
	expect(long.list.asked[0]).toBe(`after ${huge + 54}`);
});

describe('Only When Status Is', () => {
	const statuses = ['confirmed', 'shipped'];

	test('returns a record once for each status', async () => {
		const watching = new Watching([1, 2], { statuses });
		const [first] = watching.list.records;
		for (const [status, emitted] of [
			['draft', []],
			['Confirmed', [1]],
			['confirmed', []],
			['shipped', [1]],
			['confirmed', []],
			['cancelled', []],
			['shipped', []],
		] as const) {
			watching.list.change(Number(first?.id), { status });
			expect([status, await watching.ids()]).toEqual([status, emitted]);
		}
	});

	test('returns a new record when it gets the status later', async () => {
		const watching = new Watching([1], { statuses });
		watching.list.records.push({ id: 2, status: 'draft' });
		expect(await watching.ids()).toEqual([]);
		watching.list.change(2, { status: 'shipped' });
		expect(await watching.ids()).toEqual([2]);
	});

	test('does not count a record that it does not return against the maximum', async () => {
		const watching = new Watching([1], { statuses, maxRecords: 1 });
		watching.list.records.push({ id: 2, status: 'draft' }, { id: 3, status: 'shipped' }, { id: 4, status: 'draft' });
		expect(await watching.ids()).toEqual([3]);
		expect(watching.state.firstDeferredId).toBeUndefined();
	});

	test('returns no record that had the status before the trigger started', async () => {
		const watching = new Watching([], { statuses });
		watching.state = { key: 'orders', recentIds: [4], snapshots: {}, lookBack: 5 };
		watching.list.records = [{ id: 4, status: 'shipped' }];
		expect(await watching.ids()).toEqual([]);
		watching.list.change(4);
		expect(await watching.ids()).toEqual([]);
		watching.list.change(4, { status: 'confirmed' });
		expect(await watching.ids()).toEqual([4]);
	});
});

describe('When the time of a poll is over', () => {
	test('the next goes on with the rest', async () => {
		const watching = new Watching(upTo(100), { lookBack: 2 });
		watching.list.pageSize = 50;
		watching.list.add(...upTo(300, 101));
		watching.list.requestsInTime = 2;
		expect(await watching.ids()).toEqual(upTo(155, 101));
		expect(watching.state.firstDeferredId).toBe(156);
		expect(await watching.ids()).toEqual(upTo(210, 156));
		watching.list.requestsInTime = Infinity;
		expect(await watching.ids()).toEqual(upTo(300, 211));
		expect(watching.state.firstDeferredId).toBeUndefined();
		expect(await watching.ids()).toEqual([]);
	});

	test.each([20, 40])('before it came to the watched records, no old one is new (%i watched)', async (lookBack) => {
		const watching = new Watching(upTo(100), { lookBack: 20 });
		watching.list.change(95);
		for (const requests of [1, 2, 8, 1]) {
			watching.list.requestsInTime = requests;
			expect(await watching.ids({ lookBack })).toEqual([]);
		}
		watching.list.requestsInTime = Infinity;
		watching.list.add(101);
		expect(await watching.ids({ lookBack })).toEqual([95, 101]);
		expect(await watching.ids({ lookBack })).toEqual([]);
		expect(watching.watchedIds).toEqual(upTo(101, 102 - lookBack));
	});

	test('a record that exceeded the maximum stays the first of the rest', async () => {
		const watching = new Watching(upTo(10), { lookBack: 2, maxRecords: 1 });
		watching.list.pageSize = 50;
		watching.list.add(11, 12, 13);
		watching.list.requestsInTime = 1;
		expect(await watching.ids()).toEqual([11]);
		expect(watching.state.firstDeferredId).toBe(12);
	});

	test('in a list without records, the first one is new', async () => {
		const watching = new Watching([]);
		watching.list.requestsInTime = 1;
		expect(await watching.ids()).toEqual([]);
		watching.list.add(1);
		expect(await watching.idsOf(2, 1)).toEqual([1]);
	});

	test('the raised number of watched ones is read in the next poll', async () => {
		const watching = new Watching(upTo(400), { lookBack: 2 });
		watching.list.pageSize = 50;
		watching.list.requestsInTime = 3;
		expect(await watching.ids({ lookBack: 100 })).toEqual([]);
		expect(watching.state.lookBack).toBe(2);
		watching.list.requestsInTime = Infinity;
		expect(await watching.ids({ lookBack: 100 })).toEqual([]);
		expect(watching.state.lookBack).toBe(100);
		expect(watching.watchedIds).toEqual(upTo(400, 301));
	});

	test('an error while the raised number is read loses nothing of what was found', async () => {
		const watching = new Watching(upTo(100), { lookBack: 2 });
		watching.list.pageSize = 50;
		watching.list.add(101);
		watching.list.requestsInTime = 2;
		watching.list.beforeAnswer = (request) => {
			if (request === 2) throw new Error('n8n ended the poll');
		};
		expect(await watching.ids({ lookBack: 4 })).toEqual([101]);
		expect(watching.state.lookBack).toBe(2);
	});
});

test('An error while the raised number is read in time is told', async () => {
	const watching = new Watching(upTo(100), { lookBack: 2 });
	watching.list.pageSize = 50;
	watching.list.beforeAnswer = (request) => {
		if (request === 2) throw new Error('Uphance is down');
	};
	await expect(watching.ids({ lookBack: 4 })).rejects.toThrow('Uphance is down');
});
