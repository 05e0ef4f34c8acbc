import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { cleanText } from '../http/text';
import { toExactText } from './numbers';
import { toCode } from './parse';

/** The words for rows in the messages of one operation. */
export interface RowMessages {
	/** e.g. "line item" */
	row: string;
	/** e.g. "this order was not created" */
	consequence: string;
	/** A row in JSON, e.g. `{"ean": "5000006409017", "quantity": 3}`. */
	example: string;
	/** Says how a SKU is sent whose ID the node does not find, for example because a list of Uphance lacks it. */
	uncheckedIds: string;
	/**
	 * Returns the error for a row without a value in a column.
	 *
	 * @param number position of the row, from 1
	 * @param advice what to do, without a full stop
	 */
	missingValueError(number: number, label: string, advice?: string): UserError;
}

/**
 * Returns the value of a cell: a number, or text without surrounding white space; '' if the cell is blank or missing.
 *
 * @param label names column and row in the message, with quotation marks
 * @throws UserError if an expression found nothing, or if the value is neither text nor a number
 */
export function readValue(row: IDataObject, name: string, label: string): string | number {
	const value = row[name];
	if (!(name in row) || value === null) return '';
	if (typeof value === 'number') return value;
	if (typeof value === 'string') return cleanText(value);
	throw new UserError(`${label} is empty or not a single value`, {
		description: 'The expression returns nothing, or more than one value. Correct it, or remove the value.',
	});
}

/** Tells whether a cell has text or a number. */
export const isFilled = (value: unknown): boolean =>
	typeof value === 'number' || (typeof value === 'string' && cleanText(value) !== '');

/** Returns the value of a cell as text, like `readValue`. @throws UserError also for a number that is not exact */
export function readCell(row: IDataObject, name: string, label: string): string {
	const value = readValue(row, name, label);
	return typeof value === 'number' ? toExactText(label, value) : value;
}

/**
 * Returns the value of a cell that every row needs, like `readValue`.
 *
 * @param number position of the row, from 1
 * @throws UserError that names column and row, also if the cell is blank or missing
 */
export function requireValue(
	row: IDataObject,
	name: string,
	label: string,
	number: number,
	{ row: noun, missingValueError }: RowMessages,
): string | number {
	const value = readValue(row, name, `'${label}' in ${noun} ${number}`);
	if (value !== '') return value;
	throw missingValueError(number, label);
}

/** Returns the value of a cell that every row needs, as text. @throws UserError like `requireValue` and `readCell` */
export function requireCell(...[row, name, label, number, messages]: Parameters<typeof requireValue>): string {
	const value = requireValue(row, name, label, number, messages);
	return typeof value === 'number' ? toExactText(`'${label}' in ${messages.row} ${number}`, value) : value;
}

/** Returns the code in a cell that every row needs, such as a barcode. @throws UserError like `requireCell`, `toCode` */
export const requireCode = (...[row, name, label, number, messages]: Parameters<typeof requireValue>): string =>
	toCode(`'${label}' in ${messages.row} ${number}`, requireCell(row, name, label, number, messages));
