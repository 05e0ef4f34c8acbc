import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isObject } from '../http/json';
import { cleanText } from '../http/text';
import { toIsoDate, toIsoDateTime } from './dates';
import { parseAmount, parseDecimal } from './numbers';
import { parseCode, parseId, parseText } from './parse';

/** Describes one field of a request body. The name of `field` is also the name that the API uses. */
export interface BodyField {
	field: INodeProperties;
	/**
	 * Determines how the value is sent.
	 *
	 * - `text`: JSON string
	 * - `code`: JSON string that identifies something, such as a reference; see `parseCode`
	 * - `currency`: JSON string, the currency of the amounts in the same body
	 * - `id`: JSON number
	 * - `day`: JSON string, YYYY-MM-DD
	 * - `moment`: JSON string, ISO 8601 with a timezone
	 * - `percent`: JSON number
	 * - `amount`: JSON number
	 * - `amountText`: JSON string with digits; docs/uphance.openapi.yaml: POST /sales_orders takes both forms of amounts
	 */
	type: 'text' | 'code' | 'currency' | 'id' | 'day' | 'moment' | 'percent' | 'amount' | 'amountText';
}

/**
 * Returns the part of a request body that the user filled in, in the order of `fields`. Omits blank values.
 *
 * @param values as n8n returns a collection: by the names of the fields
 * @param timezone of the workflow, for dates without one
 * @throws UserError that names the field, if a value cannot be sent as its type
 */
export function buildBody(fields: BodyField[], values: IDataObject, timezone: string): IDataObject {
	const body: IDataObject = {};
	const currencyField = fields.find(({ type }) => type === 'currency')?.field.name ?? '';
	const currency = values[currencyField];
	for (const { field, type } of fields) {
		if (!(field.name in values)) continue;
		const value = serialize(field.displayName, values[field.name], type, timezone, currency);
		if (value !== '') body[field.name] = value;
	}
	return body;
}

/** Returns the fields as n8n shows them. */
export const toProperties = (fields: BodyField[]): INodeProperties[] => fields.map(({ field }) => field);

/** Returns the value as it is sent, or '' if it is blank. */
function serialize(
	label: string,
	value: unknown,
	type: BodyField['type'],
	timezone: string,
	currency: unknown,
): string | number {
	if (isBlank(isObject(value) && '__rl' in value ? value.value : value)) return '';
	const number = typeof value === 'number' ? value : undefined;
	switch (type) {
		case 'text':
		case 'currency':
			return parseText(label, value);
		case 'code':
			return parseCode(label, value);
		case 'id':
			return parseId(`'${label}'`, parseText(label, value));
		case 'day':
			return toIsoDate(label, isObject(value) ? value : parseText(label, value), timezone);
		case 'moment':
			return toIsoDateTime(label, isObject(value) ? value : parseText(label, value), timezone);
		case 'percent':
			return Number(parseDecimal(`'${label}'`, number ?? parseText(label, value)));
		case 'amount':
			return Number(parseAmount(`'${label}'`, number ?? parseText(label, value), currency));
		case 'amountText':
			return parseAmount(`'${label}'`, number ?? parseText(label, value), currency);
	}
}

const isBlank = (value: unknown): boolean => typeof value === 'string' && cleanText(value) === '';
