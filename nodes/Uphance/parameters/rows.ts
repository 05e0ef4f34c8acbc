import { isObject } from '../http/json';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { parseJson } from './parse';

/** Describes a list of rows that users fill in as a form, or pass as JSON. */
export interface RowsParameter {
	/** Name of the form, e.g. "lineItems". The other fields are called "lineItemsSource" and "lineItemsJson". */
	name: string;
	/** e.g. "Line Items" */
	label: string;
	/** One row of the form. */
	row: { name: string; label: string; columns: INodeProperties[] };
	description?: string;
	jsonDescription: string;
}

/** Returns the three fields of a list of rows: its source, the form and the JSON. */
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
		{ name: 'Fields Below', value: 'fields', description: 'One row per SKU' },
		{ name: 'JSON', value: 'json', description: 'A list, such as one from the previous node' },
	],
	description: `Where the ${label.toLowerCase()} come from`,
});

/** The rows as the user gave them. */
export interface RawRows {
	/** Not validated: anything that JSON or an expression can return. */
	list: unknown;
	/** Label of the field that the rows come from, for messages. */
	label: string;
}

/**
 * Returns the rows from the source that the user selected.
 *
 * @throws UserError that names the field, if text is not JSON
 */
export function readRows(context: IExecuteFunctions, item: number, { name, label, row }: RowsParameter): RawRows {
	if (context.getNodeParameter(`${name}Source`, item) === 'json') {
		const jsonLabel = `${label} JSON`;
		return { list: parseJson(jsonLabel, context.getNodeParameter(`${name}Json`, item)), label: jsonLabel };
	}
	const list = context.getNodeParameter(`${name}.${row.name}`, item, []);
	return { list: Array.isArray(list) ? list.map(nullToUndefined) : list, label };
}

/** In a form, null means that an expression found nothing: `readCell` rejects it. In JSON, null is an empty cell. */
const nullToUndefined = (row: unknown): unknown =>
	isObject(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) : row;

/** The words for rows in the messages of one operation. */
export interface RowMessages {
	/** e.g. "line item" */
	row: string;
	/** e.g. "nothing was created" */
	consequence: string;
	/**
	 * Returns the error for a row without a value in a column.
	 *
	 * @param number position of the row, from 1
	 */
	missingValueError(number: number, label: string): UserError;
}

/**
 * Returns the value of a cell as text without surrounding white space, or '' if the cell is blank or missing.
 *
 * @param label names column and row in the message, with quotation marks
 * @throws UserError if an expression found nothing, or if the value is neither text nor a number
 */
export function readCell(row: IDataObject, name: string, label: string): string {
	const value = row[name];
	if (!(name in row) || value === null) return '';
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`${label} is empty or not a single value`, {
		description: 'The expression returns nothing, or more than one value. Correct it, or remove the value.',
	});
}

/**
 * Returns the value of a cell that every row needs, as text without surrounding white space.
 *
 * @param number position of the row, from 1
 * @throws UserError that names column and row, if the cell is blank or missing, an expression found nothing, or the
 * value is neither text nor a number
 */
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
