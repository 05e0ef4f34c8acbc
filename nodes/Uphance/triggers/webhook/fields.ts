import type { INodeProperties } from 'n8n-workflow';
import { collection } from '../../parameters/fields';
import { statusField } from '../status';
import { knownEvents } from './events';

const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: knownEvents,
	default: [],
	description: 'Events that start the workflow. Other events are accepted and ignored.',
};

/** What people look for in vain in the menu of events (docs/uphance.openapi.yaml: webhooks). */
const withoutWebhook =
	'No webhook is known for sales orders, payments, returns, customers and production orders. For these, use the Uphance Polling Trigger.';

/**
 * The parameters of the trigger. Events is there twice, so that it is required only while Other Events is empty: n8n runs
 * no node with an empty required field.
 */
export const fields: INodeProperties[] = [
	{ ...eventsField, required: true, displayOptions: { show: { otherEvents: [''] } } },
	{ ...eventsField, displayOptions: { hide: { otherEvents: [''] } } },
	{
		displayName: withoutWebhook,
		name: 'withoutWebhook',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: 'e.g. invoice_create, product_update',
		description:
			"Names of events that are missing above, separated by commas. Write them as the window 'New Webhook' of Uphance does.",
	},
	{
		displayName: 'Verify With Uphance',
		name: 'fetchRecord',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			"Whether to fetch the record from Uphance by its ID and return that one, so that invented records cannot start the workflow. A deletion starts the workflow if Uphance has no such record: set 'Secret' against invented ones. If the node cannot reach Uphance, Uphance delivers the event again.",
	},
	collection('Options', 'options', 'option', [
		{
			displayName: 'Ignore Duplicates',
			name: 'ignoreDuplicates',
			type: 'boolean',
			default: true,
			description:
				'Whether to ignore an event that Uphance delivers again. The n8n process remembers up to 20,000 events for 48 hours, or until it restarts. For a strict check, use the Remove Duplicates node.',
		},
		{
			displayName: 'Only When Channel Is',
			name: 'channels',
			type: 'string',
			default: '',
			placeholder: 'e.g. Retail, Wholesale',
			description:
				'Names of channels, separated by commas. Records of other channels start nothing. Products, receiving tickets, credit notes and all deletions name no channel, so they start the workflow in any case.',
		},
		{
			...statusField,
			description:
				'Starts once per record and status; the n8n process remembers up to 20,000 of them until it restarts. Separate several statuses with commas. Looks at every status of the record, such as shipped for pick tickets and checked in for receiving tickets. Records without one, such as invoices, products and deletions, start nothing.',
		},
		{
			displayName: 'Only When Warehouse Is',
			name: 'warehouses',
			type: 'string',
			default: '',
			placeholder: 'e.g. Primary warehouse, East warehouse',
			description:
				'Names of warehouses, separated by commas. Records of other warehouses start nothing. Products, receiving tickets, invoices and all deletions name no warehouse, so they start the workflow in any case.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Text that must follow ?secret= in the URL that Uphance calls, as it is or URL-encoded. Write # as %23 there. The secret is stored in the workflow.',
		},
	]),
];
