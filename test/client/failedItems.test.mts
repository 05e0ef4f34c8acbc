import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IConnections,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { failureOf, surroundings } from '../n8n.mts';
import { skuField } from '../skus/skuField.mts';
import { useWorld } from '../world.mts';

/** What the next node of a workflow hears of failed items, by n8n's own engine. */
const world = useWorld({ signedIn: true });

type OnError = 'continueRegularOutput' | 'continueErrorOutput';

const plain = (name: string, execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>): INodeType => ({
	description: {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	} satisfies INodeTypeDescription,
	execute,
});

function fail(name: string): never {
	throw new Error(`There is no node type '${name}'`);
}

/** The items that the node after Uphance gets, of the output that failed items leave by. */
async function nextNodeGets(
	parameters: INodeParameters,
	items: IDataObject[],
	onError: OnError,
	retryOnFail = false,
): Promise<IDataObject[]> {
	let received: IDataObject[] = [];
	const types: Record<string, INodeType> = {
		start: plain('start', async () => await Promise.resolve([items.map((json) => ({ json }))])),
		uphance: new Uphance(),
		next: plain('next', async function () {
			received = this.getInputData().map(({ json }) => json);
			return await Promise.resolve([this.getInputData()]);
		}),
	};
	const typeOf = (name: string): INodeType => types[name] ?? fail(name);
	const { additionalData, node } = surroundings(world.credential, { parameters, retryOnFail }, typeOf('uphance'));
	Object.assign(additionalData, { webhookWaitingBaseUrl: 'http://localhost', formWaitingBaseUrl: 'http://localhost' });
	const of = (name: string, more: Partial<INode> = {}): INode => ({
		...node,
		parameters: {},
		...more,
		id: name,
		name,
		type: name,
	});
	const nodes = [
		of('start'),
		of('uphance', { parameters: node.parameters, onError, maxTries: 2, waitBetweenTries: 0 }),
		of('next'),
	];
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	const failed = onError === 'continueErrorOutput' ? [[], to('next')] : [to('next')];
	const connections: IConnections = { start: { main: [to('uphance')] }, uphance: { main: failed } };
	const nodeTypes = {
		getByName: typeOf,
		getByNameAndVersion: typeOf,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'w',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	additionalData.hooks = new ExecutionLifecycleHooks('manual', '1', {
		id: 'w',
		name: 'w',
		active: false,
		activeVersionId: null,
		isArchived: false,
		nodes,
		connections,
		createdAt: new Date(),
		updatedAt: new Date(),
	});
	const run = await new WorkflowExecute(additionalData, 'manual').run({ workflow, startNode: nodes[0] });
	expect(run.data.resultData.error).toBeUndefined();
	return received;
}

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	lineItems: { lineItem: [{ sku: skuField('sku_id', '={{ $json.sku }}'), quantity: 1 }] },
	additionalFields: { purchaseOrderRef: '={{ $json.ref }}' },
};
const two = [
	{ sku: '640901', ref: 'PO-1' },
	{ sku: '640902', ref: 'PO-77' },
];
const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });

describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)('With On Error set to %s', (onError) => {
	/** n8n adds the fields of the input item on the error output. */
	const fieldsOf = (item: IDataObject) => (onError === 'continueErrorOutput' ? item : {});

	test('the next node gets which item it was, what happened, the advice and the reference', async () => {
		injectFault({ kind: 'status', status: 500, skip: 1 });
		const received = await nextNodeGets(order, two, onError);
		expect(received.at(-1)).toEqual({
			...fieldsOf({ sku: '640902', ref: 'PO-77' }),
			error:
				"Order 2 of 2 (PO-77): Uphance answered with status 500, so the sales order may have been created. Look for purchase order ref 'PO-77' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first. The order before it succeeded.",
		});
	});

	test('the next node gets the advice for what cannot be sent', async () => {
		const bad = {
			...order,
			lineItems: { lineItem: [{ sku: skuField('sku_id', '640901'), quantity: 1, unit_price: '4,50' }] },
		};
		const received = await nextNodeGets(bad, two.slice(1), onError);
		expect(received.at(-1)?.error).toBe(
			"Order (PO-77): 'Unit Price' in line item 1 is not a number: '4,50'. Use a dot: 4.50.",
		);
	});

	test('a text in the message that n8n takes for a code is not replaced', async () => {
		const received = await nextNodeGets(order, [{ sku: 'ENOENT-7', ref: 'PO-1' }], onError);
		expect(received.at(-1)?.error).toMatch(/^Order \(PO-1\): 'SKU ID' in line item 1 is not a number: 'ENOENT-7'\. /);
	});

	test('a failed first item does not run the good ones again under Retry On Fail', async () => {
		const once = { ...order, options: { returnExisting: true } };
		const received = await nextNodeGets(once, [{ sku: 'none', ref: 'PO-1' }, ...two.slice(1)], onError, true);
		expect(world.asked('/sales_orders').filter((request) => request.startsWith('POST'))).toHaveLength(1);
		expect(received[0]).toEqual({
			error: expect.stringMatching(/^Order 1 of 2 \(PO-1\): 'SKU ID' in line item 1 is not a number: 'none'\. /),
		});
	});
});

describe('Under Retry On Fail each failed item of a write has an error of its own, with its own index', () => {
	const items = [{}, {}, {}];
	const stock = (sku_id: string): INodeParameters => ({
		resource: 'stockOperation',
		operation: 'create',
		lineQuantities: { lineQuantity: [{ sku: skuField('sku_id', sku_id), quantity: 1 }] },
	});
	const refuse = (body?: unknown) =>
		world.uphance.fault({ path: '/stock_operations', method: 'POST', kind: 'status', status: 422, times: 9, body });

	test.each([
		['opening the client failed once for all', 'Uphance did not accept the email or password'],
		['each request failed', 'Stock operation 2 of 3: Uphance refused the stock operation'],
		['the values cannot be sent', "Stock operation 2 of 3: 'SKU ID' in row 1 is not a number"],
	])('when %s', async (what, message) => {
		const credential = what.startsWith('opening') ? world.another({ password: 'wrong' }) : world.credential;
		if (what.startsWith('each')) refuse();
		const parameters = stock(what.startsWith('the') ? 'x' : '640901');
		const ran = await world.run({ parameters, items, continueOnFail: true, retryOnFail: true, credential });
		const errors = ran.items.map(({ error }) => error);
		expect(new Set(errors).size).toBe(3);
		expect(errors.map((error) => error?.context.itemIndex)).toEqual([0, 1, 2]);
		expect(ran.items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(
			items.map((_, item) => ({ json: {}, pairedItem: { item } })),
		);
		expect(errors[1]?.message).toContain(message);
		for (const error of errors) {
			expect(error?.description).not.toBe('');
			expect(error?.message).toContain(error?.description);
		}
	});

	test('and it holds nothing secret', async () => {
		refuse({ error: world.uphance.secrets().join(' ') });
		const ran = await world.run({ parameters: stock('640901'), items, continueOnFail: true, retryOnFail: true });
		const seen = inspect(
			ran.items.map(({ error }) => error),
			{ depth: 12, showHidden: true },
		);
		for (const secret of [...world.uphance.secrets(), String(world.credential.data.password)]) {
			expect(seen).not.toContain(secret);
		}
	});
});

test('Without On Error, message and advice stay apart, as n8n shows them', async () => {
	injectFault({ kind: 'status', status: 500 });
	const { message, description, itemIndex } = await failureOf(world.run({ parameters: order, items: two }));
	expect(message).toBe(
		'Order 1 of 2 (PO-1): Uphance answered with status 500, so the sales order may have been created',
	);
	expect(description).toContain("Look for purchase order ref 'PO-1'");
	expect(description).toMatch(/ The one after it was not run\.$/);
	expect(itemIndex).toBe(0);
});

describe('A message about one of several items', () => {
	const four = ['PO-1', 'PO-2', 'PO-3', 'PO-4'].map((ref) => ({ sku: '640901', ref }));
	const bad = (index: number) => four.map((item, each) => (each === index ? { ...item, sku: 'none' } : item));

	const rerun =
		"If you run all of them again, those before it are created twice, unless 'Return Existing Order' is on.";
	test.each([
		[0, ' The 3 after it were not run.'],
		[1, ` The order before it succeeded. The 2 after it were not run. ${rerun}`],
		[2, ` The 2 orders before it succeeded. The one after it was not run. ${rerun}`],
		[3, ` The 3 orders before it succeeded. ${rerun}`],
	])('says what happened to the others: %i', async (index, expected) => {
		const { message, description } = await failureOf(world.run({ parameters: order, items: bad(index) }));
		expect(message).toMatch(new RegExp(`^Order ${index + 1} of 4 \\(PO-${index + 1}\\): 'SKU ID' in line item 1`));
		expect(description.endsWith(expected)).toBe(true);
		expect(world.uphance.created()).toHaveLength(index);
	});

	test('with On Error set to continue, the hint below the output names the first one', async () => {
		const items = bad(1).map((item, index) => (index === 3 ? { ...item, sku: 'nothing' } : item));
		const { hints, records } = await world.run({ parameters: order, items, continueOnFail: true });
		expect(hints).toEqual([
			{
				message:
					"2 of 4 orders failed: Order 2 of 4 (PO-2): 'SKU ID' in line item 1 is not a number: 'none' (and 1 more, see 'error')",
				type: 'warning',
				location: 'outputPane',
			},
		]);
		expect(records[3]?.error).toMatch(/ 2 of the 3 orders before it succeeded\.$/);
	});

	const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });
	const chosen = { __rl: true, mode: 'list', value: 'x', cachedResultName: 'Barneys · New York' };
	const wrong = { additionalFields: { additionalJson: '{"notes": ' } };

	test.each<[string, INodeParameters, string]>([
		['the customer without a reference', { ...order, additionalFields: {} }, 'Order 1 of 2 (customer 55140): '],
		[
			'the customer that was chosen from the list',
			{ ...order, additionalFields: {}, customerId: chosen },
			'Order 1 of 2 (customer Barneys · New York): ',
		],
		[
			'the reference in Additional JSON',
			{ ...order, additionalFields: { additionalJson: '{"purchaseOrderRef": "PO-9"}' } },
			'Order 1 of 2 (PO-9): ',
		],
		['nothing that cannot be read', { ...order, ...wrong }, "Order 1 of 2 (customer 55140): 'Additional JSON'"],
		[
			'the reference of a payment',
			{ resource: 'payment', operation: 'create', sale_id: byId('9005'), additionalFields: { reference: 'bank-1' } },
			'Payment 1 of 2 (bank-1): ',
		],
		[
			'the sales order of a payment',
			{ resource: 'payment', operation: 'create', sale_id: byId('9005') },
			'Payment 1 of 2 (sales order 9005): ',
		],
		[
			'the pick ticket',
			{ resource: 'pickTicket', operation: 'ship', pickTicketId: byId('3000079'), ...wrong },
			"Pick ticket 1 of 2 (3000079): 'Additional JSON'",
		],
		[
			'the reference of a stock operation',
			{ resource: 'stockOperation', operation: 'create', additionalFields: { external_ref: 'sale-1' } },
			'Stock operation 1 of 2 (sale-1): ',
		],
		[
			'the key of a stock operation',
			{
				resource: 'stockOperation',
				operation: 'create',
				additionalFields: { idempotency_key: '={{ "key-" + ($itemIndex + 1) }}' },
			},
			'Stock operation 1 of 2 (key-1): ',
		],
		['its number, of what is only read', { limit: 0 }, "Item 1 of 2: 'Limit'"],
	])('names %s', async (_, parameters, beginning) => {
		const items = [{ sku: 'none' }, { sku: 'none' }];
		const { message } = await failureOf(world.run({ parameters, items }));
		expect(message.slice(0, beginning.length)).toBe(beginning);
	});

	test('does not name what the message names anyway', async () => {
		const items = [{ id: 3000079 }, { id: 4711 }];
		const parameters = {
			resource: 'pickTicket',
			operation: 'ship',
			pickTicketId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		};
		const { message } = await failureOf(world.run({ parameters, items }));
		expect(message).toBe('Pick ticket 2 of 2: No pick ticket has the ID 4711');
	});

	test('cuts a long reference', async () => {
		const parameters = { ...order, additionalFields: { purchaseOrderRef: 'x'.repeat(200) } };
		const { message } = await failureOf(world.run({ parameters, items: [{ sku: 'none' }] }));
		expect(message).toMatch(/^Order \(x{79}…\): 'SKU ID'/);
	});
});
