import { isDataObject } from '../../http/json';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { parseWholeNumber } from '../../parameters/numbers';
import { parseId } from '../../parameters/parse';
import type { RowMessages } from '../../parameters/cells';
import { requireCell, requireValue } from '../../parameters/cells';
import type { RowsParameter } from '../../parameters/rows';
import { skuColumns, skuIdAdvice } from '../sku/skuFields';

/**
 * Returns the line quantities of the request (docs/uphance.openapi.yaml: POST /stock_operations). Adds up rows with the
 * same SKU and leaves out SKUs with quantity 0.
 *
 * @param label the field that the rows come from, for messages
 * @throws UserError that names the row, if a value cannot be used; UserError if no quantity is left
 */
export function toLineQuantities(list: unknown, label: string): IDataObject[] {
	if (!Array.isArray(list)) {
		throw new UserError(`'${label}' is not a list`, {
			description: 'Use a list of rows such as [{"sku_id": 640901, "quantity": 3}].',
		});
	}
	const quantities = new Map<number, number>();
	list.forEach((row: unknown, index) => {
		const number = index + 1;
		const quantity = quantityIn(row, number);
		if (quantity === 0) return;
		const skuId = parseId(`'SKU ID' in row ${number}`, cell(row, 'sku_id', 'SKU ID', number), skuIdAdvice);
		quantities.set(skuId, (quantities.get(skuId) ?? 0) + quantity);
	});
	const lines = [...quantities].flatMap(([sku_id, quantity]) => (quantity === 0 ? [] : [{ sku_id, quantity }]));
	if (lines.length > 0) return lines;
	throw new UserError('The stock operation moves nothing', {
		description: 'Add at least one row with a quantity other than 0. Nothing was sent for this item.',
	});
}

/**
 * Checks the quantities of rows before their SKUs are looked up.
 *
 * @throws UserError that names the row
 */
export const validateRows = (rows: unknown[]): void => rows.forEach((row, index) => quantityIn(row, index + 1));

function quantityIn(row: unknown, number: number): number {
	const value = requireValue(isDataObject(row) ? row : {}, 'quantity', 'Quantity', number, quantityMessages);
	return parseWholeNumber(`The quantity in row ${number}`, value, 'Use whole pieces, such as 3.');
}

const cell = (row: unknown, name: string, label: string, number: number): string =>
	requireCell(isDataObject(row) ? row : {}, name, label, number, quantityMessages);

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
	jsonDescription:
		'A list of rows such as {"sku_id": 640901, "quantity": 3}, or JSON text of such a list. Instead of "sku_id", rows can have "ean", "sku_number", or "product_identifier", "color" and "size", as chosen above. Other columns are ignored. Uphance does not document whether a positive quantity adds or removes stock. Try it with one test SKU first.',
};

/** The words for rows in messages. */
export const quantityMessages: RowMessages = {
	row: 'row',
	consequence: 'nothing was sent for this item',
	missingValueError: (number, label) =>
		new UserError(`Row ${number} has no '${label}'`, {
			description: 'Fill it in, or remove the row. Nothing was sent for this item.',
		}),
};
