import type { INodeProperties } from 'n8n-workflow';
import type { BodyField } from '../../parameters/body';
import { dropdown } from '../../parameters/dropdown';
import { warehouseField } from '../pickTicket/warehouse';
import { orderStatus } from './createFields';

/** In the order of Uphance's example (uphance-docs-orders.txt). */
export const documentedFields: BodyField[] = [
	{
		as: 'text',
		field: dropdown('Season', 'season_name', 'getSeasons', { hint: 'Uphance takes the name of the season' }),
	},
	{
		as: 'text',
		field: dropdown('Channel', 'channel_name', 'getChannelNames', { hint: 'Uphance takes the name of the channel' }),
	},
	{
		as: 'text',
		field: dropdown('Channel Currency', 'channel_currency', 'getChannelCurrencies', {
			dependsOn: 'additionalFields.channel_name',
			hint: 'Channels may share a name: the currency, such as USD, says which one is meant',
		}),
	},
	{
		as: 'text',
		field: { displayName: 'Notes', name: 'notes', type: 'string', typeOptions: { rows: 3 }, default: '' },
	},
	{
		as: 'text',
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
		as: 'day',
		field: {
			displayName: 'Start Ship Date',
			name: 'startShipDate',
			type: 'dateTime',
			default: '',
			description: 'First day on which to ship',
		},
	},
	{
		as: 'day',
		field: {
			displayName: 'End Ship Date',
			name: 'endShipDate',
			type: 'dateTime',
			default: '',
			description: 'Last day on which to ship, very probably the cancel date in Uphance',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Payment Term',
			name: 'paymentTerm',
			type: 'string',
			default: '',
			placeholder: 'e.g. Net 30',
			description: 'Name of the payment term, as in Uphance',
		},
	},
	{ as: 'id', field: ofCustomer('Billing Contact', 'billing_contact_id', 'getCustomerContacts') },
	{ as: 'id', field: ofCustomer('Shipping Contact', 'shipping_contact_id', 'getCustomerContacts') },
	{ as: 'id', field: ofCustomer('Billing Address', 'billing_address_id', 'getCustomerAddresses') },
	{ as: 'id', field: ofCustomer('Shipping Address', 'shipping_address_id', 'getCustomerAddresses') },
	{
		as: 'decimal',
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
		as: 'decimal',
		field: {
			displayName: 'Shipping Cost',
			name: 'shipping_cost',
			type: 'string',
			default: '',
			placeholder: 'e.g. 15.00',
			description: 'In the currency of the channel',
		},
	},
	{ as: 'text', field: orderStatus },
	{
		as: 'text',
		field: {
			displayName: 'Agent Name',
			name: 'agent_name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Mary Jones',
			description: 'Name of the sales agent, as in Uphance',
		},
	},
	{ as: 'text', field: warehouseField },
	{
		as: 'decimalText',
		field: {
			displayName: 'Total Tax',
			name: 'total_tax',
			type: 'string',
			default: '',
			placeholder: 'e.g. 10.00',
			description: 'In the currency of the channel. What Uphance does with it is not documented.',
		},
	},
	{
		as: 'decimalText',
		field: {
			displayName: 'Total Amount',
			name: 'total_amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 125.00',
			description:
				'Items, shipping and tax in the currency of the channel. What Uphance does with it is not documented.',
		},
	},
];

/** A person or place of the chosen customer. */
function ofCustomer(label: string, name: string, loadOptionsMethod: string): INodeProperties {
	return dropdown(label, name, loadOptionsMethod, { dependsOn: 'customerId.value' });
}
