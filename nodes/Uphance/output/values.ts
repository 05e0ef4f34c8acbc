/**
 * Values of simplified records and of rows. The next node must be able to rely on them: every key is always there, with
 * null for a missing value, and amounts are numbers.
 */
import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../http/json';
import { toComparable } from '../http/text';

/** Returns the value, or null if it is missing. */
export const orNull = (value: IDataObject[string]): IDataObject[string] => value ?? null;

/**
 * Returns a number, also from text, or null if the value is not a finite number. Uphance sends money as text such as
 * "56.76"; n8n's Summarize node ignores text when it adds up (n8n-nodes-base: Transform/Summarize/utils).
 */
export function toNumber(value: IDataObject[string]): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/**
 * Returns text, also from a number, or null if the value is neither. Uphance sends document numbers as text or as
 * numbers (docs/uphance.openapi.yaml: components/schemas/OrderNumber); n8n's Merge node does not match one with the
 * other.
 */
export const toText = (value: IDataObject[string]): string | null =>
	typeof value === 'number' || typeof value === 'string' ? String(value) : null;

/**
 * Returns a code as text, or null if it is missing or blank. Uphance sends "" for a missing barcode
 * (docs/uphance.openapi.yaml: components/schemas/ProductSku), and two of those must not match in a join.
 */
export const toJoinKey = (value: IDataObject[string]): string | null => (toText(value)?.trim() ? toText(value) : null);

/** Returns the same record with some of its fields first, which are then the first columns of the editor's table. */
export const withFirst = (record: IDataObject, names: string[]): IDataObject => ({
	...Object.fromEntries(names.filter((name) => name in record).map((name) => [name, record[name]])),
	...record,
});

/** Returns the objects in a list, or [] if the value is not a list. */
export const toRecords = (value: unknown): IDataObject[] => (Array.isArray(value) ? value.filter(isDataObject) : []);

/** Returns the first value that is not missing, null or '', or null if there is none. */
export const firstNonBlank = (values: Array<IDataObject[string]>): IDataObject[string] =>
	values.find((value) => value !== undefined && value !== null && value !== '') ?? null;

/** Returns the sum of the values that `toNumber` accepts, or null if there is none. */
export function sum(values: Array<IDataObject[string]>): number | null {
	const numbers = values.map(toNumber).filter((value) => value !== null);
	return numbers.length > 0 ? numbers.reduce((total, value) => total + value, 0) : null;
}

/** Returns the sum of one field over objects, or null if none of them has a number in it. */
export const sumOf = (items: IDataObject[], name: string): number | null =>
	sum(items.map(({ [name]: value }) => value));

/**
 * Returns a list of the value or values, or [] if there is none. Uphance sends the season of a product as a number or as
 * a list (docs/uphance.openapi.yaml: components/schemas/Product).
 */
export const toArray = (value: IDataObject[string]): Array<IDataObject[string]> =>
	Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** Returns a document number for labels, e.g. "#101", or '' if there is none. */
export const formatNumber = (value: IDataObject[string]): string => (toText(value) ? `#${toText(value)}` : '');

/** Returns the date of an ISO timestamp for labels, or '' if the value is not text. */
export const datePart = (value: IDataObject[string]): string => (typeof value === 'string' ? value.slice(0, 10) : '');

/** Compares texts that identify something. */
export const isSameCode = (a: unknown, b: unknown): boolean => toComparable(a) === toComparable(b);

/** Returns whether two texts are equal if case and extra white space are ignored. */
export const equalsIgnoringCase = (a: unknown, b: unknown): boolean => normalize(a) === normalize(b);

/** Returns the text that `equalsIgnoringCase` compares. */
export const normalize = (text: unknown): string => toComparable(text).replace(/\s+/g, ' ').toLowerCase();

/** Returns whether one of the values contains a text, ignoring case. */
export function includesText(values: unknown[], text: string): boolean {
	const wanted = toComparable(text).toLowerCase();
	return values.some((value) => toComparable(value).toLowerCase().includes(wanted));
}
