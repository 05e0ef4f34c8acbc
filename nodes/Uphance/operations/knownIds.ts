import { NodeApiError } from 'n8n-workflow';
import type { ErrorText } from '../http/failureText';
import { fixedLimits } from '../http/limits';
import { FieldIndex } from './fieldIndex';

/** What the last reading of a whole list saw. */
export interface ListReading {
	/** Milliseconds of the clock, at its end. */
	readAt: number;
	pages: number;
	/** The highest ID. Undefined if the IDs did not ascend: new records may then be on any page. */
	lastId?: number;
}

/**
 * What is known of a list across executions: the IDs of its records by the texts that identify them. A record may have
 * changed since, so that it is read again before it is used.
 */
export class KnownIds extends FieldIndex<number> {
	readonly createdAt = Date.now();

	/** Undefined if the list was never read: the IDs are those that a filter found. */
	reading?: ListReading;
}

/** Least recently used first. */
const lists = new Map<string, KnownIds>();

/** @param list names the user, the organisation and the list */
export function knownIds(list: string): KnownIds | undefined {
	for (const [key, { createdAt }] of lists) {
		if (Date.now() - createdAt >= fixedLimits.knownIdsMaxAgeMs) lists.delete(key);
	}
	const known = lists.get(list);
	if (known) keepKnownIds(list, known);
	return known;
}

/** Keeps what is known of a list. Forgets the least recently used lists if there are too many IDs altogether. */
export function keepKnownIds(list: string, known: KnownIds, maxIds: number = fixedLimits.maxKnownIds): void {
	lists.delete(list);
	if (known.size > maxIds) return;
	lists.set(list, known);
	let total = [...lists.values()].reduce((sum, { size }) => sum + size, 0);
	for (const [key, { size }] of lists) {
		if (total <= maxIds) return;
		lists.delete(key);
		total -= size;
	}
}

/** Forgets everything, as a new process does. */
export const forgetKnownIds = (): void => lists.clear();

/** Readings in progress, by list. Each results in the failure that those who wait for it share, if it fails. */
const readings = new Map<string, Promise<ErrorText | undefined>>();

/** Returns the reading of a list that is in progress in another execution. */
export const readingOf = (list: string): Promise<ErrorText | undefined> | undefined => readings.get(list);

/** Reads a list while other executions wait for it. @throws what `read` throws */
export async function readForAll<T>(list: string, read: () => Promise<T>): Promise<T> {
	const reading = read();
	const shared = reading.then(() => undefined, sharedFailure).finally(() => readings.delete(list));
	readings.set(list, shared);
	return await reading;
}

/**
 * Returns the failure if it concerns everybody who wants to read the list. An execution that was cancelled, or whose
 * sign-in failed, concerns nobody else.
 */
function sharedFailure(error: unknown): ErrorText | undefined {
	if (!(error instanceof NodeApiError) || ['400', '401', '403'].includes(String(error.httpCode))) return undefined;
	return { message: error.message, description: error.description ?? '' };
}
