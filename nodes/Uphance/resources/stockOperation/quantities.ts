import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../parameters/cells';
import { requireValue } from '../../parameters/cells';
import { assertNoOtherName } from '../../parameters/columnNames';
import { parseWholeNumber } from '../../parameters/numbers';
import type { RawRows, RowsParameter } from '../../parameters/rows';
import type { SkuIds } from '../sku/resolveSkus';
import { skuColumns, skuColumnsInJson } from '../sku/skuFields';
import type { SkuReference } from '../sku/skuReference';
import { parseSkuRows } from '../sku/skuReference';

/** A row of a stock operation after parsing. */
export interface QuantityRow {
	sku: SkuReference;
	/** Not 0. */
	quantity: number;
}

/**
 * Returns the rows with a quantity other than 0.
 *
 * @throws UserError that names the row, if a value cannot be used
 */
export const parseQuantityRows = (rows: RawRows): QuantityRow[] =>
	parseSkuRows(rows, quantityMessages, (row, number) => {
		assertNoOtherName(row, 'quantity', `row ${number}`);
		const value = requireValue(row, 'quantity', 'Quantity', number, quantityMessages);
		const quantity = parseWholeNumber(`The quantity in row ${number}`, value, 'Use whole pieces, such as 3.');
		return quantity === 0 ? undefined : { quantity };
	});

/**
 * Returns the line quantities of the request (docs/uphance.openapi.yaml: POST /stock_operations). Adds up rows with the
 * same SKU and leaves out SKUs with quantity 0.
 *
 * @param skus those of the rows, in their order
 * @throws UserError if no quantity is left
 */
export function toLineQuantities(rows: QuantityRow[], skus: SkuIds[]): IDataObject[] {
	const quantities = new Map<number, number>();
	for (const [index, { sku_id }] of skus.entries()) {
		quantities.set(sku_id, (quantities.get(sku_id) ?? 0) + (rows[index]?.quantity ?? 0));
	}
	const lines = [...quantities].flatMap(([sku_id, quantity]) => (quantity === 0 ? [] : [{ sku_id, quantity }]));
	if (lines.length > 0) return lines;
	throw new UserError('The stock operation moves nothing', {
		description: 'Add at least one row with a quantity other than 0. Nothing was sent for this item.',
	});
}

const example = '{"ean": "5000006409017", "quantity": 3}';

/** Says above all fields what nobody knows: a wrong guess books stock the wrong way round. */
export const signNotice: INodeProperties = {
	displayName:
		"Nobody but Uphance knows whether a positive quantity adds or removes stock: it is not documented. Before you book real stock, try it with one test SKU and look at its stock in Uphance. 'Preview Only' under Options shows what would be sent.",
	name: 'signNotice',
	type: 'notice',
	default: '',
};

const quantityDescription =
	'Number of pieces. Uphance does not document whether a positive quantity adds or removes stock. Try it with one test SKU first.';

/** The rows of a stock operation, one per SKU. */
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
	jsonDescription: `A list of rows such as ${example}, or JSON text of such a list. ${skuColumnsInJson} Other columns are ignored, but a column such as "qty" instead of "quantity" is refused. Uphance does not document whether a positive quantity adds or removes stock. Try it with one test SKU first.`,
};

/** The words for rows in messages. */
export const quantityMessages: RowMessages = {
	row: 'row',
	consequence: 'nothing was sent for this item',
	example,
	uncheckedIds: "The node does not check the IDs of 'line_quantities' in Additional JSON.",
	missingValueError: (number, label, advice = 'Fill it in') =>
		new UserError(`Row ${number} has no '${label}'`, {
			description: `${advice}, or remove the row. Nothing was sent for this item.`,
		}),
};
