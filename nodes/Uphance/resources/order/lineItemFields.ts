import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../parameters/cells';
import type { RowsParameter } from '../../parameters/rows';
import { skuColumns, skuColumnsInJson } from '../sku/skuFields';

const example = '{"ean": "5000006409017", "quantity": 3, "unit_price": "45.00"}';

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
		],
	},
	jsonDescription: `A list of rows such as ${example}, or JSON text of such a list. ${skuColumnsInJson} Other columns are ignored, but a column such as "price" or "qty" instead of "unit_price" or "quantity" is refused. Line items exactly as Uphance documents them work too.`,
};

/** The words for rows in messages. */
export const lineItemMessages: RowMessages = {
	row: 'line item',
	consequence: 'this order was not created',
	example,
	uncheckedIds:
		"In JSON, the node does not check the IDs of line items that have 'line_quantities', as Uphance documents them.",
	missingValueError: (number, label, advice = 'Fill it in') =>
		new UserError(`Line item ${number} has no ${label}`, {
			description: `${advice}, or remove the line item. Nothing was sent for this item.`,
		}),
};
