import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toRecords } from '../../output/values';
import { readCell, readValue, requireCell, requireValue } from '../../parameters/cells';
import { assertExactNumbers, parseAmount, parsePieces } from '../../parameters/numbers';
import { parseId, toRecordId } from '../../parameters/parse';
import { skuIdAdvice } from '../sku/skuFields';
import { lineItemMessages } from './lineItemFields';

/**
 * Returns the line items of the request (docs/uphance.openapi.yaml: POST /sales_orders). Groups rows by product,
 * variation and price. Returns elements with `line_quantities` unchanged, except that it rounds their prices.
 *
 * @param list rows with one SKU each, or line items as Uphance documents them
 * @param label the field that the list comes from, for messages
 * @param currency of the prices, or '' if it is not known
 * @throws UserError that names the line item, if a value cannot be used; UserError if there is no quantity above 0
 */
export function toLineItems(list: unknown, label: string, currency: unknown = ''): IDataObject[] {
	if (!Array.isArray(list)) {
		throw new UserError(`'${label}' is not a list`, {
			description: 'Use a list of rows such as [{"sku_id": 867799, "quantity": 3, "unit_price": "10.00"}].',
		});
	}
	const rows = list.map((element: unknown, index) => {
		if (isDataObject(element)) return element;
		throw new UserError(`Line item ${index + 1} is not an object`, {
			description: 'Each line item is an object such as {"sku_id": 867799, "quantity": 3, "unit_price": "10.00"}.',
		});
	});
	const items = areNested(rows)
		? withQuantity(rows.map((row, index) => validateNested(row, index + 1, currency)))
		: groupRows(rows.flatMap((row, index) => parseRow(row, index + 1, currency)));
	if (items.length > 0) return items;
	throw new UserError('The sales order has no line items', {
		description: 'Add at least one line item with a quantity above 0. Nothing was sent for this item.',
	});
}

/** A row after parsing. A blank value is ''. */
interface Row {
	product_id: number | string;
	variation_id: number | string;
	unit_price: number | string;
	sku_id: number;
	quantity: number;
}

/** Returns whether a list contains line items as Uphance documents them: those have `line_quantities`. */
export const areNested = (list: unknown): boolean => toRecords(list).some((element) => 'line_quantities' in element);

/**
 * Checks quantities and prices of rows before their SKUs are looked up.
 *
 * @throws UserError that names the line item
 */
export function validateRows(rows: unknown[], currency: unknown = ''): void {
	rows.forEach((row, index) => {
		if (isDataObject(row) && quantityIn(row, index + 1) > 0) priceIn(row, index + 1, currency);
	});
}

/** Returns the row, or [] if its quantity is 0. */
function parseRow(row: IDataObject, number: number, currency: unknown): Row[] {
	const quantity = quantityIn(row, number);
	if (quantity === 0) return [];
	const cell = (name: string, label: string): string => readCell(row, name, `'${label}' in line item ${number}`);
	const product = cell('product_id', 'Product ID');
	const variation = cell('variation_id', 'Variation ID');
	const parsedRow: Row = {
		// Uphance also accepts the product identifier as text (docs/uphance.openapi.yaml: POST /sales_orders).
		product_id: toRecordId(product) ?? product,
		variation_id: variation === '' ? '' : parseId(`'Variation ID' in line item ${number}`, variation),
		unit_price: priceIn(row, number, currency),
		sku_id: parseId(`'SKU ID' in line item ${number}`, skuIdIn(row, number), skuIdAdvice),
		quantity,
	};
	return [parsedRow];
}

const skuIdIn = (row: IDataObject, number: number): string =>
	requireCell(row, 'sku_id', 'SKU ID', number, lineItemMessages);

function quantityIn(row: IDataObject, number: number): number {
	const value = requireValue(row, 'quantity', 'quantity', number, lineItemMessages);
	const advice = 'Use 0, 1, 2 and so on. Rows with 0 are left out.';
	return parsePieces(`The quantity in line item ${number}`, value, advice);
}

/** Returns the price, or '' if the cell is blank. */
function priceIn(row: IDataObject, number: number, currency: unknown, name = 'Unit Price'): number | '' {
	const label = `'${name}' in line item ${number}`;
	const price = readValue(row, 'unit_price', label);
	return price === '' ? '' : Number(parseAmount(label, price, currency));
}

function groupRows(rows: Row[]): IDataObject[] {
	const items = new Map<string, Row[]>();
	for (const row of rows) {
		// Without a variation it is unknown whether two SKUs belong to one line, so each SKU has its own line.
		const key = JSON.stringify([
			row.product_id,
			row.variation_id,
			row.unit_price,
			row.variation_id === '' && row.sku_id,
		]);
		const group = items.get(key) ?? [];
		const same = group.find(({ sku_id }) => sku_id === row.sku_id);
		if (same) same.quantity += row.quantity;
		else items.set(key, [...group, { ...row }]);
	}
	return [...items.values()].map(lineItem);
}

function lineItem(rows: Row[]): IDataObject {
	const item: IDataObject = {};
	for (const name of ['product_id', 'variation_id', 'unit_price'] as const) {
		const value = rows[0]?.[name];
		if (value !== undefined && value !== '') item[name] = value;
	}
	return { ...item, line_quantities: rows.map(({ sku_id, quantity }) => ({ sku_id, quantity })) };
}

/** Returns the line items, or [] if none of them has a quantity above 0. */
const withQuantity = (items: IDataObject[]): IDataObject[] =>
	items.some(({ line_quantities }) => toRecords(line_quantities).some(({ quantity }) => Number(quantity) > 0))
		? items
		: [];

/** Returns a line item in Uphance's form after checking its quantities and its price. Rounds a price that is a number. */
function validateNested(item: IDataObject, number: number, currency: unknown): IDataObject {
	const { line_quantities: quantities } = item;
	if (!Array.isArray(quantities) || quantities.length === 0 || !quantities.every(isDataObject)) {
		throw new UserError(`Line item ${number} has no 'line_quantities'`, {
			description:
				'Use either the form that Uphance documents, or rows with "sku_id" and "quantity", for all line items.',
		});
	}
	for (const size of quantities) {
		skuIdIn(size, number);
		quantityIn(size, number);
	}
	const unit_price = priceIn(item, number, currency, 'unit_price');
	const rounded = typeof item.unit_price === 'number' ? { ...item, unit_price } : item;
	assertExactNumbers(`line item ${number}`, rounded);
	return rounded;
}
