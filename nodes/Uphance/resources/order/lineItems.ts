import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toRecords } from '../../output/values';
import { readCell, readValue, requireCell, requireValue } from '../../parameters/cells';
import { assertExactNumbers, parseAmount, parseWholeNumber } from '../../parameters/numbers';
import { parseId, toRecordId } from '../../parameters/parse';
import { skuIdAdvice } from '../sku/skuFields';
import { lineItemMessages } from './lineItemFields';

/**
 * Line items as Uphance documents them (uphance-docs-orders.txt). Rows, one for each SKU, are grouped by product,
 * variation and price; elements with `line_quantities` are sent as they are.
 *
 * @param list rows or documented line items; `label` names the field they come from
 * @param currency of the prices; '' where it is not known
 * @throws UserError that names the line item
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
		description: 'Add at least one with a quantity above 0. Nothing was sent for this item.',
	});
}

interface Row {
	product_id: number | string;
	variation_id: number | string;
	unit_price: number | string;
	sku_id: number;
	quantity: number;
}

/** Whether a list is of line items as Uphance documents them, which have the ids of their SKUs. */
export const areNested = (list: unknown): boolean => toRecords(list).some((element) => 'line_quantities' in element);

/** Says what is wrong with rows before their SKUs are looked up. @throws UserError that names the line item */
export function validateRows(rows: unknown[], currency: unknown = ''): void {
	rows.forEach((row, index) => {
		if (isDataObject(row) && quantityIn(row, index + 1) > 0) priceIn(row, index + 1, currency);
	});
}

/** Nothing for a row without a quantity. */
function parseRow(row: IDataObject, number: number, currency: unknown): Row[] {
	const quantity = quantityIn(row, number);
	if (quantity === 0) return [];
	const cell = (name: string, label: string): string => readCell(row, name, `'${label}' in line item ${number}`);
	const product = cell('product_id', 'Product ID');
	const variation = cell('variation_id', 'Variation ID');
	const parsedRow: Row = {
		// A style number may stand for the product, as in Uphance's example.
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
	const label = `The quantity in line item ${number}`;
	const value = requireValue(row, 'quantity', 'quantity', number, lineItemMessages);
	const quantity = parseWholeNumber(label, value, 'Use 0, 1, 2 and so on. Rows with 0 are left out.');
	if (quantity >= 0) return quantity;
	throw new UserError(`${label} is negative: '${quantity}'`, {
		description: 'A sales order takes no pieces back. Use 0, 1, 2 and so on, or remove the row.',
	});
}

/** Empty when it is left to Uphance. */
function priceIn(row: IDataObject, number: number, currency: unknown, name = 'Unit Price'): number | '' {
	const label = `'${name}' in line item ${number}`;
	const price = readValue(row, 'unit_price', label);
	return price === '' ? '' : Number(parseAmount(label, price, currency));
}

function groupRows(rows: Row[]): IDataObject[] {
	const items = new Map<string, Row[]>();
	for (const row of rows) {
		// Without a variation nobody knows whether two SKUs belong to one line, so each has its own.
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

/** Nothing when no line item has a quantity. */
const withQuantity = (items: IDataObject[]): IDataObject[] =>
	items.some(({ line_quantities }) => toRecords(line_quantities).some(({ quantity }) => Number(quantity) > 0))
		? items
		: [];

/** A documented line item as long as what every order needs is in it, unchanged but for the rounding of its price. */
function validateNested(item: IDataObject, number: number, currency: unknown): IDataObject {
	const { line_quantities: quantities } = item;
	if (!Array.isArray(quantities) || quantities.length === 0 || !quantities.every(isDataObject)) {
		throw new UserError(`Line item ${number} has no 'line_quantities'`, {
			description:
				'Either all line items have them, as in the documentation of Uphance, or all are rows with "sku_id" and "quantity".',
		});
	}
	for (const each of quantities) {
		skuIdIn(each, number);
		quantityIn(each, number);
	}
	const unit_price = priceIn(item, number, currency, 'unit_price');
	const rounded = typeof item.unit_price === 'number' ? { ...item, unit_price } : item;
	assertExactNumbers(`line item ${number}`, rounded);
	return rounded;
}
