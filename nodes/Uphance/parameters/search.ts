import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { mentions } from '../output/mentions';
import { typedText } from './parse';

/** A filter that Uphance does not have: the list is read and searched here. */
export interface Search {
	field: INodeProperties;
	/** The texts of a record that are searched. */
	texts: (record: IDataObject) => unknown[];
}

/** Undefined when nothing is searched for. @throws UserError for an expression that yields nothing */
export function matcher({ field, texts }: Search, values: IDataObject): ((record: IDataObject) => boolean) | undefined {
	const wanted = field.name in values ? typedText(field.displayName, values[field.name]).toLowerCase() : '';
	if (wanted === '') return undefined;
	return (record) => mentions(texts(record), wanted);
}
