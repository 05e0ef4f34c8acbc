import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { UphancePollingTrigger } from '../../nodes/Uphance/UphancePollingTrigger.node.ts';
import { surroundings } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import type { Watched } from './pollContext.mts';
import { all, orderId, paths, watching } from './pollContext.mts';

const world = useWorld({ starts: 'inTest' });

const orders = '/sales_orders';
const watchFor = 'createdOrUpdated';

describe('Only When Status Is', () => {
	test.each(
		sampled<[Watched, string, string]>(
			[
				['order', 'status', 'confirmed'],
				['order', 'fulfillment_status', 'shipped'],
				['order', 'financial_status', 'paid'],
				['pickTicket', 'status', 'shipped'],
				['productionOrder', 'status', 'COMPLETE'],
				['productionOrder', 'delivery_status', 'All Received'],
				['productionOrder', 'financial_status', 'Paid'],
				['receivingTicket', 'status', 'checked in'],
			],
			2,
		),
	)('%s: returns a record once when its %s becomes %s', async (triggerOn, field, status) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const [id = 0, other = 0] = world.uphance.addRecords(path, 2);
		for (const each of [id, other]) world.uphance.changeRecord(path, each, { [field]: 'on hold' });
		const poller = await watching(world, { watchFor, triggerOn, options: { status } });
		world.uphance.changeRecord(path, other, { [field]: 'still on hold' });
		expect(await poller.poll()).toBeNull();
		world.uphance.changeRecord(path, id, { [field]: status });
		expect(await poller.poll()).toEqual([expect.objectContaining({ id, [field]: status })]);
		world.uphance.changeRecord(path, id, { notes: 'again' });
		expect(await poller.poll()).toBeNull();
	});

	test.each<[Watched, string, string, string]>([
		['order', 'ConfirmED', 'status', 'confirmed'],
		['order', 'not paid', 'financial_status', 'not_paid'],
		['productionOrder', 'all received', 'delivery_status', 'All Received'],
		['productionOrder', 'complete', 'status', 'COMPLETE'],
		['receivingTicket', ' Checked  In ', 'status', 'checked in'],
		['receivingTicket', 'checked in', 'status', 'Checked\u00a0in '],
	])('%s: takes "%s" for %s "%s"', async (triggerOn, option, field, status) => {
		await world.start({ orders: 250 });
		const path = paths[triggerOn];
		const [id = 0] = world.uphance.addRecords(path, 1);
		world.uphance.changeRecord(path, id, { [field]: 'on hold' });
		const poller = await watching(world, { watchFor, triggerOn, options: { status: option } });
		world.uphance.changeRecord(path, id, { [field]: status });
		expect(await poller.ids()).toEqual([id]);
	});

	test('returns an order once for each selected status, of whatever kind', async () => {
		await world.start({ orders: 250 });
		const [id = 0] = world.uphance.addRecords(orders, 1);
		world.uphance.changeRecord(orders, id, {
			status: 'draft',
			fulfillment_status: 'not_shipped',
			financial_status: 'not_paid',
		});
		const poller = await watching(world, { watchFor, options: { status: 'confirmed, shipped, paid' } });
		for (const values of [{ status: 'confirmed' }, { financial_status: 'paid' }, { fulfillment_status: 'shipped' }]) {
			world.uphance.changeRecord(orders, id, values);
			expect(await poller.ids()).toEqual([id]);
			expect(await poller.poll()).toBeNull();
		}
		world.uphance.changeRecord(orders, id, { financial_status: 'not_paid' });
		expect(await poller.poll()).toBeNull();
		world.uphance.changeRecord(orders, id, { financial_status: 'paid' });
		expect(await poller.poll()).toBeNull();
	});

	test('returns a new order when it reaches the status, however much later', async () => {
		await world.start({ orders: 250 });
		const poller = await watching(world, { watchFor, options: { status: 'paid' } });
		const [id = 0] = world.uphance.addRecords(orders, 1);
		world.uphance.changeRecord(orders, id, { financial_status: 'not_paid' });
		expect(await poller.ids(3)).toEqual([]);
		expect(await poller.activate()).toBeNull();
		world.uphance.changeRecord(orders, id, { financial_status: 'paid' });
		expect(await poller.ids(2)).toEqual([id]);
	});

	test('does not return orders that were paid when the workflow was published', async () => {
		await world.start({ orders: 250 });
		const id = orderId(240);
		world.uphance.changeRecord(orders, id, { financial_status: 'paid' });
		const poller = await watching(world, { watchFor, options: { status: 'paid' } });
		world.uphance.changeRecord(orders, id, { notes: 'changed' });
		expect(await poller.poll()).toBeNull();
	});

	test('does not take the status of the last order for that of a customer', async () => {
		await world.start({ orders: 250 });
		const { properties } = new UphancePollingTrigger().description;
		expect(optionsShown(properties, 'customer', watchFor).map(({ name }) => name)).not.toContain('status');
		const poller = await watching(world, { watchFor, triggerOn: 'customer', options: { status: 'confirmed' } });
		const added = world.uphance.addRecords('/customers', 2);
		expect(await poller.ids()).toEqual(added);
	});
});

describe('Only When Status Is, in a test run,', () => {
	const watchShipped = { watchFor, triggerOn: 'pickTicket', options: { status: 'shipped' } } as const;

	test('shows the newest record that has the status', async () => {
		await world.start({ orders: 250 });
		const ids = world.uphance.addRecords(paths.pickTicket, 3);
		for (const id of ids) world.uphance.changeRecord(paths.pickTicket, id, { status: 'published' });
		world.uphance.changeRecord(paths.pickTicket, ids[0] ?? 0, { status: 'shipped' });
		const { records } = await (await watching(world, watchShipped)).test();
		expect(records).toEqual([expect.objectContaining({ id: ids[0], status: 'shipped' })]);
	});

	test('shows the newest record if none of those that it watches has the status', async () => {
		await world.start({ orders: 250 });
		const ids = world.uphance.addRecords(paths.pickTicket, 3);
		const options = { status: 'never heard of', lookBack: 2 };
		const poller = await watching(world, { ...watchShipped, options });
		world.uphance.clearLog();
		expect((await poller.test()).records).toEqual([expect.objectContaining({ id: ids[2] })]);
		expect(world.uphance.log().filter(({ path }) => path === paths.pickTicket).length).toBe(2);
	});
});

/** The options that n8n shows for what is selected. */
function optionsShown(properties: INodeProperties[], triggerOn: string, watched: string): INodeProperties[] {
	const nodeType = new UphancePollingTrigger();
	const parameters = { triggerOn, watchFor: watched };
	const { node } = surroundings({ data: {}, writes: 0 }, { parameters }, nodeType);
	const options = properties.find(({ name }) => name === 'options')?.options ?? [];
	return options
		.filter((option): option is INodeProperties => 'type' in option)
		.filter((option) => NodeHelpers.displayParameter({}, option, node, nodeType.description, parameters));
}

describe('Only When Status Is, in the editor,', () => {
	const { properties } = new UphancePollingTrigger().description;
	const shown = (triggerOn: Watched, watched: string) =>
		optionsShown(properties, triggerOn, watched).filter(({ name }) => name === 'status');

	test.each([
		['order', ['draft', 'confirmed', 'not_shipped', 'shipped', 'not_paid', 'paid']],
		['pickTicket', ['shipped']],
		['productionOrder', ['Confirmed', 'Complete', 'Receiving', 'All Received', 'Not Paid']],
		['receivingTicket', ['checked in']],
	] as const)('is offered once for changes of %s, with the known words', (triggerOn, words) => {
		const [field, ...more] = shown(triggerOn, watchFor);
		expect(more).toEqual([]);
		for (const word of words) expect(field?.description).toContain(word);
	});

	test.each(['creditNote', 'customer', 'invoice', 'payment', 'return'] as const)(
		'is not offered for %s, which has no status',
		(triggerOn) => expect(shown(triggerOn, watchFor)).toEqual([]),
	);

	test.each(all)('is not offered for new records of %s, which get their status later', (triggerOn) =>
		expect(shown(triggerOn, 'created')).toEqual([]),
	);
});
