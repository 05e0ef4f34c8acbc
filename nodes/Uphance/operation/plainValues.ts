import type { IDataObject } from 'n8n-workflow';

/** Values of simplified records are for the next node: every key is always there (design 2). */
export const orNull = (value: IDataObject[string]): IDataObject[string] => value ?? null;

/** Uphance sends money as text such as "56.76"; n8n's Summarize adds text to 0 without a word (users.md 2). */
export function amount(value: IDataObject[string]): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Uphance sends the numbers of documents as text or as number; n8n's Merge matches only like with like. */
export const numberText = (value: IDataObject[string]): string | null =>
	typeof value === 'number' || typeof value === 'string' ? String(value) : null;
