import { NodeApiError } from 'n8n-workflow';
import type { ErrorText } from '../http/failureText';
import type { Limits } from '../http/limits';
import { fixedLimits } from '../http/limits';
import type { RecordType } from '../transport/recordType';
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

/**
 * Returns whether a text that is not known is a reason to read the whole list again. A long list is read again only now
 * and then, because a shop may send an unknown text with every order.
 */
export const isRereadDue = (reading: ListReading, limits: Limits): boolean =>
	reading.pages < 2 || millisecondsLeft(reading, limits) <= 0;

/** Returns what to consider when a text was not found and the list is not read again yet. */
export function describeReading(reading: ListReading, { singular, plural }: RecordType, limits: Limits): string {
	const age = inMinutes(Date.now() - reading.readAt);
	const wait = inMinutes(millisecondsLeft(reading, limits));
	return `The node read all ${plural} ${age} ago. If an existing ${singular} was changed since, run this again in ${wait}.`;
}

function millisecondsLeft({ readAt, pages }: ListReading, { rereadPageMs }: Limits): number {
	const ageMs = Date.now() - readAt;
	const isClockBack = ageMs < 0; // the clock was set back since, so the age is not known
	return isClockBack ? 0 : pages * rereadPageMs - ageMs;
}

function inMinutes(milliseconds: number): string {
	const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
	return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
