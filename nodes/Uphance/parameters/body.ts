import { isObject } from '../http/json';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toIsoDate, toIsoDateTime } from './dates';
import { parseDecimal, parseId, parseText } from './parse';

/** A field of a request's body. It bears the API's name; `as` says what goes over the wire. */
export interface BodyField {
	field: INodeProperties;
	/** `decimal` is a JSON number and `decimalText` a JSON text: Uphance's example has both. */
	type: 'text' | 'id' | 'day' | 'moment' | 'decimal' | 'decimalText';
}

/**
 * The part of a body that the user filled in, in the order of the fields. Blank values are never sent.
 *
 * @param timezone of the workflow, for dates
 * @throws UserError that names the field
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

export const toProperties = (fields: BodyField[]): INodeProperties[] => fields.map(({ field }) => field);

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
