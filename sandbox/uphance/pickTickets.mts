import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import { createdAt, midnight } from './dates.mts';
import { documentAddress } from './documentAddress.mts';
import { linesOf, scannedLineItems } from './lineItems.mts';
import { OrderPlaces } from './matchingOrders.mts';
import { timestamp } from './format.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import { sinceCreatedAt, sinceId } from './generatedRecords.mts';
import type { SalesOrders } from './salesOrders.mts';
import { isInvoiced, numberAt, shipmentNumberAt } from './salesOrders.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** GET /pick_tickets (uphance-api.md 4.9): one for each order that got so far. */
export function pickTickets(orders: SalesOrders, switches: Switches): Row {
	const places = new OrderPlaces(orders, isInvoiced);
	return {
		path: '/pick_tickets',
		one: 'pick_ticket',
		many: 'pick_tickets',
		firstId: firstIds.pickTickets,
		perPage: 100,
		places: (organisation) => places.of(organisation),
		at: (organisation, place) => madeUp(organisation, place, orders, switches),
		filters(organisation, query) {
			const warehouse = query['filter[warehouse_name]'];
			const { by_order_number: number, by_order_id: order, by_shipment_number: shipment } = query;
			return [
				sinceId(firstIds.pickTickets, organisation, query),
				sinceCreatedAt((place) => createdAt(place, 1), query),
				warehouse ? (place) => warehouseAt(place) === warehouse : undefined,
				number ? (place) => String(numberAt(place)) === number : undefined,
				order ? (place) => String(orders.idAt(organisation, place)) === order : undefined,
				shipment ? (place) => String(shipmentNumberAt(place)) === shipment : undefined,
			];
		},
	};
}

const warehouseAt = (place: number) => (place % 4 === 1 ? 'East warehouse' : 'Primary warehouse');

/** Of the names only "shipped" is known; drafts and published ones are spoken of (uphance-api.md 5.4). */
function statusAt(order: Item, place: number): string {
	if (order.fulfillment_status === 'shipped') return 'shipped';
	return place % 9 === 8 ? 'draft' : 'published';
}

/** Much of a ticket was seen as null, empty or missing over the years; so it is here, at fixed places. */
function madeUp(organisation: Organisation, place: number, orders: SalesOrders, switches: Switches): Item {
	const order = orders.at(organisation, place);
	const id = recordId(firstIds.pickTickets, organisation, place);
	const created = createdAt(place, 1);
	const status = statusAt(order, place);
	const isShipped = status === 'shipped';
	const isCounted = place % 29 !== 28;
	const isWeighed = place % 3 === 0;
	return {
		id,
		created_at: timestamp(created, switches),
		updated_at: timestamp(created + 3_600_000, switches),
		stock_adjusted_at: isShipped ? timestamp(created + 3_600_000, switches) : null,
		tracking_number: isShipped ? `JD${id}` : place % 2 === 0 ? null : '',
		carrier: isShipped ? (place % 2 === 0 ? 'dhl' : 'australia_post') : null,
		service: isShipped ? 'Express' : null,
		notes: [null, '', 'Ring | twice'][place % 3],
		items_total: isCounted ? order.items_total : null,
		items_tax: isCounted ? order.items_tax : null,
		subtotal: isCounted ? order.subtotal : null,
		total_tax: isCounted ? order.total_tax : null,
		grand_total: isCounted ? order.grand_total : null,
		total_quantity: isCounted ? order.total_quantity : null,
		currency: isCounted ? order.currency : null,
		order_number: Number(order.order_number),
		order_id: order.id,
		order_source: '',
		warehouse: warehouseAt(place),
		channel: channels.find((each) => each.id === order.channel_id)?.name ?? '',
		shipment_number: shipmentNumberAt(place),
		commercial_invoice_number: 9000 + place,
		organisation_id: organisation.id,
		sale_id: order.id,
		customer_id: order.company_id,
		customer_name: order.company_name,
		customer_note: place % 2 === 0 ? null : '',
		date: timestamp(midnight(created), switches),
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		shipping_method: place % 2 === 0 ? null : 'Standard',
		address: documentAddress(place),
		contact_name: ['', null, "Chloé O'Hara"][place % 3],
		contact_email: place % 3 === 2 ? `buyer${place}@customer.example` : null,
		contact_phone: place % 3 === 2 ? '+44 20 7946 0100' : null,
		dimensions: isWeighed ? '30 x 20 x 10' : null,
		gross_weight: isWeighed ? '1.7' : null,
		net_weight: isWeighed ? '1.5' : null,
		gross_weight_unit: 'kg',
		weight_unit: isWeighed ? 'kg' : '',
		status,
		shipper_email_address: place % 2 === 0 ? null : 'warehouse@example.com',
		shipping_instructions: place % 2 === 0 ? null : '',
		payment_terms: order.payment_term_name ?? '',
		invoice_numbers: order.invoice_numbers,
		estimated_shipping_cost: '0.0',
		// Older tickets lack it altogether.
		weight: place < 20 ? undefined : isWeighed ? '1.5' : null,
		line_items: scannedLineItems(organisation, id, linesOf(order)),
	};
}
