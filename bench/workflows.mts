import { everyTenSeconds, httpRequestNode, uphanceNode } from '../test/e2e/realN8n.mts';
import { everyPage, splitOut } from '../test/e2e/withoutTheNode.mts';

interface Settings {
	type: string;
	typeVersion: number;
	parameters: object;
}

/** What a run must not spend time or memory on: the execution is stored by nobody. */
const settings = {
	executionOrder: 'v1',
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveExecutionProgress: false,
};

/** The version of n8n's HTTP Request node that a new workflow gets. */
const newest = { typeVersion: 4.5 };

/** Those that bring every sales order; the names are those of the tables. */
export const everyOrder = (url: string): Record<string, Settings[]> => ({
	'Uphance, raw': [uphanceNode({ returnAll: true, simplify: false })],
	'Uphance, Simplify': [uphanceNode({ returnAll: true })],
	'HTTP Request': [{ ...everyPage('', `${url}/sales_orders`), ...newest }],
	'HTTP Request and Split Out': [{ ...everyPage('', `${url}/sales_orders`), ...newest }, splitOut('', 'sales_orders')],
	'least node': [{ type: 'n8n-nodes-least.least', typeVersion: 1, parameters: {} }],
});

/** Those that bring one sales order for each item. */
export const orderById = (url: string): Record<string, Settings[]> => ({
	'Uphance, raw': [uphanceNode({ operation: 'get', orderId: { __rl: true, mode: 'id', value: '={{ $json.order }}' } })],
	'HTTP Request': [
		{
			...httpRequestNode({
				url: `=${url}/sales_orders/{{ $json.order }}`,
				options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
			}),
			...newest,
		},
	],
});

/** Those that take webhooks; n8n's own with an expression, because without one it has a short cut of its own. */
export const onWebhook = (webhookId: string): Record<string, Settings & { webhookId: string }> => ({
	'Uphance Trigger': {
		type: 'n8n-nodes-uphance.uphanceTrigger',
		typeVersion: 1,
		webhookId,
		parameters: { events: ['*'] },
	},
	Webhook: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId,
		parameters: { httpMethod: 'POST', path: webhookId, options: { responseData: "={{ 'OK' }}" } },
	},
});

export const pollEveryTenSeconds = {
	type: 'n8n-nodes-uphance.uphancePollingTrigger',
	typeVersion: 1,
	parameters: {
		triggerOn: 'order',
		pollTimes: everyTenSeconds,
	},
};

/** Nodes one after another behind a manual trigger named "Run", which gives them the items. */
export const afterRun = (credential: string, nodes: Settings[], items: object[] = [{}]) => ({
	...inARow(credential, [
		{ name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		...nodes.map((node, index) => ({ ...node, name: `Node ${index + 1}` })),
	]),
	pinData: { Run: items.map((json) => ({ json })) },
});

/** The same, with executions stored, as n8n does unless told otherwise. */
export const storedAfterRun = (credential: string, nodes: Settings[]): object => ({
	...afterRun(credential, nodes),
	settings: { executionOrder: 'v1' },
});

/** A trigger of its own, and a node that does nothing. */
export const startedBy = (credential: string, trigger: Settings): object =>
	inARow(credential, [
		{ ...trigger, name: 'Trigger' },
		{ name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);

const inARow = (credential: string, nodes: Array<Settings & { name: string }>) => ({
	name: `Benchmark ${nodes.map(({ type }) => type).join(', ')}`,
	nodes: nodes.map((node, index) => ({
		id: `node-${index}`,
		position: [index * 220, 0],
		...(isSignedIn(node) && { credentials: { uphanceApi: { id: credential, name: 'Uphance' } } }),
		...node,
	})),
	connections: Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }]),
	),
	settings,
});

const isSignedIn = ({ type }: Settings): boolean => /uphance|httpRequest|least/.test(type);
