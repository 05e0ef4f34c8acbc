import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import { Poller, endTimeAfter, orderId, paths, range, watching } from './pollContext.mts';

const world = useWorld({ limits: { initialDelayMs: 5, maxDelayMs: 20 }, starts: 'inTest' });
afterEach(() => void jest.restoreAllMocks());

const orders = '/sales_orders';
const both = ['created', 'createdOrUpdated'];

const slow = (path: string, milliseconds = 100) =>
	world.uphance.fault({ path, kind: 'slow', milliseconds, times: 10_000 });

/** The ids that each of so many polls emits, none of which has time for more pages than that. */
async function idsOfPolls(poller: Poller, polls: number, pages: number): Promise<number[][]> {
	const ids: number[][] = [];
	for (let round = 0; round < polls; round++) {
		endTimeAfter(world, orders, pages);
		ids.push(await poller.ids());
		jest.restoreAllMocks();
	}
	return ids;
}

describe('the first poll', () => {
	test.each(both)('%s: starts from now when its pages take longer than the editor would wait', async (watchFor) => {
		Object.assign(limits, { deadlineMs: 150 });
		await world.start({ orders: 1000 });
		slow(orders);
		const poller = new Poller(world, { watchFor });
		expect(await poller.activate()).toBeNull();
		world.uphance.clearFaults();
		const added = world.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(added);
	});

	test.each(both)('%s: returns every record after Start After ID, however slow the pages are', async (watchFor) => {
		Object.assign(limits, { deadlineMs: 150 });
		await world.start({ orders: 1000 });
		slow(orders);
		const poller = new Poller(world, { watchFor, options: { startAfterId: String(orderId(599)) } });
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual(range(400).map((index) => orderId(600 + index)));
	});

	test.each(both)('%s: uses five minutes where n8n does not tell how long a poll may take', async (watchFor) => {
		Object.assign(limits, { deadlineMs: 50 });
		expect(limits.pollBudgetMs).toBe(300_000);
		await world.start({ orders: 250 });
		slow(orders);
		const poller = new Poller(world, { watchFor });
		poller.budgetMs = undefined;
		expect(await poller.activate()).toBeNull();
	});

	test.each([
		['that n8n tells', 300, 60_000],
		['of the package where n8n does not tell', undefined, 300],
	])('fails after the time %s if Uphance does not answer, and keeps nothing', async (_name, budgetMs, pollBudgetMs) => {
		Object.assign(limits, { pollBudgetMs, deadlineMs: 60_000 });
		await world.start();
		world.uphance.fault({ path: orders, kind: 'hang', times: 9 });
		const poller = new Poller(world);
		poller.budgetMs = budgetMs;
		const began = Date.now();
		const { message } = await failureOf(poller.activate());
		expect(message).toBe('Uphance did not answer in time');
		expect(Date.now() - began).toBeLessThan(10_000);
		expect(JSON.stringify(poller.memory)).not.toMatch(/\d{4}/);
	});

	test('of another list keeps the state of the one before if Uphance does not answer', async () => {
		await world.start();
		const poller = await watching(world, {});
		const before = poller.saved;
		world.uphance.fault({ path: '/invoices', kind: 'hang', times: 9 });
		poller.budgetMs = 300;
		await failureOf(poller.republish({ triggerOn: 'invoice' }));
		expect(poller.saved).toEqual(before);
	});

	test('watches the records it had time for, and more of them after the next polls', async () => {
		await world.start({ orders: 1000 });
		const poller = new Poller(world, { watchFor: 'createdOrUpdated' });
		endTimeAfter(world, orders, 3);
		expect(await poller.activate()).toBeNull();
		jest.restoreAllMocks();
		expect(poller.warnings).toEqual([expect.stringContaining('no time to read all sales orders')]);
		world.uphance.changeRecord(orders, orderId(995), {});
		expect(await idsOfPolls(poller, 1, 3)).toEqual([[orderId(995)]]);
		expect(await poller.poll()).toBeNull();
		world.uphance.changeRecord(orders, orderId(505), {});
		expect(await poller.ids()).toEqual([orderId(505)]);
		expect(await poller.poll()).toBeNull();
	});
});

describe('a poll without time for everything', () => {
	test.each(both)('%s: leaves new records for the next polls, each once, oldest first', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 10_000 } });
		const added = world.uphance.addRecords(orders, 900);
		const polls = await idsOfPolls(poller, 9, 3);
		expect(polls[0]?.length).toBeGreaterThan(0);
		expect(polls[0]?.length).toBeLessThan(300);
		expect(polls.flat()).toEqual(added);
	});

	test.each(both)('%s: goes on where it stopped after a restart', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		const added = world.uphance.addRecords(orders, 500);
		const [first = []] = await idsOfPolls(poller, 1, 4);
		expect(first.length).toBeLessThan(500);
		const rest = await poller.activate();
		expect([...first, ...(rest?.map(({ id }) => id) ?? [])]).toEqual(added);
	});

	test('keeps what it read when the next page does not come in time', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 500);
		world.uphance.fault({ path: orders, kind: 'hang', skip: 2 });
		poller.budgetMs = 2_500;
		const first = await poller.ids();
		expect(first.length).toBeGreaterThan(0);
		expect(first.length).toBeLessThan(200);
		poller.budgetMs = 300_000;
		expect([...first, ...(await poller.ids())]).toEqual(added);
	});

	test('finds every change, although no poll reads all watched records', async () => {
		await world.start({ orders: 1000 });
		const poller = await watching(world, { watchFor: 'createdOrUpdated' });
		const changed = [orderId(510), orderId(700), orderId(990)];
		for (const id of changed) world.uphance.changeRecord(orders, id, {});
		const polls = await idsOfPolls(poller, 9, 2);
		expect(polls.flat()).toEqual(changed);
		expect(polls[0]).not.toContain(orderId(990));
		for (const id of changed) world.uphance.changeRecord(orders, id, {});
		const again = (await idsOfPolls(poller, 9, 2)).flat();
		expect(again.sort((one, other) => one - other)).toEqual(changed);
	});

	test('returns new customers although it had no time for all watched ones', async () => {
		await world.start({ orders: 250 });
		const path = paths.customer;
		const [, older = 0] = world.uphance.addRecords(path, 600).slice(-300);
		const poller = await watching(world, { watchFor: 'createdOrUpdated', triggerOn: 'customer' });
		const added = world.uphance.addRecords(path, 3);
		endTimeAfter(world, path, 3);
		expect(await poller.ids()).toEqual(added);
		jest.restoreAllMocks();
		expect(poller.warnings).toEqual([expect.stringContaining('no time to check all watched customers')]);
		world.uphance.changeRecord(path, older, { city: 'Ghent' });
		expect(await poller.ids(2)).toEqual([older]);
	});

	test.each(both)('%s: fails if it cannot reach the oldest new customer, and loses none', async (watchFor) => {
		await world.start({ orders: 250 });
		const path = paths.customer;
		const poller = await watching(world, { watchFor, triggerOn: 'customer' });
		const before = poller.memory;
		const added = world.uphance.addRecords(path, 600);
		endTimeAfter(world, path, 3);
		const { message, description } = await failureOf(poller.poll());
		jest.restoreAllMocks();
		expect(message).toBe('There are more new customers than one poll can read');
		expect(description).toContain('nothing is lost');
		expect(poller.memory).toEqual(before);
		expect(await poller.ids()).toEqual(added);
	});

	test('fails if it had no time to read anything, and keeps its state', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const before = poller.memory;
		const added = world.uphance.addRecords(orders, 3);
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 1_500 });
		poller.budgetMs = 200;
		const { message } = await failureOf(poller.poll());
		expect(message).toBe('Uphance did not answer in time');
		expect(poller.memory).toEqual(before);
		poller.budgetMs = 300_000;
		expect(await poller.ids()).toEqual(added);
	});
});

test('a test in the editor fails as soon as other things in the editor do', async () => {
	Object.assign(limits, { deadlineMs: 300 });
	await world.start();
	world.uphance.fault({ path: orders, kind: 'hang', times: 9 });
	const began = Date.now();
	await failureOf(new Poller(world).test());
	expect(Date.now() - began).toBeLessThan(10_000);
});
