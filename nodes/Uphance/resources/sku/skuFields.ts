import type { INodeProperties } from 'n8n-workflow';
import { byEan } from './sku';

/** Name of the method that fills the list of the SKU field. */
export const skuListMethod = 'searchSkusInProducts';

/**
 * The SKU of a row of the form. The names of its modes are the names of the columns of rows in JSON; the list yields SKU
 * IDs. No mode is called "id": n8n would switch to it when a user drags a value into the field.
 */
const skuField: INodeProperties = {
	displayName: 'SKU',
	name: 'sku',
	type: 'resourceLocator',
	// Without `__rl` n8n does not see that a new field is empty, and hides the columns below.
	default: { __rl: true, mode: 'list', value: '' },
	description: 'The SKU of this row. Leave it empty to use Style, Color and Size instead.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: skuListMethod, searchable: true },
		},
		{ ...byEan.mode, type: 'string' },
		{
			displayName: 'By SKU Number',
			name: 'sku_number',
			type: 'string',
			placeholder: 'e.g. AW24-AAM-RED-M',
			hint: 'Upper and lower case make no difference',
		},
		{
			displayName: 'By ID',
			name: 'sku_id',
			type: 'string',
			placeholder: 'e.g. 640901',
			hint: 'The number that Uphance uses internally, not the SKU number',
		},
	],
};

/** Returns a column that the editor shows only while the SKU is empty. */
const whenNoSku = (
	displayName: string,
	name: string,
	placeholder: string,
	texts?: Pick<INodeProperties, 'description' | 'hint'>,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	...texts,
	displayOptions: { show: { sku: [''] } },
});

/** The columns that identify the SKU of a row of the form. */
export const skuColumns: INodeProperties[] = [
	skuField,
	whenNoSku('Style', 'product_identifier', 'e.g. AW24-AAM', {
		description: 'The product identifier that people see, not the ID',
		hint: 'Style, Color and Size are an alternative to SKU',
	}),
	whenNoSku('Color', 'color_name', 'e.g. Red'),
	whenNoSku('Size', 'size', 'e.g. M'),
];

/** Says in the description of a JSON field how its rows name their SKUs. */
export const skuColumnsInJson =
	'A row identifies its SKU by "sku_id", "ean" or "sku_number", or by "product_identifier", "color" and "size". If it has several, the first in this order counts.';
