import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

test('one workflow touches every operation once', async () => {
	const nodes = everyOperation.map(({ resource, operation, parameters }, index) => ({
		id: `node-${index}`,
		name: `${resource} ${operation}`,
		type: 'n8n-nodes-uphance.uphance',
		typeVersion: 1,
		position: [240, index * 100],
		parameters,
		credentials: uphance(),
		onError: 'continueRegularOutput',
	}));
	const connections = { Run: { main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] } };
	const workflow = { name: 'Every operation', nodes: [run, ...nodes], connections, settings: {} };
	const execution = await real.n8n.runWorkflow(await real.n8n.createWorkflow(workflow));
	expect(execution.status).toBe('success');
	const outcomes = nodes.map(({ name }) => {
		const items = execution.nodes[name]?.items ?? [];
		const failed = items.find((item) => item.error ?? item.json.error);
		return { name, items: items.length > 0, failed: failed && JSON.stringify(failed).slice(0, 300) };
	});
	expect(outcomes).toEqual(nodes.map(({ name }) => ({ name, items: true, failed: undefined })));
	expect(nodes.length).toBeGreaterThan(30);
});

interface Asked {
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
	messages: Array<{ role: string; content: unknown }>;
}

/** Plays the language model behind an agent: it calls the first tool it is offered, then repeats what the tool said. */
async function startModel(args: object, asked: Asked[]): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (part) => (text += String(part)));
		request.on('end', () => {
			const question: Asked = JSON.parse(text);
			asked.push(question);
			const name = question.tools?.[0]?.function.name ?? '';
			const told = question.messages.find(({ role }) => role === 'tool');
			const call = { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(args) } };
			const message = told
				? { role: 'assistant', content: `It says: ${String(told.content)}` }
				: { role: 'assistant', content: null, tool_calls: [call] };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'answer',
					object: 'chat.completion',
					created: 1,
					model: 'stub',
					choices: [{ index: 0, message, finish_reason: told ? 'stop' : 'tool_calls' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

test('an AI agent answers "Where is order 101?" with the node as its tool; a stub plays the language model', async () => {
	const asked: Asked[] = [];
	const model = await startModel({ order_number: '101' }, asked);
	try {
		const openAi = await real.n8n.createCredential('Model', { apiKey: 'stub', url: model.url }, 'openAiApi');
		const orderId = {
			__rl: true,
			mode: 'number',
			value: "={{ $fromAI('order_number', 'The number people see, such as 1234, not the ID', 'string') }}",
		};
		const workflow = {
			name: 'Agent',
			nodes: [
				run,
				{
					id: 'agent',
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 2,
					position: [240, 0],
					parameters: { promptType: 'define', text: 'Where is order 101?', options: {} },
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					position: [200, 200],
					parameters: { model: { __rl: true, mode: 'id', value: 'stub' }, options: {} },
					credentials: { openAiApi: { id: openAi, name: 'Model' } },
				},
				{
					id: 'tool',
					name: 'Get a sales order',
					type: 'n8n-nodes-uphance.uphanceTool',
					typeVersion: 1,
					position: [400, 200],
					parameters: {
						resource: 'order',
						operation: 'get',
						orderId,
						simplify: true,
						options: { ifNotFound: 'emptyItem' },
					},
					credentials: uphance(),
				},
			],
			connections: {
				Run: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				'Get a sales order': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			settings: {},
		};
		const { status, nodes, error } = await real.n8n.runWorkflow(await real.n8n.createWorkflow(workflow));
		expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
		const answer = JSON.stringify(nodes.Agent?.items);
		expect(answer).toContain('Barneys');
		expect(answer).toContain('9005');
		expect(JSON.stringify(asked[0]?.tools)).toContain('The number people see');
	} finally {
		model.server.closeAllConnections();
		model.server.close();
	}
});
