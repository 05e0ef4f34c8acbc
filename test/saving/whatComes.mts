import type { Execution } from '../../sandbox/n8nApi.mts';
import type { RealN8n } from '../e2e/realN8n.mts';

export interface SavedNode {
	name: string;
	type: string;
	webhookId?: string;
	parameters: Record<string, unknown>;
}

export interface SavedWorkflow {
	id: string;
	name: string;
	nodes: SavedNode[];
}

/** By node: how many items it gave, and the fields of the first. */
export type WhatComes = Record<string, { items: number; fields: string[] }>;

const shippedTicket = 3000079;

/** Runs all nodes of a workflow once, those after "Run" together, triggers one by one. @throws Error where a run fails */
export async function whatComes({ n8n, server, uphance }: RealN8n, workflow: SavedWorkflow): Promise<WhatComes> {
	const { id, nodes } = workflow;
	const found: WhatComes = {};
	const keep = ({ nodes: ran, status, error }: Execution, wanted: SavedNode[]) => {
		if (status !== 'success') throw new Error(`${workflow.name}: ${error?.message} ${error?.description}`);
		for (const { name } of wanted) {
			const items = ran[name]?.items ?? [];
			found[name] = { items: items.length, fields: Object.keys(items[0]?.json ?? {}).sort() };
		}
	};
	const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-uphance.'));
	if (nodes.some(({ name }) => name === 'Run')) keep(await n8n.runWorkflow(id), own);
	for (const node of own.filter(({ type }) => type.endsWith('PollingTrigger'))) {
		keep(await n8n.runWorkflow(id, node.name), [node]);
	}
	const webhooks = own.filter(({ type }) => type.endsWith('.uphanceTrigger'));
	if (webhooks.length > 0) await n8n.publishWorkflow(id);
	for (const node of webhooks) {
		const { secret } = Object(node.parameters.options);
		const query = secret ? `?secret=${encodeURIComponent(secret)}` : '';
		const url = `${server.url}/webhook/${node.webhookId}/webhook${query}`;
		const before = (await n8n.waitForExecutions(id)).length;
		uphance.addWebhook({ url });
		await uphance.deliver('pick_ticket_update', shippedTicket);
		await uphance.delivered();
		uphance.removeWebhook(url);
		// A polling trigger may start runs of the same workflow meanwhile.
		const started = (await n8n.waitForExecutions(id)).slice(before).filter(({ nodes: ran }) => ran[node.name]);
		if (started.length !== 1) throw new Error(`${node.name} started ${started.length} runs`);
		for (const execution of started) keep(execution, [node]);
	}
	return found;
}
