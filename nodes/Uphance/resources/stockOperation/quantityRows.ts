import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../parameters/rowCell';
import type { RowsParameter } from '../../parameters/rows';
import { skuColumns } from '../sku/skuFields';

const quantityDescription =
	'How many pieces. Uphance does not say whether a positive quantity adds or removes stock: try it with one test SKU first.';

/** The rows of a stock operation, one for each SKU (uphance-api.md 4.13). */
export const quantityRows: RowsParameter = {
	name: 'lineQuantities',
	label: 'Quantities',
	row: {
		name: 'lineQuantity',
		label: 'Quantity',
		columns: [
			...skuColumns,
			{
				displayName: 'Quantity',
				name: 'quantity',
				type: 'number',
				default: 1,
				description: quantityDescription,
			},
		],
	},
	jsonDescription:
		'A list, or JSON text of a list, of rows such as {"sku_id": 640901, "quantity": 3}. Rows name their SKU as chosen above: "ean", "sku_number", or "product_identifier", "color" and "size" instead of "sku_id". Further columns are ignored. Uphance does not say whether a positive quantity adds or removes stock: try it with one test SKU first.',
};

/** How messages speak of the rows. */
export const quantityMessages: RowMessages = {
	row: 'row',
	consequence: 'nothing was sent for this item',
	missingValueError: (number, label) =>
		new UserError(`Row ${number} has no '${label}'`, {
			description: 'Fill it in, or remove the row. Nothing was sent for this item.',
		}),
};
