import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { groupForm, useWorld } from '../world.mts';
import { facts, factsOf, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

const idsIn = (records: IDataObject[]) => records.map(({ id }) => Number(id));

const idsOf = async (resource: string, more: INodeParameters = {}) =>
	idsIn((await world.run({ parameters: listing(resource, more) })).records);

/** The pages asked for, 'next' for one by ID, and what else went out with each; nothing but what is stated may. */
const asked = (path: string) =>
	world.uphance
		.log()
		.filter((request) => request.path === path)
		.map(({ method, query }) => {
			const { page, since_id: since, 'by_invoice_state[]': states, ...rest } = query;
			expect(method).toBe('GET');
			expect(rest).toEqual({});
			expect(states === undefined ? undefined : [states].flat().length).toBe(
				path === '/vendor_invoices' ? 3 : undefined,
			);
			return since === undefined ? Number(page ?? 1) : 'next';
		});

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const following = (last: number, sinceId = false) => upTo(last).map((page) => (sinceId && page > 1 ? 'next' : page));
const shared = ['customer', 'product', 'sku', 'season'];
const perPage = (resource: string) => (resource === 'productionOrder' ? 50 : 100);

const kinds = sampled(facts, 6, 3);

describe.each(kinds)('$resource, Get Many', ({ resource, path, key, count, pages, first, newestFirst, sinceId }) => {
	test('with Return All reads each page once, in order, and gives each record once, oldest first', async () => {
		await world.start();
		const ids = await idsOf(resource, { returnAll: true });
		expect(ids).toHaveLength(count);
		expect(ids[0]).toBe(first);
		expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
		expect(asked(path)).toEqual(following(pages, sinceId));
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(world.uphance.signIns()).toBe(1);
	});

	test('with Return All does not stop at Limit', async () => {
		await world.start();
		expect(await idsOf(resource, { returnAll: true, limit: 1 })).toHaveLength(count);
	});

	test('returns 50 by default', async () => {
		await world.start();
		expect(await idsOf(resource)).toHaveLength(Math.min(50, count));
	});

	test.each([1, 50, 51, 100, 101, 5000])(
		'with a Limit of %i, oldest first, stops at the page that fills it',
		async (limit) => {
			await world.start();
			const all = await idsOf(resource, { returnAll: true });
			world.uphance.clearLog();
			expect(await idsOf(resource, { limit, newestFirst: false })).toEqual(all.slice(0, limit));
			expect(asked(path)).toEqual(following(Math.min(pages, Math.ceil(limit / perPage(resource))), sinceId));
		},
	);

	test.each([1, 50, 120, 5000])('with a Limit of %i begins with the end that the list has first', async (limit) => {
		await world.start();
		const all = await idsOf(resource, { returnAll: true });
		world.uphance.clearLog();
		const expected = newestFirst ? [...all].reverse() : all;
		expect(await idsOf(resource, { limit })).toEqual(expected.slice(0, limit));
		const fromNewest = [
			1,
			...following(pages, sinceId && pages === 2)
				.slice(1)
				.reverse(),
		];
		if (sinceId && pages > 2) fromNewest.splice(pages - 1, 1, 'next');
		expect(asked(path)).toEqual(newestFirst ? fromNewest.slice(0, asked(path).length) : upTo(asked(path).length));
		expect(asked(path).length).toBeLessThanOrEqual(Math.min(pages, Math.ceil(limit / perPage(resource)) + 2));
	});

	test('of an empty list returns nothing, in one request', async () => {
		await world.start();
		const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 0 };
		world.uphance.fault({ path, kind: 'json', body: { [key]: [], meta }, times: 100 });
		expect(await idsOf(resource)).toEqual([]);
		expect(asked(path)).toEqual([1]);
		expect(await idsOf(resource, { returnAll: true })).toEqual([]);
	});

	test('of an answer without meta takes it as the only page', async () => {
		await world.start();
		world.uphance.fault({ path, kind: 'json', body: { [key]: [{ id: 1 }, { id: 2 }] }, times: 100 });
		expect(await idsOf(resource, { returnAll: true })).toEqual([1, 2]);
		expect(asked(path)).toEqual([1]);
	});

	test('with a record that moved to the next page gives it once', async () => {
		await world.start();
		const body = (ids: number[], next_page: number | null) => ({
			[key]: ids.map((id) => ({ id })),
			meta: { next_page, total_pages: 2 },
		});
		world.uphance.fault({ path, page: 1, kind: 'json', body: body([1, 2], 2), times: 100 });
		world.uphance.fault({ path, page: 2, kind: 'json', body: body([2, 3], null) });
		expect(await idsOf(resource, { returnAll: true })).toEqual([1, 2, 3]);
	});

	test('of something that is no list fails with an explanation', async () => {
		await world.start();
		world.uphance.fault({ path, kind: 'json', body: { error: 'Not found' }, times: 100 });
		const { message } = await failureOf(idsOf(resource));
		expect(message).toContain('Uphance');
	});

	test('with collections left empty works', async () => {
		await world.start();
		expect((await idsOf(resource, { filters: {}, options: {} })).length).toBeGreaterThan(0);
	});

	test('of several items links each record to its item, and signs in once', async () => {
		await world.start();
		const { items } = await world.run({
			parameters: listing(resource, { limit: '={{ $json.limit }}' }),
			items: [{ limit: 2 }, { limit: 1 }],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }]);
		expect(items[2]?.json.id).toBe(items[0]?.json.id);
		expect(world.uphance.signIns()).toBe(1);
	});

	test.each(['9601', 'uphance outlet'])(
		'in the other organisation (%j) registers it, and restores the own',
		async (other) => {
			await world.start({}, groupForm);
			const own = await idsOf(resource, { limit: 3 });
			world.uphance.clearLog();
			const found = await idsOf(resource, { limit: 3, options: { organisationId: other } });
			const log = world.uphance.log();
			const steps = log
				.filter((request) => [path, '/organisations/set_current_org'].includes(request.path))
				.map((request) =>
					request.path === path ? 'list' : String((request.body as { organizationId: number }).organizationId),
				);
			expect([...new Set(steps)]).toEqual(['9601', 'list', '9579']);
			expect(found).toHaveLength(3);
			// The sandbox gives customers, products, SKUs and seasons the same IDs in every organisation.
			if (!shared.includes(resource)) expect(found.some((id) => own.includes(id))).toBe(false);
			expect(await idsOf(resource, { limit: 3 })).toEqual(own);
		},
	);
});

test.each(['invoice', 'creditNote', 'payment', 'pickTicket', 'return'])(
	'%s: an organisation without orders has none',
	async (resource) => {
		await world.start({ orders: 0 });
		expect(await idsOf(resource)).toEqual([]);
		expect(await idsOf(resource, { returnAll: true })).toEqual([]);
		expect(asked(factsOf(resource).path)).toEqual([1, 1]);
	},
);

test.each(facts.filter(({ key }) => !['customers', 'products', 'skus', 'seasons', 'payments'].includes(key)))(
	'$resource: a record of a foreign organisation is never emitted',
	async ({ resource, path, key }) => {
		await world.start({}, groupForm);
		const body = { [key]: [{ id: 1, organisation_id: 9601 }] };
		world.uphance.fault({ path, kind: 'json', body, times: 100 });
		const { message } = await failureOf(idsOf(resource));
		expect(message).toContain('9601');
		expect(message).toContain('Uphance Demo (9579)');
	},
);
