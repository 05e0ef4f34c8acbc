import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { parseStatuses, statusesOf } from '../../nodes/Uphance/triggers/status.ts';
import { failureOf, listSearch } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { skuField } from '../skus/skuField.mts';
import { groupForm, useWorld } from '../world.mts';

/** Texts that look the same are the same, in whatever Unicode form and with whatever invisible characters they come. */
const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, recheckAfterMs: [10, 20, 30] },
});

const chosen = (value: string, mode: string) => ({ __rl: true, mode, value }) as INodeParameters;
const get = (resource: string, field: string, value: string, mode: string): INodeParameters => ({
	resource,
	operation: 'get',
	[field]: chosen(value, mode),
});

/** The id of a new order whose ref is in Uphance as it stands here. */
async function orderWithRef(purchaseOrderRef: string): Promise<unknown> {
	const parameters: INodeParameters = {
		resource: 'order',
		operation: 'create',
		customerId: chosen('55140', 'id'),
		...documentedLine(1),
		additionalFields: { additionalJson: JSON.stringify({ purchaseOrderRef }) },
	};
	const { records } = await world.run({ parameters });
	world.uphance.clearLog();
	return records[0]?.id;
}

/** Forms of a text that looks the same; the first is the one in Uphance. */
const forms = (text: string): string[] => [
	text,
	text.normalize('NFD'),
	`\uFEFF${text}`,
	`${text}\u200B`,
	`${text.slice(0, 2)}\u200D${text.slice(2)}`,
	`\u200E${text}\u2060`,
];

describe('A record is found', () => {
	test.each(forms('Maison Lumière'))('customer by name %j', async (name) => {
		const { records } = await world.run({ parameters: get('customer', 'customerId', name, 'name') });
		expect(records[0]).toHaveProperty('name', 'Maison Lumière');
	});

	test.each(forms('Café 7'))('sales order by purchase order ref %j', async (ref) => {
		const id = await orderWithRef('Café 7');
		const { records } = await world.run({ parameters: get('order', 'orderId', ref, 'purchaseOrderRef') });
		expect(records[0]).toHaveProperty('id', id);
		expect(world.asked('/sales_orders')).toEqual(['GET /sales_orders by_purchase_order_ref=Café 7']);
	});

	test('although Uphance has it in another form', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		const id = await orderWithRef('Cafe\u0301\u200B 7');
		const { records } = await world.run({ parameters: get('order', 'orderId', 'Café 7', 'purchaseOrderRef') });
		expect(records[0]).toHaveProperty('id', id);
	});

	test.each(forms('AW24-AAM'))('product by product identifier %j', async (identifier) => {
		const { records } = await world.run({ parameters: get('product', 'productId', identifier, 'product_identifier') });
		expect(records[0]).toHaveProperty('id', 6409);
	});

	test.each(forms('5000006409017'))('SKU by EAN %j', async (ean) => {
		const { records } = await world.run({ parameters: get('sku', 'skuId', ean, 'ean') });
		expect(records[0]).toHaveProperty('id', 640901);
	});

	test.each(forms('Maison Lumière'))('customer by the filter Search %j', async (search) => {
		const parameters = { resource: 'customer', operation: 'getAll', returnAll: true, filters: { search } };
		const { records } = await world.run({ parameters });
		expect(records.map(({ name }) => name)).toContain('Maison Lumière');
	});

	test.each(forms('Lumière'))('customer in the list of the editor %j', async (text) => {
		const { results } = await listSearch(world.credential, 'searchCustomers', text);
		expect(results.map(({ name }) => name).join()).toContain('Maison Lumière');
	});

	test.each(forms('Uphance Demo'))('organisation by name %j', async (organisationId) => {
		const { records } = await world.run({ parameters: { limit: 1, options: { organisationId } } });
		expect(records).toHaveLength(1);
	});
});

describe('The payment that exists is returned', () => {
	test.each(forms('Überweisung 7'))('for the reference %j', async (reference) => {
		const payment = (additionalFields: INodeParameters): INodeParameters => ({
			resource: 'payment',
			operation: 'create',
			sale_id: chosen('9005', 'id'),
			amount: '12.00',
			additionalFields,
			options: { returnExisting: true },
		});
		await world.run({ parameters: payment({ reference: 'Überweisung 7' }) });
		await world.run({ parameters: payment({ reference }) });
		await world.run({ parameters: payment({ additionalJson: JSON.stringify({ reference }) }) });
		expect(world.uphance.createdPayments()).toHaveLength(1);
	});
});

describe('Rows', () => {
	const order = (lineItemsJson: string): INodeParameters => ({
		resource: 'order',
		operation: 'create',
		customerId: chosen('55140', 'id'),
		lineItemsSource: 'json',
		lineItemsJson,
	});
	const skuIds = () =>
		world.uphance.created().flatMap(({ body }) => {
			const { line_items: items } = body as { line_items: Array<{ line_quantities: IDataObject[] }> };
			return items.flatMap(({ line_quantities }) => line_quantities.map(({ sku_id }) => sku_id));
		});

	test.each(['\uFEFFean', 'ean ', '\u200Bean'])('may call the first column %j', async (column) => {
		const rows = [{ [column]: '5000006409017', quantity: 1 }];
		await world.run({ parameters: order(JSON.stringify(rows)) });
		await world.run({ parameters: order('={{ $json.rows }}'), items: [{ rows }] });
		expect(skuIds()).toEqual([640901, 640901]);
	});

	test('of a stock operation may too', async () => {
		const lineQuantitiesJson = '[{"\uFEFFsku_id": 640901, "quantity": 1}]';
		const stock = { resource: 'stockOperation', operation: 'create', lineQuantitiesSource: 'json', lineQuantitiesJson };
		await world.run({ parameters: stock });
		expect(world.uphance.stockOperations()).toHaveLength(1);
	});

	test('may begin with a byte order mark', async () => {
		await world.run({ parameters: order('\uFEFF[{"sku_id": 640901, "quantity": 1}]') });
		expect(skuIds()).toEqual([640901]);
	});

	test.each([
		['ean', { ean: '\u200B5000006409017' }],
		['sku_number', { sku_number: 'AW24\u2060-AAM-RED-S' }],
		['product_identifier', { product_identifier: '\uFEFFAW24-AAM', color: 'R\u200BED', size: 'S\u200E' }],
	])('find a SKU by %s in spite of invisible characters', async (_, columns) => {
		await world.run({ parameters: order(JSON.stringify([{ ...columns, quantity: 1 }])) });
		expect(skuIds()).toEqual([640901]);
	});

	test('find a SKU whose color Uphance has in another form', async () => {
		world.uphance.changeSku(640901, { sku_number: 'Größe\u200B-1'.normalize('NFD') });
		await world.run({ parameters: order('[{"sku_number": "Größe-1", "quantity": 1}]') });
		expect(skuIds()).toEqual([640901]);
	});
});

test('A text goes out in Unicode NFC and without a byte order mark, and keeps an emoji whole', async () => {
	const parameters = {
		resource: 'pickTicket',
		operation: 'update',
		pickTicketId: chosen('3000079', 'id'),
		tracking_number: 'JD\u200B01\u200E',
		updateFields: { service: '\uFEFFCafe\u0301\u200B 👩‍🦰' },
	};
	await world.run({ parameters });
	expect(world.uphance.log().at(-1)?.query).toEqual({ service: 'Café 👩‍🦰', tracking_number: 'JD01' });
});

test('A status is the same with invisible characters', () => {
	expect(parseStatuses('\uFEFFShipped, checked in\u200B')).toEqual(
		statusesOf({ status: 'SHIPPED', delivery_status: 'Checked In' }),
	);
	expect(statusesOf({ status: 'Shipped\u200B' })).toEqual(['shipped']);
});

describe('A barcode that differs only by leading zeros from one that exists', () => {
	const rows = (resource: string, ean: string, rowName: string, list: string): INodeParameters => ({
		resource,
		operation: 'create',
		...(resource === 'order' && { customerId: chosen('55140', 'id') }),
		[list]: { [rowName]: [{ sku: skuField('ean', ean), quantity: 1 }] },
	});
	const ways: Array<[string, (ean: string) => INodeParameters]> = [
		['sales order', (ean) => rows('order', ean, 'lineItem', 'lineItems')],
		['stock operation', (ean) => rows('stockOperation', ean, 'lineQuantity', 'lineQuantities')],
		['Get', (ean) => get('sku', 'skuId', ean, 'ean')],
	];

	test.each(
		ways.flatMap(([name, parameters]) =>
			[
				['614141000036', '0614141000036'],
				['0614141000036', '614141000036'],
				['00614141000036', '0614141000036'],
				['14141000036', '014141000036'],
				['12345678905', '012345678905'],
			].map(([typed = '', existing = '']) => ({ name, typed, existing, parameters })),
		),
	)('is named: $typed in a $name is $existing', async ({ typed, existing, parameters }) => {
		world.uphance.changeSku(640901, { ean: existing });
		const { message, description } = await failureOf(world.run({ parameters: parameters(typed) }));
		expect(message).toContain(`No SKU has the EAN '${typed}'`);
		expect(description).toContain(`has the EAN '${existing}', which differs by leading zeros only: use that.`);
	});

	test('costs one more request', async () => {
		const [, parameters] = ways[1] ?? [];
		await failureOf(world.run({ parameters: parameters?.('4006381333931') ?? {} }));
		const without = world.asked('/skus').length;
		world.uphance.clearLog();
		await failureOf(world.run({ parameters: parameters?.('614141000036') ?? {} }));
		expect(world.asked('/skus')).toHaveLength(without + 1);
	});

	test('is not named when there is none, nor when Uphance cannot be asked', async () => {
		const [, parameters] = ways[0] ?? [];
		const none = await failureOf(world.run({ parameters: parameters?.('614141000036') ?? {} }));
		expect(none.description).not.toContain('leading zeros');
		world.uphance.fault({ path: '/skus', skip: world.asked('/skus').length - 1, kind: 'status', status: 403 });
		const failed = await failureOf(world.run({ parameters: parameters?.('614141000036') ?? {} }));
		expect(failed.message).toContain("No SKU has the EAN '614141000036'");
		expect(failed.description).not.toContain('leading zeros');
	});

	test('is not named when the filter is ignored and another SKU comes', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		const [, parameters] = ways[0] ?? [];
		const { description } = await failureOf(world.run({ parameters: parameters?.('614141000036') ?? {} }));
		expect(description).not.toContain('leading zeros');
	});
});
