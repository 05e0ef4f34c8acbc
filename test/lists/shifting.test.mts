import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { sampled } from '../propertyRuns.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';
import { factsOf, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

/** Runs Get Many, and does something while its request of this number, from 1, is under way, or after the last. */
async function idsWhile(
	resource: string,
	parameters: INodeParameters,
	request: number,
	act: () => void,
): Promise<number[]> {
	const { path } = factsOf(resource);
	world.uphance.clearLog();
	world.uphance.fault({ path, kind: 'slow', milliseconds: 30, skip: request - 1 });
	let isDone = false;
	const reading = world
		.run({ parameters: listing(resource, { simplify: false, ...parameters }) })
		.finally(() => (isDone = true));
	await until(() => isDone || world.asked(path).length === request);
	act();
	const { records } = await reading;
	world.uphance.clearFaults();
	return records.map(({ id }) => Number(id));
}

async function allIds(resource: string): Promise<number[]> {
	const { records } = await world.run({ parameters: listing(resource, { returnAll: true }) });
	return records.map(({ id }) => Number(id));
}

/** All that was there all the time came once or, up to a limit, all from one end of the list on. */
function expectAll(
	ids: number[],
	{ limit = Infinity, newestFirst = true }: INodeParameters,
	before: number[],
	gone: number[],
): void {
	const stayed = before.filter((id) => !gone.includes(id));
	const isFull = ids.length === limit;
	const [lowest, highest] = isFull ? [Math.min(...ids), Math.max(...ids)] : [-Infinity, Infinity];
	const from = isFull && newestFirst ? lowest : -Infinity;
	const to = isFull && !newestFirst ? highest : Infinity;
	expect(ids).toEqual([...new Set(ids)]);
	expect(ids.length).toBeLessThanOrEqual(Number(limit));
	expect(stayed.filter((id) => id >= from && id <= to && !ids.includes(id))).toEqual([]);
}

/** The combinations are in changingLists.test.mts; these go through n8n and HTTP. */
const ways: Array<[string, INodeParameters]> = [
	['Return All', { returnAll: true }],
	['Newest First', { limit: 5000 }],
	['Newest First off', { limit: 5000, newestFirst: false }],
	['Newest First, Limit 180', { limit: 180 }],
	['Newest First off, Limit 180', { limit: 180, newestFirst: false }],
];

describe.each([2, 3])('While request %i is under way', (request) => {
	describe.each(sampled(ways, 6, request))('%s', (_, parameters) => {
		test.each(['pickTicket', 'creditNote', 'order'])('%s: one of the first is deleted', async (resource) => {
			await world.start();
			const before = await allIds(resource);
			const gone = [before[4] ?? 0];
			const ids = await idsWhile(resource, parameters, request, () => remove(resource, gone));
			expectAll(ids, parameters, before, gone);
		});

		test.each(['pickTicket', 'invoice'])('%s: some are deleted, and as many are created', async (resource) => {
			await world.start();
			const before = await allIds(resource);
			const gone = [before[1] ?? 0, before[50] ?? 0, before[99] ?? 0];
			const ids = await idsWhile(resource, parameters, request, () => {
				remove(resource, gone);
				world.uphance.addRecords(factsOf(resource).path, 3);
			});
			expectAll(ids, parameters, before, gone);
		});

		test.each(['return', 'customer'])('%s, which knows no After ID: one of the first is deleted', async (resource) => {
			await world.start();
			const before = await allIds(resource);
			const gone = [before[4] ?? 0];
			expectAll(await idsWhile(resource, parameters, request, () => remove(resource, gone)), parameters, before, gone);
		});

		test.each(['return', 'pickTicket'])('%s: others are created', async (resource) => {
			await world.start();
			const before = await allIds(resource);
			const add = () => void world.uphance.addRecords(factsOf(resource).path, 60);
			expectAll(await idsWhile(resource, parameters, request, add), parameters, before, []);
		});

		test.each(['return', 'pickTicket'])('%s, which descends: one is deleted, or some are created', async (resource) => {
			await world.start({ switches: { listOrder: 'descending' } });
			const before = await allIds(resource);
			const gone = [before[4] ?? 0];
			expectAll(await idsWhile(resource, parameters, request, () => remove(resource, gone)), parameters, before, gone);
			const left = await allIds(resource);
			const add = () => void world.uphance.addRecords(factsOf(resource).path, 2);
			expectAll(await idsWhile(resource, parameters, request, add), parameters, left, []);
		});
	});
});

const remove = (resource: string, ids: number[]) => {
	for (const id of ids) world.uphance.deleteRecord(factsOf(resource).path, id);
};

describe('With Created After and Created Before', () => {
	const filters = { createdAfter: '2020-01-02T20:00:00Z', createdBefore: '2020-01-20T00:00:00Z' };
	const requests = [2, 4, 6];

	test.each(['order', 'return'])(
		'%s: nothing in the range is lost, whichever request a deletion comes in',
		async (resource) => {
			await world.start({ orders: 1250 });
			const before = await allIds(resource);
			const meant = await inRange(resource);
			for (const more of [{ returnAll: true }, { limit: 150 }, { limit: 150, newestFirst: false }]) {
				for (const request of requests) {
					const gone = before.slice(2, 3);
					const ids = await idsWhile(resource, { ...more, filters }, request, () => {
						remove(resource, gone);
						before.splice(2, 1);
						if (resource === 'order') world.uphance.addRecords('/sales_orders', 1);
					});
					expectAll(ids, more, meant, gone);
				}
			}
		},
		60_000,
	);

	async function inRange(resource: string): Promise<number[]> {
		const { records } = await world.run({ parameters: listing(resource, { returnAll: true, simplify: false }) });
		return records
			.filter(({ created_at: at }) => {
				const moment = Date.parse(String(at));
				return moment >= Date.parse(filters.createdAfter) && moment < Date.parse(filters.createdBefore);
			})
			.map(({ id }) => Number(id));
	}
});

describe('By what the next page is asked for', () => {
	const asked = (resource: string) =>
		world.uphance
			.log()
			.filter(({ path }) => path === factsOf(resource).path)
			.map(({ query }) => query);

	test.each([
		['order', [{}, { since_id: '9336' }, { since_id: '9636' }]],
		['return', [{}, { page: '2' }, { page: '3' }]],
	])('%s: Return All', async (resource, queries) => {
		await world.start();
		await world.run({ parameters: listing(resource, { returnAll: true }) });
		expect(asked(resource)).toEqual(queries);
	});

	test('a filter stays beside it', async () => {
		await world.start({ orders: 900 });
		const filters = { warehouse_name: 'Primary warehouse', since_id: '3000079' };
		const { records } = await world.run({
			parameters: listing('pickTicket', { returnAll: true, filters, simplify: false }),
		});
		expect(records.length).toBeGreaterThan(400);
		expect(records.every(({ warehouse }) => warehouse === 'Primary warehouse')).toBe(true);
		for (const query of asked('pickTicket')) expect(query['filter[warehouse_name]']).toBe('Primary warehouse');
		expect(new Set(asked('pickTicket').map(({ since_id }) => since_id)).size).toBe(asked('pickTicket').length);
	});

	test.each([true, false])('a list that ignores it is read by page number (Return All: %s)', async (returnAll) => {
		await world.start({ switches: { ignoresSinceId: true } });
		const { records } = await world.run({ parameters: listing('order', { returnAll, limit: 5000 }) });
		expect(new Set(records.map(({ id }) => id)).size).toBe(250);
		expect(records).toHaveLength(250);
		expect(asked('order')).toHaveLength(4);
	});

	test('After ID that Uphance ignores holds all the same', async () => {
		await world.start({ switches: { ignoresSinceId: true } });
		const idsAfter = async (more: INodeParameters) => {
			const filters = { since_id: '9042' };
			const { records } = await world.run({ parameters: listing('order', { filters, ...more }) });
			return records.map(({ id }) => Number(id));
		};
		expect(await idsAfter({ limit: 3 })).toEqual([9045, 9048, 9051]);
		expect(Math.min(...(await idsAfter({ returnAll: true })))).toBe(9045);
	});
});
