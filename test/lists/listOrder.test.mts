import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeListSearchItems, INodeParameters } from 'n8n-workflow';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { listSearch } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { facts, factsOf, listing, orderFacts } from './listFacts.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'inTest' });

type Order = Switches['listOrder'];
const orders: Order[] = ['ascending', 'descending', 'shuffled'];
const other: Order[] = ['descending', 'shuffled'];
const paged = [orderFacts, ...facts.filter(({ newestFirst }) => newestFirst)];
const withSinceId = paged.filter(({ sinceId }) => sinceId);

const start = async (listOrder: Order, switches: Partial<Switches> = {}, orders = 250) =>
	void (await world.start({ orders, styles: 230, switches: { listOrder, ...switches } }));

async function recordsOf(resource: string, more: INodeParameters = {}): Promise<IDataObject[]> {
	const run = await world.run({ parameters: listing(resource, { simplify: false, ...more }) });
	return run.records;
}
const idsOf = async (resource: string, more?: INodeParameters) =>
	(await recordsOf(resource, more)).map(({ id }) => Number(id));

/** All ids of a list, from the lowest on. */
async function allIds(resource: string): Promise<number[]> {
	const ids = await idsOf(resource, { returnAll: true });
	world.uphance.clearLog();
	return ids.sort((one, other) => one - other);
}

const requests = (resource: string) => world.asked(factsOf(resource).path).length;

describe.each(orders)('A list that is %s', (listOrder) => {
	test.each(sampled(paged, 6, 1))('$resource: returns the newest 50 when nothing is chosen', async ({ resource }) => {
		await start(listOrder);
		const all = await allIds(resource);
		expect(await idsOf(resource)).toEqual(all.slice(-50).reverse());
	});

	test.each(sampled(paged, 6, 2))('$resource: returns the newest first, whatever the Limit', async ({ resource }) => {
		await start(listOrder);
		const all = await allIds(resource);
		for (const limit of [1, 130, 5000]) {
			expect(await idsOf(resource, { limit })).toEqual(all.slice(-limit).reverse());
		}
	});

	test.each(sampled(paged, 6, 3))('$resource: returns the oldest with Newest First off', async ({ resource }) => {
		await start(listOrder);
		const all = await allIds(resource);
		for (const limit of [1, 130, 5000]) {
			expect(await idsOf(resource, { limit, newestFirst: false })).toEqual(all.slice(0, limit));
		}
	});

	test.each(sampled(withSinceId, 6, 4))(
		'$resource: a loop with After ID meets each record once',
		async ({ resource }) => {
			await start(listOrder);
			const all = await allIds(resource);
			const came: number[] = [];
			for (let round = 0; round < 5; round++) {
				came.push(...(await idsOf(resource, { limit: 70, filters: { since_id: String(came.at(-1) ?? 1) } })));
			}
			expect(came).toEqual(all);
		},
	);

	test.each(sampled(['order', 'invoice', 'creditNote', 'productionOrder', 'return'], 3))(
		'%s: Created After and Before give the newest of the range, with a Limit and without',
		async (resource) => {
			await start(listOrder);
			const everything = await recordsOf(resource, { returnAll: true });
			const moments = everything.map(({ created_at }) => String(created_at)).sort();
			const filters = { createdAfter: moments[99] ?? '', createdBefore: moments[201] ?? '' };
			const meant = everything
				.filter(({ created_at: at }) => String(at) >= filters.createdAfter && String(at) < filters.createdBefore)
				.map(({ id }) => Number(id))
				.sort((one, other) => one - other);
			expect(meant.length).toBeGreaterThan(80);
			expect((await idsOf(resource, { returnAll: true, filters })).sort((one, other) => one - other)).toEqual(meant);
			expect(await idsOf(resource, { limit: 30, filters })).toEqual(meant.slice(-30).reverse());
			expect(await idsOf(resource, { limit: 30, filters, newestFirst: false })).toEqual(meant.slice(0, 30));
		},
	);

	test('customer: Search finds the newest ones that match', async () => {
		await start(listOrder);
		const everything = await recordsOf('customer', { returnAll: true });
		const meant = everything.filter(({ name }) => String(name).includes('Fashion')).map(({ id }) => Number(id));
		meant.sort((one, other) => other - one);
		expect(meant.length).toBeGreaterThan(5);
		expect(await idsOf('customer', { limit: 5, filters: { search: 'fashion' } })).toEqual(meant.slice(0, 5));
	});

	test('of one page, too, returns the newest', async () => {
		await start(listOrder, {}, 40);
		const all = await allIds('order');
		expect(await idsOf('order', { limit: 5 })).toEqual(all.slice(-5).reverse());
		expect(requests('order')).toBe(1);
	});

	test('whose ids say nothing goes by created_at', async () => {
		await start(listOrder);
		const everything = await recordsOf('return', { returnAll: true });
		const newest = everything
			.map(({ created_at }) => String(created_at))
			.sort()
			.reverse();
		world.uphance.fault({ path: '/returns', kind: 'fields', body: { id: null }, times: 100 });
		const records = await recordsOf('return', { limit: 60 });
		expect(records.map(({ created_at }) => String(created_at))).toEqual(newest.slice(0, 60));
		expect(new Set(records.map(({ return_number }) => return_number)).size).toBe(60);
	});
});

describe('What it costs', () => {
	test.each([
		['ascending', 50, 2],
		['ascending', 130, 3],
		['descending', 50, 2],
		['descending', 130, 3],
		['shuffled', 50, 13],
	] as const)('%s, Limit %i of 1,250 orders: %i requests', async (listOrder, limit, count) => {
		await start(listOrder, {}, 1250);
		expect(await idsOf('order', { limit })).toHaveLength(limit);
		expect(requests('order')).toBe(count);
	});

	test.each([
		['ascending', 50, 1],
		['ascending', 130, 2],
		['descending', 50, 2],
		['shuffled', 50, 13],
	] as const)('%s, Newest First off, Limit %i of 1,250 orders: %i requests', async (listOrder, limit, count) => {
		await start(listOrder, {}, 1250);
		expect(await idsOf('order', { limit, newestFirst: false })).toHaveLength(limit);
		expect(requests('order')).toBe(count);
	});

	test.each([
		['ascending', 14, 13],
		['descending', 13, 12],
	] as const)(
		'%s: a range in 1,000 pages is still found by halves, in %i and %i requests',
		async (listOrder, all, some) => {
			await start(listOrder, { createdAt: 'ascending' }, 100_000);
			const at = (place: number) => new Date(Date.UTC(2020, 0, 1, 8) + place * 30 * 60_000).toISOString();
			const filters = { createdAfter: at(54_321), createdBefore: at(54_330) };
			expect(await idsOf('order', { returnAll: true, filters })).toHaveLength(9);
			expect(requests('order')).toBe(all);
			world.uphance.clearLog();
			expect(await idsOf('order', { limit: 3, filters })).toHaveLength(3);
			expect(requests('order')).toBe(some);
		},
	);
});

describe('A list that says nothing about age', () => {
	test('is returned in the order of Uphance, and a hint says so', async () => {
		await start('shuffled', { skuIds: 'none' });
		const eans = async (more: INodeParameters) => {
			const { records, hints } = await world.run({ parameters: listing('sku', more) });
			return { eans: records.map(({ ean }) => ean), hints: hints.map(({ message }) => message) };
		};
		const all = await eans({ returnAll: true });
		expect(all.hints).toEqual([expect.stringContaining('SKUs in')]);
		const some = await eans({ limit: 120 });
		expect(some.eans).toEqual(all.eans.slice(0, 120));
		expect(some.hints).toContain(
			"Uphance's SKUs have neither id nor created_at, so 'Newest First' cannot be applied: they are in the order of Uphance.",
		);
	});

	test('but has only a next page is read to the end', async () => {
		await start('ascending');
		const all = await allIds('order');
		world.uphance.fault({
			path: '/sales_orders',
			kind: 'meta',
			body: { total_pages: undefined, total_count: undefined },
			times: 100,
		});
		expect(await idsOf('order', { limit: 30 })).toEqual(all.slice(-30).reverse());
	});
});

test.each(['channel', 'season', 'organisation'])('%s comes whole: there is no Newest First', async (resource) => {
	await start('ascending');
	const { records } = await world.run({ parameters: listing(resource, { newestFirst: true, limit: 2 }) });
	const { records: all } = await world.run({ parameters: listing(resource, { returnAll: true }) });
	expect(records).toEqual(all.slice(0, 2));
});

describe('The list of a locator', () => {
	async function all(name: string, filter?: string) {
		const results: INodeListSearchItems[] = [];
		let token: string | undefined;
		do {
			const found = await listSearch(world.credential, name, filter, token, { resource: 'order', operation: 'get' });
			results.push(...found.results);
			token = found.paginationToken as string | undefined;
		} while (token !== undefined);
		return results.map(({ value }) => Number(value));
	}

	test.each(['searchOrders', 'searchReturns'])('%s: of a descending list begins with the newest', async (name) => {
		await start('descending');
		const values = await all(name);
		expect(values).toHaveLength(250);
		expect(values).toEqual([...values].sort((one, other) => other - one));
		expect(world.asked(name === 'searchOrders' ? '/sales_orders' : '/returns').length).toBe(4);
	});

	test.each(other)('of a list that is %s shows each once, and finds what is searched', async (listOrder) => {
		await start(listOrder, {}, 1250);
		const values = await all('searchOrders');
		expect(new Set(values).size).toBe(1250);
		expect(values).toHaveLength(1250);
		expect(await all('searchOrders', 'barneys')).toHaveLength(209);
	});

	test('of one page without order begins with the newest', async () => {
		await start('shuffled', {}, 60);
		const values = await all('searchOrders');
		expect(values).toEqual([...values].sort((one, other) => other - one));
	});
});
