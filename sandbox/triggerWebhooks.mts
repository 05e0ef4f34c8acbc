import type { N8nApi } from './n8nApi.mts';
import type { Webhook } from './uphance/webhooks.mts';

interface StoredWorkflow {
	active: boolean;
	nodes: Array<{
		type: string;
		webhookId?: string;
		disabled?: boolean;
		parameters: { options?: { secret?: unknown } };
	}>;
}

/**
 * Returns the webhooks of all Uphance Triggers in an n8n, so that nobody has to paste them: the Production URL of published
 * workflows, and the Test URL of all, which works while somebody listens for a test event.
 */
export async function findTriggerWebhooks(n8n: N8nApi): Promise<Webhook[]> {
	const ids = await n8n.listWorkflows();
	const workflows = await Promise.all(ids.map(async (id) => await n8n.readWorkflow<StoredWorkflow>(id)));
	return workflows.flatMap(({ active, nodes }) =>
		nodes
			.filter(({ type, webhookId, disabled }) => type === 'n8n-nodes-uphance.uphanceTrigger' && webhookId && !disabled)
			.flatMap(({ webhookId, parameters }) => {
				const { secret } = parameters.options ?? {};
				// The value of an expression is not known here.
				const query =
					typeof secret === 'string' && !/^=|^$/.test(secret) ? `?secret=${encodeURIComponent(secret)}` : '';
				const url = (folder: string) => `${n8n.url}/${folder}/${webhookId}/webhook${query}`;
				return [...(active ? [{ url: url('webhook') }] : []), { url: url('webhook-test'), isTest: true }];
			}),
	);
}
