import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RecordType } from '../transport/recordType';

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
