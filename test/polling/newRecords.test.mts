import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';
import { Poller, all, orderId, paths, range, watching, withSinceId } from './pollContext.mts';

const world = useWorld({ limits: { initialDelayMs: 5, maxDelayMs: 20 }, starts: 'inTest' });

const orders = '/sales_orders';

/** Lists whose last page holds all that has to be remembered; of the others, the page before is read, too. */
const showsEnough = ['order', 'creditNote', 'return'];

describe('the first poll', () => {
	test.each([
		[1, 1],
		[100, 1],
		[101, 2],
		[250, 2],
		[100_000, 2],
	])('of %i orders starts from now, in %i list requests', async (count, requests) => {
		await world.start({ orders: count });
		const poller = new Poller(world);
		expect(await poller.activate()).toBeNull();
		expect(world.asked(orders).length).toBe(requests);
		expect(await poller.poll()).toBeNull();
		const added = world.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test.each(sampled(all, 6, 2))(
		'%s: starts from now; new ones come once, oldest first, as Uphance has them',
		async (triggerOn) => {
			await world.start({ orders: 250 });
			const poller = new Poller(world, { triggerOn });
			expect(await poller.activate()).toBeNull();
			expect(world.asked(paths[triggerOn]).length).toBe(showsEnough.includes(triggerOn) ? 2 : 3);
			expect(await poller.poll()).toBeNull();
			const added = world.uphance.addRecords(paths[triggerOn], 3);
			const records = await poller.poll();
			expect(records?.map(({ id }) => id)).toEqual(added);
			expect(await poller.poll()).toBeNull();
			const { records: bare } = await world.run({
				parameters: { resource: triggerOn, operation: 'getAll', returnAll: true, simplify: false },
			});
			expect(records).toEqual(bare.filter(({ id }) => added.includes(Number(id))));
		},
	);

	test.each(sampled(all, 6, 3))('%s: simplified as Get Many does', async (triggerOn) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { triggerOn, simplify: true });
		const added = world.uphance.addRecords(paths[triggerOn], 2);
		const records = await poller.poll();
		const { records: simple } = await world.run({
			parameters: { resource: triggerOn, operation: 'getAll', returnAll: true, simplify: true },
		});
		expect(records).toEqual(simple.filter(({ id }) => added.includes(Number(id))));
	});

	test.each(['created', 'createdOrUpdated'])('%s: the first record ever of an empty list comes', async (watchFor) => {
		await world.start({ orders: 0 });
		const poller = await watching(world, { watchFor, triggerOn: 'invoice' });
		expect(await poller.poll()).toBeNull();
		const added = world.uphance.addRecords(paths.invoice, 1);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
		const next = world.uphance.addRecords(paths.invoice, 2);
		expect(await poller.ids()).toEqual(next);
	});
});

describe('Start After ID', () => {
	test.each(['created', 'createdOrUpdated'])('%s: begins with the record after it', async (watchFor) => {
		await world.start({ orders: 250 });
		const options = { startAfterId: String(orderId(199)), lookBack: 10 };
		const poller = new Poller(world, { watchFor, options });
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual(range(50).map((index) => orderId(200 + index)));
		expect(await poller.poll()).toBeNull();
		await poller.activate();
		const added = world.uphance.addRecords(orders, 2);
		expect(await poller.ids()).toEqual(added);
	});

	test('changes nothing for a trigger that has started', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		expect(await poller.republish({ options: { startAfterId: '9005' } })).toBeNull();
		expect(await poller.poll()).toBeNull();
	});

	test('must be an id', async () => {
		await world.start();
		const poller = new Poller(world, { options: { startAfterId: 'SO-1' } });
		const { message } = await failureOf(poller.activate());
		expect(message).toContain('Start After ID');
		expect(message).toContain('SO-1');
	});
});

describe('a test in the editor', () => {
	test.each(sampled(all, 6, 4))('%s: shows the latest record and moves nothing', async (triggerOn) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { triggerOn });
		const before = poller.memory;
		const [first, newest] = world.uphance.addRecords(paths[triggerOn], 2);
		world.uphance.clearLog();
		const { records, left } = await poller.test();
		expect(records?.map(({ id }) => id)).toEqual([newest]);
		expect(world.asked(paths[triggerOn]).length).toBe(2);
		expect(left).toEqual(before);
		expect(await poller.ids()).toEqual([first, newest]);
	});

	test.each(['created', 'createdOrUpdated'])('%s: before the workflow was ever published', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = new Poller(world, { watchFor, simplify: true });
		const { records, left } = await poller.test();
		expect(records).toEqual([expect.objectContaining({ id: orderId(249) })]);
		expect(records?.[0]).not.toHaveProperty('line_items');
		expect(JSON.stringify(left)).not.toMatch(/\d{4}/);
		expect(await poller.activate()).toBeNull();
	});

	test('says that there is no record yet', async () => {
		await world.start({ orders: 0 });
		const { message, description } = await failureOf(new Poller(world).test());
		expect(message).toMatch(/no sales orders/i);
		expect(message).toContain('Uphance Demo');
		expect(description).not.toBe('');
	});
});

describe('cost', () => {
	test.each(sampled(withSinceId, 6))('%s: a quiet poll is one request', async (triggerOn) => {
		await world.start({ orders: 1000 });
		const path = paths[triggerOn];
		const poller = await watching(world, { triggerOn });
		const quiet = expect.stringMatching(`^GET ${path} since_id=`);
		expect(await poller.ids(3)).toEqual([]);
		expect(world.asked(path)).toEqual([quiet, quiet, quiet]);
		world.uphance.addRecords(path, 120);
		await poller.poll();
		world.uphance.clearLog();
		expect(await poller.poll()).toBeNull();
		expect(world.asked(path)).toHaveLength(1);
	});

	test.each([
		['return', 2],
		['customer', 3],
	] as const)('%s: a quiet poll reads the end, in %i requests', async (triggerOn, requests) => {
		await world.start({ orders: 5000 });
		const poller = await watching(world, { triggerOn });
		expect(await poller.poll()).toBeNull();
		expect(world.asked(paths[triggerOn]).length).toBe(requests);
	});

	test('250 new orders among 100,000 are three requests, one at a time', async () => {
		await world.start({ orders: 100_000 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 250);
		expect(await poller.ids()).toEqual(added);
		expect(world.asked(orders)).toHaveLength(3);
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
	});
});

describe('each record comes once', () => {
	test.each([1, 10, 40])('an id that appears late, %i records back, comes once', async (back) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const late = orderId(249 - back) + 1;
		world.uphance.lateRecord(orders, late);
		expect(await poller.ids()).toEqual([late]);
		expect(await poller.poll()).toBeNull();
	});

	test('an id that appears late, soon after the first poll, however full the last page was', async () => {
		await world.start({ orders: 101 });
		const poller = await watching(world, {});
		world.uphance.lateRecord(orders, orderId(99) + 1);
		expect(await poller.ids()).toEqual([orderId(99) + 1]);
	});

	test.each(sampled(all, 6, 1))('%s: an id that appears late, after new ones, comes once', async (triggerOn) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { triggerOn });
		const added = world.uphance.addRecords(paths[triggerOn], 20);
		expect(await poller.ids()).toEqual(added);
		const late = (added[9] ?? 0) + 1;
		world.uphance.lateRecord(paths[triggerOn], late);
		const [newest] = world.uphance.addRecords(paths[triggerOn], 1);
		expect(await poller.ids()).toEqual([late, newest]);
		expect(await poller.poll()).toBeNull();
	});

	test.each(['order', 'return'] as const)('%s: what appears between pages comes, once', async (triggerOn) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { triggerOn });
		const path = paths[triggerOn];
		const added = world.uphance.addRecords(path, 250);
		// The second request to the list waits; new records come meanwhile.
		world.uphance.fault({ path, kind: 'slow', milliseconds: 300, skip: 1 });
		const first = poller.ids();
		await until(() => world.asked(path).length === 2);
		const more = world.uphance.addRecords(path, 120);
		const both = [...(await first), ...(await poller.ids())];
		expect(both).toEqual([...added, ...more]);
		expect(await poller.poll()).toBeNull();
	});

	test.each([1, 2, 3])('a failure on page %i of 3 loses nothing and repeats nothing', async (page) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 250);
		const before = poller.memory;
		world.uphance.fault({ path: orders, skip: page - 1, kind: 'status', status: 501 });
		await failureOf(poller.poll());
		expect(poller.memory).toEqual(before);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test.each(['malformed', 'html', 'empty', 'drop', 'stuckNextPage'] as const)('%s on page 2', async (kind) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 250);
		const before = poller.memory;
		world.uphance.fault({ path: orders, skip: 1, kind, times: 5 });
		await failureOf(poller.poll());
		expect(poller.memory).toEqual(before);
		world.uphance.clearFaults();
		expect(await poller.ids()).toEqual(added);
	});

	test.each(sampled(all, 6, 2))('%s: more than Max Records per Poll go on at the next', async (triggerOn) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { triggerOn, options: { maxRecords: 70 } });
		const added = world.uphance.addRecords(paths[triggerOn], 170);
		expect(await poller.ids()).toEqual(added.slice(0, 70));
		const more = world.uphance.addRecords(paths[triggerOn], 10);
		expect(await poller.ids()).toEqual(added.slice(70, 140));
		expect(await poller.ids()).toEqual([...added.slice(140), ...more]);
		expect(await poller.poll()).toBeNull();
	});

	test('a cap of one takes many polls and loses nothing', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { options: { maxRecords: 1 } });
		const added = world.uphance.addRecords(orders, 5);
		for (const id of added) expect(await poller.ids()).toEqual([id]);
		expect(await poller.poll()).toBeNull();
	});

	test('a capped poll reads no further than it emits', async () => {
		await world.start({ orders: 1000 });
		const poller = await watching(world, { options: { maxRecords: 100 } });
		world.uphance.addRecords(orders, 5000);
		expect(await poller.ids()).toHaveLength(100);
		expect(world.asked(orders).length).toBe(2);
	});

	test('by default a poll emits a thousand at most', async () => {
		await world.start({ orders: 100 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 2100);
		expect(await poller.ids()).toEqual(added.slice(0, 1000));
		expect(await poller.ids()).toEqual(added.slice(1000, 2000));
		expect(await poller.ids()).toEqual(added.slice(2000));
	});

	test('continues after a restart where it stopped', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const before = world.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(before);
		expect(await poller.poll()).toBeNull();
		const meanwhile = world.uphance.addRecords(orders, 130);
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual(meanwhile);
		expect(await poller.poll()).toBeNull();
	});
});

describe('a list that ignores since_id', () => {
	test('is read by page number, which is logged once and stays cheap', async () => {
		await world.start({ orders: 5000, switches: { ignoresSinceId: true } });
		const poller = await watching(world, { triggerOn: 'invoice' });
		expect(await poller.poll()).toBeNull();
		expect(world.asked('/invoices').length).toBe(4);
		const added = world.uphance.addRecords('/invoices', 150);
		world.uphance.clearLog();
		expect(await poller.ids()).toEqual(added);
		expect(world.asked('/invoices').length).toBe(5);
		expect(await poller.poll()).toBeNull();
		expect(poller.warnings).toHaveLength(1);
		expect(poller.warnings[0]).toMatch(/invoices/);
	});

	test.each(sampled(withSinceId, 6, 3))('%s', async (triggerOn) => {
		await world.start({ orders: 250, switches: { ignoresSinceId: true } });
		const poller = await watching(world, { triggerOn, options: { maxRecords: 100 } });
		const added = world.uphance.addRecords(paths[triggerOn], 130);
		expect(await poller.ids()).toEqual(added.slice(0, 100));
		world.uphance.lateRecord(paths[triggerOn], (added[90] ?? 0) + 1);
		expect(await poller.ids()).toEqual([(added[90] ?? 0) + 1, ...added.slice(100)]);
		expect(await poller.poll()).toBeNull();
	});

	test('Start After ID is still applied', async () => {
		await world.start({ orders: 250, switches: { ignoresSinceId: true } });
		const poller = new Poller(world, { options: { startAfterId: String(orderId(240)) } });
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual(range(9).map((index) => orderId(241 + index)));
	});
});

describe('filters', () => {
	test('only pick tickets of the warehouse, and a quiet poll is still one request', async () => {
		await world.start({ orders: 250 });
		const filters = { warehouse_name: 'East warehouse' };
		const poller = await watching(world, { triggerOn: 'pickTicket', filters });
		expect(await poller.poll()).toBeNull();
		expect(world.asked('/pick_tickets')).toHaveLength(1);
		expect(world.asked('/pick_tickets')[0]).toContain('filter[warehouse_name]=East warehouse');
		const added = world.uphance.addRecords('/pick_tickets', 40);
		const records = await poller.poll();
		expect(records?.length).toBeGreaterThan(0);
		expect(records?.every(({ warehouse, id }) => warehouse === 'East warehouse' && added.includes(Number(id)))).toBe(
			true,
		);
		expect(await poller.poll()).toBeNull();
	});
});
