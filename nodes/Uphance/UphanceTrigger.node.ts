import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { checkActivation } from './triggers/webhook/activation';
import { fields } from './triggers/webhook/fields';
import { handleWebhook } from './triggers/webhook/handleWebhook';

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
		properties: [{ displayName: steps, name: 'steps', type: 'notice', default: '' }, ...fields],
	};

	/** Users set up webhooks in Uphance by hand: it has no request for it (docs/uphance.openapi.yaml: webhooks). */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false; // so that n8n calls `create`
			},
			async create(this: IHookFunctions): Promise<boolean> {
				checkActivation(this);
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
