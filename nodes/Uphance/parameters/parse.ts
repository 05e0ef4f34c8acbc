import { isDataObject } from '../http/json';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/**
 * What the user typed into a field, or an expression yielded, as text without stray blanks; empty for a field left blank.
 *
 * @throws UserError for an expression that found nothing, or a list: leaving the value out would mean something else
 */
export function parseText(label: string, value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`'${label}' has no value that could be used`, {
		description: 'Its expression yields nothing, or more than one value. Correct it, or remove the field.',
	});
}

/** A price or amount as text: digits and perhaps a dot. @throws UserError, e.g. for "4,50", which could be read in two ways */
export function parseDecimal(label: string, text: string): string {
	if (/^\d+(\.\d+)?$/.test(text)) return text;
	const withDot = /^\d+,\d+$/.test(text) ? text.replace(',', '.') : '4.50';
	throw new UserError(`${label} is not a number: '${text}'`, { description: `Use a dot: ${withDot}.` });
}

/** Returns an id of Uphance's given as its digits; undefined for anything else, such as 0 or more than 15 digits. */
export const toRecordId = (value: unknown): number | undefined =>
	/^[1-9]\d{0,14}$/.test(String(value)) ? Number(value) : undefined;

/** @param advice what to do instead @throws UserError for anything but the digits of an id */
export function parseId(
	label: string,
	text: string,
	advice = 'Use the ID that Uphance gave it, such as 9005, or leave the field empty.',
): number {
	const id = toRecordId(text);
	if (id !== undefined) return id;
	throw new UserError(`${label} is not a number: '${text}'`, { description: advice });
}

/** Whether an option is on. @throws UserError when its expression yields anything but true or false, also as text */
export function parseBoolean(
	{ name, displayName, default: defaultValue }: INodeProperties,
	options: IDataObject,
): boolean {
	const value = name in options ? options[name] : defaultValue;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new UserError(`'${displayName}' is neither true nor false: '${String(value)}'`, {
		description: 'Correct its expression, or switch it by hand.',
	});
}

/** Whether a field of the node is on. @throws UserError as above */
export const getBooleanParameter = (context: IExecuteFunctions, field: INodeProperties, item: number): boolean =>
	parseBoolean(field, { [field.name]: context.getNodeParameter(field.name, item, field.default) });

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
