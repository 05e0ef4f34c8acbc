import { describe, expect, test } from '@jest/globals';
import type { ErrorText } from '../../nodes/Uphance/http/failureText.ts';
import { SeenRecords } from '../../nodes/Uphance/transport/listOrder.ts';
import type { Page, PagedList } from '../../nodes/Uphance/transport/pages.ts';
import { readBackward, readForward } from '../../nodes/Uphance/transport/readPages.ts';

/** A list of these IDs, in this order. What happens before a request is told by its number, from 1. */
class List implements PagedList {
	readonly plural = 'orders';
	readonly asked: string[] = [];
	after?: (id: number) => Promise<Page>;
	/** Uphance's totals by request, where they are not right. */
	totals: Array<number | undefined> = [];

	constructor(
		public ids: Array<number | null>,
		private readonly changes: Record<number, (ids: Array<number | null>) => Array<number | null>> = {},
		knowsSinceId = false,
	) {
		if (knowsSinceId)
			this.after = async (id) => ({ ...this.read(`after ${id}`, 1, (each) => Number(each) > id), after: id });
	}

	async page(number: number): Promise<Page> {
		if (number < 1) throw new Error(`There is no page ${number}`);
		return this.read(`page ${number}`, number, () => true);
	}

	toError({ message }: ErrorText): Error {
		return new Error(message);
	}

	private read(asked: string, number: number, isMeant: (id: number | null) => boolean): Page {
		if (this.asked.push(asked) > 50) throw new Error('It is read without end');
		this.ids = this.changes[this.asked.length]?.(this.ids) ?? this.ids;
		const ids = this.ids.filter(isMeant);
		const totalPages = Math.max(1, Math.ceil(ids.length / 2));
		return {
			number,
			records: ids.slice(number * 2 - 2, number * 2).map((id) => ({ id })),
			nextPage: number < totalPages ? number + 1 : undefined,
			totalPages,
			totalCount: this.asked.length - 1 in this.totals ? this.totals[this.asked.length - 1] : ids.length,
		};
	}
}

const without =
	(...gone: number[]) =>
	(ids: Array<number | null>) =>
		ids.filter((id) => id === null || !gone.includes(id));
const inFront =
	(...ids: number[]) =>
	(others: Array<number | null>) => [...ids, ...others];
const behind =
	(...ids: number[]) =>
	(others: Array<number | null>) => [...others, ...ids];

async function forward(list: List): Promise<unknown[][]> {
	const pages: unknown[][] = [];
	for await (const records of readForward(list, await list.page(1), new SeenRecords()))
		pages.push(records.map(({ id }) => id));
	return pages;
}

async function backward(list: List, last: number): Promise<unknown[][]> {
	const pages: unknown[][] = [];
	const first = await list.page(1);
	for await (const records of readBackward(list, await list.page(last), first, new SeenRecords()))
		pages.push(records.map(({ id }) => id));
	return pages;
}

describe('Read forward by number', () => {
	test('the page before is read again when one was deleted', async () => {
		const list = new List([1, 2, 3, 4, 5, 6], { 3: without(1) });
		expect(await forward(list)).toEqual([
			[1, 2],
			[3, 4],
			[5, 6],
		]);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 3', 'page 2']);
	});

	test('all pages back to a known record are read again when many were deleted', async () => {
		const list = new List([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { 4: without(1, 2, 3) });
		expect(await forward(list)).toEqual([
			[1, 2],
			[3, 4],
			[5, 6],
			[7, 8, 9, 10],
		]);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 3', 'page 4', 'page 3', 'page 2']);
	});

	test('the pages back to the first are read again when all that was known was deleted', async () => {
		const list = new List([1, 2, 3, 4, 5], { 2: without(1, 2) });
		expect(await forward(list)).toEqual([
			[1, 2],
			[3, 4, 5],
		]);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 1']);
	});

	test('the page and the one before are read again when one was created meanwhile', async () => {
		const list = new List([7, 6, 5, 4, 3, 2, 1], { 2: without(6), 3: inFront(8) });
		expect(await forward(list)).toEqual([[7, 6], [5, 4], [3, 2], [1]]);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 1', 'page 2', 'page 1', 'page 3', 'page 4']);
	});

	test('three times more at most, as a total that is not right never stays the same', async () => {
		const list = new List([1, 2, 3, 4, 5]);
		list.totals = [6, 5, 6, 5, 6, 5, 6, 5, 6, 5];
		expect(await forward(list)).toEqual([[1, 2], [3, 4], [5]]);
		expect(list.asked).toEqual([...Array(4).fill(['page 1', 'page 2']).flat(), 'page 1', 'page 3']);
	});

	test('what was read comes in order, although a record of the page was deleted before the one before it', async () => {
		const list = new List([1, 2, 3, 4, 5, 6, 7, 8], { 3: without(1), 4: without(2, 6) });
		expect((await forward(list)).flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	});

	test('one page is read again when no record has an ID', async () => {
		const list = new List([null, null, null, null, null, null], { 3: (ids) => ids.slice(1) });
		expect((await forward(list)).flat()).toHaveLength(5);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 3', 'page 2']);
	});

	test('no page is read again when some were created, or a total is missing', async () => {
		const created = new List([1, 2, 3, 4], { 2: behind(5) });
		expect(await forward(created)).toEqual([[1, 2], [3, 4], [5]]);
		expect(created.asked).toEqual(['page 1', 'page 2', 'page 3']);
		for (const totals of [
			[undefined, 4],
			[5, undefined],
		]) {
			const silent = new List([1, 2, 3, 4]);
			silent.totals = totals;
			expect(await forward(silent)).toEqual([
				[1, 2],
				[3, 4],
			]);
			expect(silent.asked).toEqual(['page 1', 'page 2']);
		}
	});

	test('the page that Uphance names is the next', async () => {
		const list = new List([1, 2, 3, 4, 5, 6]);
		const first = { ...(await list.page(1)), nextPage: 3 };
		const came: unknown[] = [];
		for await (const records of readForward(list, first, new SeenRecords())) came.push(...records);
		expect(came).toEqual([1, 2, 5, 6].map((id) => ({ id })));
	});
});

describe('Read forward by ID', () => {
	test('the list ends where all that followed was deleted', async () => {
		const list = new List([1, 2, 3, 4], { 2: without(3, 4) }, true);
		expect(await forward(list)).toEqual([[1, 2], []]);
		expect(list.asked).toEqual(['page 1', 'after 2']);
	});

	test('a list goes on by number where its IDs do not ascend', async () => {
		const list = new List([1, 2, 3, 4, 6, 5, 7, 8], {}, true);
		expect(await forward(list)).toEqual([
			[1, 2],
			[3, 4],
			[6, 5],
			[7, 8],
		]);
		expect(list.asked).toEqual(['page 1', 'after 2', 'after 4', 'page 3', 'page 4']);
	});

	test('a list that goes on by number is compared with how long it was at first', async () => {
		const list = new List([1, 2, 3, 4, 6, 5, 7, 8], { 4: without(1) }, true);
		expect(await forward(list)).toEqual([[1, 2], [3, 4], [6, 5, 7], [8]]);
		expect(list.asked).toEqual(['page 1', 'after 2', 'after 4', 'page 3', 'page 2', 'page 4']);
	});
});

describe('Read backward by number', () => {
	test('each page is read once when nothing changes', async () => {
		const list = new List([1, 2, 3, 4, 5]);
		expect(await backward(list, 3)).toEqual([[5], [4, 3], [2, 1]]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2']);
	});

	test('the first page may be the only one', async () => {
		const list = new List([1, 2]);
		expect(await backward(list, 1)).toEqual([[2, 1]]);
	});

	test('the page behind is read again when one was created, and the first one too', async () => {
		const list = new List([6, 5, 4, 3, 2, 1], { 3: inFront(7) });
		expect(await backward(list, 3)).toEqual([
			[1, 2],
			[3, 4, 5],
			[6, 7],
		]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2', 'page 3', 'page 1']);
	});

	test('the pages behind are read again up to the end when no known record is left', async () => {
		const list = new List([7, 6, 5, 4, 3, 2, 1], { 3: (ids) => inFront(10, 9, 8)(without(1)(ids)) });
		expect(await backward(list, 4)).toEqual([[1], [2, 3, 4, 5, 6], [7, 8], [9, 10]]);
		expect(list.asked).toEqual(['page 1', 'page 4', 'page 3', 'page 4', 'page 5', 'page 2', 'page 1']);
	});

	test('the first page is read again when one was deleted', async () => {
		const list = new List([1, 2, 3, 4, 5], { 3: without(1) });
		expect(await backward(list, 3)).toEqual([[5], [4], [3, 2]]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2', 'page 1']);
	});

	test('the first page is read again when one was deleted before the last was read', async () => {
		const list = new List([1, 2, 3, 4, 5, 6], { 2: without(1) });
		expect(await backward(list, 3)).toEqual([[6], [5, 4], [3, 2]]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2', 'page 1']);
	});

	test('the page and the one behind are read again when one was deleted meanwhile', async () => {
		const list = new List([6, 5, 4, 3, 2, 1], { 3: inFront(7), 4: without(4) });
		expect((await backward(list, 3)).flat()).toEqual([1, 2, 3, 5, 6, 7]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2', 'page 3', 'page 2', 'page 3', 'page 1']);
	});

	test('nothing comes twice that moved on while as many were deleted', async () => {
		const list = new List([6, 5, 4, 3, 2, 1], { 3: (ids) => inFront(7)(without(1)(ids)) });
		expect((await backward(list, 3)).flat()).toEqual([1, 2, 4, 5, 6]);
	});
});

describe('Read backward, the last page to be read by ID', () => {
	const start = ['page 1', 'page 4', 'page 3', 'after 2'];

	test.each<[string, (ids: Array<number | null>) => Array<number | null>, number[], string[]]>([
		['while nothing changes', (ids) => ids, [4, 3], start],
		['when one was deleted', without(3), [4], start],
		['when the whole page was deleted', without(3, 4), [], start],
		['when all that followed was deleted', without(3, 4, 5, 6, 7), [], start],
		['when all that was read before was deleted', without(5, 6, 7), [4, 3], start],
		['when one was created', behind(8), [4, 3], [...start, 'after 4']],
		['when one was deleted and another created', (ids) => behind(8)(without(7)(ids)), [4, 3], start],
		[
			'when the IDs no longer ascend',
			(ids) => [...ids.slice(0, 2), 4, 3, ...ids.slice(4)],
			[3, 4],
			[...start, 'page 2', 'page 1'],
		],
	])('what is left comes %s', async (_, change, left, asked) => {
		const list = new List([1, 2, 3, 4, 5, 6, 7], { 4: change }, true);
		expect((await backward(list, 4)).slice(0, 3)).toEqual([[7], [6, 5], left]);
		expect(list.asked).toEqual(asked);
	});

	test('more than a page is left where others were deleted while pages were read by number', async () => {
		const list = new List([1, 2, 3, 4, 5, 6, 7, 8, 9], { 3: without(1, 2, 3) }, true);
		expect((await backward(list, 5)).flat()).toEqual([9, 8, 7, 6, 5, 4, 2, 1]);
	});
});
