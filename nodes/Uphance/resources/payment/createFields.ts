import type { INodeProperties } from 'n8n-workflow';
import type { BodyField } from '../../parameters/body';
import { locatorField } from '../../parameters/locator';
import { orderLookup } from '../order/order';

/** The field for the sales order. */
export const orderField = locatorField(orderLookup, 'sale_id', 'The sales order that was paid');

/** The field for the amount: text, so that no decimal is lost and an empty field is not 0. */
export const amountField: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 125.00',
	description:
		'Amount in the currency of the sales order. If it exceeds the open amount of an invoice, Uphance creates a credit note for the rest.',
};

/** The option that avoids duplicate payments (docs/design.md: what may be repeated). */
export const returnExisting: INodeProperties = {
	displayName: 'Return Existing Payment',
	name: 'returnExisting',
	type: 'boolean',
	default: true,
	description:
		'Whether to return the existing payment of this sales order with the same reference and amount instead of creating another one. Adds "alreadyExisted" to the output.',
};

/** The optional fields of a new payment (docs/uphance.openapi.yaml: POST /payments). */
export const optionalFields: BodyField[] = [
	{
		type: 'code',
		field: {
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. bank-2026-0815',
			description: 'Text that identifies this payment, such as the number of the bank transfer',
		},
	},
	{
		type: 'moment',
		field: {
			displayName: 'Created At',
			name: 'created_at',
			type: 'dateTime',
			default: '',
			description: 'When the payment was entered. If you leave it empty, Uphance uses the current time.',
		},
	},
	{
		type: 'day',
		field: { displayName: 'Date', name: 'date', type: 'dateTime', default: '', description: 'Day of the payment' },
	},
	{
		type: 'id',
		field: {
			displayName: 'Customer ID',
			name: 'company_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9498',
			description: 'ID of the customer who paid',
		},
	},
	{
		type: 'id',
		field: {
			displayName: 'Invoice ID',
			name: 'invoice_id',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1000079',
			description: 'ID of the invoice that was paid, not the number that people see',
		},
	},
	{
		type: 'text',
		field: {
			displayName: 'Source',
			name: 'source',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bank transfer',
			description: 'Payment method. Known values are Bank transfer and Cash.',
		},
	},
];
