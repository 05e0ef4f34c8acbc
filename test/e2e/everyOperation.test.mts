import { readFileSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readExample } from '../../sandbox/examples.mts';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import { everyOperation } from '../everyOperation.mts';
import type { RealN8n } from './realN8n.mts';
import { startRealN8n } from './realN8n.mts';

let real: RealN8n;
let credential: string;

beforeAll(async () => {
	real = await startRealN8n({ orders: 250 });
	credential = await real.n8n.createCredential('Uphance', { ...demo, organisationId: '', apiUrl: real.uphance.url });
}, 600_000);

afterAll(async () => await real?.stop());

const uphance = () => ({ uphanceApi: { id: credential, name: 'Uphance' } });
const run = {
	id: 'run',
	name: 'Run',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const nodes = () =>
	everyOperation.map(({ resource, operation, parameters }, index) => ({
		id: `node-${index}`,
		name: `${resource} ${operation}`,
		type: 'n8n-nodes-uphance.uphance',
		typeVersion: 1,
		position: [240, index * 100],
		parameters,
		credentials: uphance(),
		onError: 'continueRegularOutput',
	}));

let workflow: string;

async function runEveryOperation() {
	const execution = await real.n8n.runWorkflow(workflow);
	expect(execution.status).toBe('success');
	const outcomes = nodes().map(({ name }) => {
		const items = execution.nodes[name]?.items ?? [];
		const failed = items.find((item) => item.error ?? item.json.error);
		return { name, items: items.length > 0, failed: failed && JSON.stringify(failed).slice(0, 300) };
	});
	return { outcomes, stored: execution.stored };
}

const secrets = () => [demo.password, ...real.uphance.secrets()];

describe('one workflow with every operation', () => {
	beforeAll(async () => {
		const connections = { Run: { main: [nodes().map(({ name }) => ({ node: name, type: 'main', index: 0 }))] } };
		const named = { name: 'Every operation', nodes: [run, ...nodes()], connections, settings: {} };
		workflow = await real.n8n.createWorkflow(named);
	});

	test('runs', async () => {
		const { outcomes } = await runEveryOperation();
		expect(outcomes).toEqual(nodes().map(({ name }) => ({ name, items: true, failed: undefined })));
		expect(outcomes.length).toBeGreaterThan(30);
	});

	/** How many operations fail at least when it spoils the request of each, once; the others, such as all reads, retry. */
	const faults: Array<Omit<Fault, 'path'> & { name: string; failing: number }> = [
		{ name: 'an ended session', kind: 'expireFirst', failing: 0 },
		{ name: '429', kind: 'status', status: 429, failing: 0 },
		{ name: '422 that repeats a secret', kind: 'status', status: 422, body: { error: demo.password }, failing: 25 },
		{ name: '500 with HTML', kind: 'html', status: 500, failing: 4 },
		{ name: 'JSON that breaks off', kind: 'malformed', failing: 4 },
		{ name: 'a redirect to another host', kind: 'redirect', failing: 25 },
	];

	test.each(faults)('says what to do, and leaks nothing, under $name', async ({ name, failing, ...fault }) => {
		real.uphance.clearLog();
		await runEveryOperation();
		const asked = real.uphance.log().filter(({ path }) => !/^\/(oauth\/token|organisations)/.test(path));
		const requests = new Map(asked.map(({ method, path }) => [`${method} ${path}`, { method, path }]));
		for (const request of requests.values()) real.uphance.fault({ ...fault, ...request });
		const { outcomes, stored } = await runEveryOperation();
		real.uphance.clearFaults();
		const failed = outcomes.filter((outcome) => outcome.failed);
		expect({ name, failed: failed.length >= failing }).toEqual({ name, failed: true });
		if (failing === 0) expect(failed).toEqual([]);
		for (const { failed: said } of failed) expect(said).toContain('Uphance');
		expect(secrets().filter((secret) => stored.includes(secret))).toEqual([]);
	});

	test('leaves nothing secret in the database, the log, nor what the browser gets', async () => {
		await real.n8n.runWorkflow(workflow);
		const found = files(real.home.folder).flatMap((file) => {
			const content = readFileSync(file);
			return secrets().some((secret) => content.includes(secret)) ? [file] : [];
		});
		expect(files(real.home.folder).some((file) => file.endsWith('database.sqlite'))).toBe(true);
		expect(files(real.home.folder)).toContain(real.home.log);
		expect(found).toEqual([]);
		const shown = JSON.stringify(await real.n8n.readCredential(credential));
		expect(secrets().filter((secret) => shown.includes(secret))).toEqual([]);
		expect(secrets().length).toBeGreaterThan(4);
	});
});

/** All files of n8n, but not the package's own. */
const files = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter(
			(entry) => entry.isFile() && !entry.parentPath.includes('node_modules') && !entry.parentPath.includes('.cache'),
		)
		.map(({ parentPath, name }) => join(parentPath, name));

interface Asked {
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
	messages: Array<{ role: string; content: unknown }>;
}

/** Plays the language model behind an agent: it calls each tool it is offered, then repeats what the tools said. */
async function startModel(args: object, asked: Asked[]): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (part) => (text += String(part)));
		request.on('end', () => {
			const question: Asked = JSON.parse(text);
			asked.push(question);
			const told = question.messages.filter(({ role }) => role === 'tool');
			const next = question.tools?.[told.length]?.function.name;
			const call = {
				id: `call_${told.length}`,
				type: 'function',
				function: { name: next, arguments: JSON.stringify(args) },
			};
			const message = next
				? { role: 'assistant', content: null, tool_calls: [call] }
				: { role: 'assistant', content: `They say: ${told.map(({ content }) => String(content)).join(' ')}` };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'answer',
					object: 'chat.completion',
					created: 1,
					model: 'stub',
					choices: [{ index: 0, message, finish_reason: next ? 'tool_calls' : 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

test('the example "Where is order 1234?" answers with read operations only; a stub plays the language model', async () => {
	const asked: Asked[] = [];
	const model = await startModel({ order_number: '101' }, asked);
	try {
		const openAi = await real.n8n.createCredential('Model', { apiKey: 'stub', url: model.url }, 'openAiApi');
		const workflow: { nodes: Array<{ name: string; type: string; parameters: { operation?: string } }> } = JSON.parse(
			readExample('where-is-my-order.json', credential),
		);
		const tools = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-uphance.uphanceTool');
		expect(tools.map(({ parameters }) => parameters.operation)).toEqual(['get', 'getAll']);
		const nodes = workflow.nodes.map((node) =>
			node.name === 'Model' ? { ...node, credentials: { openAiApi: { id: openAi, name: 'Model' } } } : node,
		);
		real.uphance.clearLog();
		const ran = await real.n8n.runWorkflow(await real.n8n.createWorkflow({ ...workflow, nodes }));
		expect({ status: ran.status, error: ran.error?.message }).toEqual({ status: 'success', error: undefined });
		const answer = JSON.stringify(ran.nodes.Agent?.items);
		for (const told of ['Barneys', '9005', 'shipment_number', 'tracking_number']) expect(answer).toContain(told);
		expect(asked[0]?.tools?.map(({ function: { name } }) => name).sort()).toEqual([
			'Find_a_sales_order',
			'List_its_pick_tickets',
		]);
		expect(JSON.stringify(asked[0]?.tools)).toContain('The number of the sales order that people see');
		expect(asked.length).toBe(3);
	} finally {
		model.server.closeAllConnections();
		model.server.close();
	}
});

test('as a tool with Preview Only, an agent proposes an order, and nothing is created', async () => {
	const asked: Asked[] = [];
	const model = await startModel({ ref: 'PO-AGENT' }, asked);
	try {
		const openAi = await real.n8n.createCredential('Model', { apiKey: 'stub', url: model.url }, 'openAiApi');
		const example: { nodes: Array<{ name: string; type: string }>; connections: Record<string, unknown> } = JSON.parse(
			readExample('where-is-my-order.json', credential),
		);
		const parameters = {
			resource: 'order',
			operation: 'create',
			customerId: { __rl: true, mode: 'id', value: '55140' },
			lineItemsSource: 'json',
			lineItemsJson: '[{"sku_id": 640901, "quantity": 2}]',
			additionalFields: { purchaseOrderRef: "={{ $fromAI('ref', 'The reference of the order', 'string') }}" },
			options: { preview: true },
		};
		const [tool] = example.nodes.filter(({ type }) => type === 'n8n-nodes-uphance.uphanceTool');
		const nodes = example.nodes.flatMap((node) => {
			if (node.name === 'Model') return [{ ...node, credentials: { openAiApi: { id: openAi, name: 'Model' } } }];
			if (node.type !== 'n8n-nodes-uphance.uphanceTool') return [node];
			return node === tool ? [{ ...node, parameters }] : [];
		});
		const connections = Object.fromEntries(
			Object.entries(example.connections).filter(([from]) => nodes.some(({ name }) => name === from)),
		);
		const before = real.uphance.created().length;
		const ran = await real.n8n.runWorkflow(await real.n8n.createWorkflow({ ...example, nodes, connections }));
		expect({ status: ran.status, error: ran.error?.message }).toEqual({ status: 'success', error: undefined });
		const answer = JSON.stringify(ran.nodes.Agent?.items).replaceAll('\\', '');
		expect(answer).toContain('"preview":true,"requests":[{"method":"POST","path":"/sales_orders","body":{');
		expect(answer).toContain('"purchaseOrderRef":"PO-AGENT"');
		expect(real.uphance.created()).toHaveLength(before);
	} finally {
		model.server.closeAllConnections();
		model.server.close();
	}
});
