import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isRecord } from '../http/failure';
import { typedJson } from './typedJson';

/** A list that people fill in row by row, or take from the previous node. */
export interface Rows {
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
export const rowsFields = ({ name, label, row, description, jsonDescription }: Rows): INodeProperties[] => [
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

export interface GivenRows {
	/** Whatever was given: nobody has looked whether it is a list of rows. */
	list: unknown;
	/** The field that it comes from, for messages. */
	described: string;
}

/** What the user gave as rows, from the source that was chosen. @throws UserError for text that is not JSON */
export function rowsIn(context: IExecuteFunctions, item: number, { name, label, row }: Rows): GivenRows {
	if (context.getNodeParameter(`${name}Source`, item) === 'json') {
		const described = `${label} JSON`;
		return { list: typedJson(described, context.getNodeParameter(`${name}Json`, item)), described };
	}
	const list = context.getNodeParameter(`${name}.${row.name}`, item, []);
	return { list: Array.isArray(list) ? list.map(withoutNull) : list, described: label };
}

/** In a form only an expression yields null: it found nothing. In JSON it is an empty cell. */
const withoutNull = (row: unknown): unknown =>
	isRecord(row) ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) : row;
