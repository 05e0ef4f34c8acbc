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
import { useWorld } from '../world.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { skuField } from '../skus/skuField.mts';

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
	test('the next node gets what happened, the advice and the reference', async () => {
		injectFault({ kind: 'status', status: 500, skip: 1 });
		const received = await nextNodeGets(order, two, onError);
		expect(received.at(-1)?.error).toBe(
			"Uphance answered with status 500, so the sales order may have been created. Look for purchase order ref 'PO-77' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first.",
		);
	});

	test('the next node gets the advice for what cannot be sent', async () => {
		const bad = {
			...order,
			lineItems: { lineItem: [{ sku: skuField('sku_id', '640901'), quantity: 1, unit_price: '4,50' }] },
		};
		const received = await nextNodeGets(bad, two.slice(1), onError);
		expect(received.at(-1)?.error).toBe("'Unit Price' in line item 1 is not a number: '4,50'. Use a dot: 4.50.");
	});

	test('a text in the message that n8n takes for a code is not replaced', async () => {
		const received = await nextNodeGets(order, [{ sku: 'ENOENT-7', ref: 'PO-1' }], onError);
		expect(received.at(-1)?.error).toMatch(/^'SKU ID' in line item 1 is not a number: 'ENOENT-7'\. /);
	});

	test('a failed first item does not run the good ones again under Retry On Fail', async () => {
		const once = { ...order, options: { returnExisting: true } };
		await nextNodeGets(once, [{ sku: 'none', ref: 'PO-1' }, ...two.slice(1)], onError, true);
		expect(world.asked('/sales_orders').filter((request) => request.startsWith('POST'))).toHaveLength(1);
	});
});

describe('Each failed item has an error of its own, with its own index', () => {
	const items = [{}, {}, {}];
	const base = { ...order, ...documentedLine(1), additionalFields: {} };

	test.each([
		['opening the client failed once for all', 'Uphance did not accept the email or password'],
		['each request failed', 'Uphance refused the sales order'],
		['the values cannot be sent', "'SKU ID' in line item 1 is not a number"],
	])('when %s', async (what, message) => {
		const credential = what.startsWith('opening') ? world.another({ password: 'wrong' }) : world.credential;
		if (what.startsWith('each')) injectFault({ kind: 'status', status: 422, times: 9 });
		const parameters = what.startsWith('the')
			? { ...order, lineItems: { lineItem: [{ sku: skuField('sku_id', 'x'), quantity: 1 }] }, additionalFields: {} }
			: base;
		const ran = await world.run({ parameters, items, continueOnFail: true, credential });
		const errors = ran.items.map(({ error }) => error);
		expect(new Set(errors).size).toBe(3);
		expect(errors.map((error) => error?.context.itemIndex)).toEqual([0, 1, 2]);
		expect(ran.items.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual(
			items.map((_, item) => ({ json: {}, pairedItem: { item } })),
		);
		for (const error of errors) {
			expect(error?.message).toContain(message);
			expect(error?.description).not.toBe('');
			expect(error?.message).toContain(error?.description);
		}
	});

	test('and it holds nothing secret', async () => {
		injectFault({ kind: 'status', status: 422, times: 9, body: { error: world.uphance.secrets().join(' ') } });
		const ran = await world.run({ parameters: base, items, continueOnFail: true });
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
	expect(message).toBe('Uphance answered with status 500, so the sales order may have been created');
	expect(description).toContain("Look for purchase order ref 'PO-1'");
	expect(itemIndex).toBe(0);
});
