import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { UphancePollingTrigger } from '../../nodes/Uphance/UphancePollingTrigger.node.ts';
import { paginateCreatedBetween, RESTART } from '../../nodes/Uphance/transport/createdRange.ts';
import type { PagedList } from '../../nodes/Uphance/transport/pages.ts';
import type { ReadOptions } from '../../nodes/Uphance/transport/pagination.ts';
import { failureOf } from '../n8n.mts';
import { runs } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { factsOf, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

/** Of the sandbox's order at a place, from the third; those before are years older. */
const momentAt = (place: number) => new Date(Date.UTC(2020, 0, 1, 8) + place * 30 * 60_000).toISOString();
const idAt = (place: number) => 9042 + (place - 1) * 3;
const idsBetween = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => idAt(from + index));

const between = (after: string, before: string) => ({ createdAfter: after, createdBefore: before });

async function idsOf(filters: IDataObject, more: INodeParameters = { returnAll: true }, resource = 'order') {
	const { records } = await world.run({
		parameters: listing(resource, { filters: filters as INodeParameters, ...more }),
	});
	return records.map(({ id }) => id);
}

const requests = (resource = 'order') => world.asked(resource === 'order' ? '/sales_orders' : factsOf(resource).path);

/** What comes without a filter, to be filtered here. */
async function everyRecord(resource = 'order'): Promise<IDataObject[]> {
	const { records } = await world.run({ parameters: listing(resource, { returnAll: true, simplify: false }) });
	world.uphance.clearLog();
	return records;
}

describe('In 1,000 pages', () => {
	test.each([
		['on one page', 54_321, 54_330, 14],
		['a whole page', 50_000, 50_100, 12],
		['across the border of pages', 50_099, 50_101, 13],
		['on five pages', 70_050, 70_450, 17],
		['on the first page', 3, 9, 3],
		['on the last', 99_990, 100_000, 11],
		['of one order, the first of its page', 300, 301, 14],
		['of one order, the last of its page', 399, 400, 14],
	])('a range %s (%i to %i) costs %i requests', async (_, from, to, count) => {
		await world.start({ orders: 100_000 });
		expect(await idsOf(between(momentAt(from), momentAt(to)))).toEqual(idsBetween(from, to));
		expect(requests().length).toBe(count);
		expect(new Set(requests()).size).toBe(requests().length);
	});

	test('returns the newest before a moment first, up to the limit, in 14 requests', async () => {
		await world.start({ orders: 100_000 });
		const ids = await idsOf({ createdBefore: momentAt(50_020) }, { limit: 50 });
		expect(ids).toEqual(idsBetween(49_970, 50_020).reverse());
		expect(requests().length).toBe(14);
	});

	test('the newest after a moment are on the last page: three requests', async () => {
		await world.start({ orders: 100_000 });
		const ids = await idsOf({ createdAfter: momentAt(99_990) }, { limit: 50 });
		expect(ids).toEqual(idsBetween(99_990, 100_000).reverse());
		expect(requests()).toEqual(['', ' page=1000', ' page=999'].map((page) => `GET /sales_orders${page}`));
	});

	test('returns nothing for a range in which nothing was created', async () => {
		await world.start({ orders: 100_000 });
		const second = (moment: string) => moment.replace('00.000Z', '01Z');
		const nothing = between(second(momentAt(4242)), momentAt(4243));
		expect(await idsOf(nothing)).toEqual([]);
		expect(await idsOf(nothing, { limit: 50 })).toEqual([]);
		expect(requests().length).toBe(27);
	});

	test.each([
		['after the last', { createdAfter: '2090-01-01T00:00:00Z' }],
		['before the first', { createdBefore: '1990-01-01T00:00:00Z' }],
	])('%s there is nothing: two requests', async (_, filters) => {
		await world.start({ orders: 100_000 });
		expect(await idsOf(filters)).toEqual([]);
		expect(requests()).toHaveLength(2);
	});
});

test('After ID is sent to Uphance and returns the oldest first', async () => {
	await world.start({ orders: 1250 });
	const filters = { since_id: String(idAt(500)), ...between(momentAt(400), momentAt(503)) };
	expect(await idsOf(filters, { limit: 50 })).toEqual(idsBetween(501, 503));
	for (const { query } of world.uphance.log().filter(({ path }) => path === '/sales_orders')) {
		expect(Number(query.since_id)).toBeGreaterThanOrEqual(idAt(500));
	}
});

test('Orders created in one moment are all returned, also across pages', async () => {
	await world.start({ orders: 1250 });
	for (let place = 390; place < 410; place++) {
		world.uphance.changeRecord('/sales_orders', idAt(place), { created_at: momentAt(400) });
	}
	world.uphance.changeRecord('/sales_orders', idAt(410), { created_at: momentAt(401) });
	expect(await idsOf(between(momentAt(400), momentAt(401)))).toEqual(idsBetween(390, 410));
	expect(await idsOf({ createdBefore: momentAt(401) }, { limit: 20 })).toEqual(idsBetween(390, 410).reverse());
});

test('Records that do not say when they were created are left out', async () => {
	await world.start();
	const moments = [momentAt(1), null, undefined, '', 'soon', 5, momentAt(2)];
	const body = { sales_orders: moments.map((created_at, id) => ({ id, created_at })), meta: { total_pages: 1 } };
	world.uphance.fault({ path: '/sales_orders', kind: 'json', body, times: 100 });
	expect(await idsOf({ createdAfter: '1960-01-01' })).toEqual([0, 6]);
	expect(await idsOf({ createdBefore: '2090-01-01' }, { limit: 9 })).toEqual([6, 0]);
});

test('A page on which no record says when makes the node read everything', async () => {
	await world.start();
	for (const page of [1, 2, 3]) {
		const created_at = page === 2 ? null : momentAt(page);
		const meta = { next_page: page < 3 ? page + 1 : null, total_pages: 3 };
		const body = { sales_orders: [{ id: page, created_at }], meta };
		world.uphance.fault({ path: '/sales_orders', page, kind: 'json', body, times: 100 });
	}
	expect(await idsOf({ createdAfter: momentAt(1) })).toEqual([1, 3]);
	expect(await idsOf({ createdAfter: momentAt(1) }, { limit: 5 })).toEqual([3, 1]);
});

describe.each(['descending', 'shuffled'] as const)('Where moments are %s', (createdAt) => {
	test.each([
		['both', between(momentAt(40_000), momentAt(99_600))],
		['after', { createdAfter: momentAt(99_500) }],
		['before', { createdBefore: momentAt(99_000) }],
	])('everything is read and filtered (%s)', async (_, filters: IDataObject) => {
		await world.start({ orders: 1250, switches: { createdAt } });
		const isMeant = ({ created_at: created }: IDataObject) =>
			(filters.createdAfter === undefined || String(created) >= String(filters.createdAfter)) &&
			(filters.createdBefore === undefined || String(created) < String(filters.createdBefore));
		const wanted = (await everyRecord()).filter(isMeant).map(({ id }) => id);
		expect(wanted.length).toBeGreaterThan(0);
		expect(await idsOf(filters)).toEqual(wanted);
		expect(await idsOf(filters, { limit: 30 })).toEqual(wanted.slice(-30).reverse());
	});
});

describe('Without a number of pages', () => {
	const day = (number: number) => `2020-01-0${number}T00:00:00Z`;
	const answer = (page: number, next: number | null) =>
		world.uphance.fault({
			path: '/sales_orders',
			page,
			kind: 'json',
			body: { sales_orders: [{ id: page, created_at: day(page) }], ...(next && { meta: { next_page: next } }) },
			times: 100,
		});

	test.each([
		[true, [2, 3]],
		[false, [3, 2]],
	])('everything is read (Return All: %j)', async (returnAll, ids) => {
		await world.start();
		answer(1, 2);
		answer(2, 3);
		answer(3, 4);
		answer(4, null);
		expect(await idsOf(between(day(2), day(4)), { returnAll })).toEqual(ids);
		expect(requests()).toHaveLength(4);
	});

	test('and without a next page it is the only one', async () => {
		await world.start();
		answer(1, null);
		expect(await idsOf({ createdAfter: day(1) })).toEqual([1]);
		expect(await idsOf({ createdAfter: day(2) })).toEqual([]);
		expect(requests()).toHaveLength(2);
	});
});

test.each(['invoice', 'creditNote', 'productionOrder', 'return'])('%s has both filters', async (resource) => {
	await world.start();
	const all = await everyRecord(resource);
	// Those of returns and credit notes go up and down within some days.
	const moments = all.map(({ created_at }) => String(created_at)).sort();
	const [after = '', before = ''] = [moments[99], moments[201]];
	const isMeant = ({ created_at: created }: IDataObject) => String(created) >= after && String(created) < before;
	const wanted = all.filter(isMeant).map(({ id }) => id);
	expect(wanted.length).toBeGreaterThan(80);
	const filters = between(after, before);
	expect(await idsOf(filters, { returnAll: true }, resource)).toEqual(wanted);
	expect(await idsOf(filters, { limit: 7 }, resource)).toEqual(wanted.slice(-7).reverse());
	for (const asked of requests(resource)) expect(asked).not.toContain('created');
});

test.each(['payment', 'pickTicket', 'receivingTicket'])(
	'%s: from Created Since on before a moment',
	async (resource) => {
		await world.start();
		const all = await everyRecord(resource);
		const since = String(all[30]?.created_at);
		const before = String(all[150]?.created_at);
		const wanted = all.slice(30, 150).map(({ id }) => id);
		expect(await idsOf({ since_created_at: since, createdBefore: before }, { returnAll: true }, resource)).toEqual(
			wanted,
		);
		expect(await idsOf({ createdBefore: before }, { limit: 3 }, resource)).toEqual(wanted.slice(-3).reverse());
		for (const asked of requests(resource)) expect(asked).not.toContain('createdBefore');
		const upsideDown = idsOf({ since_created_at: before, createdBefore: since }, {}, resource);
		expect((await failureOf(upsideDown)).message).toBe("'Created Since' is not before 'Created Before'");
	},
);

describe('Before anything is sent', () => {
	test.each([
		['upside down', between('2020-02-02', '2020-02-01')],
		['empty', between('2020-02-02', '2020-02-02')],
		['the same moment in two zones', between('2020-02-02T00:00:00Z', '2020-02-02T09:00:00+09:00')],
	])('a range that is %s is refused', async (_, filters) => {
		await world.start();
		const { message, description } = await failureOf(idsOf(filters));
		expect(message).toBe("'Created After' is not before 'Created Before'");
		expect(description).not.toBe('');
		expect(requests()).toEqual([]);
	});

	test.each(['31/12/2026', 'yesterday', '2026-13-01'])('%j is refused', async (typed) => {
		await world.start();
		expect((await failureOf(idsOf({ createdAfter: typed }))).message).toBe(`'Created After' is not a date: '${typed}'`);
		expect((await failureOf(idsOf({ createdBefore: typed }))).message).toBe(
			`'Created Before' is not a date: '${typed}'`,
		);
		expect(requests()).toEqual([]);
	});
});

test.each(['', '  '])('Left blank (%j) the filters change nothing', async (blank) => {
	await world.start({ orders: 1250 });
	expect(await idsOf(between(blank, blank), { limit: 2 })).toEqual([idAt(1249), idAt(1248)]);
	expect(requests()).toEqual(['GET /sales_orders', 'GET /sales_orders page=13']);
});

test('A time without a zone is in that of the workflow', async () => {
	await world.start({ orders: 450 });
	const filters = between('2020-01-03T00:00:00', '2020-01-04');
	const { records } = await world.run({
		parameters: { returnAll: true, simplify: false, filters },
		timezone: 'America/New_York',
	});
	expect(records).toHaveLength(48);
	expect(records[0]?.created_at).toMatch(/^2020-01-03T05:00:00/);
	expect(records[47]?.created_at).toMatch(/^2020-01-04T04:30:00/);
});

test('The polling trigger does not offer them: it knows by itself what is new', () => {
	const description = JSON.stringify(new UphancePollingTrigger().description);
	expect(description).not.toMatch(/createdAfter|createdBefore/);
});

interface Listed {
	moments: number[];
	perPage: number;
	after: number;
	before: number;
	fromNewest: boolean;
}

const listed = (moments: fc.Arbitrary<number[]>) =>
	fc.record<Listed>({
		moments,
		perPage: fc.integer({ min: 1, max: 5 }),
		after: fc.oneof(fc.constant(-Infinity), fc.integer({ min: -1, max: 41 })),
		before: fc.oneof(fc.constant(Infinity), fc.integer({ min: -1, max: 41 })),
		fromNewest: fc.boolean(),
	});

/** What comes, what a plain filter would bring, and how many pages that is spread over and were read. */
async function compare({ moments, perPage, after, before, fromNewest }: Listed) {
	const records = moments.map((moment, id) => ({ id, created_at: new Date(moment).toISOString() }));
	const total = Math.max(1, Math.ceil(records.length / perPage));
	const read: number[] = [];
	const list: PagedList = {
		plural: 'orders',
		async page(number) {
			read.push(number);
			const nextPage = number < total ? number + 1 : undefined;
			const page = records.slice((number - 1) * perPage, number * perPage);
			return { number, records: page, nextPage, totalPages: total, totalCount: records.length };
		},
		toError: ({ message }) => new Error(message),
	};
	const options: ReadOptions = { newestFirst: fromNewest, keys: ['id'] };
	const source = paginateCreatedBetween(list, { from: after, to: before }, options, () => undefined);
	const came: unknown[] = [];
	for await (const page of source) {
		if (page === RESTART) came.length = 0;
		else came.push(...page.map(({ id }) => id));
	}
	const meant = [...moments.keys()].filter((id) => (moments[id] ?? 0) >= after && (moments[id] ?? 0) < before);
	const pages = new Set(meant.map((id) => Math.floor(id / perPage))).size;
	return { came, meant: fromNewest ? meant.reverse() : meant, pages, total, read };
}

const some = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 120 });
const up = some.map((moments) => moments.sort((one, other) => one - other));

test('Returns what a plain filter returns from an ascending list, with few requests, none twice', async () => {
	await fc.assert(
		fc.asyncProperty(listed(up), async (list) => {
			const { came, meant, pages, total, read } = await compare(list);
			expect(came).toEqual(meant);
			expect(new Set(read).size).toBe(read.length);
			expect(read.length).toBeLessThanOrEqual(pages + Math.ceil(Math.log2(total)) + 3);
		}),
		runs(2_000),
	);
});

test('Returns what a plain filter returns from a descending list', async () => {
	await fc.assert(
		fc.asyncProperty(listed(up.map((moments) => moments.reverse())), async (list) => {
			const { came, meant } = await compare(list);
			expect(came).toEqual(meant);
		}),
		runs(1_000),
	);
});

test('Returns no duplicates and nothing outside the range, in any order', async () => {
	await fc.assert(
		fc.asyncProperty(listed(some), async (list) => {
			const { came, meant } = await compare(list);
			expect(new Set(came).size).toBe(came.length);
			expect(meant).toEqual(expect.arrayContaining(came));
		}),
		runs(1_000),
	);
});
