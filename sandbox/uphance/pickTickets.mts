import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import { startOfDay } from './dates.mts';
import { makeDocumentAddress } from './documentAddress.mts';
import { formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { sinceCreatedAtFilter, sinceIdFilter } from './generatedRecords.mts';
import type { OrderStory } from './history.mts';
import { getLines, makeScannedLineItems } from './lineItems.mts';
import { MatchingOrders } from './matchingOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { SalesOrders } from './salesOrders.mts';
import { getOrderNumber, getShipmentNumber } from './salesOrders.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** One pick ticket per order that has one (`docs/uphance.openapi.yaml: GET /pick_tickets`). */
export function pickTicketRecords(orders: SalesOrders, switches: Switches): GeneratedRecords {
	const ticketed = new MatchingOrders(orders, 'pickTicket');
	return {
		path: '/pick_tickets',
		singularKey: 'pick_ticket',
		listKey: 'pick_tickets',
		firstId: firstIds.pickTickets,
		perPage: 100,
		listOrdinals: (organisation) => ticketed.listOrdinals(organisation),
		generate: (organisation, ordinal) => generatePickTicket(organisation, ordinal, orders, switches),
		buildFilters(organisation, query) {
			const warehouse = query['filter[warehouse_name]'];
			const { by_order_number: number, by_order_id: order, by_shipment_number: shipment } = query;
			return [
				sinceIdFilter(firstIds.pickTickets, organisation, query),
				sinceCreatedAtFilter((ordinal) => orders.history.order(organisation, ordinal).ticketAt ?? 0, query),
				warehouse ? (ordinal) => getWarehouse(ordinal) === warehouse : undefined,
				number ? (ordinal) => String(getOrderNumber(ordinal)) === number : undefined,
				order ? (ordinal) => String(orders.getId(organisation, ordinal)) === order : undefined,
				shipment ? (ordinal) => String(getShipmentNumber(ordinal)) === shipment : undefined,
			];
		},
	};
}

const getWarehouse = (ordinal: number) => (ordinal % 4 === 1 ? 'East warehouse' : 'Primary warehouse');

/**
 * Only the status "shipped" is known by its exact name; drafts and published tickets exist
 * (`docs/uphance.openapi.yaml: GET /pick_tickets`).
 */
function getStatus(order: Item, { isTicketDraft }: OrderStory): string {
	if (order.fulfillment_status === 'shipped') return 'shipped';
	return isTicketDraft ? 'draft' : 'published';
}

/** Builds a pick ticket. Fields that clients have seen as null, empty or missing are so here, for fixed ordinals. */
function generatePickTicket(
	organisation: Organisation,
	ordinal: number,
	orders: SalesOrders,
	switches: Switches,
): Item {
	const order = orders.get(organisation, ordinal);
	const id = getRecordId(firstIds.pickTickets, organisation, ordinal);
	const story = orders.history.order(organisation, ordinal);
	const created = story.ticketAt ?? story.createdAt;
	const shipped = story.shippedAt ?? created + 3_600_000;
	const status = getStatus(order, story);
	const isShipped = status === 'shipped';
	const hasTotals = !orders.history.hasGaps || ordinal % 29 !== 28;
	const hasWeight = ordinal % 3 === 0;
	return {
		id,
		created_at: formatTimestamp(created, switches),
		updated_at: formatTimestamp(shipped, switches),
		stock_adjusted_at: isShipped ? formatTimestamp(shipped, switches) : null,
		tracking_number: isShipped ? `JD${id}` : ordinal % 2 === 0 ? null : '',
		carrier: isShipped ? (ordinal % 2 === 0 ? 'dhl' : 'australia_post') : null,
		service: isShipped ? 'Express' : null,
		notes: [null, '', 'Ring | twice'][ordinal % 3],
		items_total: hasTotals ? order.items_total : null,
		items_tax: hasTotals ? order.items_tax : null,
		subtotal: hasTotals ? order.subtotal : null,
		total_tax: hasTotals ? order.total_tax : null,
		grand_total: hasTotals ? order.grand_total : null,
		total_quantity: hasTotals ? order.total_quantity : null,
		currency: hasTotals ? order.currency : null,
		order_number: Number(order.order_number),
		order_id: order.id,
		order_source: '',
		warehouse: getWarehouse(ordinal),
		channel: channels.find((each) => each.id === order.channel_id)?.name ?? '',
		shipment_number: getShipmentNumber(ordinal),
		commercial_invoice_number: 9000 + ordinal,
		organisation_id: organisation.id,
		sale_id: order.id,
		customer_id: order.company_id,
		customer_name: order.company_name,
		customer_note: ordinal % 2 === 0 ? null : '',
		date: formatTimestamp(startOfDay(created), switches),
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		shipping_method: ordinal % 2 === 0 ? null : 'Standard',
		address: makeDocumentAddress(ordinal),
		contact_name: ['', null, "Chloé O'Hara"][ordinal % 3],
		contact_email: ordinal % 3 === 2 ? `buyer${ordinal}@customer.example` : null,
		contact_phone: ordinal % 3 === 2 ? '+44 20 7946 0100' : null,
		dimensions: hasWeight ? '30 x 20 x 10' : null,
		gross_weight: hasWeight ? '1.7' : null,
		net_weight: hasWeight ? '1.5' : null,
		gross_weight_unit: 'kg',
		weight_unit: hasWeight ? 'kg' : '',
		status,
		shipper_email_address: ordinal % 2 === 0 ? null : 'warehouse@example.com',
		shipping_instructions: ordinal % 2 === 0 ? null : '',
		payment_terms: order.payment_term_name ?? '',
		invoice_numbers: order.invoice_numbers,
		estimated_shipping_cost: '0.0',
		// Missing on older tickets.
		weight: orders.history.hasGaps && ordinal < 20 ? undefined : hasWeight ? '1.5' : null,
		line_items: makeScannedLineItems(organisation, id, getLines(order)),
	};
}
