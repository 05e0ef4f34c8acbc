import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RecordType } from '../transport/recordType';
import { orNull, sumOf, toJoinKey, toNumber, toRecords } from './values';

/** One output item, and the objects that it was made from. */
export interface Row {
	json: IDataObject;
	/** Innermost first. The option Also Return takes fields from the first one that has them. */
	sources: IDataObject[];
}

/** One way to split a record into several output items. */
export interface RowMode {
	name: string;
	/** @param singular name of the record, e.g. "sales order" */
	description: (singular: string) => string;
	rows: (record: IDataObject) => Row[];
}

/** The ways to split a record: into its lines (of a product, its colors) where it has any, or into their sizes. */
export interface RowModes {
	line?: RowMode;
	sku: RowMode;
}

/**
 * Returns the rows of a record with `line_items` and their `line_quantities`
 * (docs/uphance.openapi.yaml: components/schemas/LineItem).
 *
 * @param header returns the fields of the record that each row repeats. They override fields of the line with the same
 * name.
 */
export const lineItemRows = (header: (record: IDataObject) => IDataObject): RowModes => ({
	line: {
		name: 'Line Item',
		description: (singular) => `One item per product and color; each item repeats the fields of the ${singular}`,
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
			`One item per size; each item repeats the fields of ${singular} and line. Sizes with quantity 0 are left out.`,
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

const wholeRecord = 'record';

/**
 * Returns the field Return One Item Per.
 *
 * @param overrides merged into the field
 */
export const itemPerField = (
	{ singular }: Pick<RecordType, 'singular'>,
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
		...(line ? [{ name: line.name, value: 'line', description: line.description(singular) }] : []),
		{ name: sku.name, value: 'sku', description: sku.description(singular) },
	],
});

/** Returns the field so that the editor shows it only if each item is a whole record. */
export const showForWholeRecord = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { itemPer: [wholeRecord] } },
});

/**
 * Returns the selected way to split a record, or undefined for the whole record.
 *
 * @throws UserError for a value that is not in the menu, which an expression can return
 */
export function parseRowMode({ line, sku }: RowModes, value: unknown): RowMode | undefined {
	if (value === wholeRecord) return undefined;
	if (value === 'line' && line) return line;
	if (value === 'sku') return sku;
	const values = [wholeRecord, ...(line ? ['line'] : []), 'sku'].join(', ');
	throw new UserError(`'Return One Item Per' must be one of ${values}, not '${String(value)}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}
