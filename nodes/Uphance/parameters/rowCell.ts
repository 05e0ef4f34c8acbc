import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** How messages speak of the rows of one operation. */
export interface RowWords {
	/** e.g. "line item" */
	row: string;
	/** e.g. "nothing was created" */
	nothing: string;
	/** That a row, counted from 1, has no value in a column. */
	without(number: number, label: string): UserError;
}

/**
 * What a row has in a column, as text without stray blanks; empty for a blank cell.
 *
 * @param described names column and row
 * @throws UserError for a value that an expression did not find, and for anything but a text or number
 */
export function cellText(row: IDataObject, name: string, described: string): string {
	const value = row[name];
	if (!(name in row) || value === null) return '';
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`${described} has no value that could be used`, {
		description: 'Its expression yields nothing, or more than one value. Correct it, or leave it out.',
	});
}

/** The same for a cell that every row needs. @throws UserError also for a blank one */
export function neededCell(
	row: IDataObject,
	name: string,
	label: string,
	number: number,
	{ row: what, without }: RowWords,
): string {
	const text = cellText(row, name, `'${label}' in ${what} ${number}`);
	if (text !== '') return text;
	throw without(number, label);
}
