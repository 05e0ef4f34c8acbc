import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { description } from '../../check/description/uphanceApi.mts';
import { advanceClock } from '../../test/clock.mts';
import { sampled } from '../../test/propertyRuns.mts';
import { until } from '../../test/until.mts';
import type { Options, Uphance } from './uphance.mts';
import { group, startUphance } from './uphance.mts';
import { knownEvents } from './webhookBody.mts';

interface Item {
	[key: string]: unknown;
}

interface Call {
	url: string;
	method: string;
	headers: IncomingHttpHeaders;
	text: string;
	body: Item;
}

let uphance: Uphance;
let token = '';
let receiver: Server;
let hook = '';
let calls: Call[] = [];
/** How many calls the receiver had at once, at most. */
let most = 0;
/** What the receiver does with a call. */
let answer: (call: Call, reply: ServerResponse) => unknown;

beforeEach(async () => {
	calls = [];
	most = 0;
	answer = (_call, reply) => reply.writeHead(200).end('ok');
	let underWay = 0;
	receiver = createServer(async (request, reply) => {
		underWay += 1;
		most = Math.max(most, underWay);
		reply.once('close', () => (underWay -= 1));
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const text = Buffer.concat(chunks).toString();
		const body = text.startsWith('{') ? JSON.parse(text) : {};
		const call = { url: request.url ?? '', method: request.method ?? '', headers: request.headers, text, body };
		calls.push(call);
		await answer(call, reply);
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	const { port } = receiver.address() as AddressInfo;
	hook = `http://127.0.0.1:${port}/hook`;
});

afterEach(async () => {
	await uphance.close();
	receiver.closeAllConnections();
	await new Promise((resolve) => receiver.close(resolve));
});

async function ask(path: string, method = 'GET', body?: unknown) {
	const response = await fetch(uphance.url + path, {
		method,
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { status: response.status, text: await response.text() };
}

const json = async (path: string) => JSON.parse((await ask(path)).text);

/** A sandbox whose user works in 9579, with a webhook for everything. */
async function start(options: Options = {}, events?: string[]): Promise<void> {
	uphance = await startUphance({ webhookRetry: [5, 5, 5], webhookTimeout: 1000, ...options });
	const { email, password } = group;
	token = JSON.parse(
		(await ask('/oauth/token', 'POST', { grant_type: 'password', email, password })).text,
	).access_token;
	await ask('/organisations/set_current_org', 'POST', { organizationId: 9579 });
	uphance.addWebhook({ url: hook, events });
}

/** The records of a list, all pages. */
async function all(path: string, query = ''): Promise<Item[]> {
	const records: Item[] = [];
	for (let page: number | null = 1; page; ) {
		const list = await json(`${path}?page=${page}${query}`);
		records.push(...list[path.slice(1)]);
		page = list.meta.next_page;
	}
	return records;
}

const idsOf = (records: Item[]) => records.map(({ id }) => Number(id));
const events = () => calls.map(({ body }) => body.event);

const paths: Record<string, string> = {
	invoice: '/invoices',
	pick_ticket: '/pick_tickets',
	product: '/products',
	receiving_ticket: '/receiving_tickets',
	credit_note: '/credit_notes',
};
const pathOf = (event: string) => paths[event.replace(/_[a-z]+$/, '')] ?? '';

describe('Stand-in: an event', () => {
	test('is attested for each that the description has', async () => {
		await start();
		expect(Object.keys(Object(description.webhooks)).sort()).toEqual([...knownEvents].sort());
	});

	test.each(knownEvents.filter((event) => !event.endsWith('_delete')))('%s carries the full record', async (event) => {
		await start();
		const path = pathOf(event);
		const [, , record] = await all(path);
		await uphance.deliver(event, Number(record?.id));
		const key = event.replace(/_[a-z]+$/, '');
		expect(calls.map(({ body }) => body)).toEqual([{ event, [key]: record }]);
		expect(Object.keys(calls[0]?.body ?? {})).toEqual(['event', key]);
		expect(calls[0]).toMatchObject({ method: 'POST', url: '/hook', headers: { 'content-type': 'application/json' } });
	});

	test.each([
		['invoice_delete', 'invoice'],
		['pick_ticket_delete', 'pick_ticket'],
		['receiving_ticket_delete', 'delivery'],
		['credit_note_delete', 'credit_note'],
	])('%s carries the id alone, under %s', async (event, key) => {
		await start();
		await uphance.deliver(event, 4711);
		expect(calls.map(({ body }) => body)).toEqual([{ event, [key]: { id: 4711 } }]);
	});

	test('has timestamps that end with Z, whatever the lists have', async () => {
		await start({ switches: { timestamps: '+00:00' } });
		const [invoice] = await all('/invoices');
		expect(invoice?.created_at).toMatch(/\+00:00$/);
		await uphance.deliver('invoice_create', Number(invoice?.id));
		expect(calls[0]?.body).toMatchObject({
			invoice: { created_at: String(invoice?.created_at).replace('+00:00', 'Z') },
		});
		expect(calls[0]?.text).not.toContain('+00:00');
	});

	test('says otherwise what it is told to, and is sent as often as it is told to', async () => {
		await start();
		const [invoice] = await all('/invoices');
		const sent = await uphance.deliver('invoice_update', Number(invoice?.id), {
			record: { grand_total: null, created_at: undefined },
			times: 3,
		});
		expect(sent.map(({ tries, status }) => [tries, status])).toEqual([
			[1, 200],
			[1, 200],
			[1, 200],
		]);
		const told: Item = { ...invoice, grand_total: null };
		delete told.created_at;
		expect(calls.map(({ body }) => body.invoice)).toEqual([told, told, told]);
	});

	test('nobody has seen can be sent too', async () => {
		await start();
		const order = (await all('/sales_orders'))[5];
		await uphance.deliver('sales_order_create', Number(order?.id));
		await uphance.deliver('stock_update', 7, { record: { pieces: 3 } });
		expect(calls.map(({ body }) => body)).toEqual([
			{ event: 'sales_order_create', sales_order: order },
			{ event: 'stock_update', stock: { id: 7, pieces: 3 } },
		]);
	});

	test('about a record that does not exist is a mistake', async () => {
		await start();
		await expect(uphance.deliver('invoice_update', 1)).rejects.toThrow('There is no invoice 1');
	});

	test('goes to the webhooks that want it, of the organisation whose record it is', async () => {
		await start({}, ['invoice_create']);
		const [invoice] = await all('/invoices');
		const id = Number(invoice?.id);
		uphance.addWebhook({ url: `${hook}/own?secret=s`, organisation: 9579 });
		uphance.addWebhook({ url: `${hook}/other`, organisation: 9601 });
		await uphance.deliver('invoice_update', id);
		expect(calls.map(({ url }) => url)).toEqual(['/hook/own?secret=s']);
		await uphance.deliver('invoice_create', id);
		expect(calls.map(({ url }) => url).sort()).toEqual(['/hook', '/hook/own?secret=s', '/hook/own?secret=s']);
		uphance.removeWebhook(hook);
		expect(uphance.webhooks().map(({ url }) => url)).toEqual([`${hook}/own?secret=s`, `${hook}/other`]);
		await expect(uphance.deliver('invoice_create', id, { organisation: 9601 })).rejects.toThrow();
	});

	test('is never sent to another machine', async () => {
		await start();
		for (const url of ['https://example.com/hook', 'http://127.0.0.1.example.com/', 'http://10.0.0.1/', 'hook']) {
			expect(() => uphance.addWebhook({ url })).toThrow('only this machine');
			await expect(uphance.deliverRaw(url, '{}')).rejects.toThrow('only this machine');
		}
	});

	test('is sent by hand, as --help says', async () => {
		await start();
		const { text, status } = await ask('/sandbox/deliver', 'POST', ['pick_ticket_update', 3000079]);
		expect(status).toBe(200);
		expect(JSON.parse(text).result).toMatchObject([
			{ event: 'pick_ticket_update', id: 3000079, tries: 1, status: 200 },
		]);
		expect((await ask('/sandbox/deliver', 'POST', ['pick_ticket_update', 1])).text).toContain(
			'There is no pick_ticket 1',
		);
	});
});

describe('Stand-in: a delivery', () => {
	test.each([500, 401, 404, 302, 304])('answered with %d is tried again', async (status) => {
		await start();
		answer = (_call, reply) =>
			reply.writeHead(calls.length < 3 ? status : 204, { Location: `${hook}/elsewhere` }).end();
		const sent = await uphance.deliver('invoice_delete', 1);
		expect(sent).toMatchObject([{ tries: 3, statuses: [status, status, 204], status: 204, state: 'delivered' }]);
		expect(new Set(calls.map(({ text, url }) => url + text)).size).toBe(1);
		expect(uphance.deliveries()).toEqual(sent);
	});

	test('that is not answered, or cut off, is tried again', async () => {
		await start({ webhookTimeout: 50 });
		answer = (_call, reply) => {
			if (calls.length === 2) reply.destroy();
			if (calls.length === 3) reply.writeHead(200).end();
		};
		expect(await uphance.deliver('invoice_delete', 1)).toMatchObject([{ statuses: [null, null, 200] }]);
	});

	test('is dropped after the last try', async () => {
		await start({ webhookRetry: [1, 1] });
		answer = (_call, reply) => reply.writeHead(500).end();
		expect(await uphance.deliver('invoice_delete', 1)).toMatchObject([{ tries: 3, status: 500, state: 'dropped' }]);
		await wait(30);
		expect(calls).toHaveLength(3);
	});

	test('waits longer from try to try, until 48 hours of Uphance’s have passed', async () => {
		await start({ webhookRetry: undefined });
		answer = (_call, reply) => reply.writeHead(calls.length < 4 ? 500 : 200).end();
		const before = Date.now();
		await uphance.deliver('invoice_delete', 1);
		expect(Date.now() - before).toBeGreaterThanOrEqual(345);
	});

	test('reaches a receiver that was away for a while', async () => {
		await start({ webhookRetry: [20, 20, 20, 20, 20, 20, 20, 20] });
		const { port } = receiver.address() as AddressInfo;
		await new Promise((resolve) => receiver.close(resolve));
		const sent = uphance.deliver('invoice_delete', 1);
		await until(() => (uphance.deliveries()[0]?.tries ?? 0) > 1);
		await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
		expect(await sent).toMatchObject([{ state: 'delivered', status: 200 }]);
		expect(calls).toHaveLength(1);
	});

	test('ends when its webhook is removed', async () => {
		await start();
		answer = (_call, reply) => {
			uphance.removeWebhook(hook);
			reply.writeHead(500).end();
		};
		expect(await uphance.deliver('invoice_delete', 1)).toMatchObject([{ tries: 1, state: 'stopped' }]);
	});

	test('does not keep the sandbox from closing, wherever it is', async () => {
		await start({ webhookRetry: [60_000], webhookTimeout: 60_000, webhooksAtOnce: 2 });
		answer = (_call, reply) => {
			if (calls.length === 1) reply.writeHead(500).end();
		};
		const sent = [uphance.deliver('invoice_delete', 1)];
		await until(() => uphance.deliveries()[0]?.statuses.length === 1);
		sent.push(...[2, 3, 4].map(async (id) => await uphance.deliver('invoice_delete', id)));
		await until(() => calls.length === 3);
		await uphance.close();
		const states = (await Promise.all(sent)).flat().map(({ state, tries }) => [state, tries]);
		expect(states).toEqual([
			['stopped', 1],
			['stopped', 1],
			['stopped', 1],
			['stopped', 0],
		]);
		await wait(20);
		expect(calls).toHaveLength(3);
	});

	test('is one of several at once, as many as may be, and each event is under way once', async () => {
		await start({ webhooksAtOnce: 3, webhookDuplicates: 1 });
		const underWay = new Map<string, number>();
		let twice = 0;
		answer = async ({ text }, reply) => {
			underWay.set(text, (underWay.get(text) ?? 0) + 1);
			twice = Math.max(twice, underWay.get(text) ?? 0);
			await wait(10);
			underWay.set(text, (underWay.get(text) ?? 0) - 1);
			reply.writeHead(200).end();
		};
		for (let id = 1; id <= 12; id += 1) void uphance.deliver('invoice_delete', id);
		await uphance.delivered();
		expect(calls).toHaveLength(24);
		expect(most).toBe(3);
		expect(twice).toBe(1);
	});

	test('is repeated when duplicates are asked for', async () => {
		await start();
		uphance.duplicateNext(2);
		for (const id of [1, 2, 3]) await uphance.deliver('invoice_delete', id);
		expect(calls.map(({ body }) => body.invoice)).toEqual([1, 1, 2, 2, 3].map((id) => ({ id })));
	});

	test('is repeated in the share that the option says', async () => {
		await start({ webhookDuplicates: 0.25 });
		for (let id = 0; id < 20; id += 1) await uphance.deliver('invoice_delete', id);
		expect(calls).toHaveLength(25);
	});

	test('is overtaken in the share that the option says', async () => {
		await start({ webhookReorder: 0.5 });
		const [invoice] = await all('/invoices');
		const id = Number(invoice?.id);
		void uphance.deliver('invoice_create', id);
		void uphance.deliver('invoice_update', id);
		await uphance.delivered();
		expect(events()).toEqual(['invoice_update', 'invoice_create']);
	});

	test('whose answer gets lost is delivered again, after what happened meanwhile', async () => {
		await start({ webhookRetry: [50] });
		uphance.loseAnswers();
		const first = uphance.deliver('invoice_delete', 1);
		await until(() => uphance.deliveries()[0]?.statuses.length === 1);
		const second = await uphance.deliver('invoice_delete', 2);
		expect(await first).toMatchObject([{ statuses: [null, 200], state: 'delivered' }]);
		expect(second).toMatchObject([{ statuses: [200] }]);
		expect(calls.map(({ body }) => Object(body.invoice).id)).toEqual([1, 2, 1]);
	});

	test('can be anything, sent once', async () => {
		await start();
		const garbage = 'x{"event": "invoice_cre';
		answer = (_call, reply) => reply.writeHead(422).end();
		expect(await uphance.deliverRaw(hook, garbage, { 'Content-Type': 'text/plain', 'X-Own': '1' })).toMatchObject({
			tries: 1,
			status: 422,
			state: 'dropped',
		});
		expect(calls).toMatchObject([{ text: garbage, headers: { 'content-type': 'text/plain', 'x-own': '1' } }]);
		expect(await uphance.deliverRaw(hook, '')).toMatchObject({ tries: 1 });
	});

	test('holds what the record was when the event happened', async () => {
		await start();
		const [invoice] = await all('/invoices');
		const id = Number(invoice?.id);
		answer = (_call, reply) => {
			if (calls.length === 1) uphance.changeRecord('/invoices', id, { due_date: '2031-01-01' });
			reply.writeHead(calls.length === 1 ? 500 : 200).end();
		};
		await uphance.deliver('invoice_update', id);
		expect(calls.map(({ body }) => body.invoice)).toEqual([invoice, invoice]);
	});
});

describe('Stand-in: what happens to a pick ticket', () => {
	test('by the API comes back as an update, with what it is now', async () => {
		await start();
		await ask('/pick_tickets/3000079?service=Noted', 'PUT');
		await ask('/pick_tickets/3000079/ship', 'PUT');
		await uphance.delivered();
		expect(events()).toEqual(['pick_ticket_update', 'pick_ticket_update']);
		expect(calls.map(({ body }) => body.pick_ticket)).toMatchObject([
			{ id: 3000079, service: 'Noted', status: 'published' },
			(await json('/pick_tickets/3000079')).pick_ticket,
		]);
		expect((await ask('/pick_tickets/1/ship', 'PUT')).status).toBe(404);
		await uphance.delivered();
		expect(calls).toHaveLength(2);
	});

	test('is told to the webhooks that are found at that moment, each once, and to a test webhook without a second try', async () => {
		const found = [{ url: `${hook}/found` }, { url: `${hook}/test`, isTest: true }];
		const findWebhooks = async () => await Promise.resolve([...found, { url: hook }]);
		await start({ findWebhooks });
		answer = (_call, reply) => reply.writeHead(404).end();
		await ask('/pick_tickets/3000079?service=Noted', 'PUT');
		await uphance.delivered();
		const tries = (url: string) => calls.filter((call) => call.url === url).length;
		expect([tries('/hook'), tries('/hook/found'), tries('/hook/test')]).toEqual([4, 4, 1]);
		found.pop();
		calls = [];
		answer = (_call, reply) => reply.writeHead(200).end();
		await ask('/pick_tickets/3000079?service=Again', 'PUT');
		await uphance.delivered();
		expect(calls.map(({ url }) => url).sort()).toEqual(['/hook', '/hook/found']);
	});

	test('is not told outside this machine, wherever a webhook was found', async () => {
		await start({ findWebhooks: async () => await Promise.resolve([{ url: 'https://example.com/hook' }]) });
		await expect(uphance.deliver('pick_ticket_update', 3000079)).rejects.toThrow('only this machine');
	});

	test('that is a draft is heard of when it is published, as an update only', async () => {
		await start();
		const draft = (await all('/pick_tickets')).find(({ status }) => status === 'draft');
		uphance.publishPickTicket(Number(draft?.id));
		await uphance.delivered();
		expect(events()).toEqual(['pick_ticket_update']);
		expect(calls[0]?.body.pick_ticket).toMatchObject({ id: draft?.id, status: 'published' });
	});

	test.each([
		[0, 200, 'shipped', 404],
		[60_000, 404, 'published', 200],
	])('shows in GET after as many milliseconds as the switch says: %d', async (visibleAfter, isNew, status, isGone) => {
		await start({ switches: { visibleAfter } });
		const [id = 0] = uphance.addRecords('/pick_tickets', 1);
		uphance.changeRecord('/pick_tickets', 3000079, { status: 'shipped' });
		expect((await ask(`/pick_tickets/${id}`)).status).toBe(isNew);
		expect(await json('/pick_tickets/3000079')).toMatchObject({ pick_ticket: { status } });
		uphance.deletePickTicket(3000079);
		expect((await ask('/pick_tickets/3000079')).status).toBe(isGone);
		advanceClock(60_000);
		expect((await ask(`/pick_tickets/${id}`)).status).toBe(200);
		expect((await ask('/pick_tickets/3000079')).status).toBe(404);
	});

	test('that is deleted is told with the id alone', async () => {
		await start();
		uphance.deletePickTicket(3000079);
		await uphance.delivered();
		expect(calls.map(({ body }) => body)).toEqual([{ event: 'pick_ticket_delete', pick_ticket: { id: 3000079 } }]);
		expect((await ask('/pick_tickets/3000079')).status).toBe(404);
	});

	test('is the only thing that is heard of: orders, payments and records for polling are not', async () => {
		await start();
		const line = { product_id: 6409, unit_price: 1, line_quantities: [{ sku_id: 640900, quantity: 1 }] };
		const order = { customerId: 9498, channel_name: 'Retail', line_items: [line] };
		expect((await ask('/sales_orders', 'POST', order)).status).toBe(201);
		expect((await ask('/payments', 'POST', { amount: '5.00', sale_id: 9005 })).status).toBe(201);
		const [id = 0] = uphance.addRecords('/invoices', 1);
		uphance.changeRecord('/invoices', id, { total_paid: '1.0' });
		await uphance.delivered();
		expect(calls).toEqual([]);
	});
});

const kinds = [
	'/sales_orders',
	'/invoices',
	'/credit_notes',
	'/payments',
	'/pick_tickets',
	'/receiving_tickets',
	'/returns',
	'/production_orders',
	'/customers',
];

describe.each(sampled(kinds, 3))('Stand-in: records of %s', (path) => {
	const isDated = path !== '/customers';

	test('that are added are the newest, created now', async () => {
		await start();
		const before = await all(path);
		const from = Date.now();
		const ids = [...uphance.addRecords(path, 2), ...uphance.addRecords(path, 1)];
		const after = await all(path);
		expect(idsOf(after)).toEqual([...idsOf(before), ...ids]);
		expect(idsOf(after)).toEqual(idsOf(after).sort((one, other) => one - other));
		for (const record of after.slice(-3)) {
			expect(Object.keys(record)).toEqual(expect.arrayContaining(Object.keys(before[10] ?? {}).slice(0, 3)));
			if (!isDated) continue;
			for (const at of [record.created_at, record.updated_at]) {
				expect(Date.parse(String(at))).toBeGreaterThanOrEqual(from);
			}
		}
		await ask('/organisations/set_current_org', 'POST', { organizationId: 9601 });
		expect(idsOf(await all(path))).not.toEqual(expect.arrayContaining(ids));
	});

	test('that are added are there one by one, after since_id, and even where there was none', async () => {
		await start({ orders: 0 });
		const before = await all(path);
		const ids = uphance.addRecords(path, 3, 9579);
		const heedsSince = !['/returns', '/customers'].includes(path);
		const since = await all(path, `&since_id=${ids[0]}`);
		expect(idsOf(since)).toEqual(heedsSince ? ids.slice(1) : [...idsOf(before), ...ids]);
		if (path === '/production_orders' || path === '/invoices') return;
		expect((await ask(`${path}/${ids[2]}`)).status).toBe(200);
		expect((await ask(`${path}/${(ids[2] ?? 0) + 1}`)).status).toBe(404);
	});

	test('that are changed say so', async () => {
		await start();
		const from = Date.now();
		const [added = 0] = uphance.addRecords(path, 1);
		const [, , other] = await all(path);
		for (const id of [added, Number(other?.id)]) {
			uphance.changeRecord(path, id, { status: 'shipped' });
			const record = (await all(path)).find((each) => each.id === id);
			expect(record?.status).toBe('shipped');
			if (isDated) expect(Date.parse(String(record?.updated_at))).toBeGreaterThanOrEqual(from);
		}
		expect(() => uphance.changeRecord(path, 1, {})).toThrow(`There is no record 1 in ${path}`);
	});

	test('that come late stand in the order of their ids', async () => {
		await start();
		const before = idsOf(await all(path));
		const late = (before[20] ?? 0) + 1;
		uphance.lateRecord(path, late);
		expect(idsOf(await all(path))).toEqual([...before.slice(0, 21), late, ...before.slice(21)]);
		const [added = 0] = uphance.addRecords(path, 1);
		uphance.lateRecord(path, added - 1);
		expect(idsOf(await all(path)).slice(-2)).toEqual([added - 1, added]);
		expect(() => uphance.lateRecord(path, added)).toThrow('already');
	});
});

describe('Stand-in: for polling', () => {
	test('new orders have no invoice, pick ticket, payment or return yet', async () => {
		await start();
		const counts = async () =>
			await Promise.all(
				['/invoices', '/pick_tickets', '/payments', '/returns'].map(async (path) => (await all(path)).length),
			);
		const before = await counts();
		uphance.addRecords('/sales_orders', 20);
		expect(await counts()).toEqual(before);
		for (const order of (await all('/sales_orders')).slice(-20)) {
			expect(order).toMatchObject({ invoice_numbers: '', shipment_numbers: '', fulfillment_status: 'not_shipped' });
		}
		expect(await all('/sales_orders', '&by_shipment_number=40254')).toEqual([]);
	});

	test('what was added can be worked with', async () => {
		await start();
		const [ticket] = uphance.addRecords('/pick_tickets', 1);
		const [invoice] = uphance.addRecords('/invoices', 1);
		const [order] = uphance.addRecords('/sales_orders', 1);
		expect((await ask(`/pick_tickets/${ticket}/ship`, 'PUT')).status).toBe(200);
		await uphance.delivered();
		expect(calls[0]?.body.pick_ticket).toMatchObject({ id: ticket, status: 'shipped' });
		const payment = { amount: '5.00', sale_id: order, invoice_id: invoice };
		expect((await ask('/payments', 'POST', payment)).status).toBe(201);
		expect(idsOf(await all('/invoices', `&invoice_id=${invoice}`))).toEqual([invoice]);
		expect((await all('/payments')).at(-1)).toMatchObject({ sale_id: order, invoice_id: invoice });
		const [newest] = uphance.addRecords('/payments', 1);
		expect(idsOf(await all('/payments')).at(-1)).toBe(newest);
		uphance.deletePickTicket(Number(ticket));
		expect(idsOf(await all('/pick_tickets'))).not.toContain(ticket);
	});

	test('no two records share a line or a number', async () => {
		await start();
		const before = await all('/invoices');
		uphance.addRecords('/invoices', 3);
		const invoices = await all('/invoices');
		const lines = invoices.flatMap(({ line_items }) => idsOf(Array.isArray(line_items) ? line_items : []));
		expect(new Set(lines).size).toBe(lines.length);
		const numbers = (records: Item[]) => new Set(records.map(({ invoice_number }) => invoice_number));
		// Those of the documented orders, which name no invoice, are nought.
		expect(numbers(invoices).size).toBe(numbers(before).size + 3);
	});

	test('since_id is ignored if the switch says so', async () => {
		await start({ switches: { ignoresSinceId: true } });
		expect(await all('/invoices', '&since_id=1000079')).toEqual(await all('/invoices'));
		expect(await all('/invoices', '&invoice_id=1000079')).toHaveLength(1);
	});

	test('unknown lists and organisations are mistakes', async () => {
		await start();
		expect(() => uphance.addRecords('/nothing', 1)).toThrow("There is no list '/nothing' to change");
		expect(() => uphance.addRecords('/invoices', 1, 1)).toThrow('There is no organisation 1');
	});

	test('a million orders stay cheap', async () => {
		await start({ orders: 1_000_000 });
		await ask('/invoices');
		uphance.addRecords('/sales_orders', 250);
		const invoices = uphance.addRecords('/invoices', 250);
		uphance.lateRecord('/invoices', 100_000_078);
		await ask('/invoices');
		const before = Date.now();
		const list = await json(`/invoices?since_id=${(invoices[0] ?? 0) - 1}&page=3`);
		expect(list.meta).toMatchObject({ total_count: 250, total_pages: 3 });
		expect(list.invoices).toHaveLength(50);
		expect((await json('/sales_orders?page=10003')).sales_orders).toHaveLength(50);
		expect(Date.now() - before).toBeLessThan(1000);
	});
});
