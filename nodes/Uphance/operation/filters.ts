import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { typedText } from './typedText';

/** A filter of a list: its field bears the API's name, which is also what is sent unless `sends` says otherwise. */
export interface Filter {
	field: INodeProperties;
	sends?: string;
	/** Only the digits of an id are sent; anything else is refused, because the server would silently ignore it. */
	isId?: true;
}

/**
 * The query of a list from what the user filled in. Blank values are never sent.
 *
 * @throws UserError for an id that is no number, and for an expression that yields nothing: everything would come back
 */
export function queryOf(filters: Filter[], values: IDataObject): IDataObject {
	const query: IDataObject = {};
	for (const { field, sends, isId } of filters) {
		if (!(field.name in values)) continue;
		const value = typedText(field.displayName, values[field.name]);
		if (value === '') continue;
		if (isId && !/^\d+$/.test(value)) throw refusedId(field.displayName, value);
		query[sends ?? field.name] = value;
	}
	return query;
}

const refusedId = (label: string, value: string): UserError =>
	new UserError(`'${label}' is not a number: '${value}'`, {
		description:
			"Use the ID that Uphance gave the record, such as 9005, or leave the field empty. IDs are in the output as 'id'.",
	});
