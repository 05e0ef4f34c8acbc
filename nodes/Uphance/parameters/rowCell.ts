import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** How messages speak of the rows of one operation. */
export interface RowMessages {
	/** e.g. "line item" */
	row: string;
	/** e.g. "nothing was created" */
	consequence: string;
	/** That a row, counted from 1, has no value in a column. */
	missingValueError(number: number, label: string): UserError;
}

/**
 * What a row has in a column, as text without stray blanks; empty for a blank cell.
 *
 * @param label names column and row
 * @throws UserError for a value that an expression did not find, and for anything but a text or number
 */
export function readCell(row: IDataObject, name: string, label: string): string {
	const value = row[name];
	if (!(name in row) || value === null) return '';
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`${label} has no value that could be used`, {
		description: 'Its expression yields nothing, or more than one value. Correct it, or leave it out.',
	});
}

/** The same for a cell that every row needs. @throws UserError also for a blank one */
export function requireCell(
	row: IDataObject,
	name: string,
	label: string,
	number: number,
	{ row: noun, missingValueError }: RowMessages,
): string {
	const text = readCell(row, name, `'${label}' in ${noun} ${number}`);
	if (text !== '') return text;
	throw missingValueError(number, label);
}
