import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import type { RecordType } from '../transport/recordType';

/** One output item, and the objects that it was made from. */
export interface Row {
	json: IDataObject;
	/** Innermost first. The option Also Return takes fields from the first one that has them. */
	sources: IDataObject[];
}

/** One way to split a record into several output items. */
export interface RowMode {
	name: string;
	/** Name of one row in a sentence, e.g. "line item". */
	singular: string;
	plural: string;
	/** @param singular name of the record, e.g. "sales order" */
	description: (singular: string) => string;
	rows: (record: IDataObject) => Row[];
}

/** The ways to split a record: into its lines (of a product, its colors) where it has any, or into their sizes. */
export interface RowModes {
	line?: RowMode;
	sku: RowMode;
	/** Set if rows of SKUs can lack something that Uphance has elsewhere. */
	lookup?: RowLookup;
}

/** Fills in what the rows of a record lack. */
export interface RowLookup {
	/** The switch that turns it on. */
	option: INodeProperties;
	/** Changes the rows. @throws NodeApiError if a request fails */
	fillIn(client: UphanceClient, rows: IDataObject[]): Promise<void>;
	/** Returns a hint that names the switch if the rows lack all of it. @param plural name of the records */
	hint(rows: IDataObject[], plural: string): string | undefined;
}

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
