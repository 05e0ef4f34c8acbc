import { describe, expect, test } from '@jest/globals';
import { sampled } from '../propertyRuns.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';
import { Poller, all, orderId, paths, range, watching } from './pollContext.mts';

const world = useWorld({ starts: 'inTest' });

const orders = '/sales_orders';
const watchFor = 'createdOrUpdated';
/** Sandbox orders are drafts at every seventh place. */
const draft = orderId(244);
const confirmed = orderId(245);

const change = (id: number, values: Record<string, unknown> = {}, path = orders) =>
	world.uphance.changeRecord(path, id, values);

describe('New or Changed returns', () => {
	test('a draft that is confirmed, once', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		expect(await poller.poll()).toBeNull();
		change(draft, { status: 'confirmed' });
		const records = await poller.poll();
		expect(records).toEqual([expect.objectContaining({ id: draft, status: 'confirmed' })]);
		expect(await poller.poll()).toBeNull();
	});

	test('also when updated_at stayed the same', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		change(draft, { updated_at: '2026-01-01T00:00:00.000Z' });
		expect(await poller.ids()).toEqual([draft]);
		change(draft, { updated_at: '2026-01-01T00:00:00.000Z', status: 'confirmed' });
		expect(await poller.ids()).toEqual([draft]);
		expect(await poller.poll()).toBeNull();
	});

	test('a pick ticket that is shipped, as Uphance has it', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, triggerOn: 'pickTicket' });
		const [id = 0] = world.uphance.addRecords('/pick_tickets', 1);
		expect(await poller.ids()).toEqual([id]);
		change(id, { status: 'shipped', tracking_number: 'T1' }, '/pick_tickets');
		const records = await poller.poll();
		expect(records).toEqual([expect.objectContaining({ id, status: 'shipped', tracking_number: 'T1' })]);
		expect(records?.[0]).toHaveProperty('line_items');
		expect(await poller.poll()).toBeNull();
	});

	test.each(sampled(all, 6, 1))('%s: new and changed records, each once, oldest first', async (triggerOn) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const poller = await watching(world, { watchFor, triggerOn });
		expect(await poller.poll()).toBeNull();
		const added = world.uphance.addRecords(path, 5);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
		const [, second = 0, , fourth = 0] = added;
		change(fourth, { currency: 'JPY' }, path);
		change(second, { currency: 'JPY' }, path);
		const more = world.uphance.addRecords(path, 2);
		change(more[0] ?? 0, { currency: 'JPY' }, path);
		expect(await poller.ids()).toEqual([second, fourth, ...more]);
		expect(await poller.poll()).toBeNull();
	});

	test('a record whose updated_at alone changed, each time', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		for (const day of [1, 2, 3]) {
			change(confirmed, { updated_at: `2026-01-0${day}T00:00:00.000Z` });
			expect(await poller.ids()).toEqual([confirmed]);
		}
		expect(await poller.poll()).toBeNull();
	});

	test('a record without updated_at is compared as a whole', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, triggerOn: 'customer' });
		const { records } = await world.run({ parameters: { resource: 'customer', returnAll: true, simplify: false } });
		const customer = records[200];
		expect(customer).not.toHaveProperty('updated_at');
		expect(await poller.poll()).toBeNull();
		change(Number(customer?.id), { city: 'Ghent' }, '/customers');
		expect(await poller.poll()).toEqual([{ ...customer, city: 'Ghent' }]);
		expect(await poller.poll()).toBeNull();
	});

	test('simplified records', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, simplify: true });
		change(draft, { status: 'confirmed' });
		const records = await poller.poll();
		expect(records).toEqual([expect.objectContaining({ id: draft, status: 'confirmed' })]);
		expect(records?.[0]).not.toHaveProperty('line_items');
	});

	test('an id that appears late, once, and its changes', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		const late = orderId(240) + 1;
		world.uphance.lateRecord(orders, late);
		expect(await poller.ids()).toEqual([late]);
		expect(await poller.poll()).toBeNull();
		change(late);
		expect(await poller.ids()).toEqual([late]);
	});

	test('an id that appears late, together with newer ones', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		const added = world.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(added);
		const late = (added[1] ?? 0) + 1;
		world.uphance.lateRecord(orders, late);
		const [newest] = world.uphance.addRecords(orders, 1);
		expect(await poller.ids()).toEqual([late, newest]);
		expect(await poller.poll()).toBeNull();
	});

	test('no old record after one was deleted', async () => {
		await world.start({ orders: 1000 });
		const options = { lookBack: 100 };
		const poller = await watching(world, { watchFor, triggerOn: 'pickTicket', options });
		const added = world.uphance.addRecords('/pick_tickets', 50);
		await poller.poll();
		for (const id of added.slice(0, 40)) world.uphance.deletePickTicket(id);
		expect(await poller.poll()).toBeNull();
		expect(await poller.poll()).toBeNull();
	});

	test('changes across a restart', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		change(draft);
		expect(await poller.ids()).toEqual([draft]);
		change(confirmed);
		const [added] = world.uphance.addRecords(orders, 1);
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual([confirmed, added]);
		expect(await poller.poll()).toBeNull();
	});
});

describe('while it reads', () => {
	test('what appears and changes between pages comes with this poll or the next, once', async () => {
		await world.start({ orders: 450 });
		const poller = await watching(world, { watchFor });
		const added = world.uphance.addRecords(orders, 120);
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 300, skip: 2 });
		const first = poller.ids();
		await until(() => world.asked(orders).length === 3);
		const more = world.uphance.addRecords(orders, 120);
		change(orderId(440));
		const got = [...(await first), ...(await poller.ids())];
		expect(got.sort((one, other) => one - other)).toEqual([orderId(440), ...added, ...more]);
		expect(await poller.poll()).toBeNull();
	});

	test('an id that appears late among pages that were read makes nothing look new', async () => {
		await world.start({ orders: 450 });
		const poller = await watching(world, { watchFor });
		// Pages are read from the last: the third request is for page 4, after which page 2 gets one more.
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 300, skip: 2 });
		const first = poller.ids();
		await until(() => world.asked(orders).length === 3);
		const late = orderId(150) + 1;
		world.uphance.lateRecord(orders, late);
		expect([...(await first), ...(await poller.ids(3))]).toEqual([late]);
	});
});

describe('Watch the Newest', () => {
	test('is 500 by default, which costs seven requests, then five a poll', async () => {
		await world.start({ orders: 100_050 });
		const poller = new Poller(world, { watchFor });
		expect(await poller.activate()).toBeNull();
		expect(world.asked(orders).length).toBe(7);
		world.uphance.clearLog();
		expect(await poller.poll()).toBeNull();
		expect(world.asked(orders).length).toBe(5);
		change(orderId(100_050 - 500));
		change(orderId(100_050 - 900));
		expect(await poller.ids()).toEqual([orderId(100_050 - 500)]);
	});

	test.each([
		[1, 1],
		[100, 1],
		[200, 2],
		[2000, 20],
	])('%i costs a request for each 100, and at least one', async (lookBack, requests) => {
		await world.start({ orders: 5050 });
		const poller = await watching(world, { watchFor, options: { lookBack } });
		expect(await poller.poll()).toBeNull();
		expect(world.asked(orders).length).toBe(requests);
		change(orderId(5050 - lookBack));
		expect(await poller.ids()).toEqual([orderId(5050 - lookBack)]);
		change(orderId(5050 - lookBack - 250));
		expect(await poller.poll()).toBeNull();
	});

	test('loses none when more new ones appear between two polls', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { lookBack: 10 } });
		const added = world.uphance.addRecords(orders, 430);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
		change(added[429] ?? 0);
		expect(await poller.ids()).toEqual([added[429]]);
	});

	test('returns no old records when it is raised later', async () => {
		await world.start({ orders: 1000 });
		const poller = await watching(world, { watchFor, options: { lookBack: 50 } });
		expect(await poller.republish({ watchFor, options: { lookBack: 600 } })).toBeNull();
		expect(await poller.poll()).toBeNull();
		change(orderId(500));
		expect(await poller.ids()).toEqual([orderId(500)]);
	});
});

describe('Only When Status Is', () => {
	const options = { status: 'confirmed' };

	test('once for each record and status', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options });
		change(draft, { status: 'confirmed' });
		expect(await poller.ids()).toEqual([draft]);
		change(draft, { notes: 'again' });
		expect(await poller.poll()).toBeNull();
		change(draft, { status: 'draft' });
		expect(await poller.poll()).toBeNull();
		change(draft, { status: 'confirmed' });
		expect(await poller.poll()).toBeNull();
	});

	test('each of several, without case', async () => {
		await world.start({ orders: 250 });
		const status = ' Shipped , checked in ';
		const poller = await watching(world, { watchFor, triggerOn: 'pickTicket', options: { status } });
		const [id = 0] = world.uphance.addRecords('/pick_tickets', 1);
		change(id, { status: 'published' }, '/pick_tickets');
		expect(await poller.poll()).toBeNull();
		change(id, { status: 'SHIPPED' }, '/pick_tickets');
		expect(await poller.ids()).toEqual([id]);
		change(id, { status: 'checked in' }, '/pick_tickets');
		expect(await poller.ids()).toEqual([id]);
		change(id, { notes: 'x' }, '/pick_tickets');
		expect(await poller.poll()).toBeNull();
	});

	test('records that had it when the workflow was published do not fire', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options });
		change(confirmed, { notes: 'changed' });
		expect(await poller.poll()).toBeNull();
	});

	test('new ones with it and new ones that get it later', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options });
		const added = world.uphance.addRecords(orders, 8);
		const [, , second = 0] = added;
		change(second, { status: 'draft' });
		const first = await poller.poll();
		const drafts = added.filter((id) => !first?.some((each) => each.id === id));
		expect(first?.every(({ status }) => status === 'confirmed')).toBe(true);
		expect(drafts).toContain(second);
		expect(await poller.poll()).toBeNull();
		for (const id of drafts) change(id, { status: 'confirmed' });
		expect(await poller.ids()).toEqual(drafts);
		expect(await poller.poll()).toBeNull();
	});

	test('a quiet change, a restart and then the status', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options });
		change(draft, { notes: 'x' });
		expect(await poller.poll()).toBeNull();
		expect(await poller.activate()).toBeNull();
		change(draft, { status: 'confirmed' });
		expect(await poller.ids()).toEqual([draft]);
		expect(await poller.activate()).toBeNull();
		expect(await poller.poll()).toBeNull();
	});
});

describe('Max Records per Poll', () => {
	test('new and changed ones beyond it come with the next polls', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 4 } });
		const old = range(6).map((index) => orderId(230 + index));
		for (const id of old) change(id);
		const added = world.uphance.addRecords(orders, 6);
		const due = [...old, ...added];
		expect(await poller.ids()).toEqual(due.slice(0, 4));
		expect(await poller.ids()).toEqual(due.slice(4, 8));
		expect(await poller.ids()).toEqual(due.slice(8));
		expect(await poller.poll()).toBeNull();
	});

	test('more new ones than Watch the Newest', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 100, lookBack: 50 } });
		const added = world.uphance.addRecords(orders, 330);
		expect(await poller.ids(4)).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test('what is left over is not lost when many new ones come meanwhile', async () => {
		await world.start({ orders: 900 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 10, lookBack: 300 } });
		const old = range(30).map((index) => orderId(605 + index));
		for (const id of old) change(id);
		expect(await poller.ids()).toEqual(old.slice(0, 10));
		const added = world.uphance.addRecords(orders, 400);
		expect(await poller.ids()).toEqual(old.slice(10, 20));
		expect(await poller.ids()).toEqual(old.slice(20));
		expect(await poller.ids(40)).toEqual(added);
	});

	test('with a status, behind ones that do not have it', async () => {
		await world.start({ orders: 250 });
		const options = { maxRecords: 1, status: 'confirmed' };
		const poller = await watching(world, { watchFor, options });
		const added = world.uphance.addRecords(orders, 3);
		const [first = 0, second = 0, third = 0] = added;
		change(first, { status: 'confirmed' });
		change(second, { status: 'confirmed' });
		change(third, { status: 'draft' });
		expect(await poller.ids()).toEqual([first]);
		expect(await poller.ids()).toEqual([second]);
		expect(await poller.poll()).toBeNull();
		change(third, { status: 'confirmed' });
		expect(await poller.ids()).toEqual([third]);
	});

	test('with a status, behind more of the others than Watch the Newest', async () => {
		await world.start({ orders: 250 });
		const options = { maxRecords: 1, lookBack: 10, status: 'confirmed' };
		const poller = await watching(world, { watchFor, options });
		const [first = 0, second = 0, ...others] = world.uphance.addRecords(orders, 32);
		change(first, { status: 'confirmed' });
		change(second, { status: 'confirmed' });
		for (const id of others) change(id, { status: 'draft' });
		expect(await poller.ids()).toEqual([first]);
		expect(await poller.ids()).toEqual([second]);
		expect(await poller.poll()).toBeNull();
	});

	test('late ids among what is left over', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 5 } });
		const added = world.uphance.addRecords(orders, 12);
		expect(await poller.ids()).toEqual(added.slice(0, 5));
		const late = (added[2] ?? 0) + 1;
		world.uphance.lateRecord(orders, late);
		expect(await poller.ids()).toEqual([late, ...added.slice(5, 9)]);
		expect(await poller.ids()).toEqual(added.slice(9));
		expect(await poller.poll()).toBeNull();
	});

	test('across a restart', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 3 } });
		const added = world.uphance.addRecords(orders, 8);
		expect(await poller.ids()).toEqual(added.slice(0, 3));
		const records = await poller.activate();
		expect(records?.map(({ id }) => id)).toEqual(added.slice(3, 6));
		expect(await poller.ids()).toEqual(added.slice(6));
	});

	test('a record that changes again while it waits comes once, as it is then', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { maxRecords: 1 } });
		change(draft);
		change(confirmed);
		expect(await poller.ids()).toEqual([draft]);
		change(confirmed, { notes: 'latest' });
		expect(await poller.poll()).toEqual([expect.objectContaining({ id: confirmed, notes: 'latest' })]);
		expect(await poller.poll()).toBeNull();
	});
});
