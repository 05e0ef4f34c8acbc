import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { listExampleFiles, readExample } from '../../sandbox/examples.mts';
import type { Execution } from '../../sandbox/n8nApi.mts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from './realN8n.mts';
import { oneNode, startRealN8n, uphanceNode } from './realN8n.mts';
import type { Node, Workflow } from './withoutTheNode.mts';
import { shopOrderByHttp, stockFeedByHttp } from './withoutTheNode.mts';

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
const posts = ({ requests }: Run, path: string) => requests.filter((each) => each === `POST ${path}`).length;
const round = (value: unknown) => Math.round(Number(value) * 100) / 100;

test('every example is there, without a code node and with a note that says what to change', () => {
	const files = listExampleFiles().filter((file) => file !== 'every-order.json');
	const workflows = files.map((file) => example(file));
	expect(workflows.filter(({ nodes }) => nodes.some(isCode))).toEqual([]);
	expect(
		workflows.filter(
			({ nodes }) => !nodes.some((node) => isNote(node) && JSON.stringify(node).includes('**Change:**')),
		),
	).toEqual([]);
	expect(new Set(workflows.map(({ name }) => name)).size).toBe(files.length);
});

test('W1 a shop order becomes one order by e-mail and SKU numbers, however often it runs', async () => {
	const first = await runExample(example('shop-order.json'), 4);
	const second = await runExample(example('shop-order.json'), 4, 'Shop order to Uphance order, again');
	expect(first.of('Create Sales Order')).toMatchObject([{ alreadyExisted: false, company_id: 55140 }]);
	expect(second.of('Create Sales Order')).toMatchObject([{ alreadyExisted: true }]);
	expect([first.of('New?').length, second.of('New?').length]).toEqual([1, 0]);
	expect([posts(first, '/sales_orders'), posts(second, '/sales_orders')]).toEqual([1, 0]);
	expect(createdWith('Shop #1001').map(({ body }) => body)).toEqual([
		expect.objectContaining({
			customerId: 55140,
			startShipDate: '2026-11-20',
			notes: 'Please gift-wrap',
			line_items: [
				{
					product_id: 6409,
					variation_id: 7609,
					unit_price: 45,
					line_quantities: [{ sku_id: 640902, quantity: 3 }],
				},
				{
					product_id: 7056,
					variation_id: 8256,
					unit_price: 16,
					line_quantities: [{ sku_id: 705601, quantity: 1 }],
				},
			],
		}),
	]);
});

test('W1 without the node: HTTP Request, Split Out and Code make the same order', async () => {
	const text: [string, string][] = [['#1001', '#1002']];
	const shopOrder = example('shop-order.json', demo, text).nodes.find(({ name }) => name === 'Shop Order');
	if (!shopOrder) throw new Error('The example has no shop order.');
	const workflow = shopOrderByHttp(real.uphance.url, credentials.get(demo.email) ?? '', shopOrder);
	const { status, error } = await run(workflow);
	expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
	const [byNode] = createdWith('Shop #1001');
	const [byHttp] = createdWith('Shop #1002');
	expect(byHttp?.body).toEqual({ ...(byNode?.body as Item), purchaseOrderRef: 'Shop #1002' });
});

test('W3 rows of a spreadsheet become one order for each PO', async () => {
	const first = await runExample(example('rows-to-orders.json'), 6);
	expect(first.of('Create Sales Orders').map((order) => [order.purchase_order_ref, order.company_id])).toEqual([
		['PO-7701', 9498],
		['PO-7702', 10040],
		['PO-7703', 9498],
	]);
	const quantities = ['PO-7701', 'PO-7702', 'PO-7703'].map((reference) =>
		createdWith(reference).map(({ order }) => [
			order.total_quantity,
			order.cancel_ship_date,
			list(order.line_items).flatMap(({ unit_price, line_quantities }) =>
				list(line_quantities).map(({ sku_id, quantity }) => [sku_id, quantity, unit_price]),
			),
		]),
	);
	expect(quantities).toEqual([
		[
			[
				20,
				'2026-12-31',
				[
					[640902, 6, '45.0'],
					[640903, 4, '45.0'],
					[705601, 10, '16.0'],
				],
			],
		],
		[
			[
				3,
				'2027-01-15',
				[
					[705502, 2, '63.0'],
					[705504, 1, '63.0'],
				],
			],
		],
		[[12, '2027-02-01', [[640912, 12, '42.5']]]],
	]);
	const again = await runExample(example('rows-to-orders.json'), 6, 'Rows to orders, again');
	expect(posts(again, '/sales_orders')).toBe(0);
});

test("W5 the 3PL's file: tracking is saved, then the pick tickets are shipped", async () => {
	const { of, requests } = await runExample(example('shipped-by-3pl.json'), 6);
	expect(of('Mark as Shipped').map((each) => [each.shipment_number, each.status, each.tracking_number])).toEqual([
		[40002, 'shipped', '00340434161094015902'],
		[40003, 'shipped', '33ABC0001234'],
		[40005, 'shipped', '00340434161094015919'],
	]);
	const changes = requests.filter((each) => each.startsWith('PUT')).map((each) => each.endsWith('/ship'));
	expect(changes).toEqual([false, true, false, true, false, true]);
	const [ticket] = await raw('/pick_tickets?by_shipment_number=40002');
	expect(ticket).toMatchObject({ carrier: 'dhl', shipping_cost: '12.5', status: 'shipped' });
});

test('W5 a shipment nobody knows fails by name, after all others are shipped', async () => {
	const workflow = example('shipped-by-3pl.json', demo, [
		['40002', '49999'],
		['40003', '40007'],
	]);
	const { status, error } = await run(workflow, 'Shipped by the 3PL, one unknown');
	expect(status).toBe('error');
	expect(error?.message).toContain("'49999'");
	expect(await raw('/pick_tickets?by_shipment_number=40007')).toMatchObject([{ status: 'shipped' }]);
});

test('W6 invoices go out line by line', async () => {
	const { of } = await runExample(example('invoices-to-accounting.json'), 3);
	const invoices = (await raw('/invoices')).filter(
		({ created_at }) => Date.parse(String(created_at)) >= Date.parse('2020-01-25T00:00:00Z'),
	);
	const expected = invoices.flatMap((invoice) =>
		list(invoice.line_items).map((line) => ({
			InvoiceNumber: String(invoice.invoice_number),
			Reference: invoice.order_number,
			Quantity: list(line.line_quantities).reduce((sum, { quantity }) => sum + Number(quantity), 0),
			UnitAmount: Number(line.unit_price),
			Currency: invoice.currency,
			UphanceInvoiceId: invoice.id,
		})),
	);
	expect(expected.length).toBeGreaterThan(900);
	const lines = of('Accounting Lines');
	expect(
		lines.map(({ InvoiceNumber, Reference, Quantity, UnitAmount, Currency, UphanceInvoiceId }) => ({
			InvoiceNumber,
			Reference,
			Quantity,
			UnitAmount,
			Currency,
			UphanceInvoiceId,
		})),
	).toEqual(expected);
	expect(lines[0]).toMatchObject({ Description: expect.stringContaining('AW24-'), TaxAmount: expect.any(Number) });
});

test('W6 payments come back, each once', async () => {
	const first = await runExample(example('payments-from-accounting.json'), 4);
	const second = await runExample(example('payments-from-accounting.json'), 4, 'Payments from accounting, again');
	expect(first.of('Create Payment').map(({ alreadyExisted }) => alreadyExisted)).toEqual([false, false]);
	expect(second.of('Create Payment').map(({ alreadyExisted }) => alreadyExisted)).toEqual([true, true]);
	const orders = await raw('/sales_orders');
	const idOf = (number: string) => orders.find(({ order_number }) => order_number === number)?.id;
	expect(real.uphance.createdPayments().map(({ payment }) => payment)).toMatchObject([
		{ sale_id: idOf('103'), amount: '125.0', reference: 'bank-2026-0815', invoice_id: 1000479 },
		{ sale_id: idOf('104'), amount: '80.5', reference: 'bank-2026-0816', invoice_id: 1000779 },
	]);
});

test('W8 a line sheet has the colors of one season with the price of one channel', async () => {
	const { of, nodes } = await runExample(example('line-sheet.json'), 5);
	const products = (await raw('/products')).filter(({ season_id }) => [season_id].flat().includes(8342));
	const expected = products.flatMap(({ product_identifier, variations }) =>
		list(variations).map(({ color, prices, skus }) => {
			const price = list(prices).find(({ name, currency }) => name === 'Wholesale' && currency === 'EUR');
			return {
				style: product_identifier,
				color,
				wholesale: Number(price?.wsp_money),
				retail: Number(price?.msrp_money),
				sizes: 'XS, S, M, L, XL',
				available: list(skus).reduce((sum, { available_to_sell }) => sum + Number(available_to_sell), 0),
			};
		}),
	);
	expect(expected.length).toBeGreaterThan(30);
	expect(of('Line Sheet')).toEqual(expected.map((row) => expect.objectContaining(row)));
	expect(nodes.File?.items).toHaveLength(1);
});

test('W10 three organisations: every order in its own, with the name by the item link', async () => {
	const { of } = await runExample(example('group-report.json', group), 5);
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
		['2020-02-01', `${next}-01`],
		['2020-01-01', `${month}-01`],
	];
	const { of, requests } = await runExample(example('month-end.json', demo, replaced), 8, `Month-end report ${month}`);
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
	const withNode = await runExample(example('stock-feed.json', smallFeed), 3, 'Stock feed, 1,000 styles');
	const byHttp = stockFeedByHttp(real.uphance.url, credentials.get(smallFeed.email) ?? '');
	const without = await run(byHttp, 'Stock feed by HTTP, 1,000 styles');
	const rows = [without, withNode].map((each) => rowsIn(fileOf(each, 'Stock File')));
	expect(rows[0]).toBeGreaterThan(10_000);
	expect(rows[1]).toBe(rows[0]);
});

test('W7 100,000 SKUs go into a file', async () => {
	const execution = await runExample(example('stock-feed.json', feed), 3, 'Stock feed, 100,000 SKUs');
	const skus = (await raw('/products', 9803)).flatMap(({ variations }) =>
		list(variations).flatMap(({ skus }) => list(skus)),
	);
	expect(skus.length).toBeGreaterThan(100_000);
	expect(rowsIn(fileOf(execution, 'Stock File'))).toBe(skus.length);
	expect(execution.requests.filter((each) => each === 'GET /products')).toHaveLength(largeStyles / 100);
});
