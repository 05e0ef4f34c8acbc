import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { failureOf, listSearch } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { facts, listing, orderFacts } from './listFacts.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 } });
beforeEach(() => {
	world.sendsAnything = true; // the records of some tests are not as the description says
});

const injectFault = (fault: Omit<Fault, 'path'>, path = '/sales_orders') =>
	world.uphance.fault({ path, times: 100, ...fault });

const run = async (parameters: INodeParameters, resource = 'order') =>
	await world.run({ parameters: listing(resource, { simplify: false, ...parameters }) });

const numbersOf = (records: IDataObject[]) => records.map(({ order_number }) => Number(order_number));

const ways: INodeParameters[] = [
	{ returnAll: true },
	{ limit: 5000 },
	{ limit: 5000, newestFirst: false },
	{ returnAll: true, filters: { createdAfter: '2000-01-01' } },
	{ limit: 5000, filters: { createdAfter: '2000-01-01' } },
];

describe('Records with `id: null`', () => {
	test.each(ways)('each count, with %j', async (parameters) => {
		injectFault({ kind: 'fields', body: { id: null } });
		const { records } = await run(parameters);
		expect(numbersOf(records).sort((one, other) => one - other)).toEqual(
			Array.from({ length: 250 }, (_, n) => n + 101),
		);
	});

	test.each(ways)('each count among others that have one, with %j', async (parameters) => {
		for (const id of [9045, 9048, 9600, 9603]) world.uphance.changeRecord('/sales_orders', id, { id: null });
		const { records } = await run(parameters);
		expect(new Set(numbersOf(records)).size).toBe(250);
		expect(records).toHaveLength(250);
	});

	test.each(
		sampled(
			[orderFacts, ...facts].filter(({ pages }) => pages > 1),
			3,
		),
	)('$resource: each count', async ({ resource, path, count }) => {
		injectFault({ kind: 'fields', body: { id: null } }, path);
		expect((await run({ returnAll: true }, resource)).records).toHaveLength(count);
	});

	test('each have rows', async () => {
		const { items } = await run({ returnAll: true, itemPer: 'line' });
		injectFault({ kind: 'fields', body: { id: null } });
		expect((await run({ returnAll: true, itemPer: 'line' })).items).toHaveLength(items.length);
	});

	test('each are looked at in a look-up', async () => {
		injectFault({ kind: 'fields', body: { id: null } }, '/customers');
		const customerId = { __rl: true, mode: 'name', value: 'Harbour & Sons' } as unknown as INodeParameters;
		const { records } = await world.run({ parameters: { resource: 'customer', operation: 'get', customerId } });
		expect(records).toMatchObject([{ name: 'Harbour & Sons', id: null }]);
	});

	test('are not taken for customer 0 when an order is created', async () => {
		injectFault({ kind: 'fields', body: { id: null } }, '/customers');
		const customerId = { __rl: true, mode: 'name', value: 'Harbour & Sons' } as unknown as INodeParameters;
		const { message } = await failureOf(
			world.run({ parameters: { resource: 'order', operation: 'create', customerId, ...documentedLine(1) } }),
		);
		expect(message).toBe('Uphance does not tell the ID of the customer Harbour & Sons');
		expect(world.uphance.created()).toEqual([]);
	});

	test('are left out of the list of a locator, as none could be got by it', async () => {
		world.uphance.changeRecord('/sales_orders', 9045, { id: null });
		const results = [];
		let token: string | undefined;
		do {
			const found = await listSearch(world.credential, 'searchOrders', undefined, token);
			results.push(...found.results);
			token = found.paginationToken as string | undefined;
		} while (token !== undefined);
		expect(results).toHaveLength(249);
		expect(results.every(({ value }) => Number(value) > 0)).toBe(true);
	});
});

describe('Records without created_at', () => {
	const undated = [9045, 9300, 9600];
	beforeEach(() => {
		for (const id of undated) world.uphance.changeRecord('/sales_orders', id, { created_at: null });
	});
	const hint =
		'3 sales orders have no created_at that can be read. The filters on the moment of creation leave them out; without these filters they are returned.';

	test.each([{ returnAll: true }, { limit: 5000 }])(
		'are left out by the filters, and a hint says so (%j)',
		async (more) => {
			const { records, hints } = await run({ ...more, filters: { createdAfter: '2000-01-01' } });
			expect(records).toHaveLength(247);
			expect(hints).toContainEqual({ message: hint, type: 'warning', location: 'outputPane' });
		},
	);

	test('come without the filters, and nothing is said', async () => {
		const { records, hints } = await run({ returnAll: true });
		expect(records).toHaveLength(250);
		expect(hints.filter(({ type }) => type === 'warning')).toEqual([]);
	});

	test('beyond the Limit are not spoken of', async () => {
		const { hints } = await run({ limit: 10, filters: { createdAfter: '2000-01-01' } });
		expect(hints.filter(({ type }) => type === 'warning')).toEqual([]);
	});

	test('are counted once when the list has to be read whole', async () => {
		world.uphance.changeRecord('/sales_orders', 9330, { created_at: '1999-01-01T00:00:00Z' });
		const { hints } = await run({ returnAll: true, filters: { createdAfter: '2000-01-01' } });
		expect(hints.filter(({ type }) => type === 'warning').map(({ message }) => message)).toEqual([hint]);
	});
});

describe('A next_page that is no number', () => {
	test.each(sampled(['soon', '2nd', 2.5, -1, 0, true, {}, [], '', 'https://api.uphance.com/sales_orders?page=2'], 3))(
		'%j ends with a sentence, and nothing is returned',
		async (next_page) => {
			injectFault({ kind: 'meta', body: { next_page } });
			for (const parameters of ways) {
				const { message, description } = await failureOf(run(parameters));
				expect(message).toBe(
					`Uphance named '${typeof next_page === 'string' ? next_page : JSON.stringify(next_page)}' as the page after page 1 when asked to list sales orders`,
				);
				expect(description).toContain('so the node stopped reading');
			}
		},
	);

	test.each([2, '2', ' 2 '])('but %j is one', async (next_page) => {
		injectFault({ kind: 'meta', body: { next_page }, times: 1 });
		expect((await run({ returnAll: true })).records).toHaveLength(250);
	});

	test('that is missing leaves it to total_pages whether there is more', async () => {
		injectFault({ kind: 'meta', body: { next_page: undefined } });
		for (const parameters of ways) expect((await run(parameters)).records).toHaveLength(250);
	});
});

describe('Totals that say more than next_page', () => {
	const numbers = Array.from({ length: 250 }, (_, n) => n + 101);
	const missing = { current_page: undefined, next_page: undefined, prev_page: undefined, total_pages: undefined };

	test.each([
		['total_pages', { next_page: null }],
		['total_count alone', missing],
		['total_count, though there is one page, as the others say', { next_page: null, total_pages: 1 }],
	])('%s: the list is read on', async (_, body) => {
		for (const [resource, path] of [
			['order', '/sales_orders'],
			['return', '/returns'],
		] as const) {
			const { records: all } = await run({ returnAll: true }, resource);
			const { records: newest } = await run({ limit: 150 }, resource);
			injectFault({ kind: 'meta', body }, path);
			expect((await run({ returnAll: true }, resource)).records).toEqual(all);
			expect((await run({ limit: 150 }, resource)).records).toEqual(newest);
		}
		for (const parameters of ways) {
			const read = numbersOf((await run(parameters)).records);
			expect(read.sort((one, other) => one - other)).toEqual(numbers);
		}
	});

	test('are the end where the next page is empty, as there is no more', async () => {
		injectFault({ kind: 'meta', body: { total_count: 999 } }, '/products');
		const { records } = await run({ returnAll: true }, 'product');
		expect(records).toHaveLength(40);
		expect(world.asked('/products')).toEqual(['GET /products', 'GET /products page=2', 'GET /products page=2']);
	});

	test('reach a look-up', async () => {
		injectFault({ kind: 'meta', body: { next_page: null } }, '/customers');
		const { records: all } = await run({ returnAll: true }, 'customer');
		const { name, id } = all[229] ?? {};
		const customerId = { __rl: true, mode: 'name', value: String(name) } as unknown as INodeParameters;
		const { records } = await world.run({ parameters: { resource: 'customer', operation: 'get', customerId } });
		expect(records).toMatchObject([{ id }]);
	});
});

describe('A page that is not the one asked for', () => {
	test.each([{ returnAll: true }, { limit: 5000 }])('ends with a sentence (%j)', async (parameters) => {
		injectFault({ kind: 'meta', body: { current_page: 1 }, page: 2 }, '/returns');
		const { message } = await failureOf(run(parameters, 'return'));
		expect(message).toBe('Uphance sent page 1 instead of page 2 when asked to list returns');
	});
});

describe('An empty page although there is more', () => {
	const sentence = 'Uphance sent an empty page although there are more when asked to list';

	test.each([
		['order', '/sales_orders', 0],
		['order', '/sales_orders', 1],
		['order', '/sales_orders', 2],
		['return', '/returns', 0],
		['return', '/returns', 1],
		['return', '/returns', 2],
		['customer', '/customers', 1],
	])('%s: is asked for once more (%s, after %i pages)', async (resource, path, skip) => {
		for (const parameters of [{ returnAll: true }, { limit: 5000 }, { limit: 5000, newestFirst: false }]) {
			world.uphance.clearLog();
			const { records: all } = await run(parameters, resource);
			const requests = world.asked(path).length;
			world.uphance.clearLog();
			injectFault({ kind: 'emptyPage', skip, times: 1 }, path);
			expect((await run(parameters, resource)).records).toEqual(all);
			expect(world.asked(path)).toHaveLength(requests + 1);
		}
	});

	test.each(ways)('that stays empty ends with a sentence (%j)', async (parameters) => {
		for (const skip of [0, 1]) {
			injectFault({ kind: 'emptyPage', skip });
			const { message, description } = await failureOf(run(parameters));
			world.uphance.clearFaults();
			expect(message).toBe(`${sentence} sales orders`);
			expect(description).toContain('Try again later');
		}
	});

	test('also without meta', async () => {
		injectFault({ kind: 'json', body: { returns: [] }, skip: 1 }, '/returns');
		const { message } = await failureOf(run({ returnAll: true }, 'return'));
		expect(message).toBe(`${sentence} returns`);
	});

	test('also in the list of a locator', async () => {
		injectFault({ kind: 'emptyPage' });
		const { message } = await failureOf(listSearch(world.credential, 'searchOrders'));
		expect(message).toBe(`${sentence} sales orders`);
	});

	test('is the end, though, when the rest was deleted meanwhile', async () => {
		const path = '/returns';
		const meta = { current_page: 2, next_page: null, prev_page: 1, total_pages: 1, total_count: 100 };
		injectFault({ kind: 'json', body: { returns: [], meta }, page: 2 }, path);
		const { records } = await run({ returnAll: true }, 'return');
		expect(records).toHaveLength(100);
	});
});
