import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 100] },
});

const order = (returnExisting: boolean): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef: 'PO-77' },
	options: { returnExisting },
});

/** What the next POST is answered with; status 200, and nothing is created. */
const answers = (body: IDataObject) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'json', body });
const asked = (method: string) => world.asked('/sales_orders').filter((request) => request.startsWith(method));

const refusals: IDataObject[] = [
	{ success: false, message: 'Season is unknown' },
	{ success: false },
	{ status: 'failed', reason: 'Season is unknown' },
	{ Status: 'Failed' },
	{ status: 'error' },
	{ error: 'Season is unknown' },
	{ error: { message: 'Season is unknown' } },
	{ errors: ['Season is unknown'] },
	{ errors: { season: ['is unknown'] } },
];

describe.each([false, true])('With Return Existing Order %p', (returnExisting) => {
	test.each(sampled(refusals, 2).map((body) => [JSON.stringify(body), body] as const))(
		'the answer %s with status 200 is never returned as an order',
		async (_, body) => {
			answers(body);
			const { message, description, itemIndex } = await failureOf(world.run({ parameters: order(returnExisting) }));
			expect(message).toMatch(/^Order \(PO-77\): Uphance refused the sales order/);
			expect(description).toContain('The sales order was not created.');
			expect(itemIndex).toBe(0);
			expect(asked('POST')).toHaveLength(1);
		},
	);

	test('it is an item with an error under Continue On Fail, and the next one is created', async () => {
		answers({ success: false, message: 'Season is unknown' });
		const parameters = { ...order(returnExisting), additionalFields: { purchaseOrderRef: '={{ $json.ref }}' } };
		const items = [{ ref: 'PO-77' }, { ref: 'PO-78' }];
		const ran = await world.run({ parameters, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => 'error' in json)).toEqual([true, false]);
		expect(world.uphance.created().map(({ order }) => order.purchase_order_ref)).toEqual(['PO-78']);
	});
});

test.each([
	[{ order_status: 'confirmed' }, 1],
	[{ order_status: 'confirmed', additionalFields: { paymentTerm: 'Net 30' } }, 0],
	[{ order_status: 'draft' }, 0],
])('An order with %j that Uphance leaves a draft has %i hint', async (more, count) => {
	await world.start({ switches: { withoutPaymentTerm: 'draft' } });
	const { records, hints } = await world.run({ parameters: { ...order(false), additionalFields: {}, ...more } });
	expect(records[0]?.status).toBe(count === 1 || more.order_status === 'draft' ? 'draft' : 'confirmed');
	expect(hints.map(({ message }) => message)).toEqual(
		count === 0
			? []
			: [
					"Order 351 of Meridian Department Store was to be confirmed, but Uphance left it a draft. It may need a 'Payment Term': set it in Uphance and confirm the order there.",
				],
	);
});

test('A confirmed order that Uphance refuses for want of a payment term is refused in its words', async () => {
	await world.start({ switches: { withoutPaymentTerm: 'refused' } });
	const parameters = { ...order(false), order_status: 'confirmed', additionalFields: {} };
	const { message, description } = await failureOf(world.run({ parameters }));
	expect(message).toContain("payment_term can't be blank");
	expect(description).toContain("'Payment Term'");
});

test('An answer with another order than was sent has a hint that says where it differs', async () => {
	const line_items = [{ unit_price: '30.0', line_quantities: [{ sku_id: 640901, quantity: 20 }] }];
	answers({ sales_order: { id: 5, order_number: 7, company_id: 9498, purchase_order_ref: 'OLD', line_items } });
	const { records, hints } = await world.run({ parameters: order(false) });
	expect(records).toMatchObject([{ id: 5 }]);
	expect(hints.map(({ message }) => message)).toEqual([
		"Order 7 was created, but Uphance answered with customer '9498' instead of '55140', purchase order ref 'OLD' instead of 'PO-77', 20 instead of 2 of SKU 640901, price 30.0 instead of 45 of SKU 640901. Check the order in Uphance.",
	]);
});

describe('A list of several orders as the answer', () => {
	const body = { sales_orders: [{ id: 5, company_id: 55140, purchase_order_ref: 'OLD' }, { id: 6 }] };

	test('is never taken for the new order', async () => {
		answers(body);
		const { message } = await failureOf(world.run({ parameters: order(false) }));
		expect(message).toContain('so the sales order may have been created');
	});

	test('makes Return Existing Order look for the order', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'json', body });
		const { message } = await failureOf(world.run({ parameters: order(true) }));
		expect(message).toContain('so the sales order may have been created');
		expect(asked('GET').length).toBeGreaterThan(2);
	});
});

describe('The answer {"Status":"Created"}', () => {
	const body = { Status: 'Created' };

	test('says that it was created, and in a hint where to look for its ID', async () => {
		answers(body);
		const { records, hints } = await world.run({ parameters: order(false) });
		expect(records).toEqual([{ id: null, created: true }]);
		expect(hints.map(({ message }) => message).join()).toContain("'PO-77'");
		expect(world.asked('/sales_orders')).toEqual(['POST /sales_orders']);
	});

	test('makes Return Existing Order look for the order', async () => {
		await world.run({ parameters: order(false) });
		const [made] = world.uphance.created();
		world.uphance.clearLog();
		// It appears between the first look and the second, as if this POST had made it.
		world.uphance.fault({
			path: '/sales_orders',
			method: 'GET',
			kind: 'json',
			body: { sales_orders: [], meta: { current_page: 1, next_page: null, total_pages: 1, total_count: 0 } },
			times: 2,
		});
		answers(body);
		const { records } = await world.run({ parameters: order(true) });
		expect(records).toEqual([{ ...made?.order, alreadyExisted: false }]);
		expect(asked('POST')).toHaveLength(1);
	});

	test('counts with Return Existing Order too when the order is nowhere, and says that a run could repeat it', async () => {
		answers(body);
		const { records, hints } = await world.run({ parameters: order(true) });
		expect(records).toEqual([{ id: null, created: true, alreadyExisted: false }]);
		expect(hints.map(({ message }) => message)).toEqual([
			"Uphance created the sales order but did not return it, so its ID is unknown. Look for purchase order ref 'PO-77' in Uphance. The node did not find it there: if you run this again, it may be created twice.",
		]);
		expect(asked('POST')).toHaveLength(1);
		expect(asked('GET').length).toBeGreaterThan(2);
	});
});
