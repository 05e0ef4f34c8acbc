import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { ErrorText } from '../../nodes/Uphance/http/failureText.ts';
import { RESTART, paginateCreatedBetween } from '../../nodes/Uphance/transport/createdRange.ts';
import type { Page, PagedList } from '../../nodes/Uphance/transport/pages.ts';
import type { Change, SinceId } from './changingList.mts';
import { ChangingList } from './changingList.mts';

/** Pages of records that were created at these minutes, or do not say when. Their IDs count from 1, up or down. */
class List implements PagedList {
	readonly plural = 'orders';
	readonly asked: number[] = [];
	readonly records: IDataObject[][];

	constructor(
		pages: Array<Array<number | null>>,
		isDescending = false,
		private readonly hasTotals = true,
	) {
		const count = pages.flat().length;
		let index = 0;
		this.records = pages.map((minutes) =>
			minutes.map((minute) => {
				index += 1;
				const created_at = minute === null ? null : new Date(minute * 60_000).toISOString();
				return { id: isDescending ? count + 1 - index : index, minute, created_at };
			}),
		);
	}

	async page(number: number): Promise<Page> {
		const records = this.records[number - 1];
		if (!records) throw new Error(`There is no page ${number}`);
		if (this.asked.push(number) > 50) throw new Error('It is read without end');
		const { length } = this.records;
		const nextPage = number < length ? number + 1 : undefined;
		const totals = { totalPages: length, totalCount: this.records.flat().length };
		return { number, records, nextPage, ...(this.hasTotals ? totals : undefined) };
	}

	toError({ message }: ErrorText): Error {
		return new Error(message);
	}
}

/** Returns the minutes that come, all that came before a restart, and how many undated records were told since. */
async function read(list: List, from: number, to: number, newestFirst = false) {
	let minutes: unknown[] = [];
	let undated: IDataObject[] = [];
	let before: unknown[] | undefined;
	const range = { from: from * 60_000, to: to * 60_000 };
	const pages = paginateCreatedBetween(list, range, { newestFirst, keys: ['id'] }, (records) =>
		undated.push(...records),
	);
	for await (const page of pages) {
		if (page === RESTART) [before, minutes, undated] = [minutes, [], []];
		else minutes.push(...page.map(({ minute }) => minute));
	}
	return { minutes, before, undated: undated.map(({ id }) => id), asked: list.asked };
}

const inPages = (minutes: number[], perPage: number) =>
	Array.from({ length: Math.max(1, Math.ceil(minutes.length / perPage)) }, (_, index) =>
		minutes.slice(index * perPage, (index + 1) * perPage),
	);

describe.each([
	['ascends', false],
	['descends', true],
])('A list that %s', (_, isDescending) => {
	test.each([
		['the oldest first', false],
		['the newest first', true],
	])('gives what a plain filter gives, %s, and reads few pages, each once', async (_order, newestFirst) => {
		for (const sameMinute of [1, 3])
			for (const count of [0, 1, 2, 4, 7, 11, 16]) {
				const minutes = Array.from({ length: count }, (_each, index) => Math.floor(index / sameMinute));
				const pages = inPages(isDescending ? [...minutes].reverse() : minutes, 2);
				for (let from = -1; from <= count; from++)
					for (let to = from + 1; to <= count + 1; to++) {
						const list = new List(pages, isDescending);
						const came = await read(list, from, to, newestFirst);
						const meant = minutes.filter((minute) => minute >= from && minute < to);
						const holding = pages.filter((page) => page.some((minute) => minute >= from && minute < to)).length;
						if (newestFirst) meant.reverse();
						const most = holding + Math.ceil(Math.log2(pages.length)) + 3;
						const isRight =
							came.minutes.join() === meant.join() &&
							came.before === undefined &&
							came.undated.length === 0 &&
							new Set(list.asked).size === list.asked.length &&
							list.asked.length <= most;
						expect(isRight ? undefined : { pages, from, to, came, meant, most }).toBeUndefined();
					}
			}
	});
});

describe('What is asked for in ten pages', () => {
	const pages = inPages([...Array(20).keys()], 2);

	test.each<[number, number, boolean, number[]]>([
		[8, 9, false, [1, 10, 6, 4, 5]],
		[8, 9, true, [1, 10, 5, 7, 6, 4]],
		[-9, 2, false, [1, 10, 2]],
		[-9, 2, true, [1, 10, 5, 3, 2]],
		[18, 99, false, [1, 10, 6, 8, 9]],
		[18, 99, true, [1, 10, 9]],
		[50, 99, false, [1, 10]],
		[-9, 0, true, [1, 10]],
		[-9, 0, false, [1, 10]],
	])('from %i on before %i (newest first: %s): pages %j', async (from, to, newestFirst, asked) => {
		expect((await read(new List(pages), from, to, newestFirst)).asked).toEqual(asked);
	});
});

describe('Records that do not say when they were created', () => {
	test('are left out and told', async () => {
		const list = new List([
			[1, null],
			[3, 4],
			[null, 6],
		]);
		expect(await read(list, 1, 7)).toMatchObject({ minutes: [1, 3, 4, 6], undated: [2, 5], before: undefined });
	});

	test('are left out and told, also of one page', async () => {
		expect(await read(new List([[null, 1, 2, null]]), 1, 2)).toMatchObject({ minutes: [1], undated: [1, 4] });
		expect(await read(new List([[null]]), -Infinity, Infinity)).toMatchObject({ minutes: [], undated: [1] });
	});

	test('make all be read if a page has no others', async () => {
		const list = new List([
			[1, 2],
			[null, null],
			[5, 6],
			[7, 8],
		]);
		expect(await read(list, 2, 8)).toMatchObject({ minutes: [2, 5, 6, 7], undated: [3, 4] });
		const first = new List([
			[null, null],
			[3, 4],
			[5, 6],
		]);
		expect(await read(first, 4, 6)).toMatchObject({ minutes: [4, 5], undated: [1, 2], before: [] });
	});
});

describe('A list that is not in the order of creation', () => {
	test.each<[string, Array<Array<number | null>>, [number, number, boolean], unknown[], unknown[]]>([
		[
			'at its ends',
			[
				[7, 8],
				[3, 4],
				[1, 2],
			],
			[3, 8, false],
			[],
			[7, 3, 4],
		],
		[
			'at its ends, newest first',
			[
				[7, 8],
				[3, 4],
				[1, 2],
			],
			[3, 8, true],
			[],
			[4, 3, 7],
		],
		[
			'in the middle',
			[
				[1, 2],
				[9, 9],
				[3, 4],
				[5, 6],
				[7, 8],
			],
			[1, 99, false],
			[1, 2],
			[1, 2, 9, 9, 3, 4, 5, 6, 7, 8],
		],
		[
			'on a page that is searched',
			[
				[1, 2],
				[3, 4],
				[0, 0],
				[5, 6],
				[7, 8],
			],
			[4, 99, false],
			[],
			[4, 5, 6, 7, 8],
		],
		[
			'on a page that is too new',
			[
				[1, 2],
				[3, 4],
				[9, 9],
				[5, 6],
				[7, 8],
			],
			[4, 99, false],
			[],
			[4, 9, 9, 5, 6, 7, 8],
		],
		[
			'by its oldest',
			[
				[1, 2],
				[0, 5],
				[6, 7],
			],
			[1, 99, false],
			[1, 2],
			[1, 2, 5, 6, 7],
		],
		[
			'by its newest',
			[
				[1, 2],
				[3, 9],
				[6, 7],
			],
			[1, 99, false],
			[1, 2],
			[1, 2, 3, 9, 6, 7],
		],
		[
			'read backwards',
			[
				[1, 2],
				[9, 9],
				[5, 6],
				[7, 8],
			],
			[1, 99, true],
			[8, 7, 6, 5],
			[8, 7, 6, 5, 9, 9, 2, 1],
		],
	])('%s comes again, whole', async (_, pages, [from, to, newestFirst], before, minutes) => {
		expect(await read(new List(pages), from, to, newestFirst)).toMatchObject({ before, minutes });
	});

	test('comes again, whole, also if it descends', async () => {
		const list = new List(
			[
				[7, 8],
				[9, 9],
				[3, 4],
				[1, 2],
			],
			true,
		);
		expect(await read(list, 1, 99, true)).toMatchObject({ before: [7, 8], minutes: [7, 8, 9, 9, 3, 4, 1, 2] });
	});

	test('but on one page, comes once', async () => {
		expect(await read(new List([[3, 1, 2]]), 1, 3)).toMatchObject({ before: undefined, minutes: [1, 2] });
	});
});

describe('A list in no order', () => {
	test('of IDs is read whole, and sorted by them', async () => {
		const list = new List([[1, 2], [3, 4], [5]]);
		list.records.reverse();
		list.records[0]?.push({ id: 0, minute: 9, created_at: new Date(9 * 60_000).toISOString() });
		expect(await read(list, 2, 6)).toMatchObject({ before: undefined, minutes: [2, 3, 4, 5] });
	});

	test('that does not say how many pages it has is read whole', async () => {
		const list = new List([[1, 2], [3, 4], [5]], false, false);
		expect(await read(list, 2, 5, true)).toMatchObject({ before: undefined, minutes: [4, 3, 2], asked: [1, 2, 3] });
	});
});

describe('What is asked for while the list changes', () => {
	const deletion = (place: number, count: number) => ({ deleted: [(place + 0.5) / count], created: 0 });

	/** Nine records with the IDs 10, 13 and so on to 34, in five pages; they were created at these minutes. */
	async function readWhile(
		changes: Record<number, Change>,
		[from, to]: [number, number],
		newestFirst: boolean,
		isDescending: boolean,
		sinceId: SinceId,
		count = 9,
	) {
		const each = Array.from({ length: 9 }, (_, index) => changes[index + 2] ?? { deleted: [], created: 0 });
		const list = new ChangingList({ count, perPage: 2, isDescending, changes: each }, sinceId);
		const range = { from: from * 60_000, to: to * 60_000 };
		const ids: unknown[] = [];
		const options = { newestFirst, keys: ['id' as const] };
		for await (const page of paginateCreatedBetween(list, range, options, () => undefined))
			ids.push(...(page === RESTART ? ['restart'] : page.map(({ id }) => id)));
		return { ids, asked: list.asked.map((asked) => asked.replace('page ', '')) };
	}

	const changes: Record<string, Record<number, Change>> = {
		nothing: {},
		deleted: { 4: deletion(0, 9) },
		created: { 4: { deleted: [], created: 1 } },
		manyDeleted: { 4: { deleted: [0, 0, 0], created: 0 } },
		manyCreated: { 4: { deleted: [], created: 3 } },
		allDeleted: { 5: { deleted: [0.99, 0.99, 0.99, 0.99, 0.99], created: 0 } },
	};

	test.each<[string, SinceId, boolean, boolean, unknown[], string]>([
		['nothing', 'unknown', false, false, [19, 22, 25], '1 5 3 2 4'],
		['nothing', 'unknown', false, true, [25, 22, 19], '1 5 3 4 2'],
		['nothing', 'unknown', true, false, [19, 22, 25], '1 5 3 4 2'],
		['nothing', 'unknown', true, true, [25, 22, 19], '1 5 3 2 4'],
		['nothing', 'respected', false, false, [19, 22, 25], '1 5 3 2 after 13 after 19 after 25'],
		['nothing', 'respected', false, true, [25, 22, 19], '1 5 3 4 3 after 13 after 19'],
		['nothing', 'respected', true, false, [19, 22, 25], '1 5 3 4 2'],
		['nothing', 'respected', true, true, [25, 22, 19], '1 5 3 2 3 4'],
		['deleted', 'unknown', false, false, [19, 22, 25], '1 5 3 2 1 3 4'],
		['deleted', 'unknown', false, true, [25, 22, 19], '1 5 3 4 4 3 2 1'],
		['deleted', 'unknown', true, false, [19, 22, 25], '1 5 3 4 4 3 2 1'],
		['deleted', 'unknown', true, true, [25, 22, 19], '1 5 3 2 1 3 4'],
		['deleted', 'respected', true, false, [19, 22, 25], '1 5 3 4 4 3 2 1'],
		['deleted', 'respected', true, true, [25, 22, 19], '1 5 3 2 1 2 3 4'],
		['created', 'unknown', false, false, [19, 22, 25], '1 5 3 2 3 4'],
		['created', 'unknown', false, true, [25, 22, 19], '1 5 3 4 2 3 1'],
		['created', 'unknown', true, false, [19, 22, 25], '1 5 3 4 5 3 2'],
		['created', 'unknown', true, true, [25, 22, 19], '1 5 3 2 2 3 4 5'],
		['created', 'respected', true, false, [19, 22, 25], '1 5 3 4 5 4 3 2'],
		['created', 'respected', true, true, [25, 22, 19], '1 5 3 2 2 3 4 5'],
		['manyDeleted', 'unknown', false, false, ['restart', 19, 22, 25], '1 5 3 2 1 2 1 3'],
		['manyDeleted', 'unknown', false, true, ['restart', 25, 22, 19], '1 5 3 4 4 3 2 1'],
		['manyDeleted', 'unknown', true, false, ['restart', 19, 22, 25], '1 5 3 4 4 3 2 1'],
		['manyDeleted', 'unknown', true, true, [25, 22, 19], '1 5 3 2 1 3'],
		['manyCreated', 'unknown', true, false, ['restart', 19, 22, 25], '1 5 3 4 5 6 4 5 6 3 2 1'],
		['manyCreated', 'unknown', true, true, ['restart', 25, 22, 19], '1 5 3 2 2 2 3 4 5 6'],
		['allDeleted', 'respected', false, false, [19], '1 5 3 2 after 13'],
		['allDeleted', 'respected', false, true, [19], '1 5 3 4 3 after 13'],
	])('%s, since_id %s (descending: %s, newest first: %s): %j by %s', async (...row) => {
		const [change, sinceId, isDescending, newestFirst, ids, asked] = row;
		const came = await readWhile(changes[change] ?? {}, [19, 26], newestFirst, isDescending, sinceId);
		expect([came.ids, came.asked.join(' ')]).toEqual([ids, asked]);
	});

	test.each<[boolean, [number, number], number[], string]>([
		[false, [16, 23], [16, 19], '1 after 13'],
		[true, [10, 14], [13, 10], '1 after 13'],
		[true, [16, 23], [19, 16], '1 after 13'],
		[true, [10, 99], [19, 16, 13, 10], '1 after 13'],
	])('two pages are read once (newest first: %s, %j)', async (newestFirst, range, ids, asked) => {
		const came = await readWhile({}, range, newestFirst, false, 'respected', 4);
		expect([came.ids, came.asked.join(' ')]).toEqual([ids, asked]);
	});
});
