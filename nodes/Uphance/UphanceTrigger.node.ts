import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { collection } from './parameters/fields';
import { knownEvents } from './triggers/webhook/events';
import { handleWebhook } from './triggers/webhook/handleWebhook';
import { statusField } from './triggers/status';

const steps =
	"1. Publish the workflow. <br>2. Copy the Production URL above. <br>3. In Uphance, open Apps > Uphance API > New Webhook and paste it. <br>If you set 'Secret', add ?secret=YOUR-SECRET to the URL.";

/** The trigger that Uphance calls. Users set up the webhook in Uphance by hand. */
export class UphanceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance Trigger',
		name: 'uphanceTrigger',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["events"], $parameter["otherEvents"] || []).join(", ") }}',
		description: 'Starts the workflow as soon as Uphance sends an event to n8n',
		eventTriggerDescription:
			'Waiting for Uphance to call the Test URL. In Uphance, open Apps > Uphance API > New Webhook and paste it. It works for two minutes.',
		activationMessage:
			'If you have not done it yet, paste the Production URL in Uphance: Apps > Uphance API > New Webhook. Uphance calls only https URLs.',
		defaults: { name: 'Uphance Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'uphanceApi', required: true, displayOptions: { show: { fetchRecord: [true] } } }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		triggerPanel: {
			header: 'Let Uphance call n8n',
			executionsHelp: {
				inactive: `${steps} To try it first, click 'Listen for test event', paste the Test URL in Uphance and change a record there.`,
				active: `Uphance calls the Production URL. You find the executions in the <a data-key="executions">executions list</a>. ${steps}`,
			},
			activationHint: `Publish the workflow, then paste the Production URL in Uphance: Apps > Uphance API > New Webhook.`,
		},
		properties: [
			{ displayName: steps, name: 'steps', type: 'notice', default: '' },
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: knownEvents,
				default: [],
				description: 'Events that start the workflow. Other events are accepted and ignored.',
			},
			{
				displayName: 'Other Events',
				name: 'otherEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. sales_order_create, customer_update',
				description: 'Names of other events, separated by commas. Uphance shows its list of events only as a picture.',
			},
			{
				displayName: 'Verify With Uphance',
				name: 'fetchRecord',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether to fetch the record from Uphance by its ID and return that one, so that nobody can send you invented records. If the node cannot reach Uphance, Uphance delivers the event again.',
			},
			collection('Options', 'options', 'option', [
				{
					displayName: 'Ignore Duplicates',
					name: 'ignoreDuplicates',
					type: 'boolean',
					default: true,
					description:
						'Whether to ignore an event that Uphance delivers again. The n8n process remembers events only until it restarts. For a strict check, use the Remove Duplicates node.',
				},
				statusField,
				{
					displayName: 'Secret',
					name: 'secret',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'Text that must follow ?secret= in the URL that Uphance calls. It is stored in the workflow.',
				},
			]),
		],
	};

	/** These do nothing but warn, because no request is known that sets up a webhook in Uphance (docs/api.md). */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false; // so that n8n calls `create`, which warns
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const url = this.getNodeWebhookUrl('default') ?? '';
				if (!/^https:/.test(url) || /^https:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|$)/.test(url)) {
					this.logger.warn(
						`Uphance cannot call n8n at ${url.split('/').slice(0, 3).join('/')}: it calls only public https URLs. Set WEBHOOK_URL.`,
					);
				}
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await handleWebhook(this);
	}
}
