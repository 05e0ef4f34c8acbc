import type { IDataObject } from 'n8n-workflow';
import type { ItemPer } from './itemPer';
import { amount, joinText, orNull, records, sumOf } from './values';

/**
 * Rows of a record with `line_items` and their `line_quantities` (uphance-api.md 3.5; the fields: users.md B1).
 *
 * @param header the fields of the record that each row repeats; they win where a field of the line is called the same
 */
export const documentRows = (header: (record: IDataObject) => IDataObject): ItemPer => ({
	line: {
		name: 'Line Item',
		description: (singular) => `One item for each product and color, with the ${singular} repeated`,
		rows(record) {
			const head = header(record);
			return records(record.line_items).map((line) => {
				const quantity = sumOf(records(line.line_quantities), 'quantity') ?? 0;
				return { item: { ...head, ...lineFields(line), quantity, ...head }, from: [line, record] };
			});
		},
	},
	sku: {
		name: 'SKU',
		description: (singular) =>
			`One item for each size, with ${singular} and line repeated; sizes with quantity 0 are left out`,
		rows(record) {
			const head = header(record);
			return records(record.line_items).flatMap((line) =>
				records(line.line_quantities)
					.filter(({ quantity }) => Boolean(amount(quantity)))
					.map((size) => ({
						item: { ...head, ...lineFields(line), ...sizeFields(size), ...head },
						from: [size, line, record],
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
	unit_price: amount(line.unit_price),
	original_price: amount(line.original_price),
	percentage_discount: amount(line.percentage_discount),
	unit_tax: amount(line.unit_tax),
	tax_level: amount(line.tax_level),
});

const sizeFields = (size: IDataObject): IDataObject => ({
	line_quantity_id: orNull(size.id),
	sku_id: orNull(size.sku_id),
	sku_number: joinText(size.sku_number),
	upc_number: joinText(size.upc_number),
	size: orNull(size.size),
	quantity: amount(size.quantity),
});
