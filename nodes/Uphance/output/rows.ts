import type { IDataObject } from 'n8n-workflow';
import type { RowModes } from './itemPer';
import { toNumber, toJoinKey, orNull, toRecords, sumOf } from './values';

/**
 * Rows of a record with `line_items` and their `line_quantities` (uphance-api.md 3.5; the fields: users.md B1).
 *
 * @param header the fields of the record that each row repeats; they win where a field of the line is called the same
 */
export const lineItemRows = (header: (record: IDataObject) => IDataObject): RowModes => ({
	line: {
		name: 'Line Item',
		description: (singular) => `One item for each product and color, with the ${singular} repeated`,
		rows(record) {
			const head = header(record);
			return toRecords(record.line_items).map((line) => {
				const quantity = sumOf(toRecords(line.line_quantities), 'quantity') ?? 0;
				return { json: { ...head, ...lineFields(line), quantity, ...head }, sources: [line, record] };
			});
		},
	},
	sku: {
		name: 'SKU',
		description: (singular) =>
			`One item for each size, with ${singular} and line repeated; sizes with quantity 0 are left out`,
		rows(record) {
			const head = header(record);
			return toRecords(record.line_items).flatMap((line) =>
				toRecords(line.line_quantities)
					.filter(({ quantity }) => Boolean(toNumber(quantity)))
					.map((size) => ({
						json: { ...head, ...lineFields(line), ...sizeFields(size), ...head },
						sources: [size, line, record],
					})),
			);
		},
	},
});

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
	upc_number: toJoinKey(size.upc_number),
	size: orNull(size.size),
	quantity: toNumber(size.quantity),
});
