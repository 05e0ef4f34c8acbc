import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Row } from './itemPer';
import { orNull } from './values';
import { parseText } from '../parameters/parse';

export const includeFields: INodeProperties = {
	displayName: 'Also Return',
	name: 'includeFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. cancel_ship_date, line_items',
	description: "Further fields to keep when 'Simplify' is on, separated by commas, e.g. cancel_ship_date, line_items",
};

/** The names of further fields. @throws UserError when the expression of the option yields nothing, or a list */
export const parseIncludeFields = (options: IDataObject): string[] =>
	(includeFields.name in options ? parseText(includeFields.displayName, options[includeFields.name]) : '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');

/** A row with further fields as Uphance sends them, from where they are found first; null where they are not. */
export function addFields(names: string[], { json: item, sources: from }: Row): IDataObject {
	if (names.length === 0) return item;
	const missing = names.filter((name) => !Object.hasOwn(item, name));
	const valueOf = (name: string) => orNull(from.find((each) => Object.hasOwn(each, name))?.[name]);
	return { ...item, ...Object.fromEntries(missing.map((name) => [name, valueOf(name)])) };
}
