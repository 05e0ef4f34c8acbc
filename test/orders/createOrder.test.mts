import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const documented: { line_items: IDataObject[] } & IDataObject = JSON.parse(
	readFileSync(new URL('../../sandbox/uphance/documented/createSalesOrder.request.json', import.meta.url), 'utf8'),
);

const world = useWorld({ limits: { initialDelayMs: 5, requestTimeoutMs: 2_000 } });

const sku = (id: string) => skuField('sku_id', id);
const row: INodeParameters = { sku: sku('640901'), quantity: 2, unit_price: '45.00' };
/** The IDs that a look-up of the row's SKU returns. */
const ids = { product_id: 6409, variation_id: 7609 };
const base: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
};
const ofRows = (...lineItem: INodeParameters[]): INodeParameters => ({
	...base,
	lineItemsSource: 'fields',
	lineItems: { lineItem },
});
const ofJson = (lineItemsJson: string): INodeParameters => ({ ...base, lineItemsSource: 'json', lineItemsJson });
const withFields = (additionalFields: INodeParameters): INodeParameters => ({ ...base, additionalFields });

const posted = (): IDataObject[] =>
	world.uphance
		.log()
		.filter(({ method, path }) => method === 'POST' && path === '/sales_orders')
		.map(({ body }) => body as IDataObject);

/** What the only request to create asked for. */
async function bodyOf(parameters: INodeParameters, items?: IDataObject[]): Promise<IDataObject> {
	await world.run({ parameters, items });
	const bodies = posted();
	expect(bodies).toHaveLength(1);
	return bodies[0] ?? {};
}
const linesOf = async (parameters: INodeParameters, items?: IDataObject[]) =>
	(await bodyOf(parameters, items)).line_items as IDataObject[];

const documentedFields: INodeParameters = {
	...base,
	order_status: 'confirmed',
	additionalFields: {
		season_name: 'UPHANCE2023',
		channel_name: 'Wholesale',
		channel_currency: 'USD',
		notes: 'Sale from API',
		purchaseOrderRef: 'PO 0000001',
		startShipDate: '2019-06-06',
		endShipDate: '2020-07-07',
		paymentTerm: '30% Deposit, Net 30',
		billing_contact_id: '51678',
		shipping_contact_id: '51678',
		billing_address_id: '68207',
		shipping_address_id: '68207',
		tax_level: '10',
		shipping_cost: '15',
		agent_name: 'Mary Jones',
		warehouse_name: 'Primary warehouse',
		total_tax: '10',
		total_amount: '125',
	},
};

describe('Uphance’s example of a request', () => {
	test.each([
		['text', JSON.stringify(documented.line_items, null, 2)],
		['an expression’s text', `={{ JSON.stringify($json.line_items) }}`],
		['an expression’s list', '={{ $json.line_items }}'],
	])('is sent byte for byte, with line items as %s', async (_, lineItemsJson) => {
		const parameters = { ...documentedFields, lineItemsSource: 'json', lineItemsJson };
		const body = await bodyOf(parameters, [{ line_items: documented.line_items }]);
		expect(JSON.stringify(body)).toBe(JSON.stringify(documented));
	});

	test('is sent the same whatever the order in which its fields were added', async () => {
		const fields = Object.entries(documentedFields.additionalFields as INodeParameters).reverse();
		const parameters = {
			...documentedFields,
			additionalFields: Object.fromEntries(fields),
			lineItemsSource: 'json',
			lineItemsJson: JSON.stringify(documented.line_items),
		};
		expect(await bodyOf(parameters)).toEqual(documented);
	});
});

describe('The status', () => {
	test('is draft when nothing is chosen, and sent', async () => {
		expect(await bodyOf(base)).toMatchObject({ order_status: 'draft' });
		expect(world.uphance.created()[0]?.order.status).toBe('draft');
	});

	test('is the one chosen', async () => {
		expect(await bodyOf({ ...base, order_status: 'confirmed' })).toMatchObject({ order_status: 'confirmed' });
	});
});

describe('The body', () => {
	test('omits fields that were not filled in', async () => {
		expect(await bodyOf(base)).toEqual({
			customerId: 55140,
			order_status: 'draft',
			line_items: [{ unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 2 }] }],
		});
	});

	test('omits fields that were added and left blank', async () => {
		const blank = [
			'season_name channel_name channel_currency notes purchaseOrderRef startShipDate endShipDate paymentTerm',
			'billing_contact_id shipping_contact_id billing_address_id shipping_address_id tax_level shipping_cost',
			'agent_name warehouse_name total_tax total_amount additionalJson',
		].flatMap((names) => names.split(' '));
		const parameters = withFields(Object.fromEntries(blank.map((name, index) => [name, index % 2 ? '  ' : ''])));
		expect(Object.keys(await bodyOf(parameters)).sort()).toEqual(['customerId', 'line_items', 'order_status']);
	});

	test('omits fields whose expressions return empty text', async () => {
		const body = await bodyOf(withFields({ notes: '={{ "" }}', shipping_cost: '={{ "" }}', endShipDate: '={{ "" }}' }));
		expect(Object.keys(body).sort()).toEqual(['customerId', 'line_items', 'order_status']);
	});

	test('has numbers and text of amounts as in Uphance’s example', async () => {
		const fields = { tax_level: '19.5', shipping_cost: '12.50', total_tax: '8.00', total_amount: '125.10' };
		expect(await bodyOf(withFields(fields))).toMatchObject({
			tax_level: 19.5,
			shipping_cost: 12.5,
			total_tax: '8.00',
			total_amount: '125.10',
		});
	});

	test('has them also from expressions that yield numbers', async () => {
		const fields = {
			tax_level: '={{ 19.5 }}',
			shipping_cost: '={{ 0 }}',
			total_tax: '={{ 8 }}',
			total_amount: '={{ 125.1 }}',
		};
		expect(await bodyOf(withFields(fields))).toMatchObject({
			tax_level: 19.5,
			shipping_cost: 0,
			total_tax: '8',
			total_amount: '125.1',
		});
	});

	test.each([
		['id', ' 55140 '],
		['list', '55140'],
		['list', 55140],
		['id', '={{ 55140 }}'],
	])('has the number of a customer chosen by %s as %j', async (mode, value) => {
		const body = await bodyOf({ ...base, customerId: { __rl: true, mode, value } as INodeParameters });
		expect(body.customerId).toBe(55140);
	});

	test('has what Additional JSON adds, and what it says instead', async () => {
		const additionalJson = JSON.stringify({ notes: 'wins', priority: { level: 1 }, order_status: 'confirmed' });
		expect(await bodyOf(withFields({ notes: 'loses', agent_name: 'Mary Jones', additionalJson }))).toMatchObject({
			notes: 'wins',
			agent_name: 'Mary Jones',
			priority: { level: 1 },
			order_status: 'confirmed',
		});
	});

	test('ignores Additional JSON that is spaces only', async () => {
		expect(Object.keys(await bodyOf(withFields({ additionalJson: '  ' }))).sort()).toEqual([
			'customerId',
			'line_items',
			'order_status',
		]);
	});

	test('takes Additional JSON from an expression that yields an object', async () => {
		const parameters = withFields({ additionalJson: '={{ { priority: $json.level } }}' });
		expect(await bodyOf(parameters, [{ level: 3 }])).toMatchObject({ priority: 3 });
	});
});

describe('Rows', () => {
	test('of one product, color and price are one line item', async () => {
		const rows = ofRows(
			{ sku: sku('640900'), quantity: 1, unit_price: '45' },
			{ sku: sku('640910'), quantity: 4, unit_price: '45' },
			{ sku: sku('640901'), quantity: 2, unit_price: '45' },
			{ sku: sku('640902'), quantity: 3, unit_price: '40' },
		);
		expect(await linesOf(rows)).toEqual([
			{
				product_id: 6409,
				variation_id: 7609,
				unit_price: 45,
				line_quantities: [
					{ sku_id: 640900, quantity: 1 },
					{ sku_id: 640901, quantity: 2 },
				],
			},
			{ product_id: 6409, variation_id: 7610, unit_price: 45, line_quantities: [{ sku_id: 640910, quantity: 4 }] },
			{ product_id: 6409, variation_id: 7609, unit_price: 40, line_quantities: [{ sku_id: 640902, quantity: 3 }] },
		]);
	});

	test('of the same SKU and price are added up', async () => {
		expect(await linesOf(ofRows(row, { ...row, quantity: 3, unit_price: '45' }))).toEqual([
			{ ...ids, unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 5 }] },
		]);
	});

	test('of the same SKU at two prices stay two line items', async () => {
		expect(await linesOf(ofRows(row, { ...row, quantity: 3, unit_price: '0' }))).toEqual([
			{ ...ids, unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 2 }] },
			{ ...ids, unit_price: 0, line_quantities: [{ sku_id: 640901, quantity: 3 }] },
		]);
	});

	test('without a price are separate from rows with the price 0', async () => {
		expect(await linesOf(ofRows({ ...row, unit_price: '' }, { ...row, unit_price: '0.00' }))).toEqual([
			{ ...ids, line_quantities: [{ sku_id: 640901, quantity: 2 }] },
			{ ...ids, unit_price: 0, line_quantities: [{ sku_id: 640901, quantity: 2 }] },
		]);
	});

	test('with quantity 0 are left out', async () => {
		const rows = ofRows(
			{ ...row, quantity: 0 },
			{ ...row, sku: sku('640902') },
			{ ...row, quantity: 0, unit_price: '9' },
		);
		expect(await linesOf(rows)).toEqual([
			{ ...ids, unit_price: 45, line_quantities: [{ sku_id: 640902, quantity: 2 }] },
		]);
	});

	test('have quantity 1 when nothing else is said', async () => {
		expect(await linesOf(ofRows({ sku: sku('640901'), unit_price: '45' }))).toEqual([
			{ ...ids, unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 1 }] },
		]);
	});

	test('take quantities, ids and prices from expressions, as numbers and as text', async () => {
		const columns = { sku: sku('={{ $json.sku }}'), quantity: '={{ $json.count }}', unit_price: '={{ $json.price }}' };
		const parameters = ofRows(columns);
		const items = [
			{ sku: 640901, count: '2', price: 4.5 },
			{ sku: '640901', count: 2, price: '4.50' },
		];
		await world.run({ parameters, items });
		for (const body of posted()) {
			expect(body.line_items).toEqual([
				{ ...ids, unit_price: 4.5, line_quantities: [{ sku_id: 640901, quantity: 2 }] },
			]);
		}
		expect(posted()).toHaveLength(2);
	});
});

describe('Rows in JSON', () => {
	const flat = [
		{ sku_id: 640901, quantity: 3, unit_price: '10.00', color: 'Red', title: 'Cap' },
		{ sku_id: '640902', quantity: '0', unit_price: 10 },
		{ sku_id: '640903', quantity: '2', unit_price: 10, note: null, product_id: 5, variation_id: '7' },
		{ sku_id: 640901, quantity: 1, unit_price: 10 },
	];
	const line = {
		...ids,
		unit_price: 10,
		line_quantities: [
			{ sku_id: 640901, quantity: 4 },
			{ sku_id: 640903, quantity: 2 },
		],
	};

	test.each([
		['text', JSON.stringify(flat)],
		['an expression’s list', '={{ $json.flat }}'],
		['an expression’s text', '={{ JSON.stringify($json.flat) }}'],
	])('are grouped and added up, further columns ignored, as %s', async (_, lineItemsJson) => {
		expect(await linesOf(ofJson(lineItemsJson), [{ flat }])).toEqual([line]);
	});

	test('count alone when rows of the form were left behind, and the other way round', async () => {
		const lineItemsJson = '[{ "sku_id": 640902, "quantity": 1 }]';
		await world.run({ parameters: { ...ofRows(row), lineItemsJson, lineItemsSource: 'json' } });
		await world.run({ parameters: { ...ofRows(row), lineItemsJson } });
		expect(posted().map(({ line_items }) => line_items)).toEqual([
			[{ ...ids, line_quantities: [{ sku_id: 640902, quantity: 1 }] }],
			[{ ...ids, unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 2 }] }],
		]);
	});

	test('that an expression makes of a shop’s lines are what the shop sold', async () => {
		const lines = [
			{ sku: '640901', quantity: 2, price: '45.00' },
			{ sku: '640902', quantity: 1, price: '45.00' },
		];
		const made = '={{ $json.lines.map(l => ({ sku_id: l.sku, quantity: l.quantity, unit_price: l.price })) }}';
		expect(await linesOf(ofJson(made), [{ lines }])).toEqual([
			{
				...ids,
				unit_price: 45,
				line_quantities: [
					{ sku_id: 640901, quantity: 2 },
					{ sku_id: 640902, quantity: 1 },
				],
			},
		]);
	});

	test('in Uphance’s own shape go out as they are', async () => {
		world.sendsAnything = true;
		const nested = [
			{ product_id: 'x', unit_price: '1.50', discount: 5, line_quantities: [{ sku_id: 1, quantity: 0, note: 'a' }] },
			{ product_id: '77', variation_id: '8', line_quantities: [{ quantity: 3, sku_id: '9' }] },
		];
		// Uphance's stand-in wants at least one quantity in each line, which both have.
		expect(JSON.stringify(await linesOf(ofJson(JSON.stringify(nested))))).toBe(JSON.stringify(nested));
	});
});

describe('Several input items', () => {
	const parameters = { ...base, additionalFields: { purchaseOrderRef: '={{ $json.po }}' } };

	test('make one order each, linked to their items, in their order', async () => {
		const { items } = await world.run({ parameters, items: [{ po: 'A' }, { po: 'B' }, { po: 'C' }] });
		expect(items.map(({ json, pairedItem }) => [json.purchase_order_ref, pairedItem])).toEqual([
			['A', { item: 0 }],
			['B', { item: 1 }],
			['C', { item: 2 }],
		]);
		expect(world.asked('/sales_orders')).toEqual(Array(3).fill('POST /sales_orders'));
	});

	test('with the same customer and ref each make an order, and a hint says so', async () => {
		const { items, hints } = await world.run({ parameters, items: [{ po: 'A' }, { po: 'A' }] });
		expect(items).toHaveLength(2);
		expect(world.uphance.created()).toHaveLength(2);
		expect(hints.map(({ message }) => message).join()).toContain("'A'");
	});

	test('send nothing when there are none', async () => {
		const { items } = await world.run({ parameters, items: [] });
		expect(items).toEqual([]);
		expect(world.uphance.log()).toEqual([]);
	});

	test('with different refs need no hint', async () => {
		const { hints } = await world.run({ parameters, items: [{ po: 'A' }, { po: 'B' }] });
		expect(hints).toEqual([]);
	});
});

describe('The answer', () => {
	test.each(['singular', 'plural', 'list', 'bare'] as const)(
		'in the envelope "%s" returns the order',
		async (single) => {
			await world.start({ switches: { single } });
			const { records } = await world.run({ parameters: base });
			expect(records).toEqual([world.uphance.created()[0]?.order]);
			expect(posted()).toHaveLength(1);
		},
	);

	test.each([200, 201])('with status %i is a success', async (createdStatus) => {
		await world.start({ switches: { createdStatus } });
		const { records } = await world.run({ parameters: base });
		expect(records[0]).toHaveProperty('id', world.uphance.created()[0]?.order.id);
	});

	test('returns the order as Uphance sends it, with money as text', async () => {
		const { records } = await world.run({ parameters: base });
		expect(records[0]).toMatchObject({ grand_total: expect.any(String), line_items: [{ unit_price: '45.0' }] });
		expect(records[0]).not.toHaveProperty('alreadyExisted');
	});

	test('that is empty, with status 200, is not passed on as an order: it says what happened, and nothing is sent again', async () => {
		await world.start({ switches: { createdAnswer: 'empty', createdStatus: 200 } });
		const run = world.run({ parameters: { ...base, additionalFields: { purchaseOrderRef: 'PO-77' } } });
		const { message, description } = await failureOf(run);
		expect(message).toMatch(/created/);
		expect(description).toContain('PO-77');
		expect(`${message} ${description}`).not.toMatch(/was not created/i);
		expect(posted()).toHaveLength(1);
	});

	// As Uphance answers to set_current_org. An order that was created must not look as if it had failed.
	test.each(['status', 'empty'] as const)(
		'that only says that it was created (%s) has no ID',
		async (createdAnswer) => {
			await world.start({ switches: { createdAnswer } });
			expect((await world.run({ parameters: base })).records).toEqual([{ id: null, created: true }]);
			expect(posted()).toHaveLength(1);
		},
	);
});

describe('A customerId in Additional JSON', () => {
	test.each(['null', '""', '"  "'])('that is %s leaves the customer of the field', async (customerId) => {
		const body = await bodyOf(withFields({ additionalJson: `{"customerId": ${customerId}, "notes": "x"}` }));
		expect(body).toMatchObject({ customerId: 55140, notes: 'x' });
	});

	test('goes out as it is', async () => {
		const body = await bodyOf(withFields({ additionalJson: '{"customerId": 9498}' }));
		expect(body).toHaveProperty('customerId', 9498);
	});
});
