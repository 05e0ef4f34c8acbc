import { isObject } from '../http/json';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toIsoDate, toIsoDateTime } from './dates';
import { parseDecimal, parseId, parseText } from './parse';

/** Describes one field of a request body. The name of `field` is also the name that the API uses. */
export interface BodyField {
	field: INodeProperties;
	/**
	 * Determines how the value is sent.
	 *
	 * - `text`: JSON string
	 * - `id`: JSON number
	 * - `day`: JSON string, YYYY-MM-DD
	 * - `moment`: JSON string, ISO 8601 with a timezone
	 * - `decimal`: JSON number
	 * - `decimalText`: JSON string with digits; docs/uphance.openapi.yaml: POST /sales_orders takes both forms of decimals
	 */
	type: 'text' | 'id' | 'day' | 'moment' | 'decimal' | 'decimalText';
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
	for (const { field, type } of fields) {
		if (!(field.name in values)) continue;
		const value = serialize(field.displayName, values[field.name], type, timezone);
		if (value !== '') body[field.name] = value;
	}
	return body;
}

/** Returns the fields as n8n shows them. */
export const toProperties = (fields: BodyField[]): INodeProperties[] => fields.map(({ field }) => field);

/** Returns the value as it is sent, or '' if it is blank. */
function serialize(label: string, value: unknown, type: BodyField['type'], timezone: string): string | number {
	const isDateType = type === 'day' || type === 'moment';
	const given = isDateType && isObject(value) ? value : parseText(label, value);
	if (given === '') return '';
	if (type === 'day') return toIsoDate(label, given, timezone);
	if (type === 'moment') return toIsoDateTime(label, given, timezone);
	const text = String(given);
	switch (type) {
		case 'text':
			return text;
		case 'id':
			return parseId(`'${label}'`, text);
		case 'decimal':
			return Number(parseDecimal(`'${label}'`, text));
		case 'decimalText':
			return parseDecimal(`'${label}'`, text);
	}
}
