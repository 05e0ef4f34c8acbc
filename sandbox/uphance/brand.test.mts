import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerProblems } from '../../check/description/uphanceApi.mts';
import type { Options, Uphance } from './uphance.mts';
import { demo, startUphance } from './uphance.mts';

interface Item {
	[key: string]: unknown;
}

const dayMs = 86_400_000;
/** A Thursday at noon; the brand's records end at its midnight. */
const today = Date.parse('2026-11-26T12:00:00Z');
const end = Date.parse('2026-11-26T00:00:00Z');

let uphance: Uphance;
const lists: Record<string, Item[]> = {};
const problems: string[] = [];

/** Reads whole lists of a stand-in by their paths. */
async function readLists(options: Options, paths: string[]): Promise<Record<string, Item[]>> {
	uphance = await startUphance(options);
	const ask = async (path: string, token: string, body?: object) => {
		const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
		const method = body ? 'POST' : 'GET';
		return await (await fetch(uphance.url + path, { method, headers, body: JSON.stringify(body) })).text();
	};
	const { access_token: token } = JSON.parse(await ask('/oauth/token', '', { grant_type: 'password', ...demo }));
	await ask('/organisations/set_current_org', token, { organizationId: 9579 });
	const read: Record<string, Item[]> = {};
	for (const path of paths) {
		const records: Item[] = [];
		for (let page: number | null = 1; page; ) {
			const body = JSON.parse(await ask(`/${path}?page=${page}`, token));
			records.push(...body[path]);
			page = body.meta.next_page;
		}
		read[path] = records;
	}
	await uphance.close();
	return read;
}

const documents =
	'sales_orders pick_tickets invoices payments returns credit_notes production_orders receiving_tickets vendor_invoices customers products'.split(
		' ',
	);

beforeAll(async () => {
	const onAnswer: Options['onAnswer'] = (request, status, body) =>
		void problems.push(...answerProblems(request, status, JSON.parse(String(body))));
	Object.assign(lists, await readLists({ orders: 1250, today, onAnswer }, documents));
}, 60_000);
afterAll(async () => await uphance.close());

const of = (path: string): Item[] => lists[path] ?? [];
const time = (value: unknown) => Date.parse(String(value));
const byId = (records: Item[]) => new Map(records.map((each) => [each.id, each]));
const count = (records: Item[], ...fields: string[]) => {
	const counts: Record<string, number> = {};
	for (const record of records) {
		const key = fields.map((field) => String(record[field])).join(' ');
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
};

describe('A brand that sells until yesterday', () => {
	test('answers as described', () => {
		expect([...new Set(problems)]).toEqual([]);
	});

	test.each(documents.slice(0, -2))('has %s of the last 30 days, and none of today or later', (path) => {
		const created = of(path).map(({ created_at }) => time(created_at));
		expect(created.filter((at) => at > end - 30 * dayMs).length).toBeGreaterThan(1);
		expect(Math.max(...created)).toBeLessThanOrEqual(end);
		expect(created).toEqual([...created].sort((one, other) => one - other));
	});

	test('has orders in every state, most of them shipped and paid, and a few drafts', () => {
		const states = count(of('sales_orders'), 'status', 'fulfillment_status', 'financial_status');
		expect(Object.keys(states).sort()).toEqual([
			'confirmed not_shipped not_paid',
			'confirmed shipped not_paid',
			'confirmed shipped paid',
			'draft not_shipped not_paid',
		]);
		expect(states['confirmed shipped paid']).toBeGreaterThan(1000);
		for (const state of Object.keys(states)) expect(states[state]).toBeGreaterThan(5);
		expect(states['draft not_shipped not_paid']).toBeLessThan(30);
	});

	test('has a pick ticket for every confirmed order of the day before yesterday or earlier, in three states', () => {
		const tickets = new Map(of('pick_tickets').map((each) => [each.order_id, each]));
		for (const order of of('sales_orders')) {
			const ticket = tickets.get(order.id);
			const isOlder = time(order.created_at) < end - dayMs;
			expect([order.id, ticket !== undefined]).toEqual([order.id, order.status === 'confirmed' && isOlder]);
			if (!ticket) continue;
			expect(ticket.status === 'shipped').toBe(order.fulfillment_status === 'shipped');
			expect(ticket.warehouse).toBe(order.warehouse_name);
			expect(order.shipment_numbers).toBe(ticket.status === 'shipped' ? String(ticket.shipment_number) : '');
			expect([ticket.tracking_number, ticket.carrier].includes(null)).toBe(ticket.status !== 'shipped');
			// A draft waits for pieces.
			expect(Number(ticket.total_quantity) < Number(order.total_quantity)).toBe(ticket.status === 'draft');
		}
		expect(Object.keys(count(of('pick_tickets'), 'status')).sort()).toEqual(['draft', 'published', 'shipped']);
	});

	test('has an invoice for every shipped order, and a payment of its total for every paid one', () => {
		const invoices = new Map(of('invoices').map((each) => [each.sale_id, each]));
		const payments = new Map(of('payments').map((each) => [each.sale_id, each]));
		for (const order of of('sales_orders')) {
			const invoice = invoices.get(order.id);
			const payment = payments.get(order.id);
			expect(invoice !== undefined).toBe(order.fulfillment_status === 'shipped');
			expect(payment !== undefined).toBe(order.financial_status === 'paid');
			expect(order.invoice_numbers).toBe(invoice ? String(invoice.invoice_number) : '');
			if (!invoice) continue;
			expect(invoice).toMatchObject({ grand_total: order.grand_total, due_date: order.next_due_date });
			expect(time(invoice.created_at)).toBeGreaterThan(time(order.created_at));
			expect(invoice.amount_outstanding).toBe(payment ? '0.0' : order.grand_total);
			if (payment) expect(payment).toMatchObject({ amount: order.grand_total, invoice_id: invoice.id });
		}
		expect(payments.size).toBe(of('payments').length);
	});

	test('has orders that should have been shipped, invoices that should have been paid, and goods that should have come', () => {
		const isPast = (date: unknown) => time(date) < end;
		const late = of('sales_orders').filter(
			({ status, fulfillment_status, cancel_ship_date }) =>
				status === 'confirmed' && fulfillment_status === 'not_shipped' && isPast(cancel_ship_date),
		);
		const overdue = of('invoices').filter(
			({ amount_outstanding, due_date }) => amount_outstanding !== '0.0' && isPast(due_date),
		);
		const missing = of('production_orders').filter(
			({ delivery_status, in_warehouse_date }) => delivery_status !== 'All Received' && isPast(in_warehouse_date),
		);
		for (const records of [late, overdue, missing]) {
			expect(records.length).toBeGreaterThan(1);
			expect(records.length).toBeLessThan(20);
		}
		expect(Object.keys(count(of('receiving_tickets'), 'status')).sort()).toEqual(['checked in', 'draft']);
		const states = count(of('vendor_invoices'), 'vendor_name');
		expect(Object.keys(states).length).toBeGreaterThan(2);
	});

	test('has returns and credit notes of shipped orders', () => {
		const shipped = new Map(of('pick_tickets').map((each) => [each.order_number, each]));
		for (const record of [...of('returns'), ...of('credit_notes')]) {
			expect(shipped.get(record.order_number)).toMatchObject({ status: 'shipped' });
		}
		expect(of('credit_notes')).toHaveLength(of('returns').length);
	});

	test('names on its documents the addresses, contacts and channel of the customer', () => {
		const customers = byId(of('customers'));
		for (const invoice of of('invoices')) {
			const customer = customers.get(invoice.company_id);
			const towns = JSON.stringify(customer?.addresses);
			const { postcode, city } = JSON.parse(JSON.stringify(invoice.shipping_address));
			if (towns !== '[]') expect(towns).toContain(`"city":"${city}"`);
			expect(postcode).toEqual(expect.any(String));
			if (customer?.channel_id) expect(invoice.channel_id).toBe(customer.channel_id);
		}
		expect(new Set(of('sales_orders').map(({ company_name }) => company_name)).size).toBeGreaterThan(20);
	});

	test('tells each customer’s number of orders, and the last one', () => {
		const orders = of('sales_orders');
		for (const { id, orders_count, last_order } of of('customers')) {
			const own = orders.filter(({ company_id }) => company_id === id);
			expect([id, orders_count]).toEqual([id, own.length]);
			expect(JSON.parse(JSON.stringify(last_order))?.id).toBe(own.at(-1)?.id);
		}
	});
});

test.each([10, 60, 3_000])('With %i orders the last month has some', async (orders) => {
	const { sales_orders: found = [] } = await readLists({ orders, today }, ['sales_orders']);
	const recent = found.filter(({ created_at }) => time(created_at) > end - 30 * dayMs);
	expect(found).toHaveLength(orders);
	expect(recent.length).toBeGreaterThan(5);
});

test('The same day gives the same records, and another day others', async () => {
	const read = async (at: number) => await readLists({ orders: 50, today: at }, ['sales_orders', 'invoices']);
	const first = await read(today);
	expect(await read(today + 3_600_000)).toEqual(first);
	expect(await read(today + dayMs)).not.toEqual(first);
});
