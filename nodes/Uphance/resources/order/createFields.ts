import type { INodeProperties } from 'n8n-workflow';
import type { BodyField } from '../../operation/bodyFields';
import { locatorField } from '../../operation/findable';
import { customer } from '../customer/customer';

export const customerField = locatorField(customer, 'customerId', 'Who orders');

export const orderStatus: INodeProperties = {
	displayName: 'Order Status',
	name: 'order_status',
	type: 'options',
	default: 'draft',
	options: [
		{ name: 'Confirmed', value: 'confirmed' },
		{ name: 'Draft', value: 'draft' },
	],
	description: 'An order created as Draft can only be confirmed in Uphance',
};

export const returnExisting: INodeProperties = {
	displayName: 'Return Existing Order',
	name: 'returnExisting',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the order that this customer already has with the same purchase order ref instead of creating another. Adds "alreadyExisted" to the output.',
};

export const lineItemFields: INodeProperties[] = [
	{
		displayName: 'Line Items From',
		name: 'lineItemsSource',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Fields Below', value: 'fields', description: 'One row for each SKU' },
			{ name: 'JSON', value: 'json', description: 'A list, such as one from the previous node' },
		],
		description: 'Where the line items come from',
	},
	{
		displayName: 'Line Items',
		name: 'lineItems',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { lineItemsSource: ['fields'] } },
		placeholder: 'Add line item',
		default: {},
		description: 'One row for each SKU; rows of the same product, variation and price become one line in Uphance',
		options: [
			{
				displayName: 'Line Item',
				name: 'lineItem',
				values: [
					{
						displayName: 'Product ID',
						name: 'product_id',
						type: 'string',
						default: '',
						placeholder: 'e.g. 77630',
						description:
							'ID of the style. A product identifier will do too, unless it is made of digits only: those are taken for an ID.',
					},
					{
						displayName: 'Quantity',
						name: 'quantity',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 1,
						description: 'How many pieces; a row with 0 is left out',
					},
					{
						displayName: 'SKU ID',
						name: 'sku_id',
						type: 'string',
						default: '',
						placeholder: 'e.g. 867799',
						description: 'The number that Uphance uses internally for this size, not the SKU number',
					},
					{
						displayName: 'Unit Price',
						name: 'unit_price',
						type: 'string',
						default: '',
						placeholder: 'e.g. 45.00',
						description:
							'Price of one piece in the currency of the channel. Leave empty to let Uphance decide; what it then charges is not documented.',
					},
					{
						displayName: 'Variation ID',
						name: 'variation_id',
						type: 'string',
						default: '',
						placeholder: 'e.g. 163772',
						description: 'ID of the color; sizes of one color then share a line in Uphance',
					},
				],
			},
		],
	},
	{
		displayName: 'Line Items JSON',
		name: 'lineItemsJson',
		type: 'json',
		displayOptions: { show: { lineItemsSource: ['json'] } },
		default: '[]',
		description:
			'A list, or JSON text of a list, of rows such as {"sku_id": 867799, "quantity": 3, "unit_price": "10.00"}, or line items exactly as Uphance documents them. Further columns in rows are ignored.',
	},
];

/** In the order of Uphance's example (uphance-docs-orders.txt). */
export const documentedFields: BodyField[] = [
	{
		as: 'text',
		field: {
			displayName: 'Season Name or ID',
			name: 'season_name',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getSeasons' },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: 'Uphance takes the name of the season',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Channel Name or ID',
			name: 'channel_name',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getChannelNames' },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: 'Uphance takes the name of the channel',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Channel Currency Name or ID',
			name: 'channel_currency',
			type: 'options',
			typeOptions: {
				loadOptionsMethod: 'getChannelCurrencies',
				loadOptionsDependsOn: ['additionalFields.channel_name'],
			},
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			hint: 'Channels may share a name: the currency, such as USD, says which one is meant',
		},
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
	...[
		{ name: 'billing_contact_id', label: 'Billing Contact ID', what: "customer's contact for invoices" },
		{ name: 'shipping_contact_id', label: 'Shipping Contact ID', what: "customer's contact for shipments" },
		{ name: 'billing_address_id', label: 'Billing Address ID', what: "customer's address for invoices" },
		{ name: 'shipping_address_id', label: 'Shipping Address ID', what: "customer's address for shipments" },
	].map(
		({ name, label, what }): BodyField => ({
			as: 'id',
			field: {
				displayName: label,
				name,
				type: 'string',
				default: '',
				placeholder: 'e.g. 68207',
				description: `ID of the ${what}`,
			},
		}),
	),
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
	{
		as: 'text',
		field: {
			displayName: 'Warehouse Name',
			name: 'warehouse_name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Primary warehouse',
			description: 'Name of the warehouse, as in Uphance',
		},
	},
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
