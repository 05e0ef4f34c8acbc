import { fixedLimits } from '../../http/limits';
import { dropOldest } from './dedupe';

/** When this n8n process first saw an event that Uphance did not confirm, in milliseconds; oldest first. */
const firstSeen = new Map<string, number>();

/**
 * Returns whether an event that Uphance does not confirm came for the first time within the last minutes, so that Uphance
 * may confirm it later. Forgets it otherwise.
 */
export function mayBeConfirmedLater(key: string): boolean {
	const now = Date.now();
	const seenAt = firstSeen.get(key) ?? now;
	if (now - seenAt >= fixedLimits.verifyGraceMs) {
		firstSeen.delete(key);
		return false;
	}
	firstSeen.set(key, seenAt);
	dropOldest(firstSeen);
	return true;
}

/** Forgets an event that Uphance confirmed. */
export const confirmed = (key: string): void => void firstSeen.delete(key);
