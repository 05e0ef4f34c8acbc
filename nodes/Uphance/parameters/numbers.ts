import { UserError } from 'n8n-workflow';
import { isObject } from '../http/json';
import { bothMeanings, decimalAdvice, isAmbiguous } from './decimalAdvice';

/** ISO 4217: the currencies whose amounts have three decimals. */
const threeDecimalCurrencies = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** @param currency ISO code in any case, or anything else if it is not known */
export const hasThreeDecimals = (currency: unknown): boolean =>
	typeof currency === 'string' && threeDecimalCurrencies.has(currency.trim().toUpperCase());

/**
 * Returns a number with the digits that the user meant. Long numbers lose digits before they reach the node: JSON and
 * expressions round them to about 15.
 *
 * @param label the whole subject of the message, with quotation marks
 * @throws UserError for a number above 2^53 or printed with an exponent, and for one that is not finite
 */
export function toExactText(label: string, value: number): string {
	const text = String(value);
	if (!Number.isFinite(value)) {
		throw new UserError(`${label} is not a number: '${text}'`, {
			description: 'The expression calculates with something that is not a number. Correct it.',
		});
	}
	if (Number.isInteger(value) ? Number.isSafeInteger(value) : !text.includes('e')) return text;
	throw new UserError(`${label} is a number that is too long to be exact: '${text}'`, {
		description: `Digits got lost before the value reached the node. ${makeText}`,
	});
}

const makeText =
	'Make the column text: format it as text in the spreadsheet, or put the value in quotation marks in JSON.';

/**
 * Checks each number in parsed JSON that goes out as it is.
 *
 * @param label of the field that it comes from, with quotation marks
 * @throws UserError that names the place of a number that is not exact
 */
export function assertExactNumbers(label: string, value: unknown, path: string[] = []): void {
	if (typeof value === 'number') toExactText(path.length > 0 ? `'${path.join('.')}' in ${label}` : label, value);
	if (!isObject(value)) return;
	for (const [name, member] of Object.entries(value)) assertExactNumbers(label, member, [...path, name]);
}

/** Tells whether a text is a long number as spreadsheets show it: 5.01E+12. */
const isShortened = (text: string): boolean => /^\d([.,]\d+)?E\+\d{1,3}$/i.test(text);

/**
 * @param label the whole subject of the message, with quotation marks
 * @throws UserError if a spreadsheet shortened a code, such as a barcode, to 5.01E+12
 */
export function assertNotShortened(label: string, text: string): void {
	if (!isShortened(text)) return;
	throw new UserError(`${label} was shortened by a spreadsheet: '${text}'`, {
		description: `Its last digits are lost. Enter the whole number again. ${makeText}`,
	});
}

/**
 * Returns a decimal number as text: digits, and a dot before decimals. Rounds a JavaScript number to four decimals:
 * 1.1 * 3 is 3.3000000000000003 there.
 *
 * @param label the whole subject of the message, with quotation marks
 * @param value text without surrounding white space, or a number
 * @throws UserError for anything else, such as "4,50", which is ambiguous, and for negative numbers
 */
export function parseDecimal(label: string, value: string | number): string {
	const text = toDecimalText(label, value);
	if (/^\d+(\.\d+)?$/.test(text)) return text;
	if (/^[-\u2212(]\s*[\d.,]|^[\d.,]+-$/.test(text)) {
		throw new UserError(`${label} is negative: '${text}'`, {
			description: 'Uphance documents no negative amounts. Enter what remains after a discount or a refund.',
		});
	}
	throw new UserError(`${label} is not a number: '${text}'`, { description: decimalAdvice(text) });
}

/**
 * Returns a price or an amount as text, like `parseDecimal`.
 *
 * @param currency of the amount, or '' if it is not known
 * @throws UserError also for text such as "1.250", which means 1250 in some countries. With a currency that has three
 * decimals it is not ambiguous, and a JavaScript number never is.
 */
export function parseAmount(label: string, value: string | number, currency: unknown = ''): string {
	const text = parseDecimal(label, value);
	if (typeof value === 'string' && !hasThreeDecimals(currency)) {
		const advice = `Write ${bothMeanings(text)}: in many countries a dot separates thousands. Three decimals are accepted where the currency is known and has them, such as KWD.`;
		assertUnambiguous(label, text, advice);
	}
	return text;
}

/**
 * Returns a number of pieces, which is not negative. Takes the same parameters as `parseWholeNumber`.
 *
 * @throws UserError also for a negative number
 */
export function parsePieces(label: string, value: string | number, advice: string): number {
	const pieces = parseWholeNumber(label, value, advice);
	if (pieces >= 0) return pieces;
	throw new UserError(`${label} is negative: '${pieces}'`, { description: advice });
}

/**
 * Returns a whole number.
 *
 * @param label the whole subject of the message
 * @param advice the description of the error
 * @throws UserError for anything but a whole number, and for text such as "1.000", which means 1000 in some countries
 */
export function parseWholeNumber(label: string, value: string | number, advice: string): number {
	const text = toDecimalText(label, value);
	if (typeof value === 'string') assertUnambiguous(label, text, piecesAdvice(text));
	if (/^-?\d{1,9}(\.0+)?$/.test(text)) return Number(text);
	throw new UserError(`${label} is not a whole number: '${text}'`, { description: advice });
}

/** @throws UserError that names the field, for anything but a whole number from 1 to `highest`, as expressions return */
export function parseCount(field: string, value: unknown, advice: string, highest = Infinity): number {
	const count = Number(value);
	if (Number.isInteger(count) && count >= 1 && count <= highest) return count;
	const range = highest === Infinity ? 'from 1' : `from 1 to ${highest}`;
	throw new UserError(`'${field}' must be a whole number ${range}, not '${String(value)}'`, { description: advice });
}

const toDecimalText = (label: string, value: string | number): string =>
	typeof value === 'string' ? value : toExactText(label, Number(value.toFixed(4)));

function assertUnambiguous(label: string, text: string, advice: string): void {
	if (text.includes('.') && isAmbiguous(text)) {
		throw new UserError(`${label} is ambiguous: '${text}'`, { description: advice });
	}
}

/** Returns what to write in place of a number of pieces that may have a dot between thousands. */
function piecesAdvice(text: string): string {
	const isWhole = Number.isInteger(Number(text));
	const numbers = isWhole ? bothMeanings(text) : `${text.replace('.', '')}, without the dot, if that is meant`;
	return `Write ${numbers}: in many countries a dot separates thousands, and pieces have no decimals.`;
}
