import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Execution } from '../../sandbox/n8nApi.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import { everyTenSeconds, uphanceNode } from '../e2e/realN8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import type { QueueMode, Worker } from './queueMode.mts';
import { startQueueMode } from './queueMode.mts';

/** Each belongs to both organisations, so that an order can land in the wrong one. */
const north = { email: 'north@example.com', password: 'north-password' };
const south = { email: 'south@example.com', password: 'south-password' };
const shared = { email: 'shared@example.com', password: 'shared-password' };
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
		users: [demo, north, south, shared].map((user) => ({ ...user, organisations: user === demo ? [9579] : both })),
	});
	[first, second] = await Promise.all([queue.startWorker(), queue.startWorker()]);
	credential = await credentialOf(demo, '');
}, 600_000);

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

const node = { id: 'node', name: 'Node', position: [240, 0] };
const uphance = (parameters: object) => ({ ...node, ...uphanceNode(parameters) });
const everyOrder = uphance({ operation: 'getAll', returnAll: true, options: { includeFields: 'organisation_id' } });
const newOrder = (returnExisting: boolean) =>
	uphance({
		operation: 'create',
		customerId: { __rl: true, mode: 'id', value: '55140' },
		...documentedLine(1),
		additionalFields: { purchaseOrderRef: '={{ $json.body.ref }}' },
		options: { returnExisting },
	});

const end = { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** A published workflow of a trigger and a node after it. @returns its id */
async function published(name: string, trigger: object, next: object, by = credential, settings = {}): Promise<string> {
	const credentials = { uphanceApi: { id: by, name: 'Uphance' } };
	const workflow = await queue.n8n.createWorkflow({
		name,
		nodes: [
			{ id: 'trigger', name: 'Trigger', position: [0, 0], credentials, ...trigger },
			{ ...next, credentials },
		],
		connections: { Trigger: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		settings,
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
async function called(name: string, next: object, by = credential, settings = {}): Promise<Called> {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const trigger = { type: 'n8n-nodes-base.webhook', typeVersion: 2.1, webhookId: path, parameters };
	const workflow = await published(name, trigger, next, by, settings);
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

interface Load {
	organisation: number;
	/** Refs of the orders to create. */
	asked: string[];
	reading: Called;
	creating: Called;
}

/** What reads every order and creates so many, with one credential. */
async function loadOf(name: string, count: number, organisation: number, by: string): Promise<Load> {
	return {
		organisation,
		asked: refs(name, count),
		reading: await called(`Read ${name}`, everyOrder, by),
		creating: await called(`Create ${name}`, newOrder(false), by),
	};
}

const userLoad = async (user: { email: string }, organisation: number) =>
	await loadOf(`${user.email}-${organisation}`, 25, organisation, await credentialOf(user, String(organisation)));

/** One call that reads and one that creates, of each load in turn. */
const alternately = (...loads: Load[]) =>
	Array.from({ length: loads[0]?.asked.length ?? 0 }, (_, index) =>
		loads.flatMap(({ asked, reading, creating }) => [
			async () => await reading.call(),
			async () => await creating.call(asked[index]),
		]),
	).flat();

/** What came of it, all of which a worker ran once. */
async function executionsOf({ asked, reading, creating }: Load) {
	const read = await queue.n8n.waitForExecutions(reading.workflow);
	const created = await queue.n8n.waitForExecutions(creating.workflow);
	expect([read.length, created.length]).toEqual([asked.length, asked.length]);
	return { read, created, shares: await sharesOf([...read, ...created]) };
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

/** How many of the executions each worker ran; together each exactly once. */
async function sharesOf(executions: Execution[], workers = [first, second]): Promise<number[]> {
	const runs = () => {
		const finished = workers.flatMap((worker) => worker.finished());
		return executions.map(({ id }) => finished.filter((each) => each === id).length);
	};
	while (runs().includes(0)) await wait(100); // a worker says it a little after n8n has stored it
	expect(runs()).toEqual(executions.map(() => 1));
	return workers.map((worker) => {
		const own = worker.finished();
		return executions.filter(({ id }) => own.includes(id)).length;
	});
}

test('200 executions of one credential over two workers: none is lost, and each order is created once', async () => {
	const load = await loadOf('ONE', 100, 9579, credential);
	const calls = alternately(load);
	const endTheSession = async () => {
		queue.uphance.expireTokens();
		return false;
	};
	calls.splice(100, 0, endTheSession);
	const started = Date.now();
	expect(await callAll(calls)).toBe(200);
	const { read, created, shares } = await executionsOf(load);
	const seconds = (Date.now() - started) / 1000;
	expectRead(read, 9579);
	expectCreated(created, load.asked, 9579);
	const signIns = queue.uphance.signIns();
	say(`200 executions in ${seconds.toFixed(0)} seconds, ${shares.join(' and ')} by worker, ${signIns} sign-ins`);
	expect(Math.min(...shares)).toBeGreaterThan(20);
	// Each worker at most once at the start, and at most once when the session ended.
	expect(signIns).toBeGreaterThanOrEqual(2);
	expect(signIns).toBeLessThanOrEqual(4);
});

test('two users of two organisations: every record is in the organisation of its credential', async () => {
	const before = queue.uphance.signIns();
	const loads = [await userLoad(north, 9579), await userLoad(south, 9601)];
	expect(await callAll(alternately(...loads))).toBe(100);
	for (const load of loads) {
		const { read, created } = await executionsOf(load);
		expectRead(read, load.organisation);
		expectCreated(created, load.asked, load.organisation);
	}
	const signIns = queue.uphance.signIns() - before;
	say(`100 executions of two users in two organisations, ${signIns} sign-ins`);
	expect(signIns).toBeLessThanOrEqual(4); // each user by each worker
});

test('one user of two organisations, which two processes cannot keep apart: what goes wrong is said', async () => {
	const loads = [await userLoad(shared, 9579), await userLoad(shared, 9601)];
	expect(await callAll(alternately(...loads))).toBe(100);
	let wrong = 0;
	let failed = 0;
	for (const load of loads) {
		const { read, created } = await executionsOf(load);
		const failures = [...read, ...created].filter((each) => !isDone(each));
		const isSaid = expect.stringMatching(/ organisation \d+ instead of Uphance| empty page although there is more/);
		expect(failures.map(({ error }) => error?.message)).toEqual(failures.map(() => isSaid));
		// No record of the other organisation is passed on, and who succeeded wrote into the right one.
		expectRead(read.filter(isDone), load.organisation);
		expectCreated(created.filter(isDone), created.filter(isDone).map(refOf), load.organisation);
		const orders = load.asked.map(createdWith);
		expect(orders.map(({ length }) => length)).toEqual(load.asked.map(() => 1));
		wrong += orders.flat().filter(({ organisation }) => organisation !== load.organisation).length;
		failed += failures.length;
	}
	say(
		`100 executions of one user in two organisations: ${wrong} of 50 orders in the wrong one, ${failed} executions failed`,
	);
});

test('the same order asked for by both workers at once is created once by each of them at most', async () => {
	const creating = await called('Same', newOrder(true));
	const asked = refs('SAME', 20);
	// Both look before either creates.
	queue.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'slow', milliseconds: 300, times: 1000 });
	expect(
		await callAll(asked.flatMap((ref) => Array.from({ length: 4 }, () => async () => await creating.call(ref)))),
	).toBe(80);
	const executions = await queue.n8n.waitForExecutions(creating.workflow);
	const failed = executions.filter((each) => !isDone(each));
	expect(failed.filter(({ stored }) => !stored.includes('Another process created the sales order'))).toEqual([]);
	const counts = asked.map((ref) => createdWith(ref).length);
	const twice = counts.filter((count) => count === 2).length;
	// Two at the same moment are never silent: the execution with the higher ID fails and names both.
	expect(failed.length).toBeGreaterThanOrEqual(twice);
	say(
		`20 orders, each asked for four times at once with Return Existing Order: ${twice} of them were created by both, ${failed.length} executions said so`,
	);
	expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
	expect(Math.max(...counts)).toBeLessThanOrEqual(2);
	for (const ref of asked) expect(await creating.call(ref)).toBe(true); // afterwards it is found
	expect((await queue.n8n.waitForExecutions(creating.workflow)).filter((each) => !isDone(each))).toHaveLength(
		failed.length,
	);
	expect(asked.map((ref) => createdWith(ref).length)).toEqual(counts);
});

test('webhooks through the webhook processor: each event starts one execution, without a sign-in', async () => {
	const webhookId = randomUUID();
	const parameters = { events: ['*'], fetchRecord: true, options: {} };
	const trigger = { type: 'n8n-nodes-uphance.uphanceTrigger', typeVersion: 1, webhookId, parameters };
	const workflow = await published('Events', trigger, end);
	const url = `${queue.webhookUrl}/webhook/${webhookId}/webhook`;
	const before = queue.uphance.signIns();
	queue.uphance.addWebhook({ url });
	queue.uphance.duplicateNext(5);
	const ids = queue.uphance.addRecords('/pick_tickets', 40);
	await Promise.all(ids.map(async (id) => await queue.uphance.deliver('pick_ticket_update', id)));
	queue.uphance.removeWebhook(url);
	const executions = await queue.n8n.waitForExecutions(workflow);
	expect(executions.filter((each) => !isDone(each))).toEqual([]);
	expect(sorted(executions.flatMap((each) => itemsOf(each).map(({ id }) => id)))).toEqual(sorted(ids));
	await sharesOf(executions);
	const deliveries = queue.uphance.deliveries().filter((each) => each.url === url);
	expect(deliveries.map(({ state }) => state)).toEqual(Array.from({ length: 45 }, () => 'delivered'));
	expect(queue.uphance.signIns()).toBe(before);
});

test('polling on main: each new order comes once, and the workers run what it starts', async () => {
	const parameters = { pollTimes: everyTenSeconds, triggerOn: 'order', watchFor: 'created' };
	const trigger = { type: 'n8n-nodes-uphance.uphancePollingTrigger', typeVersion: 1, parameters };
	const before = queue.uphance.signIns();
	const workflow = await published('Polling', trigger, end);
	const polled = async () => (await queue.n8n.waitForExecutions(workflow)).flatMap(itemsOf).map(({ id }) => id);
	const untilPolled = async (count: number) => {
		while ((await polled()).length < count) await wait(500);
	};
	const ids = queue.uphance.addRecords('/sales_orders', 3);
	await untilPolled(3);
	ids.push(...queue.uphance.addRecords('/sales_orders', 120)); // more than a page
	await untilPolled(ids.length);
	const polls = () => queue.uphance.log().filter(({ path }) => path === '/sales_orders').length;
	for (const already = polls(); polls() === already; ) await wait(100);
	await wait(500);
	expect(await polled()).toEqual(ids);
	await sharesOf(await queue.n8n.waitForExecutions(workflow));
	expect(queue.uphance.signIns()).toBe(before);
});

test('a worker is killed while it creates orders: n8n says so and runs nothing twice', async () => {
	const trigger = { type: 'n8n-nodes-base.errorTrigger', typeVersion: 1, parameters: {} };
	const errorWorkflow = await published('Errors', trigger, end);
	const once = await called('Once', newOrder(true), credential, { errorWorkflow });
	const plain = await called('Plain', newOrder(false), credential, { errorWorkflow });
	const asked = { once: refs('KILLED-ONCE', 2 * atOnce), plain: refs('KILLED-PLAIN', 2 * atOnce) };
	// Each order is made, after ten seconds; the worker that asked for it may be gone by then.
	queue.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'slow', milliseconds: 10_000, times: 1000 });
	const calls = asked.once.flatMap((ref, index) => [
		async () => await once.call(ref),
		async () => await plain.call(asked.plain[index]),
	]);
	expect(await callAll(calls)).toBe(4 * atOnce);
	await untilPosted(2 * atOnce);
	await first.kill();
	const killed = Date.now();
	queue.uphance.clearFaults();
	const ofOnce = await queue.n8n.waitForExecutions(once.workflow);
	const ofPlain = await queue.n8n.waitForExecutions(plain.workflow);
	const seconds = (Date.now() - killed) / 1000;
	const all = [...ofOnce, ...ofPlain];
	const failed = all.filter((each) => !isDone(each));
	say(
		`A worker was killed: ${failed.length} of its executions failed, which n8n knew ${seconds.toFixed(0)} seconds later`,
	);
	expect(all).toHaveLength(4 * atOnce);
	expect(failed).toHaveLength(atOnce);
	expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 'error'));
	expect(failed.map(({ error }) => error?.message)).toEqual(
		failed.map(() => expect.stringContaining('failed to be processed too many times and will no longer retry')),
	);
	await sharesOf(all.filter(isDone));
	// n8n forgets what they began with, and so has nothing to retry; but it starts the error workflow.
	expect(failed.flatMap(({ triggered }) => triggered)).toEqual([]);
	const told = (await queue.n8n.waitForExecutions(errorWorkflow)).map(
		({ triggered }) => Object(triggered[0]?.json.execution).id,
	);
	expect(sorted(told)).toEqual(sorted(failed.map(({ id }) => id)));

	const missing = (executions: Execution[], from: string[]) => {
		const done = executions.filter(isDone).map(refOf);
		return from.filter((ref) => !done.includes(ref));
	};
	const countOf = (list: string[]) => [...new Set(list.map((ref) => createdWith(ref).length))];
	expect(countOf([...asked.once, ...asked.plain])).toEqual([1]);
	const again = { once: missing(ofOnce, asked.once), plain: missing(ofPlain, asked.plain) };
	expect(Math.min(again.once.length, again.plain.length)).toBeGreaterThan(0);
	// Whoever sends them again gets the order that is there; without Return Existing Order, a second one.
	for (const ref of again.once) expect(await once.call(ref)).toBe(true);
	for (const ref of again.plain) expect(await plain.call(ref)).toBe(true);
	const found = (await queue.n8n.waitForExecutions(once.workflow)).slice(asked.once.length).flatMap(itemsOf);
	expect(found.map(({ alreadyExisted }) => alreadyExisted)).toEqual(again.once.map(() => true));
	expect((await queue.n8n.waitForExecutions(plain.workflow)).slice(asked.plain.length).every(isDone)).toBe(true);
	expect(countOf(asked.once)).toEqual([1]);
	expect(countOf(again.plain)).toEqual([2]);
}, 180_000);

test('a worker that is stopped finishes what is under way; one that starts later uses the stored session', async () => {
	const before = queue.uphance.signIns();
	const creating = await called('While it stops', newOrder(false));
	const asked = refs('STOPPED', atOnce);
	queue.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'slow', milliseconds: 2000, times: 1000 });
	expect(await callAll(asked.map((ref) => async () => await creating.call(ref)))).toBe(atOnce);
	await untilPosted(atOnce);
	await second.stop();
	const created = await queue.n8n.waitForExecutions(creating.workflow);
	expectCreated(created, asked, 9579);

	const reading = await called('Read later', everyOrder);
	expect(await callAll(Array.from({ length: atOnce }, () => reading.call))).toBe(atOnce);
	const third = await queue.startWorker();
	const read = await queue.n8n.waitForExecutions(reading.workflow);
	expectRead(read, 9579);
	expect(read).toHaveLength(atOnce);
	expect(await sharesOf([...created, ...read], [second, third])).toEqual([atOnce, atOnce]);
	expect(queue.uphance.signIns()).toBe(before);
});

async function untilPosted(count: number): Promise<void> {
	const posts = () => queue.uphance.log().filter(({ method, path }) => method === 'POST' && path === '/sales_orders');
	while (posts().length < count) await wait(20);
}
