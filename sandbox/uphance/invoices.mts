import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import { dayMs } from './dates.mts';
import { makeDocumentAddress, makeDocumentContact } from './documentAddress.mts';
import { formatDate, formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { sinceIdFilter } from './generatedRecords.mts';
import { makeLineItems, getLines } from './lineItems.mts';
import { MatchingOrders } from './matchingOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { SalesOrders } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/**
 * One invoice per order that has an invoice number. Clients read a single one with the filter `invoice_id`
 * (`docs/uphance.openapi.yaml: GET /invoices`).
 */
export function invoiceRecords(orders: SalesOrders, switches: Switches): GeneratedRecords {
	const invoiced = new MatchingOrders(orders, 'invoice');
	return {
		path: '/invoices',
		singularKey: 'invoice',
		listKey: 'invoices',
		firstId: firstIds.invoices,
		perPage: 100,
		listOrdinals: (organisation) => invoiced.listOrdinals(organisation),
		generate: (organisation, ordinal) => makeInvoice(organisation, ordinal, orders, switches),
		buildFilters: (organisation, query) => [
			sinceIdFilter(firstIds.invoices, organisation, query),
			query.invoice_id ? (ordinal) => String(getInvoiceId(organisation, ordinal)) === query.invoice_id : undefined,
		],
	};
}

/** Returns the id of the invoice for the order with an ordinal. */
export const getInvoiceId = (organisation: Organisation, ordinal: number) =>
	getRecordId(firstIds.invoices, organisation, ordinal);

function makeInvoice(organisation: Organisation, ordinal: number, orders: SalesOrders, switches: Switches) {
	const order = orders.get(organisation, ordinal);
	const id = getInvoiceId(organisation, ordinal);
	const story = orders.history.order(organisation, ordinal);
	const created = story.invoicedAt ?? story.createdAt;
	const isPaid = order.financial_status === 'paid';
	return {
		id,
		created_at: formatTimestamp(created, switches),
		updated_at: formatTimestamp(created + 3_600_000, switches),
		items_total: order.items_total,
		items_tax: order.items_tax,
		subtotal: order.subtotal,
		total_tax: order.total_tax,
		grand_total: order.grand_total,
		total_quantity: order.total_quantity,
		shipping_cost: order.shipping_cost,
		shipping_tax: order.shipping_tax,
		settlement_discount_percentage: order.settlement_discount,
		invoice_number: Number(order.invoice_numbers),
		due_date: order.next_due_date ?? formatDate(created + 30 * dayMs),
		invoice_type: 'normal',
		total_paid: isPaid ? order.grand_total : '0.0',
		total_credited: '0.0',
		total_discounted: ordinal % 2 === 0 ? null : '0.0',
		amount_outstanding: isPaid ? '0.0' : order.grand_total,
		channel_id: order.channel_id,
		// Uphance's example orders are older than `channel_name` and have only the id.
		channel_name: channels.find(({ id: channel }) => channel === order.channel_id)?.name ?? '',
		currency: order.currency,
		tax_rate_name: null,
		payment_terms: order.payment_term_name ?? '',
		order_number: String(order.order_number),
		customer_name: order.company_name,
		billing_address: makeDocumentAddress(ordinal),
		shipping_address: makeDocumentAddress(ordinal + 1),
		billing_contact: makeDocumentContact(ordinal),
		shipping_contact: makeDocumentContact(ordinal + 1),
		organisation_id: organisation.id,
		company_id: order.company_id,
		payments_count: isPaid ? 1 : 0,
		sale_id: order.id,
		line_items: makeLineItems(id, getLines(order)),
	};
}
