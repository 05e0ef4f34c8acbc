import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { getProperty, isDataObject } from '../../nodes/Uphance/http/json.ts';
import { useWorld } from '../world.mts';
import type { Watched } from './pollContext.mts';
import { Poller, orderId, paths } from './pollContext.mts';

const world = useWorld({ starts: 'inTest' });

const watchFor = 'createdOrUpdated';

/** What 0.1.0 stored of a record when it was first built. */
function snapshot(record: IDataObject): IDataObject {
	const status = String(record.status ?? '').toLowerCase();
	const hash = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
	return { version: record.updated_at ? `${String(record.updated_at)} ${status}` : hash, statuses: [status] };
}

/** The state in static data. */
function polledIn(staticData: IDataObject): IDataObject {
	const polled = getProperty(staticData['node:Uphance'], 'polled');
	return isDataObject(polled) ? polled : {};
}

/** A trigger whose static data that version stored, watching the newest records, with what differs from then. */
async function started(parameters: INodeParameters, watched: number, more: IDataObject = {}): Promise<Poller> {
	const { triggerOn = 'order' } = parameters;
	const fresh = new Poller(world, parameters);
	await fresh.activate();
	const { key } = polledIn(fresh.memory);
	const identity = JSON.stringify([9579, world.credential.data.apiUrl, {}]);
	const how = parameters.watchFor === watchFor ? 'changed' : 'new';
	expect(key).toBe(`${String(triggerOn)} ${how} ${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`);
	const { records } = await world.run({ parameters: { resource: triggerOn, returnAll: true, simplify: false } });
	const newest = records.slice(-watched);
	const poller = new Poller(world, parameters);
	poller.saved = {
		'node:Uphance': {
			polled: {
				key,
				recentIds: records.slice(-45).map(({ id }) => id),
				snapshots: Object.fromEntries(newest.map((record) => [record.id, snapshot(record)])),
				...more,
			},
		},
	};
	return poller;
}

describe('static data of an earlier version', () => {
	test.each<[Watched, IDataObject]>([
		['order', { notes: 'x' }],
		['customer', { city: 'Ghent' }],
		['pickTicket', { notes: 'x' }],
		['return', { tracking_number: 'x' }],
	])('%s: shows nothing as new or changed but what is', async (triggerOn, values) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const [known = 0] = world.uphance.addRecords(path, 1);
		const poller = await started({ watchFor, triggerOn, options: { lookBack: 20 } }, 20);
		expect(await poller.activate()).toBeNull();
		expect(await poller.poll()).toBeNull();
		world.uphance.changeRecord(path, known, values);
		const added = world.uphance.addRecords(path, 2);
		expect(await poller.ids()).toEqual([known, ...added]);
		expect(await poller.poll()).toBeNull();
	});

	test('shows what changed while the new version was installed', async () => {
		await world.start({ orders: 250 });
		const poller = await started({ watchFor, options: { lookBack: 20 } }, 20);
		world.uphance.changeRecord(paths.order, orderId(240), { status: 'complete' });
		const added = world.uphance.addRecords(paths.order, 1);
		expect((await poller.activate())?.map(({ id }) => id)).toEqual([orderId(240), ...added]);
		expect(await poller.poll()).toBeNull();
	});

	test('with a status: does not return a record again that had it', async () => {
		await world.start({ orders: 250 });
		const [id = 0] = world.uphance.addRecords(paths.receivingTicket, 1);
		world.uphance.changeRecord(paths.receivingTicket, id, { status: 'checked in' });
		const parameters = { watchFor, triggerOn: 'receivingTicket', options: { lookBack: 20, status: 'checked in' } };
		const poller = await started(parameters, 20);
		world.uphance.changeRecord(paths.receivingTicket, id, { vendor: 'Another' });
		expect(await poller.activate()).toBeNull();
	});

	test('with fewer records than are watched now: watches more, and returns no old one', async () => {
		await world.start({ orders: 250 });
		const poller = await started({ watchFor, options: { lookBack: 200 } }, 20);
		expect(await poller.activate()).toBeNull();
		world.uphance.changeRecord(paths.order, orderId(60), {});
		expect(await poller.ids()).toEqual([orderId(60)]);
	});

	test('with records that were left for the next poll: returns these', async () => {
		await world.start({ orders: 250 });
		const parameters = { watchFor, options: { lookBack: 4 } };
		const left = [orderId(246), orderId(247), orderId(248), orderId(249)];
		const before = [orderId(242), orderId(243), orderId(244), orderId(245)];
		const poller = await started(parameters, 8, {
			recentIds: before,
			firstDeferredId: left[0],
		});
		const { snapshots } = polledIn(poller.saved);
		for (const id of left) if (isDataObject(snapshots)) delete snapshots[id];
		expect((await poller.activate())?.map(({ id }) => id)).toEqual(left);
		expect(await poller.poll()).toBeNull();
	});

	test('of New Records: goes on', async () => {
		await world.start({ orders: 250 });
		const poller = await started({}, 0, { snapshots: {} });
		const added = world.uphance.addRecords(paths.order, 2);
		expect((await poller.activate())?.map(({ id }) => id)).toEqual(added);
		expect(await poller.poll()).toBeNull();
	});
});
