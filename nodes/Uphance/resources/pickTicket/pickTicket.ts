import type { IDataObject } from 'n8n-workflow';
import { equalsIgnoringCase } from '../../output/values';
import type { Filter } from '../../parameters/filters';
import type { LookupConfig } from '../../parameters/locator';
import { nameField } from '../../parameters/locator';

/** The ways to find a pick ticket (docs/uphance.openapi.yaml: GET /pick_tickets). */
export const pickTicketLookup: LookupConfig = {
	recordType: {
		path: '/pick_tickets',
		listKey: 'pick_tickets',
		singularKey: 'pick_ticket',
		singular: 'pick ticket',
		plural: 'pick tickets',
		supportsSinceId: true,
		namesOrganisation: true,
		example: '3000079',
		notFoundHint: 'It may have been deleted while someone worked on it.',
	},
	label: 'Pick Ticket',
	listSearchMethod: 'searchPickTickets',
	lookups: [
		{
			mode: {
				displayName: 'By Shipment Number',
				name: 'shipmentNumber',
				placeholder: 'e.g. 40000',
				hint: 'The number that people see, not the ID',
			},
			label: 'shipment number',
			isNumber: true,
			filter: 'by_shipment_number',
			field: 'shipment_number',
		},
	],
	describe: ({ shipment_number, customer_name }: IDataObject) =>
		`pick ticket ${String(shipment_number)}${customer_name ? ` for ${String(customer_name)}` : ''}`,
};

/** Returns whether a pick ticket is shipped (docs/uphance.openapi.yaml: components/schemas/PickTicket). */
export const isShipped = ({ status }: IDataObject): boolean => equalsIgnoringCase(status, 'shipped');

/** The field for the name of a warehouse. No list of warehouses is known (docs/api.md). */
export const warehouseField = nameField('Warehouse', 'warehouse_name', 'searchWarehouses', {
	description: 'The list has the warehouses of the oldest and the newest pick tickets and sales orders',
	placeholder: 'e.g. Primary warehouse',
});

/** The filter for the pick tickets of one warehouse (docs/uphance.openapi.yaml: GET /pick_tickets). */
export const byWarehouse: Filter = {
	queryName: 'filter[warehouse_name]',
	recordFields: ['warehouse'],
	field: warehouseField,
};
