import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isDataObject, isObject } from '../http/json';
import { toComparable } from '../http/text';
import { parseJsonField } from './parse';

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
	/** Whether they come from the form, whose columns can differ from those of JSON. */
	isForm: boolean;
}

/**
 * Returns the rows from the source that the user selected.
 *
 * @throws UserError that names the field, if text is not JSON
 */
export function readRows(context: IExecuteFunctions, item: number, { name, label, row }: RowsParameter): RawRows {
	if (context.getNodeParameter(`${name}Source`, item) === 'json') {
		const jsonLabel = `${label} JSON`;
		const list = parseJsonField(jsonLabel, context.getNodeParameter(`${name}Json`, item));
		return { list: Array.isArray(list) ? list.map(cleanNames) : list, label: jsonLabel, isForm: false };
	}
	const list = context.getNodeParameter(`${name}.${row.name}`, item, []);
	return { list: Array.isArray(list) ? list.map(nullToUndefined) : list, label, isForm: true };
}

/** Removes invisible characters from the names of columns: a CSV file may have a byte order mark before the first. */
const cleanNames = (row: unknown): unknown =>
	isDataObject(row)
		? { ...Object.fromEntries(Object.entries(row).map(([name, value]) => [toComparable(name), value])), ...row }
		: row;

/** In a form, null means that an expression found nothing: `readCell` rejects it. In JSON, null is an empty cell. */
const nullToUndefined = (row: unknown): unknown =>
	isObject(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) : row;
