import type { IDataObject } from 'n8n-workflow';
import type { Findable } from '../../parameters/findable';

/** uphance-api.md 4.9 */
export const pickTicket: Findable = {
	kind: {
		path: '/pick_tickets',
		listKey: 'pick_tickets',
		key: 'pick_ticket',
		singular: 'pick ticket',
		plural: 'pick tickets',
		example: '3000079',
		whenMissing: 'It may have been deleted while someone worked on it.',
	},
	label: 'Pick Ticket',
	search: 'searchPickTickets',
	lookups: [
		{
			mode: {
				displayName: 'By Shipment Number',
				name: 'shipmentNumber',
				placeholder: 'e.g. 40000',
				hint: 'The number people see, not the ID',
			},
			words: 'shipment number',
			isNumber: true,
			filter: 'by_shipment_number',
			field: 'shipment_number',
		},
	],
	named: ({ shipment_number, customer_name }: IDataObject) =>
		`pick ticket ${String(shipment_number)}${customer_name ? ` for ${String(customer_name)}` : ''}`,
};
