import { describe, expect, test } from '@jest/globals';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import { readAfter, readNewest } from '../../nodes/Uphance/triggers/polling/readRecords.ts';
import type { PollState } from '../../nodes/Uphance/triggers/polling/state.ts';
import { ListInMemory, pollableList } from './listInMemory.mts';

const upTo = (last: number, first = 1): number[] =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);

const nothingKnown: PollState = { key: 'orders', recentIds: [], snapshots: {} };
const known: PollState = { ...nothingKnown, recentIds: [1, 2] };
const watched: PollState = { ...nothingKnown, snapshots: { 1: { version: '', statuses: [] } } };
const startAfter: PollState = { ...nothingKnown, recentIds: [1] };

function listOf(ids: number[], supportsSinceId = true): ListInMemory {
	const list = new ListInMemory(pollableList({}, supportsSinceId));
	list.add(...ids);
	return list;
}

/** The IDs that come after one, page by page. */
async function pagesAfter(list: ListInMemory, afterId: number, neededId = afterId, state = known) {
	const pages: unknown[][] = [];
	for await (const page of readAfter(list.options(), state, afterId, neededId)) pages.push(page.map(({ id }) => id));
	return pages;
}

const newest = async (list: ListInMemory, count: number) =>
	(await readNewest(list.options(), count)).map(({ id }) => id);

describe('The records after an ID, of a list that can be asked for them', () => {
	test('come page by page, oldest first', async () => {
		const list = listOf(upTo(10));
		expect(await pagesAfter(list, 4)).toEqual([
			[5, 6, 7],
			[8, 9, 10],
		]);
		expect(list.asked).toEqual(['after 4', 'after 7']);
	});

	test('come with the filters', async () => {
		const list = listOf(upTo(3));
		const queries: unknown[] = [];
		const options = list.options({ query: { 'filter[warehouse_name]': 'East' } });
		const { client } = options;
		const request: typeof client.request = async (sent) => {
			queries.push(sent.query);
			return await client.request(sent);
		};
		for await (const page of readAfter({ ...options, client: { ...client, request } }, known, 0, 0)) void page;
		expect(queries).toEqual([{ 'filter[warehouse_name]': 'East', since_id: 0 }]);
	});

	test('come each once, when a page has one again', async () => {
		const list = listOf([1, 2, 3, 4]);
		list.beforeAnswer = (request) => {
			if (request === 2) list.records.splice(3, 0, { id: 3 });
		};
		expect((await pagesAfter(list, 0)).flat()).toEqual([1, 2, 3, 4]);
	});

	test('are none without an error when there are none', async () => {
		const list = listOf([1, 2]);
		expect(await pagesAfter(list, 0)).toEqual([[1, 2]]);
		expect(list.warnings).toEqual([]);
	});
});

describe('The records after an ID come oldest first and once', () => {
	test.each([
		['descends', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
		['is in no order', [3, 1, 2, 10, 7, 8, 9, 6, 5, 4]],
		['has one twice', [...upTo(10), 10]],
	])('when the list %s', async (_, ids) => {
		const list = listOf(ids);
		expect((await pagesAfter(list, 5)).flat()).toEqual([6, 7, 8, 9, 10]);
		expect(list.warnings).toEqual([]);
	});
});

describe('A list that can be asked for what is after an ID', () => {
	const notice =
		'Uphance did not list the orders after the requested ID in ascending order, so the end of the list is read instead';

	test('is read from its end, with what came before left out, when a later page does not ascend', async () => {
		const list = listOf([1, 2, 3, 4, 5, 6, 9, 8, 7, 10]);
		expect(await pagesAfter(list, 0)).toEqual([upTo(3), upTo(6, 4), upTo(10, 7)]);
		expect(list.warnings).toEqual([notice]);
	});

	test.each([
		['the record with the ID, too', 4],
		['all records', undefined],
	])('is read from its end when it returns %s', async (_, since_id) => {
		const list = listOf(upTo(10));
		const options = list.options();
		const { client } = options;
		const request: typeof client.request = async (sent) =>
			await client.request({ ...sent, query: { ...sent.query, since_id } });
		const ids: unknown[] = [];
		for await (const page of readAfter({ ...options, client: { ...client, request } }, known, 5, 5))
			ids.push(...page.map(({ id }) => id));
		expect(ids).toEqual([6, 7, 8, 9, 10]);
		expect(list.warnings).toEqual([notice]);
	});
});

describe('The records after an ID, of a list that cannot be asked for them', () => {
	test.each([
		['ascends', upTo(10)],
		['descends', upTo(10).reverse()],
		['is in no order', [3, 1, 2, 10, 7, 8, 9, 6, 5, 4]],
	])('come at once, oldest first, when the list %s', async (_, ids) => {
		const list = listOf(ids, false);
		expect(await pagesAfter(list, 5)).toEqual([[6, 7, 8, 9, 10]]);
		expect(list.warnings).toEqual([]);
	});

	test('need no page before that with the ID', async () => {
		const list = listOf(upTo(30), false);
		expect(await pagesAfter(list, 24)).toEqual([upTo(30, 25)]);
		expect(list.asked).toEqual(['page 1', 'page 10', 'page 9']);
		list.asked = [];
		expect(await pagesAfter(list, 23)).toEqual([upTo(30, 24)]);
		expect(list.asked).toEqual(['page 1', 'page 10', 'page 9', 'page 8']);
	});

	test('come from all pages when the ID is older than all', async () => {
		expect(await pagesAfter(listOf(upTo(10, 5), false), 2)).toEqual([upTo(10, 5)]);
	});

	test('come as far as the time sufficed, with a warning, if it sufficed for what is needed', async () => {
		const list = listOf(upTo(30), false);
		list.requestsInTime = 3;
		expect(await pagesAfter(list, 10, 24)).toEqual([upTo(30, 25)]);
		expect(list.warnings).toEqual(['There was no time to check all watched orders, only the newest were checked']);
	});

	test('come without a warning if the time sufficed for all', async () => {
		const list = listOf(upTo(30), false);
		list.requestsInTime = 3;
		expect(await pagesAfter(list, 24, 27)).toEqual([upTo(30, 25)]);
		expect(list.warnings).toEqual([]);
	});

	test('are an error if the time did not suffice for what is needed', async () => {
		const list = listOf(upTo(30), false);
		list.requestsInTime = 3;
		await expect(pagesAfter(list, 10, 23)).rejects.toMatchObject({
			message: 'There are more new orders than one poll can read',
			description: expect.stringContaining('n8n gives a poll 10 seconds'),
		});
	});

	test('are none, without an error, of an empty list', async () => {
		const list = listOf([], false);
		list.requestsInTime = 1;
		expect((await pagesAfter(list, 0, 0, nothingKnown)).flat()).toEqual([]);
		expect(list.warnings).toEqual([]);
	});
});

describe.each([true, false])('An empty answer (asked by ID: %j)', (supportsSinceId) => {
	const error = {
		message: 'Uphance returned no orders, although it had some before',
		description: expect.stringContaining('The trigger keeps what it knows'),
	};

	test.each([
		['several recent IDs', known],
		['a snapshot', watched],
	])('is asked for again, and is an error when the state has %s', async (_, state) => {
		const list = listOf([], supportsSinceId);
		await expect(pagesAfter(list, 0, 0, state)).rejects.toMatchObject(error);
		expect(list.waits).toEqual([defaultLimits.initialDelayMs]);
		expect(list.asked).toHaveLength(2);
	});

	test.each([
		['nothing', nothingKnown],
		['the ID to start with', startAfter],
	])('is believed when the state has only %s', async (_, state) => {
		const list = listOf([], supportsSinceId);
		expect((await pagesAfter(list, 0, 0, state)).flat()).toEqual([]);
		expect(list.waits).toEqual([]);
		expect(list.asked).toHaveLength(1);
	});

	test('that was a mistake is forgotten', async () => {
		const list = listOf([], supportsSinceId);
		list.beforeAnswer = (request) => {
			if (request === 2) list.add(1, 2);
		};
		expect((await pagesAfter(list, 0)).flat()).toEqual([1, 2]);
		expect(list.waits).toHaveLength(1);
	});

	test('is not asked for again after pages with records', async () => {
		const list = listOf(upTo(6), supportsSinceId);
		expect((await pagesAfter(list, 0)).flat()).toEqual(upTo(6));
		expect(list.waits).toEqual([]);
	});
});

describe('The time of a poll', () => {
	test('ends the reading after the page that was read', async () => {
		const list = listOf(upTo(10));
		list.requestsInTime = 2;
		expect(await pagesAfter(list, 0)).toEqual([upTo(3), upTo(6, 4)]);
	});

	test('does not end it before the first page with records', async () => {
		const list = listOf(upTo(10));
		list.requestsInTime = 0;
		expect(await pagesAfter(list, 0)).toEqual([upTo(3)]);
	});

	test('hides an error after it, once something was read', async () => {
		const list = listOf(upTo(10));
		const options = list.options();
		let isOver = false;
		list.beforeAnswer = (request) => {
			if (request < 2) return;
			isOver = true;
			throw new Error('n8n ended the poll');
		};
		const ids: unknown[] = [];
		for await (const page of readAfter({ ...options, isOutOfTime: () => isOver }, known, 0, 0))
			ids.push(...page.map(({ id }) => id));
		expect(ids).toEqual([1, 2, 3]);
	});

	test('does not hide an error when nothing was read', async () => {
		const list = listOf(upTo(10));
		list.requestsInTime = 1;
		list.beforeAnswer = () => {
			throw new Error('n8n ended the poll');
		};
		await expect(pagesAfter(list, 0)).rejects.toThrow('n8n ended the poll');
	});

	test('does not hide an error before it', async () => {
		const list = listOf(upTo(10));
		list.beforeAnswer = (request) => {
			if (request === 2) throw new Error('Uphance is down');
		};
		await expect(pagesAfter(list, 0)).rejects.toThrow('Uphance is down');
	});
});

describe('A record without a usable ID', () => {
	test.each([undefined, null, 'x', '', 0, -1, 1.5, {}])('is an error: %j', async (id) => {
		const list = listOf([], false);
		list.records = [{ id: 1 }, { id }];
		const error = {
			message: 'Uphance returned orders without a usable ID',
			description: 'So the trigger cannot tell which are new. Contact Uphance support.',
		};
		await expect(pagesAfter(list, 0)).rejects.toMatchObject(error);
		await expect(newest(list, 5)).rejects.toMatchObject(error);
	});

	test('is not one whose ID is text', async () => {
		const list = listOf([]);
		list.records = [{ id: '9' }, { id: '10' }];
		expect(await pagesAfter(list, 0)).toEqual([['9', '10']]);
	});
});

describe('The newest records', () => {
	test.each([
		['ascends', upTo(12)],
		['descends', upTo(12).reverse()],
		['is in no order', [3, 1, 2, 10, 7, 8, 9, 12, 11, 6, 5, 4]],
	])('come oldest first, so many as are wanted, when the list %s', async (_, ids) => {
		expect(await newest(listOf(ids), 5)).toEqual(upTo(12, 8));
		expect(await newest(listOf(ids), 6)).toEqual(upTo(12, 7));
		expect(await newest(listOf(ids), 100)).toEqual(upTo(12));
	});

	test('need no more pages than that', async () => {
		const list = listOf(upTo(30));
		expect(await newest(list, 6)).toEqual(upTo(30, 25));
		expect(list.asked).toEqual(['page 1', 'page 10', 'page 9']);
	});

	test('are fewer when the time of the poll is over', async () => {
		const list = listOf(upTo(30));
		list.requestsInTime = 3;
		expect(await newest(list, 20)).toEqual(upTo(30, 25));
	});

	test('are none of an empty list', async () => expect(await newest(listOf([]), 5)).toEqual([]));
});
