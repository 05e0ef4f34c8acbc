import type { IDataObject } from 'n8n-workflow';

/** Tells whether a value is an object or a list, whatever it holds. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** Tells whether a value is a JSON object, not a list. */
export const isDataObject = (value: unknown): value is IDataObject => isObject(value) && !Array.isArray(value);

/** Returns a property of an object of unknown shape; undefined where there is none. */
export function getProperty(value: unknown, name: string): unknown {
	return isObject(value) ? value[name] : undefined;
}

/** Returns a text as it is, and undefined for anything else. */
export const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Returns the value of a JSON text; undefined for a text that is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Returns a whole number from 0, also from text. */
export function toCount(value: unknown): number | undefined {
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
