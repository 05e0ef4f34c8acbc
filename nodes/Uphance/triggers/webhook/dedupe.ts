import { fixedLimits } from '../../http/limits';

type State = 'underWay' | 'done';

/** What this n8n process has seen, until it restarts: the strict way is n8n's Remove Duplicates node. */
const states = new Map<string, State>();

export const isDuplicate = (key: string): boolean => states.get(key) === 'done';

export const isInProgress = (key: string): boolean => states.get(key) === 'underWay';

/** Until it is confirmed or forgotten, the same one is not let in a second time. */
export function claim(keys: string[]): void {
	for (const key of keys) states.set(key, 'underWay');
}

/** The answer went out: Uphance will not deliver it again, or if it does, it is a duplicate. */
export function commit(keys: string[]): void {
	for (const key of keys) {
		states.delete(key); // so that it counts as the newest
		states.set(key, 'done');
	}
	for (const [key, state] of states) {
		if (states.size <= fixedLimits.maxDedupeKeys) return;
		if (state === 'done') states.delete(key);
	}
}

/** The answer did not go out: the next delivery is welcome. */
export function release(keys: string[]): void {
	for (const key of keys) if (states.get(key) === 'underWay') states.delete(key);
}
