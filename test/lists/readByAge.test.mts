import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { ErrorText } from '../../nodes/Uphance/http/failureText.ts';
import type { Page, PagedList } from '../../nodes/Uphance/transport/pages.ts';
import type { ReadOptions } from '../../nodes/Uphance/transport/pagination.ts';
import {
	paginate,
	paginateBackwards,
	paginateForwards,
	readAll,
	readBothEnds,
	readByAge,
	readEnds,
	wasThere,
} from '../../nodes/Uphance/transport/pagination.ts';
import type { SinceId } from './changingList.mts';
import { ChangingList } from './changingList.mts';

/** Its IDs are 10, 13, 16 and so on. */
const listOf = (count: number, perPage: number, isDescending: boolean, sinceId: SinceId = 'unknown') =>
	new ChangingList({ count, perPage, isDescending, changes: [] }, sinceId);

/** A list of these pages. Its IDs, if they are numbers, may be in any order. */
class OddList implements PagedList {
	readonly plural = 'orders';
	readonly asked: string[] = [];

	constructor(
		private readonly pages: IDataObject[][],
		private readonly meta: { hasTotals?: boolean; hidesPages?: number } = {},
	) {}

	async page(number: number): Promise<Page> {
		this.asked.push(`page ${number}`);
		const { hasTotals = true, hidesPages = 0 } = this.meta;
		const nextPage = number < this.pages.length ? number + 1 : undefined;
		const totals = hasTotals
			? { totalPages: this.pages.length - hidesPages, totalCount: this.pages.flat().length }
			: undefined;
		return { number, records: this.pages[number - 1] ?? [], nextPage, ...totals };
	}

	toError({ message }: ErrorText): Error {
		return new Error(message);
	}
}

const withIds = (...pages: unknown[][]) => pages.map((ids) => ids.map((id) => ({ id }) as IDataObject));

/** Takes so many pages; tells the IDs on each. */
async function take(source: AsyncGenerator<IDataObject[]>, count = Infinity): Promise<unknown[][]> {
	const pages: unknown[][] = [];
	for await (const records of source) {
		pages.push(records.map(({ id }) => id));
		if (pages.length >= count) break;
	}
	return pages;
}

const newest: ReadOptions = { newestFirst: true, keys: ['id'] };
const oldest: ReadOptions = { newestFirst: false, keys: ['id'] };

describe('Read whole, in the order of Uphance', () => {
	test.each([
		['ascending', false],
		['descending', true],
	])('a list that is %s comes page by page', async (_, isDescending) => {
		const list = listOf(5, 2, isDescending);
		const pages = isDescending ? [[22, 19], [16, 13], [10]] : [[10, 13], [16, 19], [22]];
		expect(await take(readAll(list))).toEqual(pages);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 3']);
	});

	test('a list is asked for by the last ID where that can be done', async () => {
		const list = listOf(5, 2, false, 'respected');
		expect(await take(readAll(list))).toEqual([[10, 13], [16, 19], [22]]);
		expect(list.asked).toEqual(['page 1', 'after 13', 'after 19']);
	});

	test('a list that ignores it is asked for by number', async () => {
		const list = listOf(5, 2, false, 'ignored');
		expect(await take(readAll(list))).toEqual([[10, 13], [16, 19], [22]]);
		expect(list.asked).toEqual(['page 1', 'after 13', 'page 2', 'page 3']);
	});

	test('a list that turns round with it is asked for by number', async () => {
		const list = listOf(5, 2, false, 'turnsRound');
		expect(await take(readAll(list))).toEqual([[10, 13], [16, 19], [22]]);
		expect(list.asked).toEqual(['page 1', 'after 13', 'page 2', 'page 3']);
	});

	test('no more pages are read than are taken', async () => {
		const list = listOf(5, 2, false);
		expect(await take(readAll(list), 1)).toEqual([[10, 13]]);
		expect(list.asked).toEqual(['page 1']);
	});
});

describe('Read by age', () => {
	test.each([
		['newest first, ascending', newest, false, [[22], [19, 16], [13, 10]], ['page 1', 'page 3', 'page 2']],
		['newest first, descending', newest, true, [[22, 19], [16, 13], [10]], ['page 1', 'page 3', 'page 2', 'page 3']],
		['oldest first, ascending', oldest, false, [[10, 13], [16, 19], [22]], ['page 1', 'page 2', 'page 3']],
		['oldest first, descending', oldest, true, [[10], [13, 16], [19, 22]], ['page 1', 'page 3', 'page 2']],
	])('%s: comes from the end that is meant', async (_, options, isDescending, pages, asked) => {
		const list = listOf(5, 2, isDescending);
		expect(await take(readByAge(list, options))).toEqual(pages);
		expect(list.asked).toEqual(asked);
	});

	test.each([
		['newest first, ascending', newest, false, ['page 1', 'page 5']],
		['newest first, descending', newest, true, ['page 1', 'page 5']],
		['oldest first, ascending', oldest, false, ['page 1']],
		['oldest first, descending', oldest, true, ['page 1', 'page 5']],
	])('%s: one page of five takes few requests', async (_, options, isDescending, asked) => {
		const list = listOf(10, 2, isDescending, 'respected');
		expect(await take(readByAge(list, options), 1)).toHaveLength(1);
		expect(list.asked).toEqual(asked);
	});

	test.each([
		['ascending', false],
		['descending', true],
	])('one page that is %s comes with one request, in either direction', async (_, isDescending) => {
		const list = listOf(3, 5, isDescending, 'respected');
		expect(await take(readByAge(list, newest))).toEqual([[16, 13, 10]]);
		expect(await take(readByAge(list, oldest))).toEqual([[10, 13, 16]]);
		expect(list.asked).toEqual(['page 1', 'page 1']);
	});

	test('the second of two pages is asked for by ID', async () => {
		const list = listOf(4, 2, false, 'respected');
		expect(await take(readByAge(list, newest))).toEqual([
			[19, 16],
			[13, 10],
		]);
		expect(list.asked).toEqual(['page 1', 'after 13']);
	});

	test('the page before the last to be read is asked for by ID', async () => {
		const list = listOf(5, 2, false, 'respected');
		expect(await take(readByAge(list, newest))).toEqual([[22], [19, 16], [13, 10]]);
		expect(list.asked).toEqual(['page 1', 'page 3', 'after 13']);
	});

	test.each([
		[newest, [[9, 8], [7, 5], [3]]],
		[oldest, [[3, 5], [7, 8], [9]]],
	])('a list in no order is read whole and sorted (%j)', async (options, pages) => {
		const list = new OddList(withIds([9, 5], [3, 8], [7]));
		expect(await take(readByAge(list, options))).toEqual(pages);
		expect(list.asked).toEqual(['page 1', 'page 3', 'page 2', 'page 3']);
	});

	test('a list whose first page is in no order is read once', async () => {
		const list = new OddList(withIds([5, 9, 3], [8, 7]));
		expect(await take(readByAge(list, newest))).toEqual([
			[9, 8, 7],
			[5, 3],
		]);
		expect(list.asked).toEqual(['page 1', 'page 2']);
	});

	test.each([
		[
			newest,
			[
				[4, 3],
				[2, 1],
			],
		],
		[
			oldest,
			[
				[1, 2],
				[3, 4],
			],
		],
	])('a list that does not say how many pages it has is read whole and sorted (%j)', async (options, pages) => {
		const list = new OddList(withIds([1, 2], [3, 4]), { hasTotals: false });
		expect(await take(readByAge(list, options))).toEqual(pages);
	});

	test('a list that goes on after the page that should be the last is read to its end', async () => {
		const list = new OddList(withIds([1, 2], [3, 4], [5, 6], [7]), { hidesPages: 2 });
		expect(await take(readByAge(list, newest))).toEqual([[7], [6, 5], [4, 3], [2, 1]]);
		expect(list.asked).toEqual(['page 1', 'page 2', 'page 3', 'page 4', 'page 3', 'page 2']);
	});

	test('records without a sign of age come in the order of Uphance, and that is told', async () => {
		const list = new OddList(withIds(['b', 'a'], ['c']));
		let told = 0;
		expect(await take(readByAge(list, { ...newest, onUnordered: () => (told += 1) }))).toEqual([['b', 'a'], ['c']]);
		expect(told).toBe(1);
		expect(list.asked).toEqual(['page 1', 'page 2']);
		expect(await take(readByAge(list, newest))).toEqual([['b', 'a'], ['c']]);
	});

	test('of a list without records nothing is told', async () => {
		let told = 0;
		const list = new OddList([[]]);
		expect(await take(readByAge(list, { ...newest, onUnordered: () => (told += 1) }))).toEqual([[]]);
		expect(told).toBe(0);
	});

	test('a record that is created meanwhile does not come between older ones', async () => {
		const changes = [
			{ deleted: [], created: 0 },
			{ deleted: [5.5 / 7, 5.5 / 6], created: 1 },
		];
		const list = new ChangingList({ count: 7, perPage: 2, isDescending: true, changes }, 'unknown');
		expect((await take(readByAge(list, newest))).flat()).toEqual([28, 25, 22, 19, 16, 13, 10]);
		expect(list.ids).toEqual([10, 13, 16, 19, 22, 31]);
	});

	test('a list goes by created_at where its records have no ID', async () => {
		const on = (number: number) => ({ created_at: `2020-01-0${number}T00:00:00Z` });
		const list = new OddList([[on(1), on(2)], [on(3)]]);
		const came: IDataObject[] = [];
		for await (const records of readByAge(list, { newestFirst: true, keys: ['id', 'created_at'] }))
			came.push(...records);
		expect(came).toEqual([on(3), on(2), on(1)]);
	});
});

describe('The ends of a list', () => {
	const endsOf = async (list: PagedList, keys = newest.keys) => {
		const { first, last, order } = await readEnds(list, await list.page(1), keys);
		return { order, first: first.number, last: last?.number, after: last?.after };
	};

	test.each<[string, PagedList, object]>([
		['one page', listOf(2, 2, true), { order: 'descending', first: 1, last: 1 }],
		['no records', listOf(0, 2, true), { order: 'unknown', first: 1 }],
		['three pages', listOf(5, 2, false), { order: 'ascending', first: 1, last: 3 }],
		['two pages by ID', listOf(4, 2, false, 'respected'), { order: 'ascending', first: 1, last: 2, after: 13 }],
		['two pages that ignore it', listOf(4, 2, false, 'ignored'), { order: 'ascending', first: 1, last: 2 }],
		['two pages of one record', listOf(2, 1, false, 'respected'), { order: 'ascending', first: 1, last: 2 }],
		['no order on the first', new OddList(withIds([2, 3, 1], [4])), { order: 'none', first: 1 }],
		['no order between them', new OddList(withIds([2, 3], [1])), { order: 'none', first: 1, last: 2 }],
		['pages without totals', new OddList(withIds([1, 2], [3]), { hasTotals: false }), { order: 'none', first: 1 }],
	])('of %s', async (_, list, ends) => {
		expect(await endsOf(list)).toEqual({ last: undefined, after: undefined, ...ends });
	});

	test('of two pages, of which the second grew to two meanwhile, are the first and the third', async () => {
		const changes = [{ deleted: [], created: 2 }];
		const list = new ChangingList({ count: 4, perPage: 2, isDescending: false, changes }, 'respected');
		expect(await endsOf(list)).toEqual({ order: 'ascending', first: 1, last: 3, after: undefined });
		expect(list.asked).toEqual(['page 1', 'after 13', 'page 2', 'page 3']);
	});

	test.each<[string, PagedList, boolean[]]>([
		['of a list that descends, no newer ones than at its ends', listOf(5, 2, true), [true, true, false, true]],
		['of a list that ascends, all', listOf(5, 2, false), [true, true, true, true]],
		['of one without IDs, all', new OddList(withIds(['x'], ['y'])), [true, true, true, true]],
	])('say which records were there: %s', async (_, list, isMeant) => {
		const ends = await readEnds(list, await list.page(1), newest.keys);
		const records: IDataObject[] = [{ id: 10 }, { id: '22' }, { id: 23 }, { id: null }];
		expect(records.map(wasThere(ends))).toEqual(isMeant);
	});

	test('say it of records without IDs, too, if they are in the order of created_at', () => {
		const first = { number: 1, records: [{ note: 'a' }] };
		expect([{ id: 0 }, { id: 7 }, {}].map(wasThere({ first, last: first, order: 'descending' }))).toEqual([
			true,
			true,
			true,
		]);
		const zero = { number: 1, records: [{ id: 0 }] };
		expect([{ id: 0 }, { id: 7 }, {}].map(wasThere({ first: zero, order: 'descending' }))).toEqual([true, false, true]);
	});
});

describe('Read through a client', () => {
	/** Ten records in pages of two, which know since_id. */
	function clientOf(isDescending: boolean) {
		const ids = Array.from({ length: 10 }, (_, index) => (isDescending ? 10 - index : index + 1));
		const asked: Array<IDataObject | undefined> = [];
		return {
			asked,
			async request({ query }: { query?: IDataObject }) {
				asked.push(query);
				const found = ids.filter((id) => id > Number(query?.since_id ?? 0));
				const page = Number(query?.page ?? 1);
				const orders = found.slice(page * 2 - 2, page * 2).map((id) => ({ id }));
				return { orders, meta: { total_pages: Math.ceil(found.length / 2), total_count: found.length } };
			},
			toError: ({ message }: ErrorText) => new Error(message),
		};
	}
	const orders = { path: '/orders', listKey: 'orders', singularKey: 'order', singular: 'order', plural: 'orders' };
	const up = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
	const down = [...up].reverse();

	test.each([
		['in the order of Uphance', paginate, up, down],
		['the highest IDs first', paginateBackwards, down, down],
		['the lowest IDs first', paginateForwards, up, up],
	])('a list comes whole, %s', async (_, read, ofAscending, ofDescending) => {
		expect((await take(read(clientOf(false), orders, {}))).flat()).toEqual(ofAscending);
		expect((await take(read(clientOf(true), orders, {}))).flat()).toEqual(ofDescending);
		const client = clientOf(false);
		await take(read(client, { ...orders, supportsSinceId: true }, { ref: 'x' }));
		expect(client.asked).toHaveLength(5);
		expect(client.asked.every((query) => query?.ref === 'x')).toBe(true);
	});

	test('the records of the first and the last page', async () => {
		const client = clientOf(false);
		expect(await readBothEnds(client, orders)).toEqual([1, 2, 9, 10].map((id) => ({ id })));
		expect(client.asked).toEqual([{}, { page: 5 }]);
	});

	test.each([[{ total_pages: 1 }], [undefined]])('the records of the only page, with meta %j', async (meta) => {
		let requests = 0;
		const client = {
			async request() {
				requests += 1;
				return { orders: [{ id: 1 }], meta };
			},
			toError: ({ message }: ErrorText) => new Error(message),
		};
		expect(await readBothEnds(client, orders)).toEqual([{ id: 1 }]);
		expect(requests).toBe(1);
	});
});
