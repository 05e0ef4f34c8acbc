import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RecordKind } from '../transport/recordType';

/** An item of the output, and what it was made from, innermost first: further fields are looked for there. */
export interface Row {
	item: IDataObject;
	from: IDataObject[];
}

/** One of the ways to make several items of a record. */
export interface RowsPer {
	name: string;
	/** @param singular what the record is called */
	description: (singular: string) => string;
	rows: (record: IDataObject) => Row[];
}

/** What a record can be split into: its lines (of a product, its colors) and their sizes. */
export interface ItemPer {
	line: RowsPer;
	sku: RowsPer;
}

const whole = 'record';

/** The choice of what an item of the output is. @param more a further sentence */
export const itemPerField = (
	{ singular }: RecordKind,
	{ line, sku }: ItemPer,
	more?: Pick<INodeProperties, 'description'>,
): INodeProperties => ({
	displayName: 'Return One Item Per',
	name: 'itemPer',
	type: 'options',
	default: whole,
	...more,
	options: [
		{ name: singular.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()), value: whole },
		{ name: line.name, value: 'line', description: line.description(singular) },
		{ name: sku.name, value: 'sku', description: sku.description(singular) },
	],
});

/** Shows a field only while an item is a whole record. */
export const forWhole = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { itemPer: [whole] } },
});

/** Undefined for the whole record. @throws UserError for anything that is no choice, which an expression can yield */
export function chosenRows({ line, sku }: ItemPer, choice: unknown): RowsPer | undefined {
	if (choice === whole) return undefined;
	if (choice === 'line') return line;
	if (choice === 'sku') return sku;
	throw new UserError(`'Return One Item Per' must be one of ${whole}, line, sku, not '${String(choice)}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}
