import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { claim } from '../../nodes/Uphance/triggers/webhook/dedupe.ts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import { advanceClock, days } from '../clock.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { watching } from '../polling/pollContext.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

/**
 * The clock of a machine jumps: a virtual machine that slept wakes up, or NTP puts a wrong clock right. `advanceClock`
 * moves it on; `jest.restoreAllMocks` sets it back.
 */
const hour = 3_600_000;
const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });
const setBack = () => void jest.restoreAllMocks();
afterEach(setBack);

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(1),
};

describe('The clock is set back', () => {
	test('a registration is not trusted for longer: a write registers its organisation again', async () => {
		await world.start({}, groupForm);
		advanceClock(hour);
		await world.run({ parameters: { limit: 1 } });
		setBack();
		world.uphance.switchOrganisation(group.email, 9601);
		await world.run({ parameters: order });
		expect(world.uphance.created().map(({ organisation }) => organisation)).toEqual([9579]);
	});

	test('a wait before a retry lasts no longer', async () => {
		await world.start();
		await world.run({ parameters: { limit: 1 } });
		world.uphance.clearLog();
		Object.assign(limits, { initialDelayMs: 300 });
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 503 });
		advanceClock(hour);
		const started = performance.now();
		const running = world.run({ parameters: { limit: 1 } });
		await until(() => world.asked('/sales_orders').length === 1);
		setBack();
		expect((await running).records).toHaveLength(1);
		expect(performance.now() - started).toBeLessThan(5_000);
	});

	test('a rejected password is not held back for longer than the minute', async () => {
		await world.start();
		world.uphance.changePassword(demo.email, 'another');
		advanceClock(hour);
		await failureOf(world.run());
		world.uphance.changePassword(demo.email, String(world.credential.data.password));
		setBack();
		expect((await world.run()).records).toHaveLength(50);
	});

	test('a list that was read is read again when a text is not in it', async () => {
		await world.start();
		const customerId = (value: string) => ({ __rl: true, mode: 'reference', value });
		const get = (value: string) => ({ resource: 'customer', operation: 'get', customerId: customerId(value) });
		advanceClock(hour);
		await failureOf(world.run({ parameters: get('no such reference') }));
		setBack();
		world.uphance.changeRecord('/customers', 9498, { reference: 'NEW-1' });
		expect((await world.run({ parameters: get('NEW-1') })).records[0]).toMatchObject({ id: 9498 });
	});

	test('a session that seems to live on is renewed once when Uphance says that it ended', async () => {
		await world.start();
		advanceClock(30 * days);
		await world.run();
		setBack();
		world.uphance.expireTokens();
		expect((await world.run()).records).toHaveLength(50);
		expect((await world.run()).records).toHaveLength(50);
		expect(world.uphance.signIns()).toBe(2);
	});

	test('an event that was processed stays a duplicate', () => {
		const event = { record: 'back 1', body: 'a' };
		advanceClock(hour);
		const first = claim(event);
		if (typeof first !== 'string') first.commit();
		setBack();
		expect(claim(event)).toBe('duplicate');
	});

	test('a poll emits what is new, once', async () => {
		await world.start();
		advanceClock(hour);
		const poller = await watching(world, { watchFor: 'createdOrUpdated' });
		const before = world.uphance.addRecords('/sales_orders', 2);
		expect(await poller.ids()).toEqual(before);
		setBack();
		const after = world.uphance.addRecords('/sales_orders', 2);
		expect(await poller.ids(2)).toEqual(after);
	});
});

describe('The clock jumps forward', () => {
	test('in the middle of a read: everything comes, once, with one renewal', async () => {
		await world.start({ orders: 350 });
		await world.run({ parameters: { limit: 1 } });
		world.uphance.clearLog();
		world.uphance.fault({ path: '/sales_orders', kind: 'slow', milliseconds: 50, skip: 1 });
		const reading = world.run({ parameters: { returnAll: true } });
		await until(() => world.asked('/sales_orders').length === 2);
		advanceClock(8 * days);
		const { records } = await reading;
		expect(new Set(records.map(({ id }) => id)).size).toBe(350);
		expect(records).toHaveLength(350);
		expect(world.uphance.signIns()).toBe(2);
	});

	test('in the middle of a wait before a retry: the wait is not cut short', async () => {
		await world.start();
		await world.run({ parameters: { limit: 1 } });
		world.uphance.clearLog();
		Object.assign(limits, { initialDelayMs: 400 });
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 503 });
		const started = performance.now();
		const running = world.run({ parameters: { limit: 1 } });
		await until(() => world.asked('/sales_orders').length === 1);
		advanceClock(hour);
		expect((await running).records).toHaveLength(1);
		expect(performance.now() - started).toBeGreaterThan(190); // half of the delay is certain
	});

	test('in the middle of a poll: what there was no time for comes with the next one, and nothing twice', async () => {
		await world.start();
		const poller = await watching(world, {});
		const added = world.uphance.addRecords('/sales_orders', 250);
		world.uphance.fault({ path: '/sales_orders', kind: 'slow', milliseconds: 50, skip: 1 });
		world.uphance.clearLog();
		const polling = poller.ids();
		await until(() => world.asked('/sales_orders').length === 2);
		advanceClock(hour);
		const first = await polling;
		expect(first.length).toBeLessThan(250);
		expect([...first, ...(await poller.ids(2))]).toEqual(added);
	});
});
