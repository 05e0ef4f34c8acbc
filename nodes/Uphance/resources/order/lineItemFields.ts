import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../parameters/cells';
import type { RowsParameter } from '../../parameters/rows';
import { showWhenIdentifiedBy, skuColumns } from '../sku/skuFields';

/** The columns for the IDs of product and color. They are needed only with SKU IDs: a lookup of a SKU returns them too. */
const idColumns: INodeProperties[] = [
	{
		displayName: 'Product ID',
		name: 'product_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 77630',
		description:
			'ID of the style. You can also enter its product identifier, unless that has only digits: the node takes those for an ID.',
	},
	{
		displayName: 'Variation ID',
		name: 'variation_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 163772',
		description: 'ID of the color. If you set it, sizes of one color share a line in Uphance.',
	},
];

/** The rows of an order, one per SKU. */
export const lineItemRows: RowsParameter = {
	name: 'lineItems',
	label: 'Line Items',
	description: 'One row per SKU. Rows with the same product, variation and price become one line in Uphance.',
	row: {
		name: 'lineItem',
		label: 'Line Item',
		columns: [
			...skuColumns,
			{
				displayName: 'Quantity',
				name: 'quantity',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 1,
				description: 'Number of pieces; a row with 0 is left out',
			},
			{
				displayName: 'Unit Price',
				name: 'unit_price',
				type: 'string',
				default: '',
				placeholder: 'e.g. 45.00',
				description:
					'Price of one piece in the currency of the channel. Leave it empty to let Uphance set the price. Which price it then uses is not documented.',
			},
			...idColumns.map((column) => showWhenIdentifiedBy('sku_id', column)),
		],
	},
	jsonDescription:
		'A list of rows such as {"sku_id": 867799, "quantity": 3, "unit_price": "10.00"}, or JSON text of such a list. Instead of "sku_id", rows can have "ean", "sku_number", or "product_identifier", "color" and "size", as chosen above. Other columns are ignored. Line items exactly as Uphance documents them work too.',
};

/** The words for rows in messages. */
export const lineItemMessages: RowMessages = {
	row: 'line item',
	consequence: 'this order was not created',
	missingValueError: (number, label) =>
		new UserError(`Line item ${number} has no ${label}`, {
			description: 'Fill it in, or remove the line item. Nothing was sent for this item.',
		}),
};
