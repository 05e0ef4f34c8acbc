import { createdBeforeFilter } from '../../parameters/createdBetween';
import { lineItemRows } from '../../output/rows';
import { afterIdFilter, createdSinceFilter } from '../../parameters/filters';
import { datePart, formatNumber } from '../../output/values';
import { readableResource } from '../../operations/readableResource';
import { pickTicketLookup as findable } from './pickTicket';
import { ship } from './ship';
import { simplifiedPickTicket } from './simplify';
import { update } from './update';
import { byWarehouse } from './warehouse';

export const pickTicket = readableResource({
	option: { name: 'Pick Ticket', value: 'pickTicket', description: 'What the warehouse is to pick, pack and ship' },
	lookup: findable,
	idParameter: 'pickTicketId',
	simplify: simplifiedPickTicket,
	itemPer: lineItemRows(simplifiedPickTicket),
	newestFirst: true,
	label: ({ shipment_number, customer_name, status, date }) => [
		formatNumber(shipment_number),
		customer_name,
		status,
		datePart(date),
	],
	operations: [ship, update],
	filters: [
		afterIdFilter('pick tickets'),
		createdSinceFilter('pick tickets'),
		createdBeforeFilter('pick tickets'),
		{
			type: 'id',
			field: {
				displayName: 'Order ID',
				name: 'by_order_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9005',
				description: 'ID of the sales order, not the number people see',
			},
		},
		{
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
