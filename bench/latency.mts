import { httpRequestNode, uphanceNode } from '../test/e2e/realN8n.mts';
import { documentedLine } from '../test/orders/documentedLine.mts';
import type { Bench } from './bench.mts';
import type { Check } from './checks.mts';
import { getDuration } from './returnAll.mts';
import { measureInTurns } from './samples.mts';
import { buildManualWorkflow } from './workflows.mts';

/** Milliseconds of an answer: about what a server on another continent takes. */
export const latencyMs = 120;

type Node = Parameters<typeof buildManualWorkflow>[1][number];

interface Workload {
	name: string;
	/** How many requests this package may send, with a stored session and a recent registration. */
	requests: number;
	own: Node[];
	/** The same requests by n8n's HTTP Request node. */
	http: Node[];
	items?: object[];
	/** The nodes run once for each item, as in a loop. */
	isLoop?: true;
}

const orderId = (value: string) => ({ __rl: true, mode: 'id', value });

const getUrl = (path: string): Node => ({ ...httpRequestNode({ url: path }), typeVersion: 4.5 });

const postOrder = (url: string, ref: string): Node => ({
	...httpRequestNode({
		url: `${url}/sales_orders`,
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify({
			customerId: 55140,
			purchaseOrderRef: ref,
			line_items: [{ unit_price: 45, line_quantities: [{ sku_id: 640901, quantity: 1 }] }],
		}),
	}),
	typeVersion: 4.5,
});

const createOrder = (ref: string, returnExisting: boolean): Node =>
	uphanceNode({
		operation: 'create',
		customerId: orderId('55140'),
		...documentedLine(1, 45),
		additionalFields: { purchaseOrderRef: ref },
		options: { returnExisting },
	});

/** Returns what most executions do: one webhook, one order. Expressions make each reference another one. */
function getWorkloads(url: string): Workload[] {
	const byRef = getUrl(`=${url}/sales_orders?by_purchase_order_ref={{ $execution.id }}`);
	const ref = (name: string) => `=${name} {{ $execution.id }}`;
	return [
		{
			name: 'Get by ID',
			requests: 1,
			own: [uphanceNode({ operation: 'get', orderId: orderId('9042') })],
			http: [getUrl(`${url}/sales_orders/9042`)],
		},
		{
			name: 'Get by number',
			requests: 1,
			own: [uphanceNode({ operation: 'get', orderId: { __rl: true, mode: 'number', value: '101' } })],
			http: [getUrl(`${url}/sales_orders?by_order_number=101`)],
		},
		{
			name: 'Get Many, 50 oldest',
			requests: 1,
			own: [uphanceNode({ newestFirst: false, simplify: false })],
			http: [getUrl(`${url}/sales_orders`)],
		},
		{
			name: 'Create with Return Existing Order',
			requests: 3,
			own: [createOrder(ref('own'), true)],
			http: [byRef, postOrder(url, 'other'), byRef],
		},
		{ name: 'Create', requests: 1, own: [createOrder(ref('plain'), false)], http: [postOrder(url, 'plain')] },
		{
			name: '20 single Gets in a loop',
			requests: 20,
			own: [uphanceNode({ operation: 'get', orderId: orderId('={{ $json.order }}') })],
			http: [getUrl(`=${url}/sales_orders/{{ $json.order }}`)],
			items: Array.from({ length: 20 }, (_, index) => ({ order: 9042 + 3 * index })),
			isLoop: true,
		},
	];
}

/** The milliseconds of each round, by workload and contestant. */
export type LatencyTimes = Record<string, { own: number[]; http: number[] }>;

/** Measures each workload with a stand-in whose answers take `latencyMs`. */
export async function measureLatency(bench: Bench, rounds: number): Promise<LatencyTimes> {
	const { standIn, n8n, print } = bench;
	print(`Single requests with ${latencyMs} ms an answer, ${rounds} rounds after a warm-up round.`);
	await standIn.setOrders(250);
	await standIn.setLatency(latencyMs);
	const times: LatencyTimes = {};
	for (const workload of getWorkloads(standIn.url)) {
		const { own = [], http = [] } = await measureInTurns(
			{ own: await runner(bench, workload, workload.own), http: await runner(bench, workload, workload.http) },
			rounds,
		);
		times[workload.name] = { own, http };
	}
	await standIn.setLatency(0);
	return times;

	async function runner({ credential }: Bench, { items, isLoop }: Workload, nodes: Node[]) {
		const workflow = buildManualWorkflow(credential, nodes, items);
		const id = await n8n.api.createWorkflow(isLoop ? inLoop(workflow) : workflow);
		return async () => getDuration(await n8n.run(id));
	}
}

/** Counts the requests of each workload: one registration may come with the first write. */
export async function checkSingleRequests({ standIn, n8n, credential, print }: Bench): Promise<Check[]> {
	print('Counting the requests of single operations.');
	await standIn.setOrders(250);
	const checks: Check[] = [];
	for (const { name, requests, own, items, isLoop } of getWorkloads(standIn.url)) {
		const workflow = buildManualWorkflow(credential, own, items);
		const id = await n8n.api.createWorkflow(isLoop ? inLoop(workflow) : workflow);
		await n8n.run(id);
		await standIn.clearLog();
		await n8n.run(id);
		checks.push({ name: `requests of ${name}`, expected: requests, actual: (await standIn.getRequests()).length });
	}
	return checks;
}

/** Puts the nodes of a workflow into n8n's Loop Over Items, one item a turn. */
function inLoop(workflow: ReturnType<typeof buildManualWorkflow>) {
	const loop = {
		id: 'loop',
		name: 'Loop',
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		position: [0, 200],
		parameters: { options: {} },
	};
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	return {
		...workflow,
		nodes: [...workflow.nodes, loop],
		connections: { Run: { main: [to('Loop')] }, Loop: { main: [[], to('Node 1')] }, 'Node 1': { main: [to('Loop')] } },
	};
}
