import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Execution } from '../../sandbox/n8nApi.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import type { QueueMode, Worker } from './queueMode.mts';
import { startQueueMode } from './queueMode.mts';

/** Each belongs to both organisations, so that an order can land in the wrong one. */
const north = { email: 'north@example.com', password: 'north-password' };
const south = { email: 'south@example.com', password: 'south-password' };
const both = [9579, 9601];
const orders = 120; // two pages
/** Executions that a worker has under way at once: n8n's default. */
const atOnce = 10;

let queue: QueueMode;
let first: Worker;
let second: Worker;
let credential: string;
const said: string[] = [];
const say = (text: string) => said.push(`${text}\n`);

beforeAll(async () => {
	queue = await startQueueMode({
		orders,
		users: [demo, north, south].map((user) => ({ ...user, organisations: user === demo ? [9579] : both })),
	});
	[first, second] = await Promise.all([queue.startWorker(), queue.startWorker()]);
	credential = await credentialOf(demo, '');
}, 300_000);

afterAll(async () => {
	process.stderr.write(said.join(''));
	await queue?.stop();
}, 120_000);

beforeEach(() => {
	queue.uphance.clearFaults();
	queue.uphance.clearLog();
});

const credentialOf = async (user: object, organisationId: string) =>
	await queue.n8n.createCredential('Uphance', { ...user, organisationId, apiUrl: queue.uphance.url });

const uphance = (parameters: object) => ({
	id: 'node',
	name: 'Node',
	type: 'n8n-nodes-uphance.uphance',
	typeVersion: 1,
	position: [240, 0],
	parameters: { resource: 'order', ...parameters },
});
const everyOrder = uphance({ operation: 'getAll', returnAll: true, options: { includeFields: 'organisation_id' } });
const newOrder = (returnExisting: boolean) =>
	uphance({
		operation: 'create',
		customerId: { __rl: true, mode: 'id', value: '55140' },
		lineItems: { lineItem: [{ sku_id: '640901', quantity: 1 }] },
		additionalFields: { purchaseOrderRef: '={{ $json.body.ref }}' },
		options: { returnExisting },
	});

/** A published workflow of a trigger and a node after it. @returns its id */
async function published(name: string, trigger: object, node: object, by = credential): Promise<string> {
	const credentials = { uphanceApi: { id: by, name: 'Uphance' } };
	const workflow = await queue.n8n.createWorkflow({
		name,
		nodes: [
			{ id: 'trigger', name: 'Trigger', position: [0, 0], credentials, ...trigger },
			{ ...node, credentials },
		],
		connections: { Trigger: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		settings: {},
	});
	await queue.n8n.publishWorkflow(workflow);
	return workflow;
}

interface Called {
	workflow: string;
	/** Asks for an execution. @returns whether n8n accepted it */
	call(ref?: string): Promise<boolean>;
}

/** A published workflow that any POST to an address of the webhook processor starts. */
async function called(name: string, node: object, by = credential): Promise<Called> {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const trigger = { type: 'n8n-nodes-base.webhook', typeVersion: 2.1, webhookId: path, parameters };
	const workflow = await published(name, trigger, node, by);
	const call = async (ref?: string) => {
		const headers = { 'content-type': 'application/json', connection: 'close' };
		const body = JSON.stringify({ ref });
		return (await fetch(`${queue.webhookUrl}/webhook/${path}`, { method: 'POST', headers, body })).ok;
	};
	return { workflow, call };
}

/** Calls all, twenty at a time. @returns how many were accepted */
async function callAll(calls: Array<() => Promise<boolean>>): Promise<number> {
	const left = [...calls];
	let accepted = 0;
	const caller = async () => {
		for (let next = left.shift(); next; next = left.shift()) if (await next()) accepted += 1;
	};
	await Promise.all(Array.from({ length: 20 }, caller));
	return accepted;
}

const refs = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
const sorted = (values: unknown[]) => values.map(String).sort();
const itemsOf = ({ nodes }: Execution) => (nodes.Node?.items ?? []).map(({ json }) => json);
const isDone = ({ status }: Execution) => status === 'success';
const refOf = ({ triggered }: Execution) => String(Object(triggered[0]?.json.body).ref);

const createdWith = (ref: string) => queue.uphance.created().filter(({ order }) => order.purchase_order_ref === ref);

/** Each execution read every order that was there from the start, none twice, all of one organisation. */
function expectRead(executions: Execution[], organisation: number) {
	for (const execution of executions) {
		const items = itemsOf(execution);
		expect(execution.status).toBe('success');
		expect(items.length).toBeGreaterThanOrEqual(orders);
		expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
		expect([...new Set(items.map(({ organisation_id }) => organisation_id))]).toEqual([organisation]);
	}
}

/** Each execution made one order, the one it was asked for, in the organisation. */
function expectCreated(executions: Execution[], asked: string[], organisation: number) {
	expect(executions.filter((each) => !isDone(each))).toEqual([]);
	expect(sorted(executions.map((each) => itemsOf(each)[0]?.purchase_order_ref))).toEqual(sorted(asked));
	expect(asked.map((ref) => createdWith(ref).map((each) => each.organisation))).toEqual(
		asked.map(() => [organisation]),
	);
}

async function finishedDuring(act: () => Promise<void>): Promise<number[]> {
	const before = [first, second].map((worker) => worker.finished());
	await act();
	return [first, second].map((worker, index) => worker.finished() - Number(before[index]));
}

test('200 executions of one credential over two workers: none is lost, and each order is created once', async () => {
	const reading = await called('Read', everyOrder);
	const creating = await called('Create', newOrder(false));
	const asked = refs('ONE', 100);
	const started = Date.now();
	const shares = await finishedDuring(async () => {
		const calls = asked.flatMap((ref) => [async () => await reading.call(), async () => await creating.call(ref)]);
		// In the middle the session ends.
		calls.splice(100, 0, async () => {
			queue.uphance.expireTokens();
			return false;
		});
		expect(await callAll(calls)).toBe(200);
		const read = await queue.n8n.executions(reading.workflow);
		expect(read).toHaveLength(100);
		expectRead(read, 9579);
		expectCreated(await queue.n8n.executions(creating.workflow), asked, 9579);
	});
	const seconds = (Date.now() - started) / 1000;
	const signIns = queue.uphance.signIns();
	say(`200 executions in ${seconds.toFixed(1)} seconds, ${shares.join(' and ')} by worker, ${signIns} sign-ins`);
	expect(Math.min(...shares)).toBeGreaterThan(20);
	// Each worker at most once at the start, and once after the session ended.
	expect(signIns).toBeGreaterThanOrEqual(2);
	expect(signIns).toBeLessThanOrEqual(4);
});

test('two users of two organisations: every record is in the organisation of its credential', async () => {
	const before = queue.uphance.signIns();
	const sides = await Promise.all(
		[
			{ user: north, organisation: 9579 },
			{ user: south, organisation: 9601 },
		].map(async ({ user, organisation }) => {
			const own = await credentialOf(user, String(organisation));
			return {
				organisation,
				asked: refs(user.email, 25),
				reading: await called(`Read ${user.email}`, everyOrder, own),
				creating: await called(`Create ${user.email}`, newOrder(false), own),
			};
		}),
	);
	const shares = await finishedDuring(async () => {
		const calls = Array.from({ length: 25 }, (_, index) =>
			sides.flatMap(({ asked, reading, creating }) => [
				async () => await reading.call(),
				async () => await creating.call(asked[index]),
			]),
		).flat();
		expect(await callAll(calls)).toBe(100);
		for (const { asked, reading, creating, organisation } of sides) {
			const read = await queue.n8n.executions(reading.workflow);
			expect(read).toHaveLength(25);
			expectRead(read, organisation);
			expectCreated(await queue.n8n.executions(creating.workflow), asked, organisation);
		}
	});
	const signIns = queue.uphance.signIns() - before;
	say(`100 executions of two users in two organisations, ${shares.join(' and ')} by worker, ${signIns} sign-ins`);
	expect(signIns).toBeLessThanOrEqual(4); // each user by each worker
});

test('webhooks through the webhook processor: each event starts one execution, without a sign-in', async () => {
	const webhookId = randomUUID();
	const parameters = { events: ['*'], fetchRecord: true, options: {} };
	const trigger = { type: 'n8n-nodes-uphance.uphanceTrigger', typeVersion: 1, webhookId, parameters };
	const end = { id: 'node', name: 'Node', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [240, 0] };
	const workflow = await published('Events', trigger, { ...end, parameters: {} });
	const url = `${queue.webhookUrl}/webhook/${webhookId}/webhook`;
	const before = queue.uphance.signIns();
	queue.uphance.addWebhook({ url });
	queue.uphance.duplicateNext(5);
	const ids = queue.uphance.addRecords('/pick_tickets', 40);
	await Promise.all(ids.map(async (id) => await queue.uphance.deliver('pick_ticket_update', id)));
	queue.uphance.removeWebhook(url);
	const executions = await queue.n8n.executions(workflow);
	expect(executions.filter((each) => !isDone(each))).toEqual([]);
	expect(sorted(executions.flatMap((each) => itemsOf(each).map(({ id }) => id)))).toEqual(sorted(ids));
	const deliveries = queue.uphance.deliveries().filter((each) => each.url === url);
	expect(deliveries.map(({ state }) => state)).toEqual(Array.from({ length: 45 }, () => 'delivered'));
	expect(queue.uphance.signIns()).toBe(before);
});

test('polling on main: each new order comes once, and the workers run what it starts', async () => {
	const item = [0, 10, 20, 30, 40, 50].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
	const parameters = { pollTimes: { item }, triggerOn: 'order', watchFor: 'created' };
	const trigger = { type: 'n8n-nodes-uphance.uphancePollingTrigger', typeVersion: 1, parameters };
	const end = { id: 'node', name: 'Node', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [240, 0] };
	const before = queue.uphance.signIns();
	const workflow = await published('Polling', trigger, { ...end, parameters: {} });
	const polled = async () => (await queue.n8n.executions(workflow)).flatMap(itemsOf).map(({ id }) => id);
	const untilPolled = async (count: number) => {
		while ((await polled()).length < count) await wait(500);
	};
	const ids = queue.uphance.addRecords('/sales_orders', 3);
	const shares = await finishedDuring(async () => {
		await untilPolled(3);
		ids.push(...queue.uphance.addRecords('/sales_orders', 120)); // more than a page
		await untilPolled(ids.length);
	});
	const polls = () => queue.uphance.log().filter(({ path }) => path === '/sales_orders').length;
	for (const already = polls(); polls() === already; ) await wait(100);
	await wait(500);
	expect(await polled()).toEqual(ids);
	expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(2);
	expect(queue.uphance.signIns()).toBe(before);
});

test('a worker is killed while it creates orders: what was under way is not run again', async () => {
	const once = await called('Once', newOrder(true));
	const plain = await called('Plain', newOrder(false));
	const asked = { once: refs('KILLED-ONCE', 2 * atOnce), plain: refs('KILLED-PLAIN', 2 * atOnce) };
	// Each order is made, after a while; the worker that asked for it may be gone by then.
	queue.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'slow', milliseconds: 4000, times: 1000 });
	const calls = asked.once.flatMap((ref, index) => [
		async () => await once.call(ref),
		async () => await plain.call(asked.plain[index] ?? ''),
	]);
	expect(await callAll(calls)).toBe(4 * atOnce);
	const posts = () => queue.uphance.log().filter(({ method, path }) => method === 'POST' && path === '/sales_orders');
	while (posts().length < 2 * atOnce) await wait(20);
	await first.kill();
	const killedAt = Date.now();
	queue.uphance.clearFaults();
	const [ofOnce, ofPlain] = [await queue.n8n.executions(once.workflow), await queue.n8n.executions(plain.workflow)];
	const seconds = (Date.now() - killedAt) / 1000;
	const lostOf = (executions: Execution[], all: string[]) => {
		const done = executions.filter(isDone).map(refOf);
		return all.filter((ref) => !done.includes(ref));
	};
	const lost = { once: lostOf(ofOnce, asked.once), plain: lostOf(ofPlain, asked.plain) };
	const all = [...ofOnce, ...ofPlain];
	console.log(
		all.filter((each) => !isDone(each)).map((each) => [each.id, each.status, each.error, each.stored.slice(0, 1500)]),
	);
	console.log(lost, seconds, [...asked.once, ...asked.plain].map((ref) => createdWith(ref).length).join());
	for (const ref of lost.once) expect(await once.call(ref)).toBe(true);
	for (const ref of lost.plain) expect(await plain.call(ref)).toBe(true);
	await queue.n8n.executions(once.workflow);
	await queue.n8n.executions(plain.workflow);
	console.log([...asked.once, ...asked.plain].map((ref) => createdWith(ref).length).join());
	say(
		`${lost.once.length + lost.plain.length} executions of a killed worker, known ${seconds.toFixed(0)} seconds later`,
	);
}, 180_000);

test('a worker that starts later uses the stored session without signing in', async () => {
	const before = queue.uphance.signIns();
	const third = await queue.startWorker();
	await second.stop();
	const reading = await called('Read later', everyOrder);
	expect(await callAll(Array.from({ length: 10 }, () => async () => await reading.call()))).toBe(10);
	expectRead(await queue.n8n.executions(reading.workflow), 9579);
	expect(third.finished()).toBe(10);
	expect(queue.uphance.signIns()).toBe(before);
});
