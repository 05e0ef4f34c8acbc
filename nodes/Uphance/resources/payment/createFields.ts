import type { INodeProperties } from 'n8n-workflow';
import type { BodyField } from '../../parameters/body';
import { locatorField } from '../../parameters/locator';
import { orderLookup } from '../order/order';

export const orderField = locatorField(orderLookup, 'sale_id', 'The sales order that was paid');

export const amountField: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 125.00',
	description:
		'In the currency of the sales order. If it is more than an invoice is open for, Uphance makes a credit note of the rest.',
};

export const returnExisting: INodeProperties = {
	displayName: 'Return Existing Payment',
	name: 'returnExisting',
	type: 'boolean',
	default: false,
	description:
		'Whether to return the payment that this sales order already has with the same reference and amount instead of creating another. Adds "alreadyExisted" to the output.',
};

export const optionalFields: BodyField[] = [
	{
		type: 'code',
		field: {
			displayName: 'Reference',
			name: 'reference',
			type: 'string',
			default: '',
			placeholder: 'e.g. bank-2026-0815',
			description: 'What tells this payment from others, such as the number of the bank transfer',
		},
	},
	{
		type: 'moment',
		field: {
			displayName: 'Created At',
			name: 'created_at',
			type: 'dateTime',
			default: '',
			description: 'When the payment was entered; left empty, Uphance takes the present moment',
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
			description: 'ID of the invoice that was paid, not the number people see',
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
			description: 'How it was paid; Bank transfer and Cash are known',
		},
	},
];
