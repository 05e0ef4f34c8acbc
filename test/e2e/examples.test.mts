import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import Ajv from 'ajv';
import { parse } from 'flatted';
import type { IDataObject, INode, INodeTypeDescription, IRunExecutionData } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { listExampleFiles } from '../../sandbox/examples.mts';
import type { Execution } from '../../sandbox/n8nApi.mts';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, startUphance } from '../../sandbox/uphance/uphance.mts';
import type { ExampleWorkflow } from '../examples/exampleWorkflow.mts';
import {
	Resolver,
	foreignNodes,
	isUphance,
	neighbourExamples,
	readExampleWorkflow,
	triggerOf,
} from '../examples/exampleWorkflow.mts';
import type { RealN8n } from './realN8n.mts';
import { line, startRealN8n } from './realN8n.mts';

type Item = Record<string, unknown>;

let real: RealN8n;
let credential: string;
/** The descriptions of all nodes of this n8n. */
let types: INodeTypeDescription[];

beforeAll(async () => {
	real = await startRealN8n({});
	credential = await real.n8n.createCredential('Uphance Sandbox', {
		...demo,
		organisationId: '',
		apiUrl: real.uphance.url,
	});
	types = (await real.n8n.get('/types/nodes.json')) as INodeTypeDescription[];
}, 600_000);

afterAll(async () => await real?.stop());
beforeEach(() => real.uphance.clearLog());

interface Ran extends Execution {
	resolver: Resolver;
	/** The fields of what a node gave. */
	of(node: string): Item[];
	/** What a pinned node would have sent, one for each item that it got. */
	sent(node: string): Item[];
}

/** Returns the version of a node, or the newest before it that this n8n knows. */
function newestKnown({ type, typeVersion }: INode): number {
	const versions = types.filter(({ name }) => name === type).flatMap(({ version }) => version);
	return Math.max(...versions.filter((version) => version <= typeVersion));
}

/** Runs an example from its trigger, with other pinned data where a test gives some. */
async function run(file: string, pins: Record<string, Item[]> = {}): Promise<Ran> {
	const workflow = readExampleWorkflow(file, credential);
	for (const [name, items] of Object.entries(pins)) {
		expect(Object.keys(workflow.pinData ?? {})).toContain(name);
		workflow.pinData = { ...workflow.pinData, [name]: items.map((json) => ({ json: json as IDataObject })) };
	}
	if (line === 'oldest') for (const node of workflow.nodes) node.typeVersion = newestKnown(node);
	const id = await real.n8n.createWorkflow(workflow);
	const execution = await real.n8n.runWorkflow(id, triggerOf(workflow).name);
	expect({ status: execution.status, error: execution.error?.message }).toEqual({
		status: 'success',
		error: undefined,
	});
	const { resultData } = parse(execution.stored) as { resultData: IRunExecutionData['resultData'] };
	const resolver = new Resolver(workflow, resultData.runData);
	expect(workflow.nodes.flatMap(({ name }) => resolver.unresolved(name))).toEqual([]);
	return {
		...execution,
		resolver,
		of: (node) => (execution.nodes[node]?.items ?? []).map(({ json }) => json),
		sent: (node) => resolver.parametersOf(node),
	};
}

const requests = () => real.uphance.log().map(({ method, path }) => `${method} ${path}`);
const writes = () => requests().filter((each) => !each.startsWith('GET') && !/oauth|set_current_org/.test(each));
const createdWith = (reference: string) =>
	real.uphance.created().filter(({ order }) => order.purchase_order_ref === reference);
const texts = (sent: Item[]) => sent.map(({ text }) => text);

describe.each(neighbourExamples())('The nodes of other services in %s', (file) => {
	const workflow = readExampleWorkflow(file);
	const foreign = foreignNodes(workflow).map((node): [string, typeof node] => [node.name, node]);
	const descriptionOf = ({ type, typeVersion }: (typeof foreign)[0][1]) =>
		types.find(({ name, version }) => name === type && [version].flat().includes(typeVersion));

	test.each(foreign)('%s has every field that n8n requires, and none that n8n does not know', (_name, node) => {
		const description = descriptionOf(node);
		// An older n8n lacks the newest version of a node; what runs there is tested below.
		if (!description && line === 'oldest') return;
		expect(description).toBeDefined();
		if (!description) return;
		const { properties } = description;
		const known = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description);
		const filled = { ...node, parameters: known ?? {} };
		expect(NodeHelpers.getNodeParametersIssues(properties, filled, description)).toBeNull();
		expect(known).toMatchObject(node.parameters);
	});

	test.each(foreign)('n8n 2 %s is of the newest version and its data as n8n describes it', async (name, node) => {
		const versions = types.filter((each) => each.name === node.type).flatMap(({ version }) => version);
		expect(node.typeVersion).toBe(Math.max(...versions));
		const schema = await schemaOf(node);
		if (!schema) return;
		const items = (workflow.pinData?.[name] ?? []).map(({ json }) => json);
		const validate = new Ajv({ strict: false }).compile({ type: 'array', items: withoutOptional(schema) });
		expect({ valid: validate(items), errors: validate.errors }).toEqual({ valid: true, errors: null });
	});
});

test.each(listExampleFiles())('The nodes of Uphance in %s have no field that the node does not know', (file) => {
	for (const node of readExampleWorkflow(file).nodes.filter(isUphance)) {
		const description = types.find(({ name }) => name === node.type);
		if (!description) throw new Error(`n8n does not know ${node.type}.`);
		const { properties } = description;
		const known = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, description);
		expect(known).toMatchObject(node.parameters);
	}
});

describe('n8n 2 with the brand of `npm start`', () => {
	let brand: Uphance;
	let brandCredential: string;
	beforeAll(async () => {
		brand = await startUphance({ orders: 1250, today: Date.now() });
		const form = { ...demo, organisationId: '', apiUrl: brand.url };
		brandCredential = await real.n8n.createCredential('Brand', form);
	});
	afterAll(async () => await brand?.close());

	// Its model needs a key.
	const files = listExampleFiles().filter((file) => file !== 'where-is-my-order.json');

	test.each(files)('%s runs, and every node of Uphance in it gives something', async (file) => {
		const workflow = readExampleWorkflow(file, brandCredential);
		const id = await real.n8n.createWorkflow({ ...workflow, name: `${workflow.name} of the brand` });
		const { status, error, nodes } = await real.n8n.runWorkflow(id, triggerOf(workflow).name);
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
		const ran = workflow.nodes.filter((node) => isUphance(node) && nodes[node.name]);
		expect(ran.length).toBeGreaterThan(0);
		expect(ran.filter(({ name }) => nodes[name]?.items.length === 0).map(({ name }) => name)).toEqual([]);
	});
});

interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
	required?: string[];
}

/** The shape of a node's output as n8n's editor shows it before a run; undefined where n8n has none. */
async function schemaOf({ type, typeVersion, parameters }: ExampleWorkflow['nodes'][0]): Promise<Schema | undefined> {
	const description = types.find(({ name, version }) => name === type && [version].flat().includes(typeVersion));
	const { resource, operation } =
		NodeHelpers.getNodeParameters(
			description?.properties ?? [],
			parameters,
			true,
			false,
			{ typeVersion },
			description ?? null,
		) ?? {};
	if (!resource || !operation) return undefined;
	const version = `${typeVersion}.0.0`.split('.').slice(0, 3).join('.');
	const response = await fetch(
		`${real.server.url}/schemas/${type}/${version}/${String(resource)}/${String(operation)}.json`,
	);
	return response.ok ? ((await response.json()) as Schema) : undefined;
}

/** Requires the fields of the outermost object; what is deeper depends on the record. */
const withoutOptional = (schema: Schema): Schema => ({ ...schema, required: Object.keys(schema.properties ?? {}) });

describe('shopify-order', () => {
	test('creates the order of a known buyer once, tells of an unknown one, and leaves test and refunded orders alone', async () => {
		const first = await run('shopify-order.json');
		expect(first.of('Create Sales Order')).toMatchObject([
			{
				company_id: 55140,
				purchase_order_ref: 'Shopify #1001',
				status: 'draft',
				alreadyExisted: false,
				shipping_cost: '12.5',
				channel_name: 'Wholesale',
				currency: 'GBP',
			},
		]);
		expect(createdWith('Shopify #1001').map(({ body }) => body)).toEqual([
			expect.objectContaining({
				customerId: 55140,
				billing_contact_id: 51678,
				startShipDate: '2026-11-20',
				notes: 'PO MDS-778\nPlease gift-wrap',
				line_items: [
					{ product_id: 6409, variation_id: 7609, unit_price: 45, line_quantities: [{ sku_id: 640902, quantity: 3 }] },
					// One of two was taken back before; the discount is 3.20 on two.
					{
						product_id: 7056,
						variation_id: 8256,
						unit_price: 14.4,
						line_quantities: [{ sku_id: 705601, quantity: 1 }],
					},
				],
			}),
		]);
		expect(texts(first.sent('Tell Sales'))).toEqual([
			expect.stringMatching(
				/^New sales order \d+ from Shopify #1001: Meridian Department Store, 161\.9 \w+\. It is a draft\.$/,
			),
		]);
		expect(texts(first.sent('Tell What Is Missing'))).toEqual([
			expect.stringMatching(
				/^Shopify #1002 \(noah\.berg@shopper\.example\) is not in Uphance: Order 2 of 2 .*: No customer .*noah\.berg/,
			),
		]);
		const again = await run('shopify-order.json');
		expect(writes().filter((each) => each.startsWith('POST'))).toEqual(['POST /sales_orders']);
		expect(again.of('Create Sales Order')).toMatchObject([{ alreadyExisted: true }]);
		expect(again.sent('Tell Sales')).toEqual([]);
	});
});

describe('shopify-web-order', () => {
	test('books an unknown shopper on the collective customer, with name and address in the notes', async () => {
		const { of, sent } = await run('shopify-web-order.json');
		expect(of('Order for the Web Shop')).toMatchObject([
			{
				company_id: 10103,
				purchase_order_ref: 'Shopify #2001',
				status: 'confirmed',
				shipping_cost: '4.95',
				channel_name: 'Online Store',
				currency: 'GBP',
			},
		]);
		expect(of('Order for the Customer')).toMatchObject([{ company_id: 55140, purchase_order_ref: 'Shopify #2002' }]);
		const [{ body } = { body: {} }] = createdWith('Shopify #2001');
		expect(body).toMatchObject({
			notes:
				'Ship to: Noah Berg, 14 Canal Walk, LS1 4BN Leeds, United Kingdom\nnoah.berg@shopper.example\n+44 113 496 0001\nLeave with the neighbour',
			line_items: [{ unit_price: 45 }, { unit_price: 14.4, line_quantities: [{ quantity: 2 }] }],
		});
		expect(texts(sent('Tell What Is Missing'))).toEqual([
			expect.stringContaining(
				"Shopify #2004 is not in Uphance: Order 2 of 2 (Shopify #2004): No SKU has the SKU number 'SAMPLE-1'",
			),
		]);
	});
});

describe('woocommerce-order', () => {
	test('creates a paid order once and leaves orders alone that are not paid, refunded or a test', async () => {
		const { of, sent } = await run('woocommerce-order.json');
		expect(of('Create Sales Order')).toMatchObject([
			{
				company_id: 55140,
				purchase_order_ref: 'WooCommerce 3101',
				shipping_cost: '9.0',
				channel_name: 'Wholesale',
				currency: 'EUR',
				notes: 'Ring the bell',
				total_quantity: 6,
			},
		]);
		expect(texts(sent('Tell What Is Missing'))).toEqual([
			expect.stringContaining('WooCommerce order 3102 (noah.berg@shopper.example)'),
		]);
		const again = await run('woocommerce-order.json');
		expect(again.sent('Tell Sales')).toEqual([]);
		expect(writes()).toEqual(['POST /sales_orders']);
	});
});

describe('sheet-to-orders', () => {
	test('creates one order for each PO and writes its number into every row', async () => {
		const { of, sent } = await run('sheet-to-orders.json');
		expect(
			of('Create Sales Orders').map((order) => [order.purchase_order_ref, order.company_id, order.total_quantity]),
		).toEqual([
			['PO-7701', 9498, 20],
			['PO-7702', 10040, 3],
			['PO-7703', 9498, 12],
		]);
		const numbers = Object.fromEntries(
			of('Create Sales Orders').map((order) => [order.purchase_order_ref, order.order_number]),
		);
		const rows = ['PO-7701', 'PO-7702', 'PO-7701', 'PO-7701', 'PO-7702', 'PO-7703'];
		expect(of('Order Number')).toEqual(rows.map((po, row) => ({ row_number: row + 3, order_number: numbers[po] })));
		expect(texts(sent('Tell What Is Missing'))).toEqual([
			expect.stringContaining(
				"PO-7704 was not created: Order 4 of 4 (PO-7704): No customer has the reference 'C-9999'",
			),
		]);
		await run('sheet-to-orders.json');
		expect(writes()).toHaveLength(3);
	});
});

/** Every record of a list, as the sandbox gives it. */
async function raw(path: string): Promise<Item[]> {
	const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
	const body = JSON.stringify({ grant_type: 'password', ...demo });
	const answer = await fetch(`${real.uphance.url}/oauth/token`, { ...post, body });
	const { access_token } = (await answer.json()) as { access_token: string };
	const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
	const organisation = JSON.stringify({ organizationId: 9579 });
	await fetch(`${real.uphance.url}/organisations/set_current_org`, { ...post, headers, body: organisation });
	const records: Item[] = [];
	for (let page: number | null = 1; page; ) {
		const url: string = `${real.uphance.url}${path}${path.includes('?') ? '&' : '?'}page=${page}`;
		const list = (await (await fetch(url, { headers })).json()) as { meta: { next_page: number | null } };
		records.push(...Object.values(list).filter(Array.isArray).flat());
		page = list.meta.next_page;
	}
	return records;
}

const list = (value: unknown): Item[] => (Array.isArray(value) ? value : []);
const sizesOf = (record: Item = {}) =>
	list(record.line_items).flatMap((each) => list(each.line_quantities).map((size) => ({ ...each, ...size })));

/** Adds pick tickets until one is in the warehouse, and gives that one other fields. It is the newest there. */
async function newTicket(values: Item, warehouse = 'Primary warehouse'): Promise<Item> {
	for (let tries = 0; tries < 8; tries++) {
		const [id = 0] = real.uphance.addRecords('/pick_tickets', 1);
		real.uphance.changeRecord('/pick_tickets', id, values);
		const ticket = (await raw('/pick_tickets')).find((each) => each.id === id);
		if (ticket?.warehouse === warehouse) return ticket;
	}
	throw new Error(`The sandbox adds no pick ticket in ${warehouse}.`);
}
const shipped = { status: 'shipped', carrier: 'dhl', tracking_number: 'JD7' };

describe('shipped-mail', () => {
	test("mails the ticket's contact, or else the customer's contact for shipping", async () => {
		await newTicket({
			...shipped,
			contact_email: 'shop@barneys.example',
			contact_name: 'Jo',
			order_number: 4711,
			customer_name: 'Barneys',
			customer_id: 9498,
		});
		const first = await run('shipped-mail.json');
		expect(first.sent('Mail the Customer')).toMatchObject([
			{
				sendTo: 'shop@barneys.example',
				subject: 'Your order 4711 is on its way',
				message: expect.stringMatching(/^Hello Jo,[^]*with dhl, tracking number JD7\./),
			},
		]);
		await newTicket({ ...shipped, contact_email: null, contact_name: '', customer_id: 9498 });
		const { people } = (await raw('/customers')).find(({ id }) => id === 9498) ?? {};
		const { email, first_name } = list(people).find((each) => each.shipping) ?? {};
		const second = await run('shipped-mail.json');
		expect(second.sent('Mail the Customer')).toMatchObject([
			{ sendTo: email, message: expect.stringContaining(`Hello ${String(first_name)},`) },
		]);
		expect(texts(second.sent('Tell the Team'))).toEqual([
			expect.stringContaining(`dhl JD7. Mailed to ${String(email)}`),
		]);
	});

	test('leaves tickets of another warehouse alone', async () => {
		await newTicket({ ...shipped });
		const { id } = await newTicket({ ...shipped }, 'East warehouse');
		const others = (await raw('/pick_tickets')).filter(({ warehouse }) => warehouse === 'Primary warehouse');
		const newest = Math.max(...others.map((ticket) => Number(ticket.id)));
		expect(newest).toBeLessThan(Number(id));
		expect((await run('shipped-mail.json')).of('Shipped')).toMatchObject([{ id: newest }]);
	});
});

describe('shipped-to-shopify', () => {
	test('asks for the order by the name that its ref has, and fulfils its open parts with the tracking', async () => {
		await run('shopify-order.json');
		const [created] = createdWith('Shopify #1001');
		await newTicket({ ...shipped, order_id: created?.order.id });
		const { sent } = await run('shipped-to-shopify.json');
		expect(sent('Find in Shopify').map(({ jsonBody }) => Object(jsonBody).variables)).toEqual([
			{ name: 'name:"#1001"' },
		]);
		expect(sent('Fulfil in Shopify').map(({ jsonBody }) => Object(jsonBody).variables)).toEqual([
			{
				fulfillment: {
					notifyCustomer: true,
					trackingInfo: { company: 'dhl', number: 'JD7' },
					lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/7122330001001' }],
				},
			},
		]);
		expect(texts(sent('Tell the Team'))).toEqual(['Shopify #1001 is fulfilled: dhl JD7']);
	});

	test('finds nothing in Shopify for an order from elsewhere', async () => {
		const [other] = await raw('/sales_orders?by_order_number=101');
		await newTicket({ ...shipped, order_id: other?.id });
		const { sent } = await run('shipped-to-shopify.json', { 'Find in Shopify': [{ data: { orders: { nodes: [] } } }] });
		expect(sent('Find in Shopify').map(({ jsonBody }) => Object(jsonBody).variables)).toEqual([
			{ name: 'name:"not from Shopify"' },
		]);
		expect(sent('Fulfil in Shopify')).toEqual([]);
	});
});

describe('3pl-shipped', () => {
	test('saves tracking, then marks as shipped, tells of a shipment that nobody knows, and moves the file', async () => {
		const { of, sent } = await run('3pl-shipped.json');
		expect(of('Mark as Shipped').map((each) => [each.shipment_number, each.status, each.tracking_number])).toEqual([
			[40002, 'shipped', '00340434161094015902'],
			[40003, 'shipped', '33ABC0001234'],
			[40005, 'shipped', '00340434161094015919'],
		]);
		expect(writes().map((each) => each.endsWith('/ship'))).toEqual([false, true, false, true, false, true]);
		const [ticket] = await raw('/pick_tickets?by_shipment_number=40002');
		expect(ticket).toMatchObject({ carrier: 'dhl', shipping_cost: '12.5', status: 'shipped' });
		expect(texts(sent('Tell What Failed'))).toEqual([
			expect.stringContaining(
				"Shipment 49999 is not marked as shipped: Pick ticket 4 of 4: No pick ticket has the shipment number '49999'",
			),
		]);
		expect(sent('Download')).toMatchObject([{ path: '/from-3pl/shipped-2026-11-20.csv' }]);
		expect(sent('Move to Done')).toMatchObject([
			{ oldPath: '/from-3pl/shipped-2026-11-20.csv', newPath: '/from-3pl/done/shipped-2026-11-20.csv' },
		]);
	});
});

describe('held-back', () => {
	const complete = async () => {
		const ticket = await newTicket({
			status: 'published',
			notes: '',
			customer_note: null,
			shipping_instructions: '',
			shipping_method: 'Standard',
		});
		const lines = list(ticket.line_items).map((each) => ({
			...each,
			line_quantities: list(each.line_quantities).map((size) => ({
				...size,
				upc_number: size.upc_number || '5000006409024',
			})),
		}));
		real.uphance.changeRecord('/pick_tickets', Number(ticket.id), { line_items: lines });
		return { ...ticket, line_items: lines };
	};

	test('sends a complete ticket to the 3PL, one row for each SKU', async () => {
		const ticket: Item = await complete();
		const { of, sent } = await run('held-back.json');
		expect(sent('Tell Why')).toEqual([]);
		const expected = sizesOf(ticket).filter(({ quantity }) => Number(quantity) > 0);
		expect(of('Row for the 3PL').map(({ ean, quantity }) => [ean, quantity])).toEqual(
			expected.map(({ upc_number, quantity }) => [upc_number, quantity]),
		);
		expect(sent('Send to the 3PL')).toMatchObject([{ path: `/to-3pl/pick-${String(ticket.shipment_number)}.csv` }]);
	});

	test('tells every reason to hold a ticket back, and sends no file', async () => {
		const ticket: Item = await complete();
		const lines = list(ticket.line_items).map((each, index) => ({
			...each,
			line_quantities: list(each.line_quantities).map((size) => ({
				...size,
				quantity: 1,
				upc_number: index ? '1' : '',
			})),
		}));
		real.uphance.changeRecord('/pick_tickets', Number(ticket.id), {
			line_items: lines,
			customer_note: 'Please DO NOT FULFIL yet',
			shipping_method: 'Carrier pigeon',
		});
		const { sent } = await run('held-back.json');
		const [text] = texts(sent('Tell Why'));
		const sizes = list(lines[0]?.line_quantities).length;
		expect(String(text).match(/no barcode: \S+/g)).toHaveLength(sizes);
		expect(text).toMatch(/a note says not to fulfil it\nunknown shipping method: Carrier pigeon$/);
		expect(sent('Send to the 3PL')).toEqual([]);
	});
});

describe('short-pick-ticket', () => {
	test('tells what is on no pick ticket of the order, and says nothing when all is', async () => {
		const ticket = await newTicket({});
		const [order] = (await raw('/sales_orders')).filter(({ id }) => id === ticket.order_id);
		const others = (await raw('/pick_tickets')).filter((each) => each.order_id === order?.id && each.id !== ticket.id);
		for (const { id } of others) real.uphance.changeRecord('/pick_tickets', Number(id), { line_items: [] });
		const lines = list(order?.line_items);
		const [size = {}] = sizesOf(order).filter(({ quantity }) => Number(quantity) > 0);
		const ordered = Number(size.quantity);
		const shipOne = (quantity: number) => ({
			line_items: lines.map((line) => ({
				...line,
				line_quantities: list(line.line_quantities).map((each) => (each.id === size.id ? { ...each, quantity } : each)),
			})),
		});
		real.uphance.changeRecord('/pick_tickets', Number(ticket.id), shipOne(ordered - 1));
		expect(texts((await run('short-pick-ticket.json')).sent('Tell Sales'))).toEqual([
			`On no pick ticket of order ${String(order?.order_number)} for ${String(order?.company_name)}:\n1 of ${ordered} ${String(size.product_identifier)} ${String(size.color)} ${String(size.size)}`,
		]);
		real.uphance.changeRecord('/pick_tickets', Number(ticket.id), shipOne(ordered));
		expect((await run('short-pick-ticket.json')).sent('Tell Sales')).toEqual([]);
	});
});

describe('receipts-mismatch', () => {
	test('tells for each ticket what was received, expected, or neither', async () => {
		const { sent, of } = await run('receipts-mismatch.json');
		const file = of('Received');
		const tickets = (await raw('/receiving_tickets')).filter(({ id }) =>
			file.some((row) => row.receiving_ticket === String(id)),
		);
		expect(tickets).toHaveLength(2);
		const [one, other] = tickets;
		const messages = texts(sent('Tell the Warehouse'));
		expect(messages).toEqual([expect.stringContaining(`Receiving ticket ${String(one?.id)} does not match:\n`)]);
		expect(String(messages[0]).split('\n').slice(1).sort()).toEqual([
			'5000006409024: 18 received, 20 expected',
			'5000006409048: 3 received, none expected',
			expect.stringMatching(/^\d+: none received, 30 expected$/),
		]);
		expect(JSON.stringify(messages)).not.toContain(String(other?.id));
		expect(writes()).toEqual([]);
	});
});

describe('accounting', () => {
	const newest = async (path: string): Promise<Item> => (await raw(path)).at(-1) ?? {};

	test('invoices-to-xero sends number, sums without tax, tax and the order number', async () => {
		const invoice = await newest('/invoices');
		const { sent } = await run('invoices-to-xero.json');
		expect(sent('Find the Contact')).toMatchObject([
			{ options: { where: `Name=="${String(invoice.customer_name)}"` } },
		]);
		expect(sent('Create the Invoice')).toMatchObject([
			{
				contactId: '5b96e86b-418e-48e8-8949-308c14aec278',
				lineItemsUi: {
					lineItemsValues: [
						{
							unitAmount: Math.round((Number(invoice.grand_total) - Number(invoice.total_tax)) * 100) / 100,
							taxAmount: invoice.total_tax,
						},
					],
				},
				additionalFields: {
					invoiceNumber: invoice.invoice_number,
					reference: invoice.order_number,
					dueDate: invoice.due_date,
					currency: invoice.currency,
					status: 'DRAFT',
				},
			},
		]);
	});

	test.each([
		['invoices-to-xero.json', 'Find the Contact', 'Create the Contact', 'name'],
		['invoices-to-quickbooks.json', 'Find the Customer', 'Create the Customer', 'displayName'],
	])('%s creates a customer that is not there', async (file, find, create, field) => {
		const { customer_name } = await newest('/invoices');
		const { sent } = await run(file, { [find]: [{}] });
		expect(sent(create).map((each) => each[field])).toEqual([customer_name]);
		expect(sent('Create the Invoice')).toHaveLength(1);
	});

	test('invoices-to-quickbooks sends the same invoice', async () => {
		const invoice = await newest('/invoices');
		const { sent } = await run('invoices-to-quickbooks.json');
		expect(sent('Find the Customer')).toMatchObject([
			{ filters: { query: `WHERE DisplayName = '${String(invoice.customer_name).replaceAll("'", "\\'")}'` } },
		]);
		expect(sent('Create the Invoice')).toMatchObject([
			{
				CustomerRef: '58',
				Line: [{ Amount: Math.round((Number(invoice.grand_total) - Number(invoice.total_tax)) * 100) / 100 }],
				additionalFields: { DocNumber: invoice.invoice_number, DueDate: invoice.due_date },
			},
		]);
	});

	test('credit-notes-to-xero sends every line, with customer and currency of the order', async () => {
		const note = await newest('/credit_notes');
		const [order] = await raw(`/sales_orders?by_order_number=${String(note.order_number)}`);
		const { sent } = await run('credit-notes-to-xero.json');
		const [parameters] = sent('Create the Credit Note');
		expect(Object(Object(parameters).headerParameters).parameters).toContainEqual({
			name: 'xero-tenant-id',
			value: 'c1e5f0aa-0000-4000-8000-00000000d0e1',
		});
		const lines = list(note.line_items).map((each) => {
			const quantity = list(each.line_quantities).reduce((sum, size) => sum + Number(size.quantity), 0);
			return expect.objectContaining({
				Quantity: quantity,
				UnitAmount: Number(each.unit_price),
				TaxAmount: Math.round(Number(each.unit_tax) * 100 * quantity) / 100,
			});
		});
		expect(lines.length).toBeGreaterThan(0);
		expect(Object(parameters).jsonBody).toEqual({
			CreditNotes: [
				expect.objectContaining({
					Type: 'ACCRECCREDIT',
					CreditNoteNumber: String(note.credit_note_number),
					Contact: { Name: order?.company_name },
					CurrencyCode: order?.currency,
					LineItems: lines,
				}),
			],
		});
	});

	test('payments-from-xero records each payment once and tells of one without an order', async () => {
		const { of, sent } = await run('payments-from-xero.json');
		await run('payments-from-xero.json');
		expect(of('Create Payment')).toHaveLength(3);
		const orders = await raw('/sales_orders');
		const idOf = (number: string) => orders.find(({ order_number }) => String(order_number) === number)?.id;
		expect(real.uphance.createdPayments().map(({ payment }) => payment)).toMatchObject([
			{
				sale_id: idOf('103'),
				amount: '125.0',
				reference: 'Xero b26fd49a-cbae-470a-a8f8-bcbc111000',
				date: expect.stringContaining('2026-11-20'),
			},
			{ sale_id: idOf('104'), amount: '80.5' },
			{ sale_id: idOf('104'), amount: '20.0' },
		]);
		expect(texts(sent('Tell What Is Missing'))).toEqual([
			expect.stringMatching(
				/Xero invoice 203 is not in Uphance: Payment 4 of 4 \(Xero .+\): No sales order has the number '99999'/,
			),
		]);
	});
});

describe('stock', () => {
	const skus = async () =>
		(await raw('/products')).flatMap((product) =>
			list(product.variations).flatMap((variation) =>
				list(variation.skus).map((sku) => ({ ...product, ...variation, ...sku }) as Item),
			),
		);

	test('compare-stock writes a row for each SKU that differs', async () => {
		const { of, sent } = await run('compare-stock.json');
		const all = await skus();
		const shop = of('Shop');
		const warehouse = of('3PL');
		const numbers = [...new Set([...shop, ...warehouse].map(({ sku }) => sku))];
		const expected = numbers.flatMap((sku) => {
			const own = all.find(({ sku_number }) => sku_number === sku);
			const inShop = shop.find((row) => row.sku === sku)?.shop;
			const there = warehouse.find((row) => row.sku === sku)?.warehouse;
			const differs =
				(inShop !== undefined && inShop !== own?.available_to_sell) || (there !== undefined && there !== own?.in_stock);
			return differs ? [sku] : [];
		});
		expect(expected.length).toBeGreaterThan(2);
		expect(expected.length).toBeLessThan(numbers.length);
		expect(
			of('Difference')
				.map(({ sku }) => sku)
				.sort(),
		).toEqual(expected.sort());
		expect(sent('Differences')).toHaveLength(expected.length);
		expect(of('Difference').find(({ style }) => style === 'not in Uphance')).toBeDefined();
	});

	test('n8n 2 stock-snapshot keeps one row for each SKU and day, however often it runs', async () => {
		await run('stock-snapshot.json');
		const again = await run('stock-snapshot.json');
		const all = await skus();
		expect(again.of('Rows of Today')).toHaveLength(all.length);
		expect(again.of('Row').map(({ sku_id, in_stock, available }) => [sku_id, in_stock, available])).toEqual(
			all.map(({ id, in_stock, available_to_sell }) => [id, in_stock, available_to_sell]),
		);
		expect(again.sent('Snapshot in Postgres')).toHaveLength(all.length);
	});

	test('excel-line-sheet has the colors of one season with the price of one channel', async () => {
		const { of } = await run('excel-line-sheet.json');
		const products = (await raw('/products')).filter(({ season_id }) => [season_id].flat().includes(8342));
		const expected = products.flatMap(({ product_identifier, variations }) =>
			list(variations).map(({ color, prices, skus: sizes }) => {
				const price = list(prices).find(({ name, currency }) => name === 'Wholesale' && currency === 'EUR');
				return {
					key: `${String(product_identifier)} ${String(color)}`,
					wholesale: Number(price?.wsp_money),
					retail: Number(price?.msrp_money),
					sizes: 'XS, S, M, L, XL',
					available: list(sizes).reduce((sum, { available_to_sell }) => sum + Number(available_to_sell), 0),
				};
			}),
		);
		expect(expected.length).toBeGreaterThan(30);
		expect(of('Line Sheet')).toEqual(expected.map((row) => expect.objectContaining(row)));
	});
});

describe('order-from-mail', () => {
	test('previews what the agent proposes, and creates it once a person has approved', async () => {
		const { of, sent } = await run('order-from-mail.json');
		expect(of('Preview')).toMatchObject([{ preview: true, requests: [{ method: 'POST', path: '/sales_orders' }] }]);
		expect(sent('Ask a Person').map(({ message }) => message)).toEqual([
			'Create this sales order?\ngrace.lind@customer55140.example, PO MDS-901, not later than 2027-01-31\n6 x AW24-AAM RED M\n4 x AW24-AAM RED L\n\nThe mail: Order MDS-901',
		]);
		expect(of('Create Sales Order')).toMatchObject([
			{
				company_id: 55140,
				purchase_order_ref: 'MDS-901',
				status: 'draft',
				total_quantity: 10,
				cancel_ship_date: '2027-01-31',
			},
		]);
		expect(writes()).toEqual(['POST /sales_orders']);
	});

	test('creates nothing when the person declines', async () => {
		const { of } = await run('order-from-mail.json', { 'Ask a Person': [{ data: { approved: false } }] });
		expect(of('Create Sales Order')).toEqual([]);
		expect(writes()).toEqual([]);
	});

	test('tells what is wrong with a proposal before anybody is asked', async () => {
		const { sent } = await run('order-from-mail.json', {
			'Read the Order': [
				{
					output: {
						customer_email: 'grace.lind@customer55140.example',
						purchase_order_ref: 'MDS-902',
						lines: [{ product_identifier: 'AW24-AAM', color: 'RED', size: 'XXXL', quantity: 4 }],
					},
				},
			],
		});
		expect(texts(sent('Tell What Is Wrong'))).toEqual([
			expect.stringContaining(
				"The mail 'Order MDS-901' could not become an order: Order (MDS-902): Product AW24-AAM has no color 'RED' in size 'XXXL'",
			),
		]);
		expect(sent('Ask a Person')).toEqual([]);
		expect(writes()).toEqual([]);
	});
});
