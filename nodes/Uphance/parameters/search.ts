import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { includesText } from '../output/mentions';
import { parseText } from './parse';

/** A filter that Uphance does not have: the list is read and searched here. */
export interface SearchFilter {
	field: INodeProperties;
	/** The texts of a record that are searched. */
	values: (record: IDataObject) => unknown[];
}

/** Undefined when nothing is searched for. @throws UserError for an expression that yields nothing */
export function createMatcher(
	{ field, values }: SearchFilter,
	filterValues: IDataObject,
): ((record: IDataObject) => boolean) | undefined {
	const text = field.name in filterValues ? parseText(field.displayName, filterValues[field.name]).toLowerCase() : '';
	if (text === '') return undefined;
	return (record) => includesText(values(record), text);
}
