import { describe, expect, test } from '@jest/globals';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import type { Poller, Watched } from './pollContext.mts';
import { paths, watching } from './pollContext.mts';

const world = useWorld({ starts: 'inTest' });

const watchFor = 'createdOrUpdated';
const switches = { updatedAt: 'ownChanges' } as const;

/** A published trigger, and a record that it watches. */
async function watched(triggerOn: Watched): Promise<{ poller: Poller; record: Record<string, unknown> }> {
	await world.start({ orders: 250, switches });
	const [id] = world.uphance.addRecords(paths[triggerOn], 1);
	const poller = await watching(world, { watchFor, triggerOn });
	const { records } = await world.run({ parameters: { resource: triggerOn, returnAll: true, simplify: false } });
	return { poller, record: records.find((each) => each.id === id) ?? {} };
}

describe('a change that leaves updated_at as it was', () => {
	test.each(
		sampled<[Watched, string, unknown]>(
			[
				['order', 'status', 'complete'],
				['order', 'financial_status', 'partly_paid'],
				['order', 'fulfillment_status', 'partly_shipped'],
				['invoice', 'amount_outstanding', '1.23'],
				['creditNote', 'amount_outstanding', '1.23'],
				['pickTicket', 'status', 'on hold'],
				['pickTicket', 'tracking_number', 'JD014600003SE'],
				['pickTicket', 'carrier', 'australia_post'],
				['productionOrder', 'status', 'on hold'],
				['productionOrder', 'delivery_status', 'Partly Received'],
				['productionOrder', 'financial_status', 'Paid'],
				['receivingTicket', 'status', 'on hold'],
				['return', 'tracking_number', 'JD014600003SE'],
				['return', 'carrier', 'UPS'],
			],
			3,
		),
	)('is returned once when %s gets another %s', async (triggerOn, field, value) => {
		const { poller, record } = await watched(triggerOn);
		world.uphance.changeRecord(paths[triggerOn], Number(record.id), { [field]: value });
		expect(await poller.poll()).toEqual([{ ...record, [field]: value }]);
		expect(await poller.poll()).toBeNull();
	});

	test('is none when the value only becomes null instead of empty', async () => {
		const { poller, record } = await watched('pickTicket');
		world.uphance.changeRecord(paths.pickTicket, Number(record.id), { tracking_number: '' });
		await poller.poll();
		world.uphance.changeRecord(paths.pickTicket, Number(record.id), { tracking_number: null });
		expect(await poller.poll()).toBeNull();
	});
});

describe('a record without updated_at', () => {
	const change = (record: Record<string, unknown>, values: Record<string, unknown>) =>
		world.uphance.changeRecord(paths.customer, Number(record.id), values);
	const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
	const people = [
		{ id: 1, first_name: 'Ada', email: 'ada@example.com' },
		{ id: 2, first_name: 'Bram', email: 'bram@example.com' },
	];

	test.each<[string, Record<string, unknown>]>([
		['another order of its people', { people: [...people].reverse() }],
		['another order of the fields in them', { people: people.map(({ id, ...rest }) => ({ ...rest, id })) }],
		['another number of orders', { orders_count: 4711 }],
		['another last order', { last_order: { id: 1, status: 'confirmed' } }],
		['other sums', { purchase_amounts: [{ amount: '9.0', quantity: 1, currency: 'EUR' }] }],
		['other open sums', { outstanding_amounts: [{ amount: '9.0', currency: 'EUR' }], invoices: [{ id: 7 }] }],
		['a field that is null', { added_later: null }],
		['null instead of an empty text', { vat_number: null }],
	])('has not changed when it has %s', async (_name, values) => {
		const { poller, record } = await watched('customer');
		change(record, { people, vat_number: '' });
		expect(await poller.ids()).toEqual([record.id]);
		change(record, values);
		expect(await poller.poll()).toBeNull();
	});

	test.each<[string, Record<string, unknown>]>([
		['another email', { people: [people[0], { ...people[1], email: 'b@example.com' }] }],
		['one person more', { people: [...people, { id: 3, first_name: 'Chloé' }] }],
		['one person less', { people: people.slice(1) }],
		['another city', { city: 'Ghent' }],
		['an empty reference', { reference: '' }],
	])('has changed when it has %s', async (_name, values) => {
		const { poller, record } = await watched('customer');
		expect(listOf(record.addresses).length).toBeGreaterThan(0);
		change(record, { people });
		expect(await poller.ids()).toEqual([record.id]);
		change(record, values);
		expect(await poller.ids()).toEqual([record.id]);
		expect(await poller.poll()).toBeNull();
	});

	test('such as a pick ticket of old is compared as a whole', async () => {
		const { poller, record } = await watched('pickTicket');
		const id = Number(record.id);
		world.uphance.changeRecord(paths.pickTicket, id, { updated_at: null });
		expect(await poller.ids()).toEqual([id]);
		world.uphance.changeRecord(paths.pickTicket, id, { updated_at: null, notes: 'By the back door' });
		expect(await poller.ids()).toEqual([id]);
		expect(await poller.poll()).toBeNull();
	});
});
