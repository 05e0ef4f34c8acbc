import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { isFilled, readValue, requireValue } from '../../parameters/cells';
import { assertNoOtherName } from '../../parameters/columnNames';
import { parseAmount, parsePieces } from '../../parameters/numbers';
import type { RawRows } from '../../parameters/rows';
import type { SkuIds } from '../sku/resolveSkus';
import type { SkuReference } from '../sku/skuReference';
import { parseSkuRows } from '../sku/skuReference';
import { lineItemMessages } from './lineItemFields';

/** A row of an order after parsing. */
export interface LineItemRow {
	sku: SkuReference;
	/** Above 0. */
	quantity: number;
	/** '' leaves the price to Uphance. */
	unit_price: number | '';
}

/**
 * Returns the rows with a quantity above 0.
 *
 * @param currency of the prices, or '' if it is not known
 * @throws UserError that names the line item, if a value cannot be used
 */
export const parseLineItemRows = (rows: RawRows, currency: unknown = ''): LineItemRow[] =>
	parseSkuRows(rows, lineItemMessages, (row, number) => {
		const quantity = quantityIn(row, number);
		assertNoDiscount(row, number);
		return quantity === 0 ? undefined : { quantity, unit_price: priceIn(row, number, currency) };
	});

/** Returns the quantity of a row, 0 or more. @param number position of the row, from 1 */
export function quantityIn(row: IDataObject, number: number): number {
	assertNoOtherName(row, 'quantity', `line item ${number}`);
	const value = requireValue(row, 'quantity', 'quantity', number, lineItemMessages);
	const advice = 'Use 0, 1, 2 and so on. Rows with 0 are left out.';
	return parsePieces(`The quantity in line item ${number}`, value, advice);
}

/** Returns the price, or '' if the cell is blank. */
export function priceIn(row: IDataObject, number: number, currency: unknown, name = 'Unit Price'): number | '' {
	assertNoOtherName(row, 'unit_price', `line item ${number}`);
	const label = `'${name}' in line item ${number}`;
	const price = readValue(row, 'unit_price', label);
	return price === '' ? '' : Number(parseAmount(label, price, currency));
}

const discountColumn = /^(line|item|percentage)?discount(percentage|percent|rate|amount)?$/;

/**
 * Checks that a row has no discount: it would be ignored, and the order would go out at the full price. In rows of Uphance
 * itself `unit_price` is the price after `percentage_discount`.
 */
function assertNoDiscount(row: IDataObject, number: number): void {
	const isDiscount = (column: string) =>
		discountColumn.test(column.toLowerCase().replace(/[^a-z]/g, '')) &&
		isFilled(row[column]) &&
		/[1-9]/.test(String(row[column])) &&
		!(column === 'percentage_discount' && isFilled(row.unit_price));
	const column = Object.keys(row).find(isDiscount);
	if (column === undefined) return;
	throw new UserError(`"${toComparable(column)}" in line item ${number} cannot be sent`, {
		description:
			'Uphance documents no discount for a new order. Put the price after the discount into "unit_price" and remove the column. Nothing was sent for this item.',
	});
}

/** A line item of the request with one SKU, or several of the same product, variation and price. */
type Line = SkuIds & Pick<LineItemRow, 'quantity' | 'unit_price'>;

/**
 * Returns the line items of the request (docs/uphance.openapi.yaml: POST /sales_orders). Groups rows by product,
 * variation and price, and adds up rows of the same SKU and price.
 *
 * @param skus those of the rows, in their order
 */
export function toLineItems(rows: LineItemRow[], skus: SkuIds[]): IDataObject[] {
	const items = new Map<string, Line[]>();
	for (const [index, { quantity, unit_price }] of rows.entries()) {
		const sku = skus[index];
		if (!sku) continue;
		const { product_id, variation_id, sku_id } = sku;
		// Without a variation it is unknown whether two SKUs belong to one line, so each SKU has its own line.
		const key = JSON.stringify([product_id, variation_id, unit_price, variation_id === undefined && sku_id]);
		const group = items.get(key) ?? [];
		const same = group.find((line) => line.sku_id === sku_id);
		if (same) same.quantity += quantity;
		else items.set(key, [...group, { ...sku, quantity, unit_price }]);
	}
	return [...items.values()].map(lineItem);
}

function lineItem(lines: Line[]): IDataObject {
	const { product_id, variation_id, unit_price = '' } = lines[0] ?? {};
	return {
		...(product_id !== undefined && { product_id }),
		...(variation_id !== undefined && { variation_id }),
		...(unit_price !== '' && { unit_price }),
		line_quantities: lines.map(({ sku_id, quantity }) => ({ sku_id, quantity })),
	};
}
