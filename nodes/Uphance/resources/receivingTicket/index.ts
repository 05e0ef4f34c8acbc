import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { toNumber, datePart, toText, formatNumber, orNull } from '../../output/values';
import { afterIdFilter, createdBeforeFilter, createdSinceFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';

/** Returns the ten fields of a receiving ticket that the next node usually needs. */
const simplify = (ticket: IDataObject): IDataObject => ({
	id: orNull(ticket.id),
	created_at: orNull(ticket.created_at),
	status: orNull(ticket.status),
	production_order_id: orNull(ticket.production_order_id),
	production_order_number: toText(ticket.production_order_number),
	delivery_name: orNull(ticket.delivery_name),
	vendor: orNull(ticket.vendor),
	in_warehouse_date: orNull(ticket.in_warehouse_date),
	total_quantity: orNull(ticket.total_quantity),
	grand_total: toNumber(ticket.grand_total),
});

/**
 * The resource Receiving Ticket. Uphance can mark one as received, but the request is not known
 * (docs/uphance.openapi.yaml: GET /receiving_tickets).
 */
export const receivingTicket = readableResource({
	option: {
		name: 'Receiving Ticket',
		value: 'receivingTicket',
		description: 'Delivery from a vendor to the warehouse',
	},
	lookup: {
		recordType: {
			path: '/receiving_tickets',
			listKey: 'receiving_tickets',
			singularKey: 'receiving_ticket',
			singular: 'receiving ticket',
			plural: 'receiving tickets',
			supportsSinceId: true,
			namesOrganisation: true,
			example: '4000079',
		},
		label: 'Receiving Ticket',
		listSearchMethod: 'searchReceivingTickets',
		lookups: [],
		describe: ({ id }) => `receiving ticket ${String(id)}`,
	},
	idParameter: 'receivingTicketId',
	simplify,
	itemPer: lineItemRows(simplify, skuCodes),
	newestFirst: true,
	label: ({ id, delivery_name, vendor, status, created_at }) => [
		formatNumber(id),
		delivery_name,
		vendor,
		status,
		datePart(created_at),
	],
	filters: [
		afterIdFilter('receiving tickets'),
		createdSinceFilter('receiving tickets'),
		createdBeforeFilter('receiving tickets'),
	],
});
