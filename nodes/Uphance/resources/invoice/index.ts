import type { IDataObject } from 'n8n-workflow';
import { createdAfter, createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId } from '../../parameters/filters';
import { amount, dayOf, numberText, numbered, orNull } from '../../output/values';
import { readable } from '../../operations/readableResource';

/** users.md B2 */
const simplify = (invoice: IDataObject): IDataObject => ({
	id: orNull(invoice.id),
	invoice_number: numberText(invoice.invoice_number),
	created_at: orNull(invoice.created_at),
	due_date: orNull(invoice.due_date),
	sale_id: orNull(invoice.sale_id),
	company_id: orNull(invoice.company_id),
	customer_name: orNull(invoice.customer_name),
	grand_total: amount(invoice.grand_total),
	amount_outstanding: amount(invoice.amount_outstanding),
	currency: orNull(invoice.currency),
});

/** One is got through the list, by the filter `invoice_id` (uphance-api.md 4.7). */
export const invoice = readable({
	option: { name: 'Invoice', value: 'invoice', description: 'What a customer was billed for an order' },
	findable: {
		kind: {
			path: '/invoices',
			listKey: 'invoices',
			key: 'invoice',
			singular: 'invoice',
			plural: 'invoices',
			example: '1000079',
			idFilter: 'invoice_id',
		},
		label: 'Invoice',
		search: 'searchInvoices',
		lookups: [],
		named: ({ invoice_number }) => `invoice ${String(invoice_number)}`,
	},
	idParameter: 'invoiceId',
	simplify,
	itemPer: documentRows(simplify),
	newestFirst: true,
	label: ({ invoice_number, customer_name, grand_total, currency, created_at }) => [
		numbered(invoice_number),
		customer_name,
		[grand_total, currency].filter(Boolean).join(' '),
		dayOf(created_at),
	],
	filters: [afterId('invoices'), createdAfter('invoices'), createdBefore('invoices')],
});
