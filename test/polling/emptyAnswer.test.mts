import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { Poller, all, endTimeAfter, orderId, paths, watching } from './pollContext.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });
afterEach(() => void jest.restoreAllMocks());

const orders = '/sales_orders';
const both = ['created', 'createdOrUpdated'];

/** The next answers of a list are empty, however much is in it. */
function answerEmpty(path: string, times: number): void {
	const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 0 };
	world.uphance.fault({ path, kind: 'json', body: { [path.slice(1)]: [], meta }, times });
}

describe('an empty answer of a list that had records', () => {
	test.each(sampled(all, 6))('%s: is asked for again, and nothing is missed', async (triggerOn) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const [known = 0] = world.uphance.addRecords(path, 1);
		const poller = await watching(world, { triggerOn, watchFor: 'createdOrUpdated' });
		const [added] = world.uphance.addRecords(path, 1);
		world.uphance.changeRecord(path, known, { currency: 'JPY' });
		answerEmpty(path, 1);
		expect(await poller.ids()).toEqual([known, added]);
		expect(await poller.poll()).toBeNull();
	});

	test.each(
		sampled(
			all.flatMap((triggerOn) => both.map((watchFor) => [triggerOn, watchFor] as const)),
			6,
		),
	)('%s, %s: is refused when it stays, and the next poll goes on', async (triggerOn, watchFor) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const [known = 0] = world.uphance.addRecords(path, 1);
		const poller = await watching(world, { triggerOn, watchFor });
		const before = poller.memory;
		world.uphance.changeRecord(path, known, { currency: 'JPY' });
		answerEmpty(path, 20);
		for (let round = 0; round < 2; round++) {
			const { message, description } = await failureOf(poller.poll());
			expect(message).toMatch(/^Uphance returned no .+, although it had some before$/);
			expect(description).toContain('keeps what it knows');
		}
		expect(poller.memory).toEqual(before);
		world.uphance.clearFaults();
		const added = world.uphance.addRecords(path, 2);
		expect(await poller.ids()).toEqual(watchFor === 'created' ? added : [known, ...added]);
		expect(await poller.poll()).toBeNull();
	});

	test.each(both)('%s: at the first poll does not make old records new', async (watchFor) => {
		await world.start({ orders: 250 });
		answerEmpty(orders, 1);
		const poller = new Poller(world, { watchFor });
		expect(await poller.activate()).toBeNull();
		const added = world.uphance.addRecords(orders, 1);
		expect(await poller.ids()).toEqual(added);
	});
});

describe('a list that shows its records only after the trigger started', () => {
	test.each(both)('%s: returns the records created since, and none of the others', async (watchFor) => {
		await world.start({ orders: 0 });
		const poller = new Poller(world, { watchFor });
		expect(await poller.activate()).toBeNull();
		expect(await poller.poll()).toBeNull();
		world.uphance.setOrders(9579, 250);
		const added = world.uphance.addRecords(orders, 2);
		expect(await poller.ids()).toEqual(added);
		const more = world.uphance.addRecords(orders, 2);
		expect(await poller.ids()).toEqual(more);
		expect(await poller.poll()).toBeNull();
		expect(poller.memory).not.toHaveProperty('node:Uphance.polled.ignoreCreatedBefore');
	});

	test.each(both)('%s: also where several polls are needed', async (watchFor) => {
		await world.start({ orders: 0 });
		const poller = new Poller(world, { watchFor, options: { maxRecords: 2 } });
		await poller.activate();
		world.uphance.setOrders(9579, 400);
		const added = world.uphance.addRecords(orders, 5);
		const ids: number[] = [];
		for (let round = 0; round < 9; round++) {
			endTimeAfter(world, orders, 2);
			ids.push(...(await poller.ids()));
			jest.restoreAllMocks();
		}
		expect(ids).toEqual(added);
	});
});

describe('a list that is empty indeed', () => {
	test.each(both)('%s: because all were deleted: fails until the next record, which is returned', async (watchFor) => {
		await world.start({ orders: 0 });
		const path = paths.pickTicket;
		const poller = await watching(world, { watchFor, triggerOn: 'pickTicket' });
		const added = world.uphance.addRecords(path, 3);
		expect(await poller.ids()).toEqual(added);
		for (const id of added) world.uphance.deletePickTicket(id);
		await failureOf(poller.poll());
		const [next] = world.uphance.addRecords(path, 1);
		expect(await poller.ids()).toEqual([next]);
		expect(await poller.poll()).toBeNull();
	});

	test.each(both)('%s: after a Start After ID that no record reaches: is no failure', async (watchFor) => {
		await world.start({ orders: 250 });
		const options = { startAfterId: String(orderId(249) + 1) };
		const poller = new Poller(world, { watchFor, options });
		expect(await poller.activate()).toBeNull();
		expect(await poller.poll()).toBeNull();
		const added = world.uphance.addRecords(orders, 1);
		expect(await poller.ids()).toEqual(added);
	});

	test('because the only watched ticket was deleted: is no failure where there are others', async () => {
		await world.start({ orders: 250 });
		const [id = 0] = world.uphance.addRecords(paths.pickTicket, 1);
		const options = { lookBack: 1 };
		const poller = await watching(world, { watchFor: 'createdOrUpdated', triggerOn: 'pickTicket', options });
		world.uphance.deletePickTicket(id);
		expect(await poller.poll()).toBeNull();
		expect(await poller.poll()).toBeNull();
	});
});

test.each([[null], [0], ['no number']])('a record with the id %j is refused, not skipped', async (id) => {
	await world.start({ orders: 250 });
	const poller = await watching(world, {});
	const [added = 0] = world.uphance.addRecords(orders, 1);
	const before = poller.memory;
	world.uphance.changeRecord(orders, added, { id });
	const { message } = await failureOf(poller.poll());
	expect(message).toBe('Uphance returned sales orders without a usable ID');
	expect(poller.memory).toEqual(before);
	world.sendsAnything = true; // the stand-in's answer is not as described, on purpose
});
