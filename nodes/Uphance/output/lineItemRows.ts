import type { IDataObject } from 'n8n-workflow';
import type { RowLookup, RowModes } from './rows';
import { firstNonBlank, orNull, sumOf, toJoinKey, toNumber, toRecords } from './values';

/**
 * Amounts of a whole record. Rows leave them out: a column of them, added up, would count each as often as the record has
 * rows. The option Also Return brings them back by name.
 */
const totals = ['subtotal', 'total_tax', 'grand_total', 'amount_outstanding', 'total_quantity'];

/**
 * Returns the rows of a record with `line_items` and their `line_quantities`
 * (docs/uphance.openapi.yaml: components/schemas/LineItem).
 *
 * @param simplify returns the fields of the record. Each row repeats them, without the totals. They override fields of the
 * line with the same name.
 */
export const lineItemRows = (simplify: (record: IDataObject) => IDataObject, lookup: RowLookup): RowModes => ({
	line: {
		name: 'Line Item',
		singular: 'line item',
		plural: 'line items',
		description: (singular) => `One item per product and color; each item repeats the fields of the ${singular}`,
		rows(record) {
			const header = withoutTotals(simplify(record));
			return toRecords(record.line_items).map((line) => {
				const quantity = sumOf(toRecords(line.line_quantities), 'quantity') ?? 0;
				const json = { ...header, ...lineFields(line), quantity, line_total: lineTotal(quantity, line), ...header };
				return { json, sources: [line, record] };
			});
		},
	},
	sku: {
		name: 'SKU',
		singular: 'SKU',
		plural: 'SKUs',
		description: (singular) =>
			`One item per size; each item repeats the fields of ${singular} and line. Sizes with quantity 0 are left out.`,
		rows(record) {
			const header = withoutTotals(simplify(record));
			return toRecords(record.line_items).flatMap((line) =>
				toRecords(line.line_quantities).flatMap((size) => {
					const quantity = toNumber(size.quantity);
					if (!quantity) return [];
					const amounts = { quantity, line_total: lineTotal(quantity, line) };
					const json = { ...header, ...lineFields(line), ...sizeFields(size), ...amounts, ...header };
					return [{ json, sources: [size, line, record] }];
				}),
			);
		},
	},
	lookup,
});

const withoutTotals = (record: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !totals.includes(name)));

/** Returns what the pieces of a line cost together, by its price without tax, or null without a price. */
function lineTotal(quantity: number, { unit_price }: IDataObject): number | null {
	const price = toNumber(unit_price);
	// Four decimals, as amounts have elsewhere: 3 * 4.1 is 12.299999999999999.
	return price === null ? null : Number((quantity * price).toFixed(4));
}

const lineFields = (line: IDataObject): IDataObject => ({
	line_item_id: orNull(line.id),
	product_id: orNull(line.product_id),
	product_identifier: orNull(line.product_identifier),
	product_name: orNull(line.product_name),
	variation_id: orNull(line.variation_id),
	color: orNull(line.color),
	unit_price: toNumber(line.unit_price),
	original_price: toNumber(line.original_price),
	percentage_discount: toNumber(line.percentage_discount),
	unit_tax: toNumber(line.unit_tax),
	tax_level: toNumber(line.tax_level),
});

const sizeFields = (size: IDataObject): IDataObject => ({
	line_quantity_id: orNull(size.id),
	sku_id: orNull(size.sku_id),
	sku_number: toJoinKey(size.sku_number),
	// Where these records have the barcode, it is called upc_number; products call it ean.
	ean: toJoinKey(firstNonBlank([size.ean, size.upc_number])),
	size: orNull(size.size),
});
