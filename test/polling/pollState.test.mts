import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { group } from '../../sandbox/uphance/uphance.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { World, groupForm, useWorld } from '../world.mts';
import { Poller, orderId, watching } from './pollContext.mts';

const world = useWorld({ uphance: { orders: 250 }, limits: { initialDelayMs: 5, maxDelayMs: 20 }, starts: 'inTest' });

const orders = '/sales_orders';
const both = ['created', 'createdOrUpdated'];
const east = { warehouse_name: 'East warehouse' };
const primary = { warehouse_name: 'Primary warehouse' };

describe('the state belongs to what is watched', () => {
	test.each<[string, INodeParameters, INodeParameters]>([
		['another list', { triggerOn: 'order' }, { triggerOn: 'invoice' }],
		['another list, from high ids to low', { triggerOn: 'payment' }, { triggerOn: 'order' }],
		['another filter', { triggerOn: 'pickTicket', filters: east }, { triggerOn: 'pickTicket', filters: primary }],
		['no filter', { triggerOn: 'pickTicket', filters: east }, { triggerOn: 'pickTicket' }],
		[
			'another list, New or Changed',
			{ triggerOn: 'order', watchFor: 'createdOrUpdated' },
			{ triggerOn: 'invoice', watchFor: 'createdOrUpdated' },
		],
		['another way to watch', { watchFor: 'created' }, { watchFor: 'createdOrUpdated' }],
	])('%s starts from now, and so does changing back', async (_name, one, other) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, one);
		for (const path of [orders, '/invoices', '/payments', '/pick_tickets']) world.uphance.addRecords(path, 30);
		expect(await poller.republish(other)).toBeNull();
		expect(await poller.poll()).toBeNull();
		for (const path of [orders, '/invoices', '/payments', '/pick_tickets']) world.uphance.addRecords(path, 30);
		expect((await poller.poll())?.length).toBeGreaterThan(0);
		expect(await poller.poll()).toBeNull();
		expect(await poller.republish(one)).toBeNull();
		expect(await poller.poll()).toBeNull();
		for (const path of [orders, '/invoices', '/payments', '/pick_tickets']) world.uphance.addRecords(path, 30);
		expect((await poller.poll())?.length).toBeGreaterThan(0);
		expect(await poller.poll()).toBeNull();
	});

	test.each(both)('%s: another organisation under Options starts from now', async (watchFor) => {
		await world.start({ orders: 250 }, groupForm);
		const there = { watchFor, options: { organisationId: '9601' } };
		const poller = await watching(world, { watchFor });
		world.uphance.addRecords(orders, 3, 9579);
		expect(await poller.republish(there)).toBeNull();
		world.uphance.addRecords(orders, 3, 9579);
		const added = world.uphance.addRecords(orders, 3, 9601);
		expect(await poller.ids()).toEqual(added);
		expect(await poller.republish({ watchFor })).toBeNull();
		expect(await poller.poll()).toBeNull();
	});

	test('another organisation in the credential starts from now', async () => {
		await world.start({ orders: 250 }, { email: group.email, organisationId: '9601' });
		const poller = await watching(world, {});
		poller.credential = world.another({ organisationId: '9579' });
		world.uphance.setOrders(9579, 300);
		expect(await poller.activate()).toBeNull();
		const added = world.uphance.addRecords(orders, 3, 9579);
		expect(await poller.ids()).toEqual(added);
	});

	test('the same organisation by name or id is the same', async () => {
		await world.start({ orders: 250 }, groupForm);
		const poller = await watching(world, { options: { organisationId: '9601' } });
		const added = world.uphance.addRecords(orders, 3, 9601);
		const records = await poller.republish({ options: { organisationId: 'Uphance Outlet' } });
		expect(records?.map(({ id }) => id)).toEqual(added);
	});

	test('another API URL starts from now', async () => {
		const other = await World.start({ orders: 900 });
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		poller.credential = other.credential;
		expect(await poller.activate()).toBeNull();
		const added = other.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(added);
		poller.credential = world.credential;
		world.uphance.addRecords(orders, 3);
		expect(await poller.activate()).toBeNull();
		const more = world.uphance.addRecords(orders, 3);
		expect(await poller.ids()).toEqual(more);
		await other.close();
	});

	test('the same API URL, written otherwise, is the same', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 3);
		poller.credential = world.another({ apiUrl: ` ${String(world.credential.data.apiUrl)}/` });
		expect((await poller.activate())?.map(({ id }) => id)).toEqual(added);
	});

	test.each<[string, INodeParameters]>([
		['Simplify', { simplify: true }],
		['Max Records', { options: { maxRecords: 7 } }],
		['Status', { options: { status: 'draft, confirmed' } }],
	])('%s does not change what is watched', async (_name, parameters) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 5);
		const records = await poller.republish(parameters);
		expect(records?.map(({ id }) => id)).toEqual(added);
	});

	test('Start After ID of one list is not applied to another that is chosen later', async () => {
		await world.start({ orders: 250 });
		const options = { startAfterId: String(orderId(240)) };
		const poller = new Poller(world, { options });
		expect(await poller.activate()).toHaveLength(9);
		expect(await poller.republish({ triggerOn: 'invoice', options })).toBeNull();
	});

	test.each([[null], ['text'], [{}], [{ key: 'x' }], [{ key: 1, recentIds: 'x', snapshots: [] }]])(
		'static data that is %j starts from now',
		async (stored) => {
			await world.start({ orders: 250 });
			const poller = new Poller(world, {});
			poller.saved = { 'node:Uphance': { polled: stored } };
			expect(await poller.activate()).toBeNull();
			const added = world.uphance.addRecords(orders, 2);
			expect(await poller.ids()).toEqual(added);
		},
	);
});

describe('another organisation under Options', () => {
	test.each(both)('%s: only its records, and the own one is registered again', async (watchFor) => {
		await world.start({ orders: 250 }, groupForm);
		const poller = await watching(world, { watchFor, options: { organisationId: '9601' } });
		world.uphance.addRecords(orders, 4, 9579);
		expect(await poller.poll()).toBeNull();
		const added = world.uphance.addRecords(orders, 4, 9601);
		world.uphance.clearLog();
		const records = await poller.poll();
		expect(records?.map(({ id }) => id)).toEqual(added);
		expect(records?.every((each) => each.organisation_id === 9601)).toBe(true);
		const registered = world.uphance.log().filter(({ path }) => path.endsWith('set_current_org'));
		expect(registered.map(({ body }) => body)).toEqual([{ organizationId: 9601 }, { organizationId: 9579 }]);
	});

	test('reads its own when someone switches in the web page between polls', async () => {
		await world.start({ orders: 250 }, groupForm);
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 2, 9579);
		world.uphance.addRecords(orders, 2, 9601);
		world.uphance.switchOrganisation(group.email, 9601);
		expect(await poller.ids()).toEqual(added);
		world.uphance.switchOrganisation(group.email, 9601);
		expect(await poller.poll()).toBeNull();
	});

	test('fails with an explanation when the user does not have it, and keeps nothing', async () => {
		await world.start({ orders: 250 }, groupForm);
		const poller = new Poller(world, { options: { organisationId: '1' } });
		const { message, description } = await failureOf(poller.activate());
		expect(`${message} ${description}`).toContain('9601');
		expect(JSON.stringify(poller.memory)).not.toContain('polled');
	});
});

describe('polls that overlap', () => {
	test.each(both)('%s: the second returns nothing, and nothing comes twice', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		const added = world.uphance.addRecords(orders, 5);
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 300 });
		const first = poller.ids();
		await until(() => world.asked(orders).length > 0);
		const requests = world.asked().length;
		expect(await poller.poll()).toBeNull();
		expect(world.asked()).toHaveLength(requests);
		expect(await first).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test('a poll that failed does not block the next', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 5);
		world.uphance.fault({ path: orders, kind: 'status', status: 501 });
		await failureOf(poller.poll());
		expect(await poller.ids()).toEqual(added);
	});

	test('two workflows do not block each other', async () => {
		await world.start({ orders: 250 });
		const [one, other] = [await watching(world, {}), await watching(world, {})];
		const added = world.uphance.addRecords(orders, 5);
		expect(await Promise.all([one.ids(), other.ids()])).toEqual([added, added]);
	});

	test('a test in the editor meanwhile shows the latest and lets no second poll in', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 5);
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 500 });
		const first = poller.ids();
		await until(() => world.asked(orders).length > 0);
		const { records } = await poller.test();
		expect(records?.map(({ id }) => id)).toEqual(added.slice(-1));
		expect(await poller.poll()).toBeNull();
		expect(await first).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test('a poll of its time does not wait for a test in the editor, nor is it skipped', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 5);
		world.uphance.fault({ path: orders, kind: 'slow', milliseconds: 500 });
		const testing = poller.test();
		await until(() => world.asked(orders).length > 0);
		expect(await poller.ids()).toEqual(added);
		expect((await testing).records?.map(({ id }) => id)).toEqual(added.slice(-1));
	});
});

describe('a poll that throws leaves everything as it was', () => {
	test.each(both)('%s: after new records, whatever fails', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		world.uphance.addRecords(orders, 5);
		await poller.poll();
		const { memory, saved } = poller;
		const added = world.uphance.addRecords(orders, 250);
		for (const status of [403, 404, 501]) {
			world.uphance.fault({ path: orders, kind: 'status', status });
			await failureOf(poller.poll());
			expect([poller.memory, poller.saved]).toEqual([memory, saved]);
		}
		expect(await poller.ids()).toEqual(added);
	});

	test.each(both)('%s: at the first poll, which then starts from now', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = new Poller(world, { watchFor });
		world.uphance.fault({ path: orders, page: 3, kind: 'status', status: 501 });
		await failureOf(poller.activate());
		expect(JSON.stringify(poller.memory)).not.toMatch(/\d{3}/);
		world.uphance.addRecords(orders, 3);
		expect(await poller.activate()).toBeNull();
		expect(await poller.poll()).toBeNull();
	});

	test('a failed poll with other parameters keeps the state of before', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const { saved } = poller;
		world.uphance.fault({ path: '/invoices', kind: 'status', status: 501 });
		await failureOf(poller.republish({ triggerOn: 'invoice' }));
		expect(poller.saved).toEqual(saved);
		expect(poller.memory).toEqual(saved);
	});

	test('says what happened', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		world.uphance.changePassword('demo@example.com', 'another');
		world.uphance.revokeTokens();
		const { message, whole } = await failureOf(poller.poll());
		expect(message).toContain('did not accept the email or password');
		for (const secret of world.uphance.secrets()) expect(whole).not.toContain(secret);
		expect(whole).not.toContain(String(world.credential.data.password));
	});
});

describe('the session', () => {
	test.each(['expireTokens', 'revokeTokens'] as const)('%s between polls: signs in again', async (end) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, {});
		const added = world.uphance.addRecords(orders, 3);
		const signIns = world.uphance.signIns();
		world.uphance[end]();
		expect(await poller.ids()).toEqual(added);
		expect(world.uphance.signIns()).toBe(signIns + 1);
		expect(await poller.poll()).toBeNull();
		expect(world.uphance.signIns()).toBe(signIns + 1);
	});

	test.each(both)('%s: ends on page 2 of 3', async (watchFor) => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor });
		const added = world.uphance.addRecords(orders, 250);
		world.uphance.fault({ path: orders, kind: 'expireFirst', skip: 1 });
		expect(await poller.ids()).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});

	test('ends in the middle, in another organisation', async () => {
		await world.start({ orders: 250 }, groupForm);
		const poller = await watching(world, { options: { organisationId: '9601' } });
		world.uphance.addRecords(orders, 250, 9579);
		const added = world.uphance.addRecords(orders, 250, 9601);
		world.uphance.fault({ path: orders, kind: 'expireFirst', skip: 1 });
		expect(await poller.ids()).toEqual(added);
	});
});

describe('static data', () => {
	test.each(both)('%s: holds nothing secret and stays small', async (watchFor) => {
		await world.start({ orders: 5000 });
		const poller = await watching(world, { watchFor, triggerOn: 'customer' });
		world.uphance.addRecords('/customers', 300);
		await poller.poll();
		await poller.republish({ watchFor });
		world.uphance.addRecords(orders, 1000);
		await poller.poll();
		await poller.poll();
		const text = JSON.stringify([poller.saved, poller.memory]);
		const { password, email, sessionToken } = world.credential.data;
		for (const secret of [...world.uphance.secrets(), password, email, sessionToken]) {
			expect(String(secret)).not.toBe('');
			expect(text).not.toContain(String(secret));
		}
		expect(text).not.toContain('Barneys');
		expect(text.length / 2).toBeLessThan(watchFor === 'created' ? 2_000 : 150_000);
	});

	test('polls for weeks without growing', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor: 'createdOrUpdated', options: { lookBack: 100 } });
		const sizes: number[] = [];
		for (let round = 0; round < 12; round++) {
			const added = world.uphance.addRecords(orders, 60);
			expect(await poller.ids()).toEqual(added);
			sizes.push(JSON.stringify(poller.memory).length);
		}
		expect(sizes[11]).toBeLessThan((sizes[3] ?? 0) * 1.2);
	});
});
