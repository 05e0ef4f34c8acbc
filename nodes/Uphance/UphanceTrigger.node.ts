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
		properties: [{ displayName: steps, name: 'steps', type: 'notice', default: '' }, ...fields],
	};

	/** These only check the settings, because no request is known that sets up a webhook in Uphance (docs/api.md). */
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
