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
	"1. Publish the workflow. <br>2. Copy the Production URL above. <br>3. In Uphance: Apps > Uphance API > New Webhook, paste it. <br>With 'Secret' set, add ?secret=YOUR-SECRET to the URL you paste.";

export class UphanceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance Trigger',
		name: 'uphanceTrigger',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["events"], $parameter["otherEvents"] || []).join(", ") }}',
		description: 'Starts the workflow when something happens in Uphance, which calls n8n at once',
		eventTriggerDescription:
			'Waiting for Uphance to call the Test URL. Paste it at Apps > Uphance API > New Webhook in Uphance; it serves for two minutes.',
		activationMessage:
			'Now paste the Production URL in Uphance, if you have not yet: Apps > Uphance API > New Webhook. Uphance calls https addresses only.',
		defaults: { name: 'Uphance Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'uphanceApi', required: true, displayOptions: { show: { fetchRecord: [true] } } }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		triggerPanel: {
			header: 'Let Uphance call n8n',
			executionsHelp: {
				inactive: `${steps} To try it first, click 'Listen for test event', paste the Test URL in Uphance and change something there.`,
				active: `Uphance calls the Production URL, and the executions are in the <a data-key="executions">executions list</a>. ${steps}`,
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
				description: 'What starts the workflow; other events are answered and start nothing',
			},
			{
				displayName: 'Other Events',
				name: 'otherEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. sales_order_create, customer_update',
				description: 'Names of further events, separated by commas. Uphance shows its own list as a picture only.',
			},
			{
				displayName: 'Verify With Uphance',
				name: 'fetchRecord',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether to fetch the record by its ID and emit that, so that nobody who knows the address can make up records. If Uphance cannot be asked, it delivers the event again.',
			},
			collection('Options', 'options', 'option', [
				{
					displayName: 'Ignore Duplicates',
					name: 'ignoreDuplicates',
					type: 'boolean',
					default: true,
					description:
						'Whether an event that Uphance delivers again starts nothing the second time. This n8n process remembers them until it restarts; the Remove Duplicates node is the strict way.',
				},
				statusField,
				{
					displayName: 'Secret',
					name: 'secret',
					type: 'string',
					typeOptions: { password: true },
					default: '',
					description: 'What must follow ?secret= in the address that Uphance calls. It is stored in the workflow.',
				},
			]),
		],
	};

	/** Webhooks are set up in Uphance by hand: it offers no request that does it (uphance-api.md 5.1). */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false; // so that `create` may warn
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const url = this.getNodeWebhookUrl('default') ?? '';
				if (!/^https:/.test(url) || /^https:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|$)/.test(url)) {
					this.logger.warn(
						`Uphance can never call n8n at ${url.split('/').slice(0, 3).join('/')}: it calls https addresses only, from outside. Set WEBHOOK_URL.`,
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
