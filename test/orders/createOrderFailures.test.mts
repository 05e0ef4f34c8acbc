import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150] },
});

const base: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
};
const parameters = { ...base, additionalFields: { purchaseOrderRef: 'PO-77' } };

const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });
const asked = () => world.asked('/sales_orders');
const post = 'POST /sales_orders';

describe('What Uphance refuses', () => {
	const unknownSeason = { ...base, additionalFields: { season_name: 'UPHANCE 2023' } };

	test('for an unknown season names it', async () => {
		const { message } = await failureOf(world.run({ parameters: unknownSeason }));
		expect(message).toBe('Uphance refused the sales order: season is not known');
	});

	test('for an unknown season says how to spell it', async () => {
		const { message, description } = await failureOf(world.run({ parameters: unknownSeason }));
		expect(message).toContain('season is not known');
		expect(description).toMatch(/season/i);
		expect(description).toContain('must be spelled as in Uphance');
		expect(description).toContain('The sales order was not created.');
		expect(asked()).toEqual([post]);
	});

	test('for an unknown customer names it', async () => {
		const customerId = { __rl: true, mode: 'id', value: '1' } as INodeParameters;
		const { message, description } = await failureOf(world.run({ parameters: { ...base, customerId } }));
		expect(message).toContain('customer must exist');
		expect(description).toContain('The sales order was not created.');
	});

	test('for several reasons names them all', async () => {
		const body = { errors: { season: ['is not known'], line_items: ["can't be blank", 'is too short'] } };
		injectFault({ kind: 'status', status: 422, body });
		const { message } = await failureOf(world.run({ parameters }));
		for (const reason of ['season is not known', "can't be blank", 'is too short']) expect(message).toContain(reason);
	});

	test.each([400, 403, 404, 409, 422])('with %i was not created, and is not sent again', async (status) => {
		injectFault({ kind: 'status', status, times: 10 });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters }));
		expect(description).toContain('The sales order was not created.');
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(itemIndex).toBe(0);
		expect(asked()).toEqual([post]);
	});

	test('with 429 is sent again, and created once', async () => {
		injectFault({ kind: 'status', status: 429, times: 3 });
		const { records } = await world.run({ parameters });
		expect(records).toHaveLength(1);
		expect(asked()).toEqual(Array(4).fill(post));
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('with 429 for ever was not created', async () => {
		injectFault({ kind: 'status', status: 429, times: 100 });
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toBe('Order (PO-77): Uphance rate limit reached');
		expect(description).toContain('The sales order was not created.');
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(asked()).toHaveLength(5);
	});

	test('with a long wait asked for is not sent again', async () => {
		injectFault({ kind: 'status', status: 429, retryAfter: '600' });
		const { message } = await failureOf(world.run({ parameters }));
		expect(message).toContain('10 minutes');
		expect(asked()).toEqual([post]);
	});

	test('because the session ended is sent again, and created once', async () => {
		injectFault({ kind: 'expireFirst' });
		const { records } = await world.run({ parameters });
		expect(records).toHaveLength(1);
		expect(asked()).toEqual([post, post]);
		expect(world.uphance.created()).toHaveLength(1);
	});
});

describe('An order whose creation was not answered', () => {
	const unanswered = [
		['status', 500],
		['status', 502],
		['status', 503],
		['status', 504],
		['status', 520],
		['status', 524],
		['html', 502],
		['brokenOff', 200],
		['brokenOff', 201],
		['drop', 0],
		['dropAfter', 0],
		['hang', 0],
	] as const;

	test.each(unanswered)(
		'(%s %i) may have been created: it is sent once, and the way to look named',
		async (kind, status) => {
			Object.assign(limits, { requestTimeoutMs: 200 });
			injectFault({ kind, status, times: 10 });
			const { message, description, itemIndex } = await failureOf(world.run({ parameters }));
			expect(message).toMatch(/so the sales order may have been created$/);
			expect(description).toContain('Look for purchase order ref ');
			expect(description).toContain("'PO-77'");
			expect(description).toContain("'Return Existing Order'");
			expect(description).not.toContain('Nothing was');
			expect(itemIndex).toBe(0);
			expect(asked()).toEqual([post]);
		},
	);

	test.each(unanswered)('(%s %i) may have been created without a ref too', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault({ kind, status, times: 10 });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(message).toContain('so the sales order may have been created');
		expect(description).not.toMatch(/undefined|''/);
		expect(description.length).toBeGreaterThan(20);
		expect(asked()).toEqual([post]);
	});

	test.each(['empty', 'malformed'] as const)('in a way that can be read (%s) is not returned', async (kind) => {
		injectFault({ kind });
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toContain('created');
		expect(`${message} ${description}`).not.toMatch(/was not created/i);
		expect(description).toContain('PO-77');
		expect(asked()).toEqual([post]);
	});

	test.each([[{ sales_orders: [] }], [{ sales_order: null }], [{ sales_order: {} }], [[]], [{}], ['Created']])(
		'with an order but %j is not returned as one',
		async (body) => {
			injectFault({ kind: 'json', body });
			const { message } = await failureOf(world.run({ parameters }));
			expect(message).toContain('created');
			expect(asked()).toEqual([post]);
		},
	);

	test('after the session ended at that moment is not posted a third time', async () => {
		injectFault({ kind: 'expireFirst' });
		injectFault({ kind: 'dropAfter', times: 10 });
		const { message } = await failureOf(world.run({ parameters }));
		expect(message).toContain('so the sales order may have been created');
		expect(asked()).toEqual([post, post]);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('after the session ended at that moment is not posted a third time for a 503 either', async () => {
		injectFault({ kind: 'expireFirst' });
		injectFault({ kind: 'status', status: 503, times: 10 });
		const { message } = await failureOf(world.run({ parameters }));
		expect(message).toContain('so the sales order may have been created');
		expect(asked()).toEqual([post, post]);
	});

	test('because the session ended and could not be renewed was not created', async () => {
		injectFault({ kind: 'expireFirst' });
		world.uphance.fault({ path: '/oauth/token', kind: 'status', status: 503, times: 100 });
		const { message } = await failureOf(world.run({ parameters }));
		expect(message).not.toContain('may have been created');
		expect(world.uphance.created()).toEqual([]);
	});

	test('because the server could not be reached was not created', async () => {
		await world.close();
		const { message } = await failureOf(world.run({ parameters }));
		expect(message).not.toContain('may have been created');
	});
});

describe('Retry On Fail', () => {
	test.each([{}, { options: { returnExisting: false } }])('with %j is refused, and nothing is sent', async (more) => {
		const run = world.run({ parameters: { ...parameters, ...more }, items: [{}, {}], retryOnFail: true });
		const { message, description } = await failureOf(run);
		expect(message).toBe("'Retry On Fail' could create sales orders twice");
		expect(description).toContain('Turn it off in Settings');
		expect(description).toContain("'Purchase Order Ref'");
		expect(description).toContain("'Return Existing Order'");
		expect(description).toContain('Nothing was sent.');
		expect(asked()).toEqual([]);
		expect(world.uphance.log()).toEqual([]);
	});

	test('is refused also with Continue On Fail, where the items would go on as failed', async () => {
		const run = { parameters, items: [{}, {}], retryOnFail: true, continueOnFail: true };
		const outcome = await world.run(run).then(
			({ items }) => items.map(({ error }) => error?.message ?? 'created'),
			({ message }: Error) => [message],
		);
		for (const each of outcome) expect(each).toContain("'Retry On Fail' could create sales orders twice");
		expect(outcome).toHaveLength(2);
		expect(asked()).toEqual([]);
	});

	test('is refused when only some items return existing orders', async () => {
		const some = { ...parameters, options: { returnExisting: '={{ $json.safe }}' } };
		const run = world.run({ parameters: some, items: [{ safe: true }, { safe: false }], retryOnFail: true });
		const { message } = await failureOf(run);
		expect(message).toBe("'Retry On Fail' could create sales orders twice");
		expect(world.uphance.created()).toEqual([]);
	});

	test('of a reading operation is allowed', async () => {
		const { records } = await world.run({ parameters: { limit: 1 }, retryOnFail: true });
		expect(records).toHaveLength(1);
	});
});

describe('Continue On Fail', () => {
	const each = {
		...base,
		lineItemsSource: 'json',
		lineItemsJson: '={{ $json.lines }}',
		additionalFields: { purchaseOrderRef: '={{ $json.po }}' },
	};
	const good = (po: string) => ({ po, lines: [{ sku_id: 640901, quantity: 1 }] });

	test('emits a failed item with nothing but its error, and creates the others once', async () => {
		const items = [good('A'), { po: 'B', lines: 'nothing' }, good('C')];
		const ran = await world.run({ parameters: each, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => json.purchase_order_ref)).toEqual(['A', undefined, 'C']);
		expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const failed = ran.items[1];
		expect(Object.keys(failed ?? {}).sort()).toEqual(['json', 'pairedItem']);
		expect(Object.keys(failed?.json ?? {})).toEqual(['error']);
		expect(failed?.json.error).toMatch(/^Order 2 of 3 \(B\): .*line items/i);
		expect(world.uphance.created().map(({ order }) => order.purchase_order_ref)).toEqual(['A', 'C']);
	});

	test.each([
		['status', 422, 'The sales order was not created.'],
		['status', 500, "'B'"],
		['dropAfter', 0, "'B'"],
	] as const)('does so for what Uphance did (%s %i), too', async (kind, status, words) => {
		injectFault({ kind, status, skip: 1 });
		const ran = await world.run({ parameters: each, items: ['A', 'B', 'C'].map(good), continueOnFail: true });
		expect(ran.items.map(({ json }) => json.purchase_order_ref)).toEqual(['A', undefined, 'C']);
		expect(ran.items[1]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 1 } });
		expect(ran.items[1]?.json.error).toContain(words);
		expect(asked()).toHaveLength(3);
	});

	test('turned off ends the run at the failed item, which is named', async () => {
		injectFault({ kind: 'status', status: 422, skip: 1 });
		const { itemIndex } = await failureOf(world.run({ parameters: each, items: ['A', 'B', 'C'].map(good) }));
		expect(itemIndex).toBe(1);
		expect(asked()).toHaveLength(2);
	});
});

test.each([
	['status', 422],
	['status', 401],
	['status', 403],
	['status', 500],
	['drop', 0],
	['hang', 0],
	['empty', 200],
	['malformed', 200],
] as const)('Nothing secret is in the error for %s %i', async (kind, status) => {
	Object.assign(limits, { requestTimeoutMs: 200 });
	for (const options of [{}, { returnExisting: true }]) {
		world.uphance.clearFaults();
		injectFault({ kind, status, times: 10 });
		const { whole } = await failureOf(world.run({ parameters: { ...parameters, options } }));
		for (const secret of [...world.uphance.secrets(), String(world.credential.data.password)]) {
			expect(whole).not.toContain(secret);
		}
	}
});
