import type { INodeProperties } from 'n8n-workflow';
import type { Filter } from '../../parameters/filters';

export const warehouseField: INodeProperties = {
	displayName: 'Warehouse Name',
	name: 'warehouse_name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Primary warehouse',
	description: 'Name of the warehouse, as in Uphance',
};

/** Pick tickets of one warehouse (uphance-api.md 4.9). */
export const byWarehouse: Filter = { queryName: 'filter[warehouse_name]', field: warehouseField };
