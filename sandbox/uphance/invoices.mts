import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import { createdAt } from './dates.mts';
import { documentAddress, documentContact } from './documentAddress.mts';
import { lineItems, linesOf } from './lineItems.mts';
import { OrderPlaces } from './matchingOrders.mts';
import { day, timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import { sinceId } from './generatedRecords.mts';
import type { SalesOrders } from './salesOrders.mts';
import { isInvoiced } from './salesOrders.mts';
import type { Switches } from './switches.mts';

/** GET /invoices (uphance-api.md 4.7): one for each order that names an invoice; "one" is asked for by a filter. */
export function invoices(orders: SalesOrders, switches: Switches): Row {
	const places = new OrderPlaces(orders, isInvoiced);
	return {
		path: '/invoices',
		one: 'invoice',
		many: 'invoices',
		firstId: firstIds.invoices,
		perPage: 100,
		places: (organisation) => places.of(organisation),
		at: (organisation, place) => invoice(organisation, place, orders, switches),
		filters: (organisation, query) => [
			sinceId(firstIds.invoices, organisation, query),
			query.invoice_id ? (place) => String(invoiceId(organisation, place)) === query.invoice_id : undefined,
		],
	};
}

/** The id of the invoice for the order at a place. */
export const invoiceId = (organisation: Organisation, place: number) =>
	recordId(firstIds.invoices, organisation, place);

function invoice(organisation: Organisation, place: number, orders: SalesOrders, switches: Switches) {
	const order = orders.at(organisation, place);
	const id = invoiceId(organisation, place);
	const created = createdAt(place, 2);
	const isPaid = order.financial_status === 'paid';
	return {
		id,
		created_at: timestamp(created, switches),
		updated_at: timestamp(created + 3_600_000, switches),
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
		due_date: order.next_due_date ?? day(created + 30 * 86_400_000),
		invoice_type: 'normal',
		total_paid: isPaid ? order.grand_total : '0.0',
		total_credited: '0.0',
		total_discounted: place % 2 === 0 ? null : '0.0',
		amount_outstanding: isPaid ? '0.0' : order.grand_total,
		channel_id: order.channel_id,
		// The documented orders, older than this field, have only the id.
		channel_name: channels.find(({ id: channel }) => channel === order.channel_id)?.name ?? '',
		currency: order.currency,
		tax_rate_name: null,
		payment_terms: order.payment_term_name ?? '',
		order_number: String(order.order_number),
		customer_name: order.company_name,
		billing_address: documentAddress(place),
		shipping_address: documentAddress(place + 1),
		billing_contact: documentContact(place),
		shipping_contact: documentContact(place + 1),
		organisation_id: organisation.id,
		company_id: order.company_id,
		payments_count: isPaid ? 1 : 0,
		sale_id: order.id,
		line_items: lineItems(id, linesOf(order)),
	};
}
