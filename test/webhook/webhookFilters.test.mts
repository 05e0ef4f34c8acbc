import { afterEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { useWorld } from '../world.mts';
import { Webhook } from './webhookContext.mts';

const world = useWorld({ uphance: { orders: 30, webhookRetry: [] } });
let webhook: Webhook;

afterEach(async () => {
	await webhook.close();
	expect(webhook.crashes).toEqual([]);
});

async function start(options: INodeParameters, more: INodeParameters = {}): Promise<void> {
	webhook = await Webhook.start({ parameters: { options, ...more }, credential: world.credential });
	world.uphance.addWebhook({ url: webhook.url });
}

let turn = 0;

/** Sends an event about a record with these values. @returns whether it started the workflow */
async function starts(event: string, record: object): Promise<boolean> {
	const before = webhook.runs.length;
	const key = event.slice(0, event.lastIndexOf('_'));
	const { status } = await webhook.send({ event, [key]: { id: (turn += 1), ...record } });
	expect(status).toBe(200);
	return webhook.runs.length > before;
}

const added = (path: string): number => {
	const [id = 0] = world.uphance.addRecords(path, 1);
	return id;
};

describe.each([
	['warehouses', 'warehouse', 'Only When Warehouse Is'],
	['channels', 'channel', 'Only When Channel Is'],
])('The option %s', (option, field, label) => {
	test('starts the workflow for pick tickets that name one of them, and answers the others', async () => {
		await start({ [option]: 'Primary, East' });
		expect(await starts('pick_ticket_update', { [field]: 'Primary' })).toBe(true);
		expect(await starts('pick_ticket_create', { [field]: 'East' })).toBe(true);
		expect(await starts('pick_ticket_update', { [field]: 'West' })).toBe(false);
		expect(await starts('pick_ticket_update', { [field]: 'Primary East' })).toBe(false);
		expect(await starts('pick_ticket_update', { [field]: 'Prim' })).toBe(false);
		expect(webhook.logged()).toEqual([]);
	});

	test.each([
		['in another case', 'primary STORE', 'Primary Store'],
		['with other blanks', '  Primary   Store ,', ' Primary\u00A0Store '],
		['in another Unicode form', 'Cafe\u0301', 'Caf\u00E9'],
		['with invisible characters', '\uFEFFPrimary', 'Pri\u200Bmary'],
		['among several', 'a,b ,Primary , c', 'Primary'],
		['with a comma in its name', 'East, Paris, Rue de X, West', 'Paris, rue de X'],
		['that is a number', '12', 12],
	])('takes a name %s', async (_name, typed, name) => {
		await start({ [option]: typed });
		expect(await starts('pick_ticket_update', { [field]: name })).toBe(true);
	});

	test('takes no part of a name, and no name from the end of one and the beginning of the next', async () => {
		await start({ [option]: 'East Side, West' });
		for (const name of ['East', 'Side', 'Side, West Coast', 'Side, West', ',', '', ' ', null]) {
			expect(await starts('pick_ticket_update', { [field]: name })).toBe(false);
		}
		expect(await starts('pick_ticket_update', { [field]: 'East Side' })).toBe(true);
	});

	test.each(['', ' , ', '\n'])('that is blank (%j) lets every record through', async (blank) => {
		await start({ [option]: blank });
		expect(await starts('pick_ticket_update', { [field]: 'West' })).toBe(true);
		expect(await starts('pick_ticket_update', {})).toBe(true);
		expect(webhook.logged()).toEqual([]);
	});

	test('lets events through that never have one: deletions, products and receiving tickets', async () => {
		await start({ [option]: 'Primary' });
		for (const event of ['pick_ticket_delete', 'invoice_delete', 'product_update', 'receiving_ticket_create']) {
			expect(await starts(event, {})).toBe(true);
		}
		expect(webhook.logged()).toEqual([]);
	});

	test('starts nothing for a pick ticket whose event does not say it, and logs that', async () => {
		await start({ [option]: 'Primary' });
		expect(await starts('pick_ticket_update', { status: 'shipped' })).toBe(false);
		expect(webhook.logged('warn')).toEqual([expect.stringContaining(label)]);
		expect(webhook.logged('warn').join()).toContain('pick_ticket_update');
	});

	test('looks at the record that Uphance has when it is verified', async () => {
		await start({ [option]: 'Primary' }, { fetchRecord: true });
		const id = added('/pick_tickets');
		world.uphance.changeRecord('/pick_tickets', id, { [field]: 'West' });
		expect(await starts('pick_ticket_update', { id, [field]: 'Primary' })).toBe(false);
		world.uphance.changeRecord('/pick_tickets', id, { [field]: 'Primary' });
		expect(await starts('pick_ticket_update', { id, [field]: 'West' })).toBe(true);
		expect(webhook.logged()).toEqual([]);
	});

	test('may be given by an expression as a list', async () => {
		await start({ [option]: '={{ ["Primary", "East"] }}' });
		expect(await starts('pick_ticket_update', { [field]: 'east' })).toBe(true);
		expect(await starts('pick_ticket_update', { [field]: 'West' })).toBe(false);
	});

	test('applies together with the status, which counts only for records it lets through', async () => {
		await start({ [option]: 'Primary', status: 'shipped' });
		const ticket = (values: object) => starts('pick_ticket_update', { id: 77, status: 'shipped', ...values });
		expect(await ticket({ [field]: 'West' })).toBe(false);
		expect(await ticket({ [field]: 'Primary' })).toBe(true);
		expect(await ticket({ [field]: 'Primary', notes: 'again' })).toBe(false);
	});
});

describe('A record names its warehouse and channel', () => {
	test.each([
		['sales_order_create', { warehouse_name: 'Primary', channel_name: 'Retail' }],
		['pick_ticket_update', { warehouse: 'Primary', channel: 'Retail' }],
		['pick_ticket_update', { warehouse: { id: 3, name: 'Primary' }, channel: { id: 4, name: 'Retail' } }],
		['production_order_update', { warehouses: ['East', 'Primary'] }],
		['credit_note_create', { warehouse_name: 'Primary' }],
		['invoice_create', { channel_name: 'Retail' }],
		['customer_update', { channel_name: 'Retail' }],
	])('in %s as %j', async (event, record) => {
		const options = {
			...(/warehouse/.test(JSON.stringify(record)) && { warehouses: 'primary' }),
			...(/channel/.test(JSON.stringify(record)) && { channels: 'retail' }),
		};
		await start(options);
		expect(await starts(event, record)).toBe(true);
		const other = JSON.parse(JSON.stringify(record).replace(/Primary|Retail/g, 'Other'));
		expect(await starts(event, other)).toBe(false);
	});

	test('in the events of Uphance', async () => {
		await start({ warehouses: 'East warehouse', channels: 'Retail, Wholesale' });
		const id = added('/pick_tickets');
		const set = (warehouse: string, channel: string) =>
			world.uphance.changeRecord('/pick_tickets', id, { warehouse, channel });
		set('Primary warehouse', 'Retail');
		await world.uphance.deliver('pick_ticket_update', id);
		set('East warehouse', 'Online');
		await world.uphance.deliver('pick_ticket_update', id);
		set('East warehouse', 'Wholesale');
		await world.uphance.deliver('pick_ticket_update', id);
		expect(webhook.items()).toMatchObject([{ record: { warehouse: 'East warehouse', channel: 'Wholesale' } }]);
	});
});

describe('Only When Status Is', () => {
	test.each([
		[
			'sales_order_update',
			{ status: 'confirmed', financial_status: 'paid', fulfillment_status: 'not_shipped' },
			'paid',
		],
		['sales_order_update', { status: 'confirmed', fulfillment_status: 'Shipped' }, 'shipped, paid'],
		['production_order_update', { status: 'CONFIRMED', delivery_status: 'All Received' }, 'all received'],
		['receiving_ticket_update', { status: 'checked in' }, 'Checked In'],
		['pick_ticket_update', { status: 'shipped' }, 'shipped'],
	])('looks at every status of %s %j', async (event, record, status) => {
		await start({ status });
		expect(await starts(event, record)).toBe(true);
		const none = Object.fromEntries(Object.keys(record).map((name) => [name, 'draft']));
		expect(await starts(event, none)).toBe(false);
	});

	test('starts once for each status that a record comes to have, in whatever field', async () => {
		await start({ status: 'paid, shipped' });
		const order = (values: object) => starts('sales_order_update', { id: 9005, ...values });
		expect(await order({ status: 'confirmed', financial_status: 'not_paid' })).toBe(false);
		expect(await order({ financial_status: 'paid', fulfillment_status: 'not_shipped' })).toBe(true);
		expect(await order({ financial_status: 'paid', fulfillment_status: 'not_shipped', notes: 'x' })).toBe(false);
		expect(await order({ financial_status: 'paid', fulfillment_status: 'shipped' })).toBe(true);
		expect(await order({ financial_status: 'paid', fulfillment_status: 'shipped', notes: 'x' })).toBe(false);
	});

	test('starts nothing for a record without any status, and logs that', async () => {
		await start({ status: 'paid' });
		expect(
			await starts('invoice_update', { total_paid: '5.0', status_note: 'paid', payment: { status: 'paid' } }),
		).toBe(false);
		expect(webhook.logged('warn')).toEqual([expect.stringContaining('invoice_update')]);
		expect(webhook.logged('warn').join()).toContain('no status');
	});

	test('starts nothing for a deletion, which has none', async () => {
		await start({ status: 'shipped' });
		expect(await starts('pick_ticket_delete', {})).toBe(false);
		expect(webhook.logged()).toEqual([]);
	});
});
