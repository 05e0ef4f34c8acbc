import type { Limits } from '../http/limits';
import type { RecordType } from '../transport/recordType';
import type { ListReading } from './knownIds';

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
