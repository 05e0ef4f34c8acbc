import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { toNumber, datePart, toText, formatNumber, orNull } from '../../output/values';
import { afterIdFilter, createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';

/** Returns the ten fields of an invoice that the next node usually needs. */
const simplify = (invoice: IDataObject): IDataObject => ({
	id: orNull(invoice.id),
	invoice_number: toText(invoice.invoice_number),
	created_at: orNull(invoice.created_at),
	due_date: orNull(invoice.due_date),
	sale_id: orNull(invoice.sale_id),
	company_id: orNull(invoice.company_id),
	customer_name: orNull(invoice.customer_name),
	grand_total: toNumber(invoice.grand_total),
	amount_outstanding: toNumber(invoice.amount_outstanding),
	currency: orNull(invoice.currency),
});

/**
 * The resource Invoice. One invoice comes from the list, with the filter `invoice_id`
 * (docs/uphance.openapi.yaml: GET /invoices).
 */
export const invoice = readableResource({
	option: { name: 'Invoice', value: 'invoice', description: 'Bill to a customer for an order' },
	lookup: {
		recordType: {
			path: '/invoices',
			listKey: 'invoices',
			singularKey: 'invoice',
			singular: 'invoice',
			plural: 'invoices',
			supportsSinceId: true,
			namesOrganisation: true,
			example: '1000079',
			idFilter: 'invoice_id',
		},
		label: 'Invoice',
		listSearchMethod: 'searchInvoices',
		lookups: [],
		describe: ({ invoice_number }) => `invoice ${String(invoice_number)}`,
	},
	idParameter: 'invoiceId',
	simplify,
	itemPer: lineItemRows(simplify, skuCodes),
	newestFirst: true,
	label: ({ invoice_number, customer_name, grand_total, currency, created_at }) => [
		formatNumber(invoice_number),
		customer_name,
		[grand_total, currency].filter(Boolean).join(' '),
		datePart(created_at),
	],
	filters: [afterIdFilter('invoices'), createdAfterFilter('invoices'), createdBeforeFilter('invoices')],
});
