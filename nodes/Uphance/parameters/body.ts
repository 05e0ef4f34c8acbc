import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isRecord } from '../http/failure';
import { calendarDay } from './dates';
import { momentText } from './momentText';
import { decimalText, idNumber } from './typedNumber';
import { typedText } from './parse';

/** A field of a request's body. It bears the API's name; `as` says what goes over the wire. */
export interface BodyField {
	field: INodeProperties;
	/** `decimal` is a JSON number and `decimalText` a JSON text: Uphance's example has both. */
	as: 'text' | 'id' | 'day' | 'moment' | 'decimal' | 'decimalText';
}

/**
 * The part of a body that the user filled in, in the order of the fields. Blank values are never sent.
 *
 * @param timezone of the workflow, for dates
 * @throws UserError that names the field
 */
export function bodyOf(fields: BodyField[], values: IDataObject, timezone: string): IDataObject {
	const body: IDataObject = {};
	for (const { field, as } of fields) {
		if (!(field.name in values)) continue;
		const value = wireValue(field.displayName, values[field.name], as, timezone);
		if (value !== '') body[field.name] = value;
	}
	return body;
}

export const fieldsOf = (fields: BodyField[]): INodeProperties[] => fields.map(({ field }) => field);

function wireValue(label: string, value: unknown, as: BodyField['as'], timezone: string): string | number {
	const isDate = as === 'day' || as === 'moment';
	const text = isDate && isRecord(value) ? value : typedText(label, value);
	if (text === '') return '';
	if (as === 'day') return calendarDay(label, text, timezone);
	if (as === 'moment') return momentText(label, text, timezone);
	const typed = String(text);
	switch (as) {
		case 'text':
			return typed;
		case 'id':
			return idNumber(`'${label}'`, typed);
		case 'decimal':
			return Number(decimalText(`'${label}'`, typed));
		case 'decimalText':
			return decimalText(`'${label}'`, typed);
	}
}
