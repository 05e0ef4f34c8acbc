import { createdAt, midnight } from './dates.mts';
import { scannedLineItems, totals } from './lineItems.mts';
import { timestamp } from './format.mts';
import {
	isReceived,
	producedContents,
	productionOrderId,
	productionOrderNumber,
	productionPlaces,
	vendorOf,
} from './productionOrders.mts';
import { firstIds, recordId } from './recordIds.mts';
import type { Row } from './generatedRecords.mts';
import { sinceCreatedAt, sinceId } from './generatedRecords.mts';
import type { Switches } from './switches.mts';

/** GET /receiving_tickets (uphance-api.md 4.10): one for each production order, which comes in one delivery. */
export const receivingTickets = (switches: Switches): Row => ({
	path: '/receiving_tickets',
	one: 'receiving_ticket',
	many: 'receiving_tickets',
	firstId: firstIds.receivingTickets,
	perPage: 100,
	places: () => productionPlaces,
	at(organisation, place) {
		const id = recordId(firstIds.receivingTickets, organisation, place);
		const contents = producedContents(organisation, place);
		const created = createdAt(place, 40);
		return {
			id,
			created_at: timestamp(created, switches),
			updated_at: timestamp(created + 3_600_000, switches),
			...totals(contents),
			organisation_id: organisation.id,
			production_order_id: productionOrderId(organisation, place),
			tax_calc_method: 'SUB_TOTAL',
			// What it is before that, nobody tells.
			status: isReceived(place) ? 'checked in' : null,
			production_order_number: String(productionOrderNumber(place)),
			delivery_name: `Delivery ${1 + (place % 3)}`,
			vendor: vendorOf(place).name,
			in_warehouse_date: place % 2 === 0 ? timestamp(midnight(created), switches) : '',
			line_items: scannedLineItems(organisation, id, contents),
		};
	},
	filters: (organisation, query) => [
		sinceId(firstIds.receivingTickets, organisation, query),
		sinceCreatedAt((place) => createdAt(place, 40), query),
	],
});
