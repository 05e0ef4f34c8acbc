import { isDataObject } from '../http/json';
import type { IDataObject } from 'n8n-workflow';

/** Values of simplified records are for the next node: every key is always there (design 2). */
export const orNull = (value: IDataObject[string]): IDataObject[string] => value ?? null;

/** Uphance sends money as text such as "56.76"; n8n's Summarize adds text to 0 without a word (users.md 2). */
export function toNumber(value: IDataObject[string]): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Uphance sends the numbers of documents as text or as number; n8n's Merge matches only like with like. */
export const toText = (value: IDataObject[string]): string | null =>
	typeof value === 'number' || typeof value === 'string' ? String(value) : null;

/** A code that people join on: Uphance sends a missing one as "" (uphance-api.md 4.4), which would match any other. */
export const toJoinKey = (value: IDataObject[string]): string | null => (toText(value)?.trim() ? toText(value) : null);

/** The records in a list of unknown content. */
export const toRecords = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isDataObject) : []);

/** The first value that is not blank, or null. */
export const firstNonBlank = (values: Array<IDataObject[string]>): IDataObject[string] =>
	values.find((value) => value !== undefined && value !== null && value !== '') ?? null;

/** The sum of what is a number; null when nothing is. */
export function sum(values: Array<IDataObject[string]>): number | null {
	const numbers = values.map(toNumber).filter((value) => value !== null);
	return numbers.length > 0 ? numbers.reduce((total, value) => total + value, 0) : null;
}

/** The sum of one field over records, as above. */
export const sumOf = (items: IDataObject[], name: string): number | null =>
	sum(items.map(({ [name]: value }) => value));

/** Uphance shows one value or a list of them; here it is always a list (uphance-api.md 7.14). */
export const toArray = (value: IDataObject[string]): Array<IDataObject[string]> =>
	Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** A number as people write it, "#101"; nothing where there is none. */
export const formatNumber = (value: IDataObject[string]): string => (toText(value) ? `#${toText(value)}` : '');

/** The day of a timestamp, for people to read. */
export const datePart = (value: IDataObject[string]): string => (typeof value === 'string' ? value.slice(0, 10) : '');

/** Whether two texts are the same for people, who care neither for case nor for stray blanks. */
export const equalsIgnoringCase = (one: unknown, other: unknown): boolean => normalize(one) === normalize(other);

const normalize = (text: unknown): string =>
	String(text ?? '')
		.trim()
		.replace(/\s+/g, ' ')
		.toLowerCase();

/** Whether a text occurs in one of several values, in whatever case. @param lowerCaseText in lower case */
export const includesText = (values: unknown[], lowerCaseText: string): boolean =>
	values.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(lowerCaseText),
	);
