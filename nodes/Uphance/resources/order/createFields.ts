import type { INodeProperties } from 'n8n-workflow';
import { locatorField } from '../../parameters/locator';
import { customerLookup } from '../customer/customer';

export const customerField = locatorField(customerLookup, 'customerId', 'Who orders');

export const useCustomerDefaults: INodeProperties = {
	displayName: 'Use Customer Defaults',
	name: 'useCustomerDefaults',
	type: 'boolean',
	default: false,
	description:
		"Whether to fill in contacts and addresses that are left empty from the customer's defaults (one more request)",
};

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
