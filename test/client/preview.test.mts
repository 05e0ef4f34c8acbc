import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { resources } from '../../nodes/Uphance/resources/index.ts';
import { everyOperation } from '../everyOperation.mts';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ form: groupForm, signedIn: true, limits: { initialDelayMs: 5 } });

/** What creates or changes something, as a preview shows it. */
const written = () =>
	world.uphance
		.log()
		.filter(({ method, path }) => method !== 'GET' && path !== '/organisations/set_current_org')
		.map(({ method, path, query, body }) => ({
			method,
			path,
			...(Object.keys(query).length > 0 && { query }),
			...(body !== undefined && { body }),
		}));

const previewed = (parameters: INodeParameters, options: INodeParameters = {}): INodeParameters => ({
	...parameters,
	options: { ...options, preview: true },
});

const byMode = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const carried = { carrier: 'dhl', tracking_number: 'JD014600003SE' };
const cost = { shipping_cost: '12.50' };

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: byMode('email', 'Grace.Lind@customer55140.example'),
	lineItems: { lineItem: [{ sku: byMode('ean', '5000006409017'), quantity: 2, unit_price: '45.00' }] },
	additionalFields: { purchaseOrderRef: 'PO-77', startShipDate: '2026-11-02', shipping_cost: '15.00' },
};
const existing = { ...order, customerId: byMode('id', '10012'), additionalFields: { purchaseOrderRef: 'PO-1002' } };
const ship: INodeParameters = { resource: 'pickTicket', operation: 'ship', pickTicketId: byMode('id', '3000079') };
const stock: INodeParameters = {
	resource: 'stockOperation',
	operation: 'create',
	lineQuantities: { lineQuantity: [{ sku: byMode('sku_id', '640901'), quantity: 3 }] },
};
const payment: INodeParameters = {
	resource: 'payment',
	operation: 'create',
	sale_id: byMode('number', '101'),
	amount: '125',
	additionalFields: { reference: 'bank-1', date: '2026-08-15' },
};

const writes = resources.flatMap(({ option, operations }) =>
	operations.filter((each) => each.writes).map((each) => `${String(option.value)}.${String(each.option.value)}`),
);

describe('Every operation that creates or changes something', () => {
	test('has Preview Only, which is on once it is added, and no other operation has it', () => {
		const withPreview = new Uphance().description.properties.flatMap(({ name, displayOptions, options = [] }) => {
			const field = name === 'options' && options.find((each) => each.name === 'preview');
			if (!field) return [];
			expect(field).toMatchObject({ displayName: 'Preview Only', type: 'boolean', default: true });
			return [`${String(displayOptions?.show?.resource)}.${String(displayOptions?.show?.operation)}`];
		});
		expect([...withPreview].sort()).toEqual([
			'accessToken.revoke',
			'order.create',
			'payment.create',
			'pickTicket.ship',
			'pickTicket.update',
			'stockOperation.create',
		]);
	});

	test.each(everyOperation.filter(({ resource, operation }) => writes.includes(`${resource}.${operation}`)))(
		'$resource $operation shows what it then sends, and sends nothing',
		async ({ parameters }) => {
			const { records } = await world.run({ parameters: previewed(parameters) });
			expect(written()).toEqual([]);
			await world.run({ parameters });
			expect(written().length).toBeGreaterThan(0);
			expect(records).toEqual([{ preview: true, requests: written() }]);
		},
	);
});

describe('A preview', () => {
	test.each<[string, INodeParameters]>([
		['an order with customer and SKU looked up', order],
		['an order that must not exist twice', { ...order, options: { returnExisting: true } }],
		['an order with defaults of the customer', { ...order, options: { useCustomerDefaults: true } }],
		['a payment by the number of the order', payment],
		['tracking and shipped', { ...ship, ...carried, additionalFields: cost }],
		['tracking', { ...ship, ...carried, operation: 'update', updateFields: cost }],
		['stock with a key of its own', { ...stock, additionalFields: { idempotency_key: 'sale-1', source: 'Shop' } }],
	])('of %s shows what is then sent, in this order', async (_, parameters) => {
		const options = parameters.options as INodeParameters | undefined;
		const { records, items } = await world.run({ parameters: previewed(parameters, options) });
		expect(written()).toEqual([]);
		await world.run({ parameters });
		expect(records).toEqual([{ preview: true, requests: written() }]);
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
	});

	test('of tracking and shipped has two requests', async () => {
		const { records } = await world.run({ parameters: previewed({ ...ship, ...carried, additionalFields: cost }) });
		expect(records).toEqual([
			{
				preview: true,
				requests: [
					{ method: 'PUT', path: '/pick_tickets/3000079', query: { ...carried, ...cost } },
					{ method: 'PUT', path: '/pick_tickets/3000079/ship' },
				],
			},
		]);
	});

	test('of an order that exists is that order, marked', async () => {
		const { records } = await world.run({ parameters: previewed(existing, { returnExisting: true }) });
		const { records: real } = await world.run({ parameters: { ...existing, options: { returnExisting: true } } });
		expect(real[0]).toMatchObject({ id: 9045, alreadyExisted: true });
		expect(records).toEqual([{ ...real[0], preview: true }]);
		expect(written()).toEqual([]);
	});

	test('looks for the order only before the moment at which it would be created', async () => {
		await world.run({ parameters: previewed(order, { returnExisting: true }) });
		const asked = world.asked('/sales_orders');
		world.uphance.clearLog();
		await world.run({ parameters: { ...order, options: { returnExisting: true } } });
		const real = world.asked('/sales_orders');
		expect(asked).toEqual(real.slice(0, real.indexOf('POST /sales_orders')));
	});

	test('works in another organisation, and registers it', async () => {
		await world.run({ parameters: previewed(payment, { organisationId: '9601' }) }).catch(() => undefined);
		expect(world.asked('/organisations/set_current_org').length).toBeGreaterThan(0);
		expect(written()).toEqual([]);
	});

	test('never shows a token', async () => {
		const parameters = {
			resource: 'accessToken',
			operation: 'revoke',
			scope: 'listed',
			tokens: 'one-token, two-token',
		};
		const { records } = await world.run({ parameters: previewed(parameters) });
		expect(records).toEqual([
			{
				preview: true,
				requests: [{ method: 'POST', path: '/oauth/revoke_tokens', body: { tokens: ['***', '***'] } }],
			},
		]);
		expect(written()).toEqual([]);
	});

	test('does not count as done for the items that are sent', async () => {
		const parameters = {
			resource: 'accessToken',
			operation: 'revoke',
			scope: 'current',
			options: { preview: '={{ $json.try }}' },
		};
		const { records } = await world.run({ parameters, items: [{ try: true }, { try: false }] });
		expect(records).toEqual([
			{ preview: true, requests: [{ method: 'POST', path: '/oauth/revoke_tokens' }] },
			{ success: true },
		]);
		expect(written()).toHaveLength(1);
	});
});

describe('Preview Only with an expression', () => {
	const parameters = {
		...ship,
		pickTicketId: byMode('id', '={{ $json.id }}'),
		options: { preview: '={{ $json.try }}' },
	};

	test('decides for each item, and the hint counts', async () => {
		const items = [
			{ id: 3000079, try: true },
			{ id: 3000379, try: 'false' },
			{ id: 3000879, try: 'true' },
		];
		const { records, hints } = await world.run({ parameters, items });
		expect(records.map(({ preview }) => preview)).toEqual([true, undefined, true]);
		expect(written()).toEqual([{ method: 'PUT', path: '/pick_tickets/3000379/ship' }]);
		expect(hints).toEqual([
			{
				message:
					"'Preview Only' is on for 2 of 3 items: for these, nothing was sent that creates or changes something in Uphance.",
				location: 'outputPane',
			},
		]);
	});

	test.each<IDataObject>([{}, { try: null }, { try: '' }, { try: 'yes' }, { try: 1 }])(
		'that yields neither true nor false sends nothing: %j',
		async (item) => {
			const items = [{ id: 3000079, ...item }];
			const { message } = await failureOf(world.run({ parameters, items }));
			expect(message).toContain("'Preview Only' is neither true nor false");
			expect(world.asked()).toEqual([]);
		},
	);
});

test('The hint below the output says that nothing was sent', async () => {
	const { hints } = await world.run({ parameters: previewed(stock), items: [{}, {}] });
	expect(hints).toEqual([
		{
			message:
				"'Preview Only' is on: nothing was sent that creates or changes something in Uphance. To send it, turn it off under Options.",
			location: 'outputPane',
		},
	]);
});

test('Without Preview Only there is no such hint', async () => {
	expect((await world.run({ parameters: stock })).hints).toEqual([]);
});

describe('Wrong input fails as it would for real', () => {
	test.each<[string, INodeParameters]>([
		[
			'an EAN that no SKU has',
			{ ...order, lineItems: { lineItem: [{ sku: byMode('ean', '4006381333931'), quantity: 1 }] } },
		],
		['a customer that does not exist', { ...order, customerId: byMode('email', 'nobody@example.com') }],
		[
			'a price with a comma',
			{ ...order, lineItems: { lineItem: [{ sku: byMode('ean', '1'), quantity: 1, unit_price: '4,50' }] } },
		],
		['a ref that is missing', { ...order, additionalFields: {}, options: { returnExisting: true } }],
		['a shipment that does not exist', { ...ship, pickTicketId: byMode('shipmentNumber', '99999') }],
		['nothing to update', { ...ship, operation: 'update' }],
		['an organisation that is not the user’s', { ...ship, options: { organisationId: '1' } }],
		[
			'stock of nothing',
			{ ...stock, lineQuantities: { lineQuantity: [{ sku: byMode('sku_id', '640901'), quantity: 0 }] } },
		],
		['an amount that is empty', { ...payment, amount: '' }],
	])('%s', async (_, parameters) => {
		await failureOf(world.run({ parameters })); // so that both know the same lists
		const real = await failureOf(world.run({ parameters }));
		const options = parameters.options as INodeParameters | undefined;
		const tried = await failureOf(world.run({ parameters: previewed(parameters, options) }));
		expect(tried.message).toBe(real.message);
		expect(tried.description).toBe(real.description);
		expect(tried.itemIndex).toBe(real.itemIndex);
		expect(written()).toEqual([]);
	});

	test('the same customer and ref in two items', async () => {
		const run = { parameters: previewed(order, { returnExisting: true }), items: [{}, {}] };
		expect((await failureOf(world.run(run))).message).toContain("same customer and purchase order ref 'PO-77'");
	});

	test('Retry On Fail with orders that it could create twice', async () => {
		const { message } = await failureOf(world.run({ parameters: previewed(order), retryOnFail: true }));
		expect(message).toBe("'Retry On Fail' could create sales orders twice");
	});
});
