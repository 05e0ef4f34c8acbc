import { startOfDay } from './dates.mts';
import { formatTimestamp } from './format.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { sinceCreatedAtFilter, sinceIdFilter } from './generatedRecords.mts';
import type { History } from './history.mts';
import { makeScannedLineItems, sumLines } from './lineItems.mts';
import {
	makeProducedLines,
	getProductionOrderId,
	getProductionOrderNumber,
	productionOrdinals,
	getVendor,
} from './productionOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { Switches } from './switches.mts';

/** At most one receiving ticket per production order (`docs/uphance.openapi.yaml: GET /receiving_tickets`). */
export const receivingTicketRecords = (history: History, switches: Switches): GeneratedRecords => ({
	path: '/receiving_tickets',
	singularKey: 'receiving_ticket',
	listKey: 'receiving_tickets',
	firstId: firstIds.receivingTickets,
	perPage: 100,
	listOrdinals: () => productionOrdinals.filter((ordinal) => history.production(ordinal).receivingTicketAt),
	generate(organisation, ordinal) {
		const id = getRecordId(firstIds.receivingTickets, organisation, ordinal);
		const lines = makeProducedLines(organisation, ordinal);
		const { createdAt, receivingTicketAt: created = createdAt, isReceived } = history.production(ordinal);
		return {
			id,
			created_at: formatTimestamp(created, switches),
			updated_at: formatTimestamp(created + 3_600_000, switches),
			...sumLines(lines),
			organisation_id: organisation.id,
			production_order_id: getProductionOrderId(organisation, ordinal),
			tax_calc_method: 'SUB_TOTAL',
			// The status before that is unknown.
			status: isReceived ? 'checked in' : null,
			production_order_number: String(getProductionOrderNumber(ordinal)),
			delivery_name: `Delivery ${1 + (ordinal % 3)}`,
			vendor: getVendor(ordinal).name,
			in_warehouse_date: ordinal % 2 === 0 ? formatTimestamp(startOfDay(created), switches) : '',
			line_items: makeScannedLineItems(organisation, id, lines),
		};
	},
	buildFilters: (organisation, query) => [
		sinceIdFilter(firstIds.receivingTickets, organisation, query),
		sinceCreatedAtFilter((ordinal) => history.production(ordinal).receivingTicketAt ?? 0, query),
	],
});
