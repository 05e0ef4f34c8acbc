import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { checkActivation } from './triggers/webhook/activation';
import { knownEvents } from './triggers/webhook/events';
import { fields } from './triggers/webhook/fields';
import { handleWebhook } from './triggers/webhook/handleWebhook';

/**
 * How to set up the webhook in Uphance. It stands in the parameters, where n8n shows it whatever is filled in. n8n's notices
 * know lists, and drop line breaks.
 */
const steps = [
	'1. Click Publish.',
	'2. Open Webhook URLs above, choose Production URL and click it: this copies it.',
	'3. In Uphance, open Apps > Uphance API > New Webhook and paste it.',
	"If you set 'Secret' below, add ?secret=YOUR-SECRET to the URL in Uphance.",
];
const stepList = `<ul>${steps.map((step) => `<li>${step} </li>`).join('')}</ul>`;

/** What the text below the node on the canvas calls each event. */
const eventNames = JSON.stringify(Object.fromEntries(knownEvents.map(({ name, value }) => [String(value), name])));

/** The trigger that Uphance calls. Users set up the webhook in Uphance by hand. */
export class UphanceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Uphance Trigger',
		name: 'uphanceTrigger',
		icon: { light: 'file:uphance.svg', dark: 'file:uphance.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ [].concat($parameter["events"], $parameter["otherEvents"] || []).map((event) => (${eventNames})[event] || event).join(", ") }}`,
		// n8n's list of nodes shows this text for the action node too, so it speaks of both.
		description: 'Actions; starts at once on shipments, invoices, products',
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
				inactive:
					"When somebody changes a record in Uphance, as soon as you have followed the steps beside this panel. <br>To try it before: click 'Execute step', paste the Test URL in Uphance as a webhook, and change a record there within two minutes.",
				active:
					'Uphance calls the Production URL. You find the executions in the <a data-key="executions">executions list</a>.',
			},
			activationHint: 'Uphance starts this workflow when you have followed the steps beside this panel.',
		},
		properties: [{ displayName: stepList, name: 'steps', type: 'notice', default: '' }, ...fields],
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
