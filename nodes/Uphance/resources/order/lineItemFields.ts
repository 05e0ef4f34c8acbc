import type { INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../parameters/cells';
import type { RowsParameter } from '../../parameters/rows';
import { showWhenIdentifiedBy, skuColumns } from '../sku/skuFields';

/** Looked up, a SKU brings the ids of its product and color along. */
const idColumns: INodeProperties[] = [
	{
		displayName: 'Product ID',
		name: 'product_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 77630',
		description:
			'ID of the style. A product identifier will do too, unless it is made of digits only: those are taken for an ID.',
	},
	{
		displayName: 'Variation ID',
		name: 'variation_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 163772',
		description: 'ID of the color; sizes of one color then share a line in Uphance',
	},
];

/** The rows of an order, one for each SKU (users.md A1, A2). */
export const lineItemRows: RowsParameter = {
	name: 'lineItems',
	label: 'Line Items',
	description: 'One row for each SKU; rows of the same product, variation and price become one line in Uphance',
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
				description: 'How many pieces; a row with 0 is left out',
			},
			{
				displayName: 'Unit Price',
				name: 'unit_price',
				type: 'string',
				default: '',
				placeholder: 'e.g. 45.00',
				description:
					'Price of one piece in the currency of the channel. Leave empty to let Uphance decide; what it then charges is not documented.',
			},
			...idColumns.map((column) => showWhenIdentifiedBy('sku_id', column)),
		],
	},
	jsonDescription:
		'A list, or JSON text of a list, of rows such as {"sku_id": 867799, "quantity": 3, "unit_price": "10.00"}, or line items exactly as Uphance documents them. Rows name their SKU as chosen above: "ean", "sku_number", or "product_identifier", "color" and "size" instead of "sku_id". Further columns in rows are ignored.',
};

/** How messages speak of the rows. */
export const lineItemMessages: RowMessages = {
	row: 'line item',
	consequence: 'nothing was created',
	missingValueError: (number, label) =>
		new UserError(`Line item ${number} has no ${label}`, {
			description: 'Fill it in, or remove the line item. Nothing was sent for this item.',
		}),
};
