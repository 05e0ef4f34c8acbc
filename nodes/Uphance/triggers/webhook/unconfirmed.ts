import { fixedLimits } from '../../http/limits';
import { dropOldest } from './dedupe';

/** When this n8n process first saw an event that Uphance did not confirm, in milliseconds; oldest first. */
const firstSeen = new Map<string, number>();

/**
 * Records that Uphance does not confirm an event.
 *
 * @returns 'wait' for some minutes after the event was first recorded, because Uphance may confirm it later; then
 * 'giveUp', which forgets it
 */
export function recordUnconfirmed(key: string): 'wait' | 'giveUp' {
	const now = Date.now();
	const seenAt = firstSeen.get(key) ?? now;
	if (now - seenAt >= fixedLimits.verifyGraceMs) {
		firstSeen.delete(key);
		return 'giveUp';
	}
	firstSeen.set(key, seenAt);
	dropOldest(firstSeen);
	return 'wait';
}

/** Forgets an event, because Uphance confirmed it. */
export const forgetUnconfirmed = (key: string): void => void firstSeen.delete(key);
