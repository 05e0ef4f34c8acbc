import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { toComparable } from '../http/text';
import { isFilled } from './cells';

const currencies = Intl.supportedValuesOf('currency').join('|').toLowerCase();

/** What shops, spreadsheets and typing errors make of the names of columns, in small letters without anything else. */
const otherNames = {
	quantity: /^(order(ed)?)?(q[uantiy]{2,8}|pieces|pcs|units)$/,
	unit_price: new RegExp(
		[
			'^u[nit]{2,4}p[rices]{3,6}$',
			`^(unit|item|piece|net|sales?|selling|wholesale)?price(each|per(unit|piece|item)|(ex|in)[a-z]+|${currencies})?$`,
			'^(wsp|rate|unitamount)$',
		].join('|'),
	),
};

const advice = {
	quantity: '',
	unit_price: ' To let Uphance set the price, add "unit_price" without a value.',
};

/** Returns the filled column that is meant where a row has none of the name; undefined if there is none. */
export function otherName(row: IDataObject, name: keyof typeof otherNames): string | undefined {
	const isOther = (column: string) =>
		otherNames[name].test(column.toLowerCase().replace(/[^a-z]/g, '')) && isFilled(row[column]);
	const other = name in row ? undefined : Object.keys(row).find(isOther);
	return other && toComparable(other);
}

/**
 * Checks that a row without a column has no other one that is meant: other columns are ignored, and an order would go out
 * at another price. Columns such as the retail price mean something else.
 *
 * @param place of the row, e.g. "line item 1"
 * @throws UserError that names the column, and the right name
 */
export function assertNoOtherName(row: IDataObject, name: keyof typeof otherNames, place: string): void {
	const other = otherName(row, name);
	if (other === undefined) return;
	throw new UserError(`"${other}" in ${place} must be called "${name}"`, {
		description: `Rename the column.${advice[name]} Nothing was sent for this item.`,
	});
}
