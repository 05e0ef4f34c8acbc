import type { INodeProperties } from 'n8n-workflow';
import type { BodyField } from '../../parameters/body';
import { dynamicOptions } from '../../parameters/fields';
import { nameField } from '../../parameters/locator';
import { warehouseField } from '../pickTicket/pickTicket';
import { orderStatus } from './createFields';

/** The fields of a new order, in the order of docs/uphance.openapi.yaml: POST /sales_orders. */
export const orderFields: BodyField[] = [
	{
		type: 'text',
		field: dynamicOptions('Season', 'season_name', 'getSeasons', {
			hint: 'The name of the season, as in Uphance; an ID does not work',
		}),
	},
	{
		type: 'text',
		field: dynamicOptions('Channel', 'channel_name', 'getChannelNames', {
			hint: 'The name of the channel, as in Uphance; an ID does not work',
		}),
	},
	{
		type: 'currency',
		field: dynamicOptions('Channel Currency', 'channel_currency', 'getChannelCurrencies', {
			dependsOn: 'additionalFields.channel_name',
			hint: 'Several channels can have the same name. The currency, such as USD, selects one of them.',
		}),
	},
	{
		type: 'text',
		field: { displayName: 'Notes', name: 'notes', type: 'string', typeOptions: { rows: 3 }, default: '' },
	},
	{
		type: 'code',
		field: {
			displayName: 'Purchase Order Ref',
			name: 'purchaseOrderRef',
			type: 'string',
			default: '',
			placeholder: 'e.g. PO 0000001',
			description: "The customer's own reference for the order",
		},
	},
	{
		type: 'day',
		field: {
			displayName: 'Start Ship Date',
			name: 'startShipDate',
			type: 'dateTime',
			default: '',
			description: 'First day on which to ship',
		},
	},
	{
		type: 'day',
		field: {
			displayName: 'End Ship Date',
			name: 'endShipDate',
			type: 'dateTime',
			default: '',
			description: 'Last day on which to ship; this is probably the cancel date in Uphance',
		},
	},
	{
		type: 'text',
		field: nameField('Payment Term', 'paymentTerm', 'searchPaymentTerms', {
			description:
				'Uphance may refuse to confirm an order without one, or leave it a draft. The list has the payment terms of the oldest and the newest sales orders.',
			placeholder: 'e.g. Net 30',
		}),
	},
	{ type: 'id', field: customerOptions('Billing Contact', 'billing_contact_id', 'getCustomerContacts') },
	{ type: 'id', field: customerOptions('Shipping Contact', 'shipping_contact_id', 'getCustomerContacts') },
	{ type: 'id', field: customerOptions('Billing Address', 'billing_address_id', 'getCustomerAddresses') },
	{ type: 'id', field: customerOptions('Shipping Address', 'shipping_address_id', 'getCustomerAddresses') },
	{
		type: 'percent',
		field: {
			displayName: 'Tax Level',
			name: 'tax_level',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10',
			description: 'Tax of the whole order in percent',
		},
	},
	{
		type: 'amount',
		field: {
			displayName: 'Shipping Cost',
			name: 'shipping_cost',
			type: 'string',
			default: '',
			placeholder: 'e.g. 15.00',
			description: 'Amount in the currency of the channel',
		},
	},
	{ type: 'text', field: orderStatus },
	{
		type: 'text',
		field: nameField('Agent', 'agent_name', 'searchAgents', {
			description: 'The sales agent. The list has the agents of the oldest and the newest customers.',
			placeholder: 'e.g. Mary Jones',
		}),
	},
	{ type: 'text', field: warehouseField },
	{
		type: 'amountText',
		field: {
			displayName: 'Total Tax',
			name: 'total_tax',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10.00',
			description: 'Amount in the currency of the channel. Uphance does not document how it uses this value.',
		},
	},
	{
		type: 'amountText',
		field: {
			displayName: 'Total Amount',
			name: 'total_amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 125.00',
			description:
				'Sum of items, shipping and tax in the currency of the channel. Uphance does not document how it uses this value.',
		},
	},
];

/** Returns the dropdown of the selected customer's contacts or addresses. */
function customerOptions(label: string, name: string, loadOptionsMethod: string): INodeProperties {
	return dynamicOptions(label, name, loadOptionsMethod, { dependsOn: 'customerId.value' });
}
