import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { skuField } from '../skus/skuField.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 100] },
});

const order = (more: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef: '={{ $json.ref ?? "PO-77" }}' },
	options: {
		organisationId: '={{ $json.organisation ?? 9579 }}',
		returnExisting: '={{ $json.once ?? false }}',
	},
	...more,
});

const requests = (method: string, path: string) =>
	world.uphance.log().filter((request) => request.method === method && request.path === path);
const posts = () => requests('POST', '/sales_orders');

describe('Retry On Fail with an item that could be created twice', () => {
	const items = [
		{ ref: 'A', once: true },
		{ ref: 'B', once: false, organisation: '9601' },
	];

	test.each([
		['when all goes well', false],
		['with Continue On Fail', true],
	])('posts nothing %s', async (_, continueOnFail) => {
		const run = world.run({ parameters: order(), items, retryOnFail: true, continueOnFail });
		const errors = await run.then(
			(ran) => ran.items.map(({ error }) => error?.message),
			(error: Error) => [error.message],
		);
		for (const message of errors) expect(message).toContain("'Retry On Fail'");
		expect(posts()).toEqual([]);
	});

	test.each([
		[500, false],
		[500, true],
		[503, false],
		[403, true],
	])(
		'posts nothing when GET /organisations answers %i once, with Continue On Fail %p',
		async (status, continueOnFail) => {
			world.uphance.fault({ path: '/organisations', method: 'GET', kind: 'status', status });
			const run = world.run({ parameters: order(), items, retryOnFail: true, continueOnFail });
			const failed = await run.then(
				(ran) => ran.items.map(({ error }) => error instanceof Error),
				() => [true],
			);
			expect(failed).not.toContain(false);
			expect(posts()).toEqual([]);
		},
	);
});

describe('Two items with the same customer and ref', () => {
	test.each([
		[true, false],
		[false, true],
	])('are refused when only one has Return Existing Order: %p, %p', async (...once) => {
		const items = once.map((each) => ({ once: each }));
		const ran = await world.run({ parameters: order(), items, continueOnFail: true });
		for (const { error } of ran.records) {
			expect(error).toContain("have the same customer and purchase order ref 'PO-77'");
		}
		expect(ran.items).toHaveLength(2);
		expect(ran.hints).toMatchObject([{ message: expect.stringMatching(/^2 of 2 orders failed: Order 1 of 2: /) }]);
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test('are refused at once without Continue On Fail', async () => {
		const { message, description } = await failureOf(
			world.run({ parameters: order(), items: [{ once: false }, { once: true }] }),
		);
		expect(message).toBe("Order 1 of 2: Input items 1 and 2 have the same customer and purchase order ref 'PO-77'");
		expect(description).toContain('Nothing was sent');
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test('without Return Existing Order give a hint that is true before and after the orders are created', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: 422, times: 2 });
		const { hints } = await world.run({ parameters: order(), items: [{}, {}], continueOnFail: true });
		expect(hints).toHaveLength(2);
		expect(hints[0]?.message).toContain('The node creates an order for each of them.');
		expect(world.uphance.created()).toEqual([]);
	});
});

describe('Fifty items of many organisations', () => {
	const items = Array.from({ length: 50 }, (_, item) => ({
		ref: `PO-${item}`,
		organisation: item % 2 === 0 ? '9579' : ['9601', 'Uphance Outlet'][item % 4 === 1 ? 0 : 1],
	}));
	const lists = () => requests('GET', '/organisations');

	const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
		world.uphance.fault({ path: '/organisations', method: 'GET', ...fault });

	test('ask for the organisations once', async () => {
		injectFault({ kind: 'slow', milliseconds: 100, times: 50 });
		await world.run({ parameters: order(), items });
		expect(lists()).toHaveLength(1);
		expect(world.uphance.created()).toHaveLength(50);
	});

	test.each([
		[403, false],
		[403, true],
		[503, true],
	])('never ask for them twice at a time, with %i at first and Continue On Fail %p', async (status, continueOnFail) => {
		injectFault({ kind: 'status', status });
		injectFault({ kind: 'slow', milliseconds: 100, times: 50 });
		await world.run({ parameters: order(), items, continueOnFail }).catch(() => undefined);
		expect(lists().length).toBeGreaterThan(0);
		expect(lists().map(({ underWay }) => underWay)).toEqual(lists().map(() => 1));
	});
});

test('Revoking the token of the credential for three items leads to no more than one other sign-in', async () => {
	const parameters = { resource: 'accessToken', operation: 'revoke', scope: 'current' };
	const { records } = await world.run({ parameters, items: [{}, {}, {}] });
	expect(records).toHaveLength(3);
	expect(requests('POST', '/oauth/revoke_tokens')).toHaveLength(1);
	await world.run({ parameters: { limit: 1 } });
	expect(world.uphance.signIns()).toBeLessThanOrEqual(2);
});

describe('An empty page that names a next one', () => {
	const empty = (skip: number, times: number) =>
		world.uphance.fault({ path: '/sales_orders', skip, kind: 'emptyPage', times });

	test.each([0, 1])('is asked for once more, after %i pages', async (skip) => {
		empty(skip, 1);
		expect((await world.run({ parameters: { returnAll: true } })).records).toHaveLength(250);
		empty(skip, 1);
		expect((await world.run({ parameters: { limit: 130, newestFirst: false } })).records).toHaveLength(130);
	});

	test.each([0, 1])('and stays empty ends the run, after %i pages', async (skip) => {
		empty(skip, 100);
		const { message } = await failureOf(world.run({ parameters: { returnAll: true } }));
		expect(message).toContain('an empty page although there are more');
	});
});

describe('Zeros before a number', () => {
	const refusal = async (parameters: INodeParameters) => {
		const failed = await failureOf(world.run({ parameters }));
		expect(world.asked('/sales_orders')).toEqual([]);
		return failed;
	};
	const withSkuId = (id: string) =>
		order({ lineItemsSource: 'fields', lineItems: { lineItem: [{ sku: skuField('sku_id', id), quantity: 2 }] } });

	test.each(['0055140', '0', '={{ "0055140" }}', '={{ 0 }}'])('are refused in the customer %j', async (value) => {
		const customerId = { __rl: true, mode: 'id', value } as INodeParameters;
		expect((await refusal(order({ customerId }))).message).toContain("'Customer'");
	});

	test.each(['0640901', '0'])('are refused in the SKU ID %j', async (id) => {
		expect((await refusal(withSkuId(id))).message).toContain("'SKU ID'");
	});
});

describe('Line items in Uphance’s own shape with quantity 0 everywhere are refused', () => {
	test.each([
		['[{"line_quantities": [{"sku_id": 640901, "quantity": 0}]}]'],
		['[{"line_quantities": [{"sku_id": 640901, "quantity": "0"}, {"sku_id": 640902, "quantity": "0.0"}]}]'],
		[
			'[{"product_id": 1, "line_quantities": [{"sku_id": 640901, "quantity": 0}]}, {"product_id": 2, "line_quantities": [{"sku_id": 640902, "quantity": 0}]}]',
		],
	])('%s', async (lineItemsJson) => {
		const { message } = await failureOf(world.run({ parameters: order({ lineItemsSource: 'json', lineItemsJson }) }));
		expect(message).toBe('Order (PO-77): The sales order has no line items');
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});

describe('A switch from an expression', () => {
	const read = async (parameters: INodeParameters): Promise<IDataObject[]> => (await world.run({ parameters })).records;

	test.each(['false', 'False', ' false '])('is off for the text %j', async (text) => {
		const off = `={{ ${JSON.stringify(text)} }}`;
		expect(await read({ returnAll: off, limit: 3 })).toHaveLength(3);
		expect((await read({ limit: 1, simplify: off }))[0]).toHaveProperty('line_items');
		expect(await read({ limit: 1, newestFirst: off })).toEqual(await read({ limit: 1, newestFirst: false }));
	});

	test.each(['true', 'TRUE'])('is on for the text %j', async (text) => {
		const on = `={{ ${JSON.stringify(text)} }}`;
		expect(await read({ returnAll: on, limit: 3 })).toHaveLength(250);
		expect((await read({ limit: 1, simplify: on }))[0]).not.toHaveProperty('line_items');
		expect(await read({ limit: 1, newestFirst: on })).toEqual(await read({ limit: 1, newestFirst: true }));
	});

	const values = ['={{ "maybe" }}', '={{ "no" }}', '={{ "" }}', '={{ 0 }}', '={{ 1 }}', '={{ [] }}', '={{ null }}'];
	test.each(
		['Return All', 'Simplify', 'Newest First'].flatMap((label) => values.map((value) => [label, value] as const)),
	)('is refused where %s gets %s', async (label, value) => {
		const name = { 'Return All': 'returnAll', Simplify: 'simplify', 'Newest First': 'newestFirst' }[label] ?? '';
		const { message } = await failureOf(world.run({ parameters: { limit: 1, [name]: value } }));
		expect(message).toContain(`'${label}'`);
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});
