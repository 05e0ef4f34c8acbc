import type { INodeProperties } from 'n8n-workflow';
import { locatorField } from '../../parameters/locator';
import { customerLookup } from '../customer/customer';

/** The field for the customer. */
export const customerField = locatorField(customerLookup, 'customerId', 'The customer who orders');

/** The option that fills in the customer's default contacts and addresses. */
export const useCustomerDefaults: INodeProperties = {
	displayName: 'Use Customer Defaults',
	name: 'useCustomerDefaults',
	type: 'boolean',
	default: true,
	description: "Whether to fill in empty contacts and addresses from the customer's defaults (needs one more request)",
};

/** The field for the status. It is always sent, because Uphance's own default is unknown. */
export const orderStatus: INodeProperties = {
	displayName: 'Order Status',
	name: 'order_status',
	type: 'options',
	default: 'draft',
	options: [
		{ name: 'Confirmed', value: 'confirmed' },
		{ name: 'Draft', value: 'draft' },
	],
	description:
		"Set 'Payment Term' for a confirmed order: in Uphance's own pages, nobody can confirm one without it. You can confirm a draft later only in Uphance, not with this node.",
};

/** The option that avoids duplicate orders (docs/design.md: what may be repeated). */
export const returnExisting: INodeProperties = {
	displayName: 'Return Existing Order',
	name: 'returnExisting',
	type: 'boolean',
	default: true,
	description:
		'Whether to return the existing order of this customer with the same purchase order ref instead of creating another one. Adds "alreadyExisted" to the output.',
};
