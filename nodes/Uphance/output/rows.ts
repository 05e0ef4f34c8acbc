import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RecordType } from '../transport/recordType';
import { orNull, sumOf, toJoinKey, toNumber, toRecords } from './values';

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

/** An item of the output, and what it was made from, innermost first: further fields are looked for there. */
export interface Row {
	json: IDataObject;
	sources: IDataObject[];
}

/** One of the ways to make several items of a record. */
export interface RowMode {
	name: string;
	/** @param singular what the record is called */
	description: (singular: string) => string;
	rows: (record: IDataObject) => Row[];
}

/** What a record can be split into: its lines (of a product, its colors) and their sizes. */
export interface RowModes {
	line: RowMode;
	sku: RowMode;
}

const wholeRecord = 'record';

/** The choice of what an item of the output is. @param overrides a further sentence */
export const itemPerField = (
	{ singular }: RecordType,
	{ line, sku }: RowModes,
	overrides?: Pick<INodeProperties, 'description'>,
): INodeProperties => ({
	displayName: 'Return One Item Per',
	name: 'itemPer',
	type: 'options',
	default: wholeRecord,
	...overrides,
	options: [
		{ name: singular.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), value: wholeRecord },
		{ name: line.name, value: 'line', description: line.description(singular) },
		{ name: sku.name, value: 'sku', description: sku.description(singular) },
	],
});

/** Shows a field only while an item is a whole record. */
export const showForWholeRecord = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { itemPer: [wholeRecord] } },
});

/** Undefined for the whole record. @throws UserError for anything that is no choice, which an expression can yield */
export function parseRowMode({ line, sku }: RowModes, value: unknown): RowMode | undefined {
	if (value === wholeRecord) return undefined;
	if (value === 'line') return line;
	if (value === 'sku') return sku;
	throw new UserError(`'Return One Item Per' must be one of ${wholeRecord}, line, sku, not '${String(value)}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}
