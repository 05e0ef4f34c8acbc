import { everyTenSeconds, httpRequestNode, uphanceNode } from '../test/e2e/realN8n.mts';
import { everyPage, splitOut } from '../test/e2e/withoutTheNode.mts';

interface NodeSettings {
	type: string;
	typeVersion: number;
	parameters: object;
}

/** Executions are not stored, so that a run spends no time and memory on it. */
const workflowSettings = {
	executionOrder: 'v1',
	saveManualExecutions: false,
	saveDataSuccessExecution: 'none',
	saveDataErrorExecution: 'none',
	saveExecutionProgress: false,
};

/** The version of n8n's HTTP Request node that a new workflow gets. */
const newestVersion = { typeVersion: 4.5 };

/** Returns the nodes of each contestant that reads every sales order. The names appear in docs/benchmarks.md. */
export const getReturnAllContestants = (url: string): Record<string, NodeSettings[]> => ({
	'Uphance, raw': [uphanceNode({ returnAll: true, simplify: false })],
	'Uphance, Simplify': [uphanceNode({ returnAll: true })],
	'HTTP Request': [{ ...everyPage('', `${url}/sales_orders`), ...newestVersion }],
	'HTTP Request and Split Out': [
		{ ...everyPage('', `${url}/sales_orders`), ...newestVersion },
		splitOut('', 'sales_orders'),
	],
	'least node': [{ type: 'n8n-nodes-least.least', typeVersion: 1, parameters: {} }],
});

/** Returns the nodes of each contestant that gets one sales order per item. */
export const getByIdContestants = (url: string): Record<string, NodeSettings[]> => ({
	'Uphance, raw': [uphanceNode({ operation: 'get', orderId: { __rl: true, mode: 'id', value: '={{ $json.order }}' } })],
	'HTTP Request': [
		{
			...httpRequestNode({
				url: `=${url}/sales_orders/{{ $json.order }}`,
				options: { batching: { batch: { batchSize: 1, batchInterval: 0 } } },
			}),
			...newestVersion,
		},
	],
});

/**
 * Returns the trigger of each contestant that receives webhooks. n8n's Webhook node has an expression: without one n8n
 * uses a shortcut.
 */
export const getWebhookContestants = (webhookId: string): Record<string, NodeSettings & { webhookId: string }> => ({
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

export const pollingTrigger = {
	type: 'n8n-nodes-uphance.uphancePollingTrigger',
	typeVersion: 1,
	parameters: {
		triggerOn: 'order',
		pollTimes: everyTenSeconds,
	},
};

/** Returns a workflow with a manual trigger named "Run", which emits the items, and the nodes in a chain. */
export const buildManualWorkflow = (credential: string, nodes: NodeSettings[], items: object[] = [{}]) => ({
	...chainNodes(credential, [
		{ name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		...nodes.map((node, index) => ({ ...node, name: `Node ${index + 1}` })),
	]),
	pinData: { Run: items.map((json) => ({ json })) },
});

/** Like buildManualWorkflow(), but n8n stores the executions, as it does by default. */
export const buildStoredWorkflow = (credential: string, nodes: NodeSettings[]): object => ({
	...buildManualWorkflow(credential, nodes),
	settings: { executionOrder: 'v1' },
});

/** Returns a workflow with the trigger and a node that does nothing. */
export const buildTriggeredWorkflow = (credential: string, trigger: NodeSettings): object =>
	chainNodes(credential, [
		{ ...trigger, name: 'Trigger' },
		{ name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);

const chainNodes = (credential: string, nodes: Array<NodeSettings & { name: string }>) => ({
	name: `Benchmark ${nodes.map(({ type }) => type).join(', ')}`,
	nodes: nodes.map((node, index) => ({
		id: `node-${index}`,
		position: [index * 220, 0],
		...(needsCredential(node) && { credentials: { uphanceApi: { id: credential, name: 'Uphance' } } }),
		...node,
	})),
	connections: Object.fromEntries(
		nodes
			.slice(0, -1)
			.map(({ name }, index) => [name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }]),
	),
	settings: workflowSettings,
});

const needsCredential = ({ type }: NodeSettings): boolean => /uphance|httpRequest|least/.test(type);
