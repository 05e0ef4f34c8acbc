import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readExample } from '../../sandbox/examples.mts';
import type { Execution } from '../../sandbox/n8nApi.mts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from './realN8n.mts';
import { oneNode, startRealN8n, uphanceNode } from './realN8n.mts';
import type { Node, Workflow } from './withoutTheNode.mts';
import { shopOrderByHttp, shopOrderByNode, stockFeedByHttp } from './withoutTheNode.mts';

type Item = Record<string, unknown>;

const feed = { email: 'feed@example.com', password: 'feed-password' };
const partial = { email: 'partial@example.com', password: 'partial-password' };
const smallFeed = { email: 'small-feed@example.com', password: 'feed-password' };
/** Reads beside n8n, as a user of its own, so that it switches nobody's organisation. */
const reader = { email: 'reader@example.com', password: 'reader-password' };
const organisations = [
	{ id: 9579, name: 'Uphance Demo', orders: 1700 },
	{ id: 9601, name: 'Uphance Outlet', orders: 250 },
	{ id: 9702, name: 'Uphance Studio', orders: 130 },
	{ id: 9803, name: 'Large', orders: 0 },
	{ id: 9804, name: 'Small', orders: 0 },
	{ id: 9805, name: 'Partial', orders: 12 },
];
const largeStyles = 8_100;
const smallStyles = 1_000;
/** What an organisation has from the start. */
const firstStyles = 40;

let real: RealN8n;
let token: string;
const credentials = new Map<string, string>();

beforeAll(async () => {
	const users = [
		{ ...demo, organisations: [9579] },
		{ ...group, organisations: [9579, 9601, 9702] },
		{ ...feed, organisations: [9803] },
		{ ...smallFeed, organisations: [9804] },
		{ ...partial, organisations: [9805] },
		{ ...reader, organisations: organisations.map(({ id }) => id) },
	];
	real = await startRealN8n({ organisations, users });
	real.uphance.addRecords('/products', largeStyles - firstStyles, 9803);
	real.uphance.addRecords('/products', smallStyles - firstStyles, 9804);
	for (const [user, organisationId] of [
		[demo, ''],
		[group, '9579'],
		[feed, ''],
		[smallFeed, ''],
		[partial, ''],
	] as const) {
		const form = { ...user, organisationId, apiUrl: real.uphance.url };
		const id = await real.n8n.createCredential('Uphance Sandbox', form);
		credentials.set(user.email, id);
		// Signs in, so that it counts in no workflow below.
		await real.n8n.runWorkflow(await real.n8n.createWorkflow(oneNode(uphanceNode({ limit: 1 }), id)));
	}
	const answer = await fetch(`${real.uphance.url}/oauth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ grant_type: 'password', ...reader }),
	});
	token = ((await answer.json()) as { access_token: string }).access_token;
}, 600_000);

afterAll(async () => {
	process.stdout.write(table());
	await real?.stop();
});

beforeEach(() => real.uphance.clearLog());

interface Measured {
	workflow: string;
	nodes: number;
	code: number;
	requests: number;
	seconds: string;
	/** What n8n had in memory before and at most meanwhile; empty where there is no /proc. */
	megabytes: string;
}
const measured: Measured[] = [];

function table(): string {
	const columns = ['workflow', 'nodes', 'code', 'requests', 'seconds', 'megabytes'] as const;
	const lines = [columns, ...measured.map((row) => columns.map((name) => row[name]))].map((cells) =>
		cells.map((cell, index) => String(cell).padEnd(index === 0 ? 44 : 10)).join(''),
	);
	return `\n${lines.join('\n')}\n\n`;
}

const isCode = ({ type }: Node) => /\.(code|function|functionItem)$/.test(type);
const isNote = ({ type }: Node) => type === 'n8n-nodes-base.stickyNote';

/** An example as its file has it, but for the credential and what a test replaces in its text. */
function example(file: string, { email } = demo, replaced: Array<[string, string]> = []): Workflow {
	let text = readExample(file, credentials.get(email) ?? '');
	for (const [known, other] of replaced) {
		expect(text).toContain(known);
		text = text.replaceAll(known, other);
	}
	return JSON.parse(text);
}

/** The memory of n8n, in MB, now or at most since the last reset; nothing where there is no /proc. */
function memory(what: 'VmRSS' | 'VmHWM', reset = false): number | undefined {
	const folder = `/proc/${real.server.process.pid}`;
	if (!existsSync(folder)) return undefined;
	if (reset) writeFileSync(`${folder}/clear_refs`, '5');
	const [, kilobytes] = new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`${folder}/status`, 'utf8')) ?? [];
	return Math.round(Number(kilobytes) / 1024);
}

interface Run extends Execution {
	requests: string[];
	/** The fields of what a node gave. */
	of(node: string): Item[];
}

/** Runs a workflow and writes down what it took. */
async function run(workflow: Workflow, name = workflow.name): Promise<Run> {
	const id = await real.n8n.createWorkflow(workflow);
	real.uphance.clearLog();
	const before = memory('VmRSS', true);
	const begun = Date.now();
	const execution = await real.n8n.runWorkflow(id);
	const requests = real.uphance.log().map(({ method, path }) => `${method} ${path}`);
	measured.push({
		workflow: name,
		nodes: workflow.nodes.filter((node) => !isNote(node)).length,
		code: workflow.nodes.filter(isCode).length,
		requests: requests.length,
		seconds: ((Date.now() - begun) / 1000).toFixed(1),
		megabytes: before ? `${before} - ${memory('VmHWM')}` : '',
	});
	return { ...execution, requests, of: (node) => (execution.nodes[node]?.items ?? []).map(({ json }) => json) };
}

/** Runs an example that has so many nodes, notes aside, and no code. */
async function runExample(workflow: Workflow, nodes: number, name?: string): Promise<Run> {
	expect({ nodes: workflow.nodes.filter((node) => !isNote(node)).length, code: workflow.nodes.filter(isCode) }).toEqual(
		{ nodes, code: [] },
	);
	const result = await run(workflow, name);
	expect({ status: result.status, error: result.error?.message }).toEqual({ status: 'success', error: undefined });
	return result;
}

/** Every record of a list, as the sandbox gives it. */
async function raw(path: string, organisation = 9579): Promise<Item[]> {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const body = JSON.stringify({ organizationId: organisation });
	const set = await fetch(`${real.uphance.url}/organisations/set_current_org`, { method: 'POST', headers, body });
	expect(set.ok).toBe(true);
	const records: Item[] = [];
	for (let page: number | null = 1; page; ) {
		const url: string = `${real.uphance.url}${path}${path.includes('?') ? '&' : '?'}page=${page}`;
		const answer = (await (await fetch(url, { headers })).json()) as { meta: { next_page: number | null } };
		records.push(...Object.values(answer).filter(Array.isArray).flat());
		page = answer.meta.next_page;
	}
	return records;
}

const list = (value: unknown): Item[] => (Array.isArray(value) ? value : []);
const createdWith = (reference: string) =>
	real.uphance.created().filter(({ order }) => order.purchase_order_ref === reference);
const round = (value: unknown) => Math.round(Number(value) * 100) / 100;

const shopOrder = (name: string): Node => ({
	name: 'Shop Order',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		mode: 'raw',
		jsonOutput: JSON.stringify({
			name,
			email: 'Grace.Lind@customer55140.example',
			note: 'Please gift-wrap',
			created_at: '2026-11-20T09:30:00+01:00',
			line_items: [
				{ title: 'Aamira, red, M', sku: 'AW24-AAM-RED-M', quantity: 3, price: '45.00' },
				{ title: 'Akeila, blue, S', sku: 'AW24-AKE-BLU-S', quantity: 1, price: '16.00' },
			],
		}),
	},
});

test('W1 a shop order with the node, and without it: HTTP Request, Split Out and Code make the same order', async () => {
	const credential = credentials.get(demo.email) ?? '';
	for (const workflow of [
		shopOrderByNode(credential, shopOrder('#1001')),
		shopOrderByHttp(real.uphance.url, credential, shopOrder('#1002')),
	]) {
		const { status, error } = await run(workflow);
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
	}
	const [byNode] = createdWith('Shop #1001');
	const [byHttp] = createdWith('Shop #1002');
	expect(byNode?.body).toMatchObject({ customerId: 55140, startShipDate: '2026-11-20', notes: 'Please gift-wrap' });
	expect(byHttp?.body).toEqual({ ...(byNode?.body as Item), purchaseOrderRef: 'Shop #1002' });
});

test('W10 three organisations: every order in its own, with the name by the item link', async () => {
	const { of } = await runExample(example('group-report.json', group), 6);
	const own = organisations.slice(0, 3);
	const records = new Map<number, Item[]>();
	for (const { id } of own) records.set(id, await raw('/sales_orders', id));
	const expected = own.flatMap(({ id, name }) =>
		(records.get(id) ?? []).map((order) => ({ id: order.id, organisation_id: id, organisation: name })),
	);
	expect(
		of('With Organisation').map(({ id, organisation_id, organisation }) => ({ id, organisation_id, organisation })),
	).toEqual(expected);
	for (const { organisation, currency, count_id, sum_grand_total } of of('Report')) {
		const id = own.find(({ name }) => name === organisation)?.id ?? 0;
		const orders = (records.get(id) ?? []).filter((order) => order.currency === currency);
		expect(count_id).toBe(orders.length);
		expect(round(sum_grand_total)).toBe(round(orders.reduce((sum, order) => sum + Number(order.grand_total), 0)));
	}
	expect(of('Report')).toHaveLength(9);
});

test.each([
	['2020-01', '2020-02'],
	['2020-02', '2020-03'],
])('W12 the sums of the month from %s are those of its records', async (month, next) => {
	const replaced: Array<[string, string]> = [
		["={{ $now.startOf('month').toISODate() }}", `${next}-01`],
		["={{ $now.minus({ months: 1 }).startOf('month').toISODate() }}", `${month}-01`],
	];
	const { of, requests } = await runExample(example('month-end.json', demo, replaced), 9, `Month-end report ${month}`);
	const isIn = ({ created_at }: Item) => String(created_at).startsWith(month);
	const expected = new Map<string, { count: number; sum: number }>();
	const add = (document: string, record: Item, amount: unknown) => {
		const key = [document, record.currency || '-', record.channel_name || '-'].join();
		const { count, sum } = expected.get(key) ?? { count: 0, sum: 0 };
		expected.set(key, { count: count + 1, sum: sum + Number(amount) });
	};
	for (const each of (await raw('/invoices')).filter(isIn)) add('Invoice', each, each.grand_total);
	for (const each of (await raw('/credit_notes')).filter(isIn)) add('Credit note', each, each.grand_total);
	for (const each of (await raw('/payments')).filter(isIn)) add('Payment', each, each.amount);
	const report = of('Report').map(({ document, currency, channel, count_amount, sum_amount }) => [
		[document, currency, channel].join(),
		{ count: count_amount, sum: round(sum_amount) },
	]);
	expect(Object.fromEntries(report)).toEqual(
		Object.fromEntries([...expected].map(([key, { count, sum }]) => [key, { count, sum: round(sum) }])),
	);
	expect([...expected.keys()].join(' ')).toMatch(/Invoice.*Credit note.*Payment/);
	const whole = Math.ceil((await raw('/invoices')).length / 100);
	const read = requests.filter((each) => each === 'GET /invoices').length;
	if (month === '2020-02') expect(read).toBeLessThan(whole);
});

test('W16 open quantities: ordered less shipped, of several pick tickets, by SKU', async () => {
	const [order] = await raw('/sales_orders?by_order_number=103', 9805);
	const places = (await raw('/pick_tickets', 9805)).length;
	// New tickets take turns in the orders that have one: the third turn comes to this one, and comes round again.
	real.uphance.addRecords('/pick_tickets', places + 3, 9805);
	const [first, second, third] = await raw('/pick_tickets?by_order_number=103', 9805);
	if (!order || !first || !second || !third) throw new Error('The sandbox lacks what this is about.');
	const ordered = list(order.line_items).flatMap(({ line_quantities }) => list(line_quantities));
	const change = (ticket: Item, status: string, part: (quantity: number) => number) => {
		const lines = list(ticket.line_items).map((line) => ({
			...line,
			line_quantities: list(line.line_quantities).map((each) => ({ ...each, quantity: part(Number(each.quantity)) })),
		}));
		real.uphance.changeRecord('/pick_tickets', Number(ticket.id), { status, line_items: lines }, 9805);
	};
	change(first, 'shipped', (quantity) => Math.min(1, quantity));
	change(second, 'shipped', (quantity) => (quantity > 2 ? 2 : 0));
	change(third, 'published', (quantity) => quantity);
	const { of } = await runExample(example('open-quantities.json', partial), 9);
	const expected = ordered
		.filter(({ quantity }) => Number(quantity) > 0)
		.map(({ sku_id, quantity }) => {
			const shipped = 1 + (Number(quantity) > 2 ? 2 : 0);
			return { sku_id, sum_quantity: quantity, sum_shipped: shipped, open: Number(quantity) - shipped };
		});
	expect(expected.length).toBeGreaterThan(5);
	expect(of('Pick Ticket SKUs').length).toBeGreaterThan(expected.length);
	expect(of('Open')).toHaveLength(expected.length);
	expect(of('Open')).toEqual(expect.arrayContaining(expected.map((row) => expect.objectContaining(row))));
});

test('W16 an order without pick tickets is open as a whole', async () => {
	const workflow = example('open-quantities.json', partial, [['103', '107']]);
	const { of } = await runExample(workflow, 9, 'Open quantities, no pick ticket');
	const [order] = await raw('/sales_orders?by_order_number=107', 9805);
	const pieces = list(order?.line_items).flatMap(({ line_quantities }) => list(line_quantities));
	const sum = pieces.reduce((total, { quantity }) => total + Number(quantity), 0);
	expect(sum).toBeGreaterThan(0);
	expect(of('Pick Ticket SKUs')).toEqual([]);
	expect(of('Open').reduce((total, { open }) => total + Number(open), 0)).toBe(sum);
});

const rowsIn = (file: string) => file.trim().split('\n').length - 1;

/** The file that a workflow made, from where n8n keeps files. */
function fileOf({ nodes }: Execution, node: string): string {
	const { binary } = (nodes[node]?.items[0] ?? {}) as { binary?: { data?: { id?: string; data: string } } };
	const [mode, path] = binary?.data?.id?.split(':') ?? [];
	if (!path) return Buffer.from(binary?.data?.data ?? '', 'base64').toString();
	expect(mode).toBe('filesystem-v2');
	return readFileSync(join(real.home.folder, '.n8n', 'storage', path), 'utf8');
}

test('W7 a file of 1,000 styles, without the node and with it', async () => {
	const withNode = await runExample(example('stock-feed.json', smallFeed), 4, 'Stock feed, 1,000 styles');
	const byHttp = stockFeedByHttp(real.uphance.url, credentials.get(smallFeed.email) ?? '');
	const without = await run(byHttp, 'Stock feed by HTTP, 1,000 styles');
	const rows = [without, withNode].map((each) => rowsIn(fileOf(each, 'Stock File')));
	expect(rows[0]).toBeGreaterThan(10_000);
	expect(rows[1]).toBe(rows[0]);
});

test('W7 100,000 SKUs go into a file', async () => {
	const execution = await runExample(example('stock-feed.json', feed), 4, 'Stock feed, 100,000 SKUs');
	const skus = (await raw('/products', 9803)).flatMap(({ variations }) =>
		list(variations).flatMap(({ skus }) => list(skus)),
	);
	expect(skus.length).toBeGreaterThan(100_000);
	expect(rowsIn(fileOf(execution, 'Stock File'))).toBe(skus.length);
	expect(execution.requests.filter((each) => each === 'GET /products')).toHaveLength(largeStyles / 100);
});
