import { createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId, createdSince } from '../../parameters/filters';
import { dayOf, numbered } from '../../output/values';
import { readable } from '../../operations/readableResource';
import { pickTicket as findable } from './pickTicket';
import { ship } from './ship';
import { simplifiedPickTicket } from './simplify';
import { update } from './update';
import { byWarehouse } from './warehouse';

export const pickTicket = readable({
	option: { name: 'Pick Ticket', value: 'pickTicket', description: 'What the warehouse is to pick, pack and ship' },
	findable,
	idParameter: 'pickTicketId',
	simplify: simplifiedPickTicket,
	itemPer: documentRows(simplifiedPickTicket),
	newestFirst: true,
	label: ({ shipment_number, customer_name, status, date }) => [
		numbered(shipment_number),
		customer_name,
		status,
		dayOf(date),
	],
	operations: [ship, update],
	filters: [
		afterId('pick tickets'),
		createdSince('pick tickets'),
		createdBefore('pick tickets'),
		{
			as: 'id',
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
