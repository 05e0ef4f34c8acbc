import type { IDataObject } from 'n8n-workflow';
import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { toNumber, toText, orNull } from '../../output/values';

/** Returns the ten fields of a vendor invoice that the next node usually needs. */
const simplify = (invoice: IDataObject): IDataObject => ({
	id: orNull(invoice.id),
	vendor_invoice_number: toText(invoice.vendor_invoice_number),
	invoice_date: orNull(invoice.invoice_date),
	due_date: orNull(invoice.due_date),
	vendor_name: orNull(invoice.vendor_name),
	order_number: toText(invoice.order_number),
	production_order_id: orNull(invoice.production_order_id),
	reference: orNull(invoice.reference),
	amount: toNumber(invoice.amount),
	currency: orNull(invoice.currency),
});

/**
 * The resource Vendor Invoice. Without the filter `by_invoice_state` Uphance leaves out closed invoices
 * (docs/uphance.openapi.yaml: GET /vendor_invoices), so the node sends all states by default.
 */
export const vendorInvoice: Resource = {
	option: {
		name: 'Vendor Invoice',
		value: 'vendorInvoice',
		description: 'Bill from a vendor for a production order',
	},
	operations: [
		getMany({
			recordType: {
				path: '/vendor_invoices',
				listKey: 'vendor_invoices',
				singularKey: 'vendor_invoice',
				singular: 'vendor invoice',
				plural: 'vendor invoices',
				namesOrganisation: true,
			},
			simplify,
			filters: [
				{
					type: 'list',
					field: {
						displayName: 'Invoice States',
						name: 'by_invoice_state',
						type: 'multiOptions',
						default: [],
						options: [
							{ name: 'Closed', value: 'closed', description: 'Nothing outstanding' },
							{ name: 'Open', value: 'open', description: 'Something outstanding, not past due' },
							{ name: 'Overdue', value: 'overdue', description: 'Something outstanding, past due' },
						],
						description: 'Only invoices in these states. If you choose none, all invoices are returned.',
					},
				},
				{
					type: 'id',
					recordFields: ['production_order_id'],
					field: {
						displayName: 'Production Order ID',
						name: 'by_production_order_id',
						type: 'string',
						default: '',
						placeholder: 'e.g. 7000079',
						description: 'ID of the production order, not the number that people see',
					},
				},
				{
					field: {
						displayName: 'Search',
						name: 'by_q',
						type: 'string',
						default: '',
						placeholder: 'e.g. VI-2000',
						description: 'Number of the vendor invoice or production order, or name of the vendor',
					},
				},
			],
		}),
	],
};
