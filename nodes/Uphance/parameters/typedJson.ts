import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject } from '../transport/recordsIn';

export const additionalJson: INodeProperties = {
	displayName: 'Additional JSON',
	name: 'additionalJson',
	type: 'json',
	default: '{}',
	description:
		'Further values to send, such as {"new_field": "value"}, for what Uphance adds later. They win over the fields of this node.',
};

/** What somebody typed as JSON, or an expression yielded as object or list. @throws UserError for text that is not JSON */
export function parseJson(label: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		const parsed: unknown = JSON.parse(value);
		return parsed;
	} catch (error) {
		throw invalidJsonError(label, error);
	}
}

/** What a collection holds for a JSON field; empty where it was not added. @throws UserError for anything but an object */
export function parseJsonObject({ displayName, name }: INodeProperties, collection: IDataObject): IDataObject {
	const value = name in collection ? collection[name] : '';
	const isBlank = typeof value === 'string' && value.trim() === '';
	const object = isBlank ? {} : parseJson(displayName, value);
	if (isDataObject(object)) return object;
	throw new UserError(`'${displayName}' is not a JSON object`, {
		description: 'Write names and values in braces, such as {"new_field": "value"}.',
	});
}

const invalidJsonError = (label: string, error: unknown): UserError =>
	new UserError(`'${label}' is not JSON`, {
		description: `${error instanceof Error ? `${error.message}. ` : ''}Names and texts need double quotes, and no comma may follow the last entry.`,
	});
