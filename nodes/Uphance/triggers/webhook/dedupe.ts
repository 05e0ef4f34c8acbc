import { fixedLimits } from '../../http/limits';

type State = 'inProgress' | 'done';

/**
 * Keys of the events that this n8n process has received. A restart forgets them. They are not in n8n's static data,
 * because n8n does not reliably save changes that a webhook makes there.
 */
const states = new Map<string, State>();

/** Returns whether an event with this key was processed. */
export const isDuplicate = (key: string): boolean => states.get(key) === 'done';

/** Returns whether an event with this key is being processed. */
export const isInProgress = (key: string): boolean => states.get(key) === 'inProgress';

/** Marks keys as in progress, until `commit` or `release`. */
export function claim(keys: string[]): void {
	for (const key of keys) states.set(key, 'inProgress');
}

/** Marks keys as processed: the 2xx response was sent, so Uphance does not need to deliver the event again. */
export function commit(keys: string[]): void {
	for (const key of keys) {
		states.delete(key); // a Map keeps the order of insertion, so this makes the key the newest
		states.set(key, 'done');
	}
	for (const [key, state] of states) {
		if (states.size <= fixedLimits.maxDedupeKeys) return;
		if (state === 'done') states.delete(key);
	}
}

/** Forgets keys that are in progress, so that the next delivery is accepted. Keeps keys that were processed. */
export function release(keys: string[]): void {
	for (const key of keys) if (states.get(key) === 'inProgress') states.delete(key);
}
