import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { ErrorText } from '../../nodes/Uphance/http/failureText.ts';
import type { ListClient } from '../../nodes/Uphance/transport/pages.ts';
import { fetchPage, idOf, openList } from '../../nodes/Uphance/transport/pages.ts';
import type { RecordType } from '../../nodes/Uphance/transport/recordType.ts';
import type { ApiRequest } from '../../nodes/Uphance/transport/sendWithRetry.ts';

const orders: RecordType = {
	path: '/sales_orders',
	listKey: 'sales_orders',
	singularKey: 'sales_order',
	singular: 'sales order',
	plural: 'sales orders',
	namesOrganisation: true,
	supportsSinceId: true,
};

/** Gives these answers, one after the other. */
class Client implements ListClient {
	readonly requests: ApiRequest[] = [];

	constructor(private readonly answers: unknown[]) {}

	get queries(): Array<IDataObject | undefined> {
		return this.requests.map(({ query }) => query);
	}

	async request(request: ApiRequest): Promise<unknown> {
		if (this.requests.push(request) > this.answers.length) throw new Error('Asked too often');
		return this.answers[this.requests.length - 1];
	}

	toError({ message }: ErrorText): Error {
		return new Error(message);
	}
}

const answer = (ids: unknown[], meta?: IDataObject) => ({ sales_orders: ids.map((id) => ({ id })), meta });
const empty = (meta?: IDataObject) => answer([], meta);

interface Asked {
	number?: number;
	query?: IDataObject;
	isExpected?: boolean;
}

/** Fetches a page from these answers; tells what came, or the message of the error, and what was asked for. */
async function fetched(answers: unknown[], { number = 1, query = {}, isExpected }: Asked = {}) {
	const client = new Client(answers);
	try {
		const page = await fetchPage(client, orders, query, number, isExpected);
		return { ...page, ids: page.records.map(({ id }) => id), queries: client.queries };
	} catch (error) {
		return { message: error instanceof Error ? error.message : error, queries: client.queries };
	}
}

describe('A request for a page', () => {
	test('says what is asked for, and how its records are found in the answer', async () => {
		const client = new Client([answer([1])]);
		await fetchPage(client, orders, { by_order_number: '7' }, 1);
		expect(client.requests).toMatchObject([
			{
				action: 'list sales orders',
				method: 'GET',
				path: '/sales_orders',
				query: { by_order_number: '7' },
				namesOrganisation: true,
			},
		]);
		expect(client.requests[0]?.records?.(answer([1, 2]))).toEqual([{ id: 1 }, { id: 2 }]);
		expect(client.requests[0]?.records?.({ sales_orders: 'none' })).toBeUndefined();
	});

	test('names the page only from the second on', async () => {
		expect(await fetched([answer([1])], { query: { page: 'x' } })).toMatchObject({ queries: [{ page: 'x' }] });
		expect(await fetched([answer([1])], { query: { ref: 'x' }, number: 2 })).toMatchObject({
			queries: [{ ref: 'x', page: 2 }],
		});
	});
});

describe('A page', () => {
	test.each([
		['numbers', { current_page: 1, next_page: 2, total_pages: 3, total_count: 250 }],
		['texts', { current_page: '1', next_page: '2', total_pages: ' 3 ', total_count: '250' }],
	])('tells what its meta says in %s', async (_, meta) => {
		expect(await fetched([answer([1, 2], meta)])).toEqual({
			number: 1,
			records: [{ id: 1 }, { id: 2 }],
			nextPage: 2,
			totalPages: 3,
			totalCount: 250,
			ids: [1, 2],
			queries: [{}],
		});
	});

	test.each([undefined, null, [], 'meta', {}])('without meta (%j) is the whole list', async (meta) => {
		expect(await fetched([{ sales_orders: [{ id: 1 }], meta }])).toEqual({
			number: 1,
			records: [{ id: 1 }],
			nextPage: undefined,
			totalPages: undefined,
			totalCount: undefined,
			ids: [1],
			queries: [{}],
		});
	});

	test.each([
		['the last of all', { total_pages: 1 }, 1, undefined],
		['one before the last', { total_pages: 2 }, 1, 2],
		['one before the last', { total_pages: 3 }, 2, 3],
		['the last of all', { total_pages: 3 }, 3, undefined],
		['one past the end', { total_pages: 3 }, 4, undefined],
		['the last of all', { total_count: 1 }, 1, undefined],
		['one before another', { total_count: 9 }, 1, 2],
		['one before another', { total_count: 9 }, 2, 3],
		['the last of all', { total_count: 2 }, 2, undefined],
		['the last of all', { next_page: null, total_pages: 3 }, 3, undefined],
		['the last of all, with fewer records than the others', { total_pages: 3, total_count: 9 }, 3, undefined],
		['one before another, by its total_pages', { next_page: null, total_pages: 3 }, 1, 2],
		['one before another, by its total_count', { next_page: null, total_pages: 1, total_count: 9 }, 1, 2],
		['one before another, by its total_count', { next_page: null, total_pages: 1, total_count: 9 }, 2, 3],
		['one before another, as it says itself', { next_page: 4, total_pages: 3 }, 1, 4],
	])('is %s with %j when it was page %i', async (_, meta, number, nextPage) => {
		expect(await fetched([answer([1], meta)], { number })).toMatchObject({ ids: [1], nextPage });
	});

	test.each(['', ' ', 'many', -1, 1.5, 2 ** 53, true, null, [2]])('does not take %j for a number', async (value) => {
		const meta = { total_pages: value, total_count: value, current_page: value };
		expect(await fetched([answer([1], meta)])).toMatchObject({ totalPages: undefined, totalCount: undefined });
	});

	test('has no number of pages where that is 0, but 0 records count', async () => {
		const meta = { total_pages: 0, total_count: 0, current_page: 0 };
		expect(await fetched([empty(meta)])).toMatchObject({ totalPages: undefined, totalCount: 0, queries: [{}] });
	});

	test.each([
		[undefined],
		[''],
		[{ sales_order: { id: 1 } }],
		[{ sales_orders: { id: 1 } }],
		[{ sales_orders: [{ id: 1 }, 2] }],
		[{ sales_orders: [null] }],
	])('is none if the answer is %j', async (body) => {
		expect(await fetched([body])).toEqual({
			message: 'Uphance gave an unexpected answer when asked to list sales orders',
			queries: [{}],
		});
	});

	test.each([
		['soon', 'soon'],
		['2nd', '2nd'],
		['', ''],
		[2.5, '2.5'],
		[-1, '-1'],
		[0, '0'],
		[true, 'true'],
		[{}, '{}'],
		[[], '[]'],
		['x'.repeat(60), 'x'.repeat(60)],
		['x'.repeat(61), `${'x'.repeat(59)}…`],
	])('is refused if it names %j as the next', async (value, named) => {
		const { message } = await fetched([answer([1], { next_page: value, total_pages: 3 })]);
		expect(message).toBe(`Uphance named '${named}' as the page after page 1 when asked to list sales orders`);
	});

	test.each([1, 2])('is refused as page 2 if it names page %i as the next', async (next_page) => {
		const { message } = await fetched([answer([1], { next_page, total_pages: 3 })], { number: 2 });
		expect(message).toBe(`Uphance named page ${next_page} as the one after page 2 when asked to list sales orders`);
	});

	test.each([
		[{ current_page: 1, total_pages: 3 }],
		[{ current_page: 3, total_pages: 3 }],
		[{ current_page: 1, total_pages: 2 }],
		[{ current_page: 1 }],
	])('is refused as page 2 if it says %j', async (meta) => {
		const { message } = await fetched([answer([1], meta)], { number: 2 });
		expect(message).toBe(`Uphance sent page ${meta.current_page} instead of page 2 when asked to list sales orders`);
	});

	test('past the end may be shown as the last one', async () => {
		const meta = { current_page: 1, total_pages: 1, next_page: null };
		expect(await fetched([answer([1], meta)], { number: 2 })).toMatchObject({ number: 2, ids: [1] });
	});
});

describe('An empty page', () => {
	const failure = 'Uphance sent an empty page although there are more when asked to list sales orders';
	const end = { total_pages: 1, total_count: 100 };

	test.each([[undefined], [{}], [{ total_count: 0 }], [{ total_pages: 1, next_page: null }]])(
		'is taken as it is if it is the first and says %j',
		async (meta) => {
			expect(await fetched([empty(meta)])).toMatchObject({ ids: [], queries: [{}] });
		},
	);

	test('is taken as it is if nothing says that there is more', async () => {
		const asked = { number: 2, isExpected: false };
		expect(await fetched([empty(end)], asked)).toMatchObject({ ids: [], queries: [{ page: 2 }] });
		expect(await fetched([empty()], asked)).toMatchObject({ ids: [], queries: [{ page: 2 }] });
	});

	test.each<[Asked, IDataObject | undefined]>([
		[{ number: 2 }, undefined],
		[{ number: 2 }, end],
		[{ isExpected: true }, undefined],
		[{}, { next_page: 2 }],
		[{}, { total_count: 1 }],
		[{ number: 2, isExpected: false }, { total_pages: 2 }],
		[
			{ number: 2, isExpected: false },
			{ total_pages: 3, next_page: null },
		],
	])('is asked for once more, and then has records (%j, %j)', async (asked, meta) => {
		const page = await fetched([empty(meta), answer([1], { total_pages: 3 })], asked);
		expect(page).toMatchObject({ ids: [1], totalPages: 3 });
		expect(page.queries).toHaveLength(2);
		expect(page.queries[1]).toEqual(page.queries[0]);
	});

	test.each([[{ total_pages: 1 }], [{ total_count: 100 }], [end]])(
		'is the end if it says so twice, the second time with %j',
		async (meta) => {
			expect(await fetched([empty(), empty(meta)], { number: 2 })).toMatchObject({ ids: [] });
		},
	);

	test.each([[undefined], [{ next_page: null }], [{ total_pages: 2 }], [{ total_count: 9, next_page: 3 }]])(
		'is refused if it stays empty and says %j',
		async (meta) => {
			expect(await fetched([empty(), empty(meta)], { number: 2 })).toMatchObject({ message: failure });
		},
	);

	describe('after an ID', () => {
		const asked = { query: { since_id: 7, ref: 'x' }, isExpected: true };
		const done = { total_pages: 1, total_count: 0 };
		const queries = [asked.query, asked.query, { since_id: 6, ref: 'x' }];

		test('is the end if the list still has the record of that ID', async () => {
			const answers = [empty(done), empty(done), answer(['7', 8])];
			expect(await fetched(answers, asked)).toMatchObject({ ids: [], totalCount: 0, queries });
		});

		test.each([[[]], [[8]], [[null]]])('is refused if the list then has the IDs %j', async (ids) => {
			const answers = [empty(done), empty(done), answer(ids)];
			expect(await fetched(answers, asked)).toEqual({ message: failure, queries });
		});

		test('is the end without another question if the user typed that ID', async () => {
			const query = { since_id: '7' };
			expect(await fetched([empty(done), empty(done)], { query, isExpected: true })).toMatchObject({
				ids: [],
				queries: [query, query],
			});
		});
	});
});

describe('A list', () => {
	test('reads its pages by number, with its filters', async () => {
		const client = new Client([answer([1]), answer([2])]);
		const list = openList(client, orders, { ref: 'x' });
		expect(list.plural).toBe('sales orders');
		expect(await list.page(1)).toMatchObject({ number: 1, records: [{ id: 1 }] });
		expect(await list.page(2)).toMatchObject({ number: 2, records: [{ id: 2 }] });
		expect(client.queries).toEqual([{ ref: 'x' }, { ref: 'x', page: 2 }]);
	});

	test('makes errors as the client does', () => {
		expect(openList(new Client([]), orders, {}).toError({ message: 'No', description: '' })).toEqual(new Error('No'));
	});

	test('cannot be asked for what comes after an ID where no source says so', () => {
		expect(openList(new Client([]), { ...orders, supportsSinceId: undefined }, {}).after).toBeUndefined();
	});

	test('returns the page after an ID, and asks once for it', async () => {
		const meta = { total_pages: 2, next_page: 2, total_count: 3 };
		const client = new Client([answer([8, '9'], meta), answer([10])]);
		const list = openList(client, orders, { ref: 'x' });
		const page = { after: 7, number: 1, records: [{ id: 8 }, { id: '9' }], nextPage: 2, totalPages: 2, totalCount: 3 };
		expect(await list.after?.(7)).toEqual(page);
		expect(await list.after?.(7)).toEqual(page);
		expect(await list.after?.(9)).toMatchObject({ after: 9, records: [{ id: 10 }] });
		expect(client.queries).toEqual([
			{ ref: 'x', since_id: 7 },
			{ ref: 'x', since_id: 9 },
		]);
	});

	test('asks again for a page after an ID that has no records, because there must be more', async () => {
		const client = new Client([empty(), answer([8])]);
		expect(await openList(client, orders, {}).after?.(7)).toMatchObject({ records: [{ id: 8 }] });
	});

	test.each([[[8, 6]], [[7, 8]], [[8, null]]])(
		'is not asked again once it did not respect an ID (%j after 7)',
		async (ids) => {
			const list = openList(new Client([answer(ids)]), orders, {});
			expect(await list.after?.(7)).toBeUndefined();
			expect(list.after).toBeUndefined();
		},
	);
});

test.each([
	[7, 7],
	['7', 7],
	[' 7 ', 7],
	[0, 0],
	['', undefined],
	[' ', undefined],
	['x7', undefined],
	[7.5, undefined],
	[-7, undefined],
	[2 ** 53, undefined],
	[null, undefined],
	[undefined, undefined],
])('The ID %j is %j', (id, number) => {
	expect(idOf({ id })).toBe(number);
});
