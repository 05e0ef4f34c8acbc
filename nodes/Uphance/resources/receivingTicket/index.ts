import type { IDataObject } from 'n8n-workflow';
import { createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId, createdSince } from '../../parameters/filters';
import { amount, dayOf, numberText, numbered, orNull } from '../../output/values';
import { readable } from '../../operations/readableResource';

/** users.md B2 */
const simplify = (ticket: IDataObject): IDataObject => ({
	id: orNull(ticket.id),
	created_at: orNull(ticket.created_at),
	status: orNull(ticket.status),
	production_order_id: orNull(ticket.production_order_id),
	production_order_number: numberText(ticket.production_order_number),
	delivery_name: orNull(ticket.delivery_name),
	vendor: orNull(ticket.vendor),
	in_warehouse_date: orNull(ticket.in_warehouse_date),
	total_quantity: orNull(ticket.total_quantity),
	grand_total: amount(ticket.grand_total),
});

/** Marking one as received is known to exist, but not how (uphance-api.md 4.10). */
export const receivingTicket = readable({
	option: {
		name: 'Receiving Ticket',
		value: 'receivingTicket',
		description: 'What a vendor delivers to the warehouse',
	},
	findable: {
		kind: {
			path: '/receiving_tickets',
			listKey: 'receiving_tickets',
			key: 'receiving_ticket',
			singular: 'receiving ticket',
			plural: 'receiving tickets',
			example: '4000079',
		},
		label: 'Receiving Ticket',
		search: 'searchReceivingTickets',
		lookups: [],
		named: ({ id }) => `receiving ticket ${String(id)}`,
	},
	idParameter: 'receivingTicketId',
	simplify,
	itemPer: documentRows(simplify),
	newestFirst: true,
	label: ({ id, delivery_name, vendor, status, created_at }) => [
		numbered(id),
		delivery_name,
		vendor,
		status,
		dayOf(created_at),
	],
	filters: [afterId('receiving tickets'), createdSince('receiving tickets'), createdBefore('receiving tickets')],
});
