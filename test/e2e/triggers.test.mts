import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Server } from '../../sandbox/n8n/server.mts';
import { startServer } from '../../sandbox/n8n/server.mts';
import type { Execution } from '../../sandbox/n8nApi.mts';
import { findTriggerWebhooks } from '../../sandbox/triggerWebhooks.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from './realN8n.mts';
import { everyTenSeconds, oneNode, startRealN8n, uphanceNode } from './realN8n.mts';

let real: RealN8n;
let server: Server;
let credential: string;
const secret = 'only-Uphance & we know this';
const callsAtOnce = 5;
/** Whether the stand-in looks for triggers in n8n, as with `npm start`. The other tests tell it their URLs. */
let findsTriggers = false;

beforeAll(async () => {
	// Tries often enough, and long enough for n8n to start again in the meantime.
	const webhookRetry = Array<number>(300).fill(300);
	const findWebhooks = async () => (findsTriggers ? await findTriggerWebhooks(real.n8n) : []);
	real = await startRealN8n({ orders: 250, webhookRetry, webhooksAtOnce: callsAtOnce, findWebhooks });
	({ server } = real);
	credential = await real.n8n.createCredential('Uphance', { ...demo, organisationId: '', apiUrl: real.uphance.url });
}, 600_000);

afterAll(async () => {
	await server?.stop();
	await real?.stop();
}, 60_000);

/** The same n8n again, after it has ended: its folder, its port. */
async function startAgain(): Promise<void> {
	server = await startServer(real.home, Number(new URL(server.url).port));
	await real.n8n.signIn();
}

/**
 * What stands before n8n and lets nobody in until n8n says that it is ready: for a moment of its start n8n answers every
 * request with 200, "n8n is starting up. Please wait", and Uphance would take that for delivered.
 */
async function startGate(): Promise<{ url(of: string): string; isOpen: boolean; close(): void }> {
	const gate = createServer((caller) => {
		caller.on('error', () => caller.destroy());
		if (!own.isOpen) {
			caller.destroy();
			return;
		}
		const n8n = connect(Number(new URL(server.url).port), '127.0.0.1');
		n8n.on('error', () => caller.destroy());
		n8n.on('close', () => caller.destroy());
		caller.on('close', () => n8n.destroy());
		caller.pipe(n8n).pipe(caller);
	});
	await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
	gate.unref(); // or a test that fails before it closes the gate would keep jest
	const { port } = gate.address() as AddressInfo;
	const own = {
		isOpen: true,
		url: (of: string) => of.replace(server.url, `http://127.0.0.1:${port}`),
		close: () => void gate.close(),
	};
	return own;
}

/** Waits until something is so, and fails in good time, so that n8n is ended. */
async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 45_000;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
		await wait(20);
	}
}

const then = {
	end: { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	aSecond: {
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { resume: 'timeInterval', amount: 1, unit: 'seconds' },
	},
};

/** A published workflow of a trigger and a node after it. */
async function published(name: string, trigger: object, next: object = then.end): Promise<string> {
	const credentials = { uphanceApi: { id: credential, name: 'Uphance' } };
	const workflow = await real.n8n.createWorkflow({
		name,
		nodes: [
			{ id: 'trigger', name: 'Trigger', typeVersion: 1, position: [0, 0], credentials, ...trigger },
			{ id: 'next', name: 'Next', position: [240, 0], ...next },
		],
		connections: { Trigger: { main: [[{ node: 'Next', type: 'main', index: 0 }]] } },
		settings: {},
	});
	await real.n8n.publishWorkflow(workflow);
	return workflow;
}

/** A published workflow that Uphance starts. @returns its production URL as the editor shows it, without the secret */
async function publishedWebhook(name: string, next?: object): Promise<{ workflow: string; production: string }> {
	const webhookId = randomUUID();
	const parameters = { events: ['*'], fetchRecord: true, options: { secret } };
	const trigger = { type: 'n8n-nodes-uphance.uphanceTrigger', webhookId, parameters };
	const workflow = await published(name, trigger, next);
	return { workflow, production: `${server.url}/webhook/${webhookId}/webhook` };
}

const withSecret = (url: string, given = secret) => `${url}?secret=${encodeURIComponent(given)}`;

interface What {
	event: string;
	id: number;
}

const keyOf = ({ event, id }: { event?: unknown; id?: unknown }) => `${String(event)} ${String(id)}`;
/** What each run began with; every one has an item. */
const keysOf = (executions: Execution[]) =>
	executions.flatMap(({ id, triggered }) => triggered.map(({ json }) => keyOf(json)).concat(triggered[0] ? [] : id));
const sorted = (keys: string[]) => [...keys].sort();

/** Events of new records, so many of each kind, one kind after the other. */
function newEvents(count: number): What[] {
	const { uphance } = real;
	const pickTickets = uphance.addRecords('/pick_tickets', count);
	const deleted = pickTickets.map((id) => id + 500_000_000); // Uphance has none with these ids
	const kinds: Array<{ event: string; ids: number[] }> = [
		{ event: 'pick_ticket_update', ids: pickTickets },
		{ event: 'invoice_create', ids: uphance.addRecords('/invoices', count) },
		{ event: 'receiving_ticket_update', ids: uphance.addRecords('/receiving_tickets', count) },
		{ event: 'credit_note_create', ids: uphance.addRecords('/credit_notes', count) },
		{ event: 'pick_ticket_delete', ids: deleted },
	];
	return Array.from({ length: count }, (_, index) =>
		kinds.map(({ event, ids }) => ({ event, id: Number(ids[index]) })),
	).flat();
}

test('of 200 events, among duplicates and forgeries, each starts the workflow once', async () => {
	const { uphance, n8n } = real;
	const { workflow, production } = await publishedWebhook('200 events');
	const url = withSecret(production);
	uphance.addWebhook({ url });
	const events = newEvents(39);
	const atOnce = uphance.addRecords('/invoices', 5).map((id) => ({ event: 'invoice_update', id }));
	const existing = events[0]?.id;
	const trueBody = (id = existing) => JSON.stringify({ event: 'pick_ticket_create', pick_ticket: { id } });
	const forgeries: Array<{ to: string; body: string; status: number }> = [
		{ to: withSecret(production, 'guessed'), body: trueBody(), status: 401 },
		{ to: withSecret(production, ''), body: trueBody(), status: 401 },
		{ to: `${url}&secret=guessed`, body: trueBody(), status: 401 },
		{ to: production, body: trueBody(), status: 401 },
		{ to: production, body: '{}', status: 401 },
		{ to: `${production}?secret=${secret}`, body: '{}', status: 200 }, // the secret as it is, not URL-encoded
		{ to: url, body: trueBody(999_999_999), status: 503 },
		{ to: url, body: '{"event":"invoice_update","invoice":{"id":999999998}}', status: 503 },
		{ to: url, body: JSON.stringify({ event: 'invoice_delete', invoice: { id: atOnce[0]?.id } }), status: 503 },
		{ to: url, body: '{"event":"spaceship_create","spaceship":{"id":1}}', status: 200 },
		{ to: url, body: '{"event":"pick_ticket_create","pick_ticket":{"id":"1 or 1=1"}}', status: 200 },
		{ to: url, body: '{"event":"pick_ticket_create","pick_ticket":{"id":-1}}', status: 200 },
		{ to: url, body: '{"event":"pick_ticket_create","pick_ticket":[]}', status: 200 },
		{ to: url, body: '{"event":"pick_ticket_delete","pick_ticket":{}}', status: 200 },
		{ to: url, body: '{"event":{"pick_ticket":{"id":1}}}', status: 200 },
		{ to: url, body: '{}', status: 200 },
		{ to: url, body: '[{"event":"pick_ticket_delete","pick_ticket":{"id":1}}]', status: 200 },
		{ to: url, body: '', status: 200 },
		{ to: url, body: 'no JSON at all', status: 422 }, // from n8n itself: the node never sees it
	];
	const signIns = uphance.signIns();

	uphance.duplicateNext(10);
	const sent: Array<Promise<unknown>> = events.flatMap(({ event, id }, index): Array<Promise<unknown>> => {
		const forgery = index % 4 === 1 ? forgeries[(index >> 2) % forgeries.length] : undefined;
		const record = { injected: 'by whoever sends the body' };
		return [
			uphance.deliver(event, id, { record, times: index % 4 === 0 ? 2 : 1 }),
			...(forgery ? [uphance.deliverRaw(forgery.to, forgery.body)] : []),
		];
	});
	// The same event several times before the first is answered.
	for (const { event, id } of atOnce) {
		for (let copy = 0; copy < callsAtOnce; copy += 1) sent.push(uphance.deliver(event, id));
	}
	await Promise.all(sent);
	// Delivered once more, when all is done.
	const first = uphance.deliveries().filter(({ event }) => event !== undefined);
	for (const { body } of first.slice(0, 10)) await uphance.deliverRaw(url, JSON.stringify(body));
	await uphance.delivered();

	const executions = await n8n.waitForExecutions(workflow);
	expect(sorted(keysOf(executions))).toEqual(sorted([...events, ...atOnce].map(keyOf)));
	expect(executions).toHaveLength(200);
	expect(executions.filter(({ status }) => status !== 'success')).toEqual([]);
	expect(executions.map(({ nodes }) => nodes.Next?.items.length)).toEqual(executions.map(() => 1));
	const records = executions.flatMap(({ triggered }) => triggered.map(({ json }) => Object(json.record)));
	expect(records.filter(({ injected }) => injected !== undefined)).toEqual([]);
	expect(records.filter(({ created_at }) => created_at !== undefined)).toHaveLength(200 - 39);

	const log = uphance.deliveries();
	expect(log.filter(({ event }) => event !== undefined).length).toBeGreaterThan(200);
	expect(log.filter(({ event, state }) => event !== undefined && state !== 'delivered')).toEqual([]);
	// A copy is to come again while the first is looked at; nothing else fails.
	const isCopy = (each: What) => atOnce.some((one) => keyOf(one) === keyOf(each));
	const failed = log.filter(
		({ event, statuses }) => event !== undefined && statuses.some((status) => status === null || status >= 500),
	);
	expect(failed.filter((each) => !isCopy({ event: String(each.event), id: Number(each.id) }))).toEqual([]);
	expect(new Set(failed.flatMap(({ statuses }) => statuses))).toEqual(new Set([200, 503]));
	const answers = log.filter(({ event }) => event === undefined);
	for (const { to, body, status } of forgeries) {
		const own = answers.filter((answer) => answer.url === to && answer.body === body);
		expect({ to, body, answers: [...new Set(own.map((answer) => answer.status))] }).toEqual({
			to,
			body,
			answers: [status],
		});
	}
	expect(uphance.signIns() - signIns).toBeLessThanOrEqual(1);
	uphance.removeWebhook(url);
});

test('a change in the stand-in starts triggers whose URL nobody pasted: published ones, and one that listens', async () => {
	const { n8n, uphance } = real;
	const { workflow } = await publishedWebhook('Pasted nowhere');
	const trigger = {
		type: 'n8n-nodes-uphance.uphanceTrigger',
		webhookId: randomUUID(),
		typeVersion: 1,
		position: [0, 0],
	};
	const parameters = { events: ['pick_ticket_update'], options: {} };
	const nodes = [{ id: 'trigger', name: 'Trigger', parameters, ...trigger }];
	const listening = await n8n.createWorkflow({ name: 'Listening', nodes, connections: {}, settings: {} });
	await n8n.startWorkflow(listening, 'Trigger');
	findsTriggers = true;
	try {
		const put = {
			resource: 'pickTicket',
			operation: 'update',
			pickTicketId: { __rl: true, mode: 'id', value: '3000079' },
		};
		const node = uphanceNode({ ...put, updateFields: { service: 'Pasted nowhere' } });
		const update = await n8n.createWorkflow(oneNode(node, credential));
		expect((await n8n.runWorkflow(update)).status).toBe('success');
		await uphance.delivered();
		for (const started of [workflow, listening]) {
			const [execution, ...further] = await n8n.waitForExecutions(started);
			expect(further).toEqual([]);
			expect(execution?.triggered[0]?.json).toMatchObject({ event: 'pick_ticket_update', id: 3000079 });
			expect(JSON.stringify(execution?.triggered[0]?.json.record)).toContain('Pasted nowhere');
		}
	} finally {
		findsTriggers = false;
		await n8n.unpublishWorkflow(workflow);
	}
});

test('a workflow without an event cannot be published', async () => {
	const trigger = { type: 'n8n-nodes-uphance.uphanceTrigger', webhookId: randomUUID() };
	await expect(published('No event', { ...trigger, parameters: { events: [], options: {} } })).rejects.toThrow(
		/event/i,
	);
	const parameters = { events: [], otherEvents: 'sales_order_create', options: {} };
	await expect(
		published('One that is typed', { ...trigger, webhookId: randomUUID(), parameters }),
	).resolves.toBeDefined();
});

test('n8n 2 is killed in the middle of deliveries: nothing that it answered is missing, the rest comes again', async () => {
	const { uphance, n8n } = real;
	const { workflow, production } = await publishedWebhook('Killed', then.aSecond);
	const gate = await startGate();
	const url = withSecret(gate.url(production));
	uphance.addWebhook({ url });
	const events = newEvents(16);
	const sent = events.map(async ({ event, id }) => await uphance.deliver(event, id));
	const own = () => uphance.deliveries().filter((delivery) => delivery.url === url);
	const answered = () => own().filter(({ state }) => state === 'delivered');
	await eventually('35 answers', () => answered().length >= 35);
	await server.kill();
	gate.isOpen = false;
	const before = answered().map(keyOf);
	expect(before.length).toBeLessThan(events.length);
	await startAgain();
	gate.isOpen = true;
	await Promise.all(sent);
	gate.close();

	const executions = await n8n.waitForExecutions(workflow);
	const runs = keysOf(executions);
	expect(before.filter((key) => !runs.includes(key))).toEqual([]);
	expect(own().filter(({ state }) => state !== 'delivered')).toEqual([]);
	expect(own().filter((delivery) => !runs.includes(keyOf(delivery)))).toEqual([]);
	expect(sorted([...new Set(runs)])).toEqual(sorted(events.map(keyOf)));
	// What was under way when n8n was killed may have begun without being answered; nothing else runs twice.
	const twice = runs.filter((key, index) => runs.indexOf(key) !== index);
	expect(twice.length).toBeLessThanOrEqual(callsAtOnce);
	expect(twice.filter((key) => before.includes(key))).toEqual([]);
	const statuses = new Set(executions.map(({ status }) => status));
	expect([...statuses].sort()).toEqual(['crashed', 'success']);
	expect(executions.filter(({ triggered }) => Object(triggered[0]?.json.record).id === undefined)).toEqual([]);
	uphance.removeWebhook(url);
});

/** A workflow that makes a text of each pick ticket when it is shipped. */
const shippedMessage = (webhookId: string) => ({
	name: 'Shipped pick tickets to a message',
	nodes: [
		{
			id: 'shipped',
			name: 'Shipped',
			type: 'n8n-nodes-uphance.uphanceTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId,
			parameters: { events: ['pick_ticket_update'], fetchRecord: true, options: { status: 'shipped' } },
			credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
		},
		{
			id: 'once',
			name: 'Each Once',
			type: 'n8n-nodes-base.removeDuplicates',
			typeVersion: 2,
			position: [220, 0],
			parameters: { operation: 'removeItemsSeenInPreviousExecutions', dedupeValue: '={{ $json.id }}', options: {} },
		},
		{
			id: 'message',
			name: 'Message',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			position: [440, 0],
			parameters: {
				mode: 'raw',
				jsonOutput:
					"={{ ({ to: $json.record.contact_email ?? '', text: `Order ${$json.record.order_number} for ${$json.record.customer_name} is on its way${$json.record.tracking_number ? ` with ${$json.record.carrier}, tracking number ${$json.record.tracking_number}` : ''}.` }) }}",
			},
		},
	],
	connections: {
		Shipped: { main: [[{ node: 'Each Once', type: 'main', index: 0 }]] },
		'Each Once': { main: [[{ node: 'Message', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
});

test('a workflow tells of each pick ticket once, when it is shipped', async () => {
	const { uphance, n8n } = real;
	const webhookId = crypto.randomUUID();
	const workflow = await n8n.createWorkflow(shippedMessage(webhookId));
	await n8n.publishWorkflow(workflow);
	const url = `${server.url}/webhook/${webhookId}/webhook`;
	uphance.addWebhook({ url });
	const [one = 0, other = 0] = uphance.addRecords('/pick_tickets', 2);
	const update = async (id: number, values: object) => {
		uphance.changeRecord('/pick_tickets', id, { ...values });
		await uphance.deliver('pick_ticket_update', id);
	};
	await update(one, { status: 'picking', order_number: 4711, customer_name: 'Barneys' });
	await update(other, { status: 'picking' });
	await update(one, {
		status: 'shipped',
		tracking_number: 'JD1',
		carrier: 'dhl',
		contact_email: 'shop@barneys.example',
	});
	await update(one, { notes: 'changed again' });
	await uphance.delivered();
	await update(other, { status: 'shipped', tracking_number: '', contact_email: null });

	await eventually('two messages', async () => (await n8n.waitForExecutions(workflow)).length >= 2);
	const executions = await n8n.waitForExecutions(workflow);
	expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
	const messages = executions.flatMap(({ nodes }) => (nodes.Message?.items ?? []).map(({ json }) => json));
	expect(messages[0]).toEqual({
		to: 'shop@barneys.example',
		text: 'Order 4711 for Barneys is on its way with dhl, tracking number JD1.',
	});
	expect(messages.slice(1)).toEqual([
		{
			to: '',
			text: expect.stringMatching(/^Order \d+ for .+ is on its way\.$/),
		},
	]);
	uphance.removeWebhook(url);
});

test('polling: of orders from before, during and after a restart of n8n each comes once', async () => {
	const { uphance, n8n } = real;
	const workflow = await published('Polling', {
		type: 'n8n-nodes-uphance.uphancePollingTrigger',
		parameters: { pollTimes: everyTenSeconds, triggerOn: 'order', watchFor: 'created' },
	});
	const polled = async () =>
		(await n8n.waitForExecutions(workflow)).flatMap(({ triggered }) => triggered.map(({ json }) => Number(json.id)));
	const untilPolled = async (count: number) =>
		await eventually(`${count} orders`, async () => {
			await wait(500);
			return (await polled()).length >= count;
		});
	const ids = uphance.addRecords('/sales_orders', 3);
	await untilPolled(3);
	ids.push(...uphance.addRecords('/sales_orders', 2)); // perhaps not polled yet when it ends
	await server.stop();
	ids.push(...uphance.addRecords('/sales_orders', 120)); // more than a page
	const starting = startAgain();
	ids.push(...uphance.addRecords('/sales_orders', 2));
	await starting;
	ids.push(...uphance.addRecords('/sales_orders', 2));
	await untilPolled(ids.length);
	const polls = () => uphance.log().filter(({ path }) => path === '/sales_orders').length;
	const already = polls();
	await eventually('a quiet poll', () => polls() > already);
	await wait(500);
	expect(await polled()).toEqual(ids);
	expect((await n8n.waitForExecutions(workflow)).filter(({ status }) => status !== 'success')).toEqual([]);
});

test('n8n lists both triggers, and neither as a tool', async () => {
	interface Described {
		name: string;
		displayName: string;
		group: string[];
		polling?: boolean;
		webhooks?: object[];
		usableAsTool?: boolean;
	}
	const described = (await real.n8n.get('/types/nodes.json')) as Described[];
	const own = described.filter(({ name }) => name.startsWith('n8n-nodes-uphance.'));
	expect(own.map(({ name }) => name.replace('n8n-nodes-uphance.', '')).sort()).toEqual(
		['uphance', 'uphancePollingTrigger', 'uphanceTrigger', 'uphanceTool'].sort(),
	);
	const triggers = own.filter(({ group }) => group.includes('trigger'));
	expect(triggers.map(({ displayName }) => displayName).sort()).toEqual(['Uphance Polling Trigger', 'Uphance Trigger']);
	expect(triggers.filter(({ usableAsTool }) => usableAsTool)).toEqual([]);
	expect(triggers.find(({ polling }) => polling)?.displayName).toBe('Uphance Polling Trigger');
	expect(triggers.find(({ webhooks }) => webhooks?.length)?.displayName).toBe('Uphance Trigger');
});
