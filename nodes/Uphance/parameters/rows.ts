import { isObject } from '../http/json';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { parseJson } from './parse';

/** A list that people fill in row by row, or take from the previous node. */
export interface RowsParameter {
	/** The name of the form; those of the other fields begin with it, e.g. "lineItems". */
	name: string;
	/** e.g. "Line Items" */
	label: string;
	/** One row in the form. */
	row: { name: string; label: string; columns: INodeProperties[] };
	description?: string;
	jsonDescription: string;
}

/** Where the rows come from, the form, and the JSON. */
export const rowsProperties = ({
	name,
	label,
	row,
	description,
	jsonDescription,
}: RowsParameter): INodeProperties[] => [
	sourceField(name, label),
	{
		displayName: label,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		displayOptions: { show: { [`${name}Source`]: ['fields'] } },
		placeholder: `Add ${row.label.toLowerCase()}`,
		default: {},
		description,
		options: [{ displayName: row.label, name: row.name, values: row.columns }],
	},
	{
		displayName: `${label} JSON`,
		name: `${name}Json`,
		type: 'json',
		displayOptions: { show: { [`${name}Source`]: ['json'] } },
		default: '[]',
		description: jsonDescription,
	},
];

const sourceField = (name: string, label: string): INodeProperties => ({
	displayName: `${label} From`,
	name: `${name}Source`,
	type: 'options',
	default: 'fields',
	options: [
		{ name: 'Fields Below', value: 'fields', description: 'One row for each SKU' },
		{ name: 'JSON', value: 'json', description: 'A list, such as one from the previous node' },
	],
	description: `Where the ${label.toLowerCase()} come from`,
});

export interface RawRows {
	/** Whatever was given: nobody has looked whether it is a list of rows. */
	list: unknown;
	/** The field that it comes from, for messages. */
	label: string;
}

/** What the user gave as rows, from the source that was chosen. @throws UserError for text that is not JSON */
export function readRows(context: IExecuteFunctions, item: number, { name, label, row }: RowsParameter): RawRows {
	if (context.getNodeParameter(`${name}Source`, item) === 'json') {
		const jsonLabel = `${label} JSON`;
		return { list: parseJson(jsonLabel, context.getNodeParameter(`${name}Json`, item)), label: jsonLabel };
	}
	const list = context.getNodeParameter(`${name}.${row.name}`, item, []);
	return { list: Array.isArray(list) ? list.map(nullToUndefined) : list, label };
}

/** In a form only an expression yields null: it found nothing. In JSON it is an empty cell. */
const nullToUndefined = (row: unknown): unknown =>
	isObject(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) : row;

/** How messages speak of the rows of one operation. */
export interface RowMessages {
	/** e.g. "line item" */
	row: string;
	/** e.g. "nothing was created" */
	consequence: string;
	/** That a row, counted from 1, has no value in a column. */
	missingValueError(number: number, label: string): UserError;
}

/**
 * What a row has in a column, as text without stray blanks; empty for a blank cell.
 *
 * @param label names column and row
 * @throws UserError for a value that an expression did not find, and for anything but a text or number
 */
export function readCell(row: IDataObject, name: string, label: string): string {
	const value = row[name];
	if (!(name in row) || value === null) return '';
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`${label} has no value that could be used`, {
		description: 'Its expression yields nothing, or more than one value. Correct it, or leave it out.',
	});
}

/** The same for a cell that every row needs. @throws UserError also for a blank one */
export function requireCell(
	row: IDataObject,
	name: string,
	label: string,
	number: number,
	{ row: noun, missingValueError }: RowMessages,
): string {
	const text = readCell(row, name, `'${label}' in ${noun} ${number}`);
	if (text !== '') return text;
	throw missingValueError(number, label);
}
