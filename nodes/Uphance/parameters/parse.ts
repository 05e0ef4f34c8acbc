import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject, isObject } from '../http/json';
import { cleanText, toComparable } from '../http/text';
import { assertExactNumbers, assertNotShortened, toExactText } from './numbers';

/**
 * Returns the value of a field, also of a resource locator for a name, as text without surrounding white space, or '' if the field is blank.
 *
 * @param value what the user entered, or what an expression returned
 * @throws UserError that names the field, if an expression returned nothing or a list: to omit the value instead could
 * change what the request means; also if it returned a number that is not exact
 */
export function parseText(label: string, value: unknown): string {
	if (isObject(value) && '__rl' in value) return parseText(label, value.value);
	if (typeof value === 'string') return cleanText(value);
	if (typeof value === 'number') return toExactText(`'${label}'`, value);
	throw new UserError(`'${label}' is empty or not a single value`, {
		description: 'The expression returns nothing, or more than one value. Correct it, or remove the field.',
	});
}

/**
 * Returns the value of a field that identifies something, such as a barcode or a reference, like `parseText`. Leaves out
 * invisible characters, so that the same code never goes out in two forms.
 *
 * @throws UserError that names the field, also if a spreadsheet shortened the code to 5.01E+12
 */
export const parseCode = (label: string, value: unknown): string => toCode(`'${label}'`, parseText(label, value));

/** Does the same for text. @param label the whole subject of the message, with quotation marks */
export function toCode(label: string, text: string): string {
	const code = toComparable(text);
	assertNotShortened(label, code);
	return code;
}

/**
 * Returns an ID, given as its digits, as a number. An ID has 1 to 15 digits, so that the number is exact, and does not
 * start with 0. Returns undefined for anything else.
 */
export const toRecordId = (value: unknown): number | undefined =>
	/^[1-9]\d{0,14}$/.test(String(value)) ? Number(value) : undefined;

/**
 * Returns an ID as a number.
 *
 * @param label the whole subject of the message, with quotation marks
 * @param advice the description of the error
 * @throws UserError for anything else
 */
export function parseId(
	label: string,
	text: string,
	advice = 'Use the ID that Uphance gave it, such as 9005, or leave the field empty.',
): number {
	const id = toRecordId(text);
	if (id !== undefined) return id;
	assertNotShortened(label, text);
	throw new UserError(`${label} is not a number: '${text}'`, { description: advice });
}

/**
 * Returns whether a switch in a collection is on. One that the user did not add is off; its default is what the editor
 * sets when it is added. Accepts true and false also as text.
 *
 * @throws UserError that names the switch, if its expression returns anything else
 */
export function parseBoolean({ name, displayName }: INodeProperties, options: IDataObject): boolean {
	const value = name in options ? options[name] : false;
	const text = String(value).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new UserError(`'${displayName}' is neither true nor false: '${String(value)}'`, {
		description: 'Correct the expression, or set the switch by hand.',
	});
}

/**
 * Returns whether a switch of the node is on. Accepts true and false also as text.
 *
 * @throws UserError that names the switch, if its expression returns anything else
 */
export const getBooleanParameter = (context: IExecuteFunctions, field: INodeProperties, item: number): boolean =>
	parseBoolean(field, { [field.name]: context.getNodeParameter(field.name, item, field.default) });

/** The field for values that the node has no field for, e.g. because Uphance added them later. */
export const additionalJson: INodeProperties = {
	displayName: 'Additional JSON',
	name: 'additionalJson',
	type: 'json',
	default: '{}',
	description:
		'Additional values to send, such as {"new_field": "value"}, for fields that Uphance adds later. They override the fields of this node.',
};

/**
 * Returns the parsed value of a JSON field. Returns objects and lists, which expressions yield, unchanged.
 *
 * @throws UserError that names the field, if text is not JSON
 */
export function parseJsonField(label: string, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		const parsed: unknown = JSON.parse(value.trim()); // which removes a byte order mark too
		return parsed;
	} catch (error) {
		throw invalidJsonError(label, error);
	}
}

/**
 * Returns the object in a JSON field of a collection, or {} if the field is blank or the user did not add it.
 *
 * @throws UserError that names the field, if it holds anything but an object, or a number that is not exact
 */
export function parseJsonObject({ displayName, name }: INodeProperties, collection: IDataObject): IDataObject {
	const value = name in collection ? collection[name] : '';
	const isBlank = typeof value === 'string' && value.trim() === '';
	const object = isBlank ? {} : parseJsonField(displayName, value);
	if (isDataObject(object)) {
		assertExactNumbers(`'${displayName}'`, object);
		return object;
	}
	throw new UserError(`'${displayName}' is not a JSON object`, {
		description: 'Write names and values in braces, such as {"new_field": "value"}.',
	});
}

const invalidJsonError = (label: string, error: unknown): UserError =>
	new UserError(`'${label}' is not JSON`, {
		description: `${error instanceof Error ? `${error.message}. ` : ''}Put names and texts in double quotes, and put no comma after the last entry.`,
	});
