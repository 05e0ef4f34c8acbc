import type { IDataObject } from 'n8n-workflow';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { datePart, formatNumber, orNull, toText } from '../../output/values';
import { afterIdFilter, createdBeforeFilter, createdSinceFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';
import { getBoxes } from './getBoxes';
import { byWarehouse, isShipped, pickTicketLookup } from './pickTicket';
import { ship } from './ship';
import { update } from './update';

/** Returns the ten fields of a pick ticket that the next node usually needs. */
const simplifiedPickTicket = (ticket: IDataObject): IDataObject => ({
	id: orNull(ticket.id),
	shipment_number: toText(ticket.shipment_number),
	status: orNull(ticket.status),
	date: orNull(ticket.date),
	order_number: toText(ticket.order_number),
	order_id: orNull(ticket.order_id),
	customer_name: orNull(ticket.customer_name),
	contact_email: orNull(ticket.contact_email),
	carrier: orNull(ticket.carrier),
	tracking_number: toText(ticket.tracking_number),
});

/** The resource Pick Ticket. */
export const pickTicket = readableResource({
	option: { name: 'Pick Ticket', value: 'pickTicket', description: 'Order to the warehouse to pick, pack and ship' },
	lookup: pickTicketLookup,
	idParameter: 'pickTicketId',
	simplify: simplifiedPickTicket,
	itemPer: lineItemRows(simplifiedPickTicket, skuCodes),
	newestFirst: true,
	listedFirst: (ticket) => !isShipped(ticket),
	label: ({ shipment_number, customer_name, status, date }) => [
		formatNumber(shipment_number),
		customer_name,
		status,
		datePart(date),
	],
	operations: [getBoxes, ship, update],
	filters: [
		afterIdFilter('pick tickets'),
		createdSinceFilter('pick tickets'),
		createdBeforeFilter('pick tickets'),
		{
			type: 'id',
			recordFields: ['order_id', 'sale_id'],
			field: {
				displayName: 'Order ID',
				name: 'by_order_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9005',
				description: 'ID of the sales order, not the number that people see',
			},
		},
		{
			type: 'number',
			recordFields: ['order_number'],
			field: {
				displayName: 'Order Number',
				name: 'by_order_number',
				type: 'string',
				default: '',
				placeholder: 'e.g. 101',
				description: 'The number that people see on the sales order, not the ID',
			},
		},
		{
			type: 'number',
			recordFields: ['shipment_number'],
			field: {
				displayName: 'Shipment Number',
				name: 'by_shipment_number',
				type: 'string',
				default: '',
				placeholder: 'e.g. 40000',
				description: 'The number that people see on the pick ticket, not the ID',
			},
		},
		byWarehouse,
	],
});
