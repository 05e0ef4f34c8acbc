import { fixedLimits } from '../../http/limits';
import { parseId, parseText } from '../../parameters/parse';
import { readNewest } from './readRecords';
import type { PollOptions, PollState } from './state';
import { keepNewestIds, snapshot } from './state';

/**
 * Returns the state with which the trigger starts: after an ID, or from now on. "From now" reads only the newest records.
 *
 * @param key see `PollState.key`
 * @param startAfterId the option Start After ID
 * @param changed whether the trigger watches for changes, so that it needs snapshots
 * @throws UserError if `startAfterId` is not an ID; NodeApiError if a request fails
 */
export async function createInitialState(
	poll: PollOptions,
	key: string,
	startAfterId: unknown,
	changed: boolean,
): Promise<PollState> {
	const { client, list, lookBack } = poll;
	if (isSet(startAfterId)) {
		const startAfter = parseText('Start After ID', startAfterId);
		const id = startAfter === '0' ? 0 : parseId("'Start After ID'", startAfter);
		return { key, recentIds: [id], snapshots: {}, lookBack: changed ? lookBack : undefined };
	}
	const count = changed ? Math.max(lookBack, fixedLimits.pollOverlapIds) : fixedLimits.pollOverlapIds;
	let newest = await readNewest(poll, count);
	if (newest.length === 0) {
		// If an empty answer is a mistake, all old records would be new to the next poll.
		await client.sleep(client.limits.initialDelayMs);
		newest = await readNewest(poll, count);
	}
	const isComplete = newest.length >= count || !poll.isOutOfTime();
	if (changed && !isComplete) {
		poll.warnOnce(`There was no time to read all ${list.recordType.plural} to watch, the next poll tries again`);
	}
	const snapshots: PollState['snapshots'] = {};
	if (changed) for (const record of newest.slice(-lookBack)) snapshots[String(record.id)] = snapshot(list, record);
	return {
		key,
		recentIds: keepNewestIds(newest.map(({ id }) => Number(id))),
		snapshots,
		lookBack: changed && isComplete ? lookBack : undefined,
		ignoreCreatedBefore: newest.length === 0 ? Date.now() - fixedLimits.clockToleranceMs : undefined,
	};
}

/** Returns whether the option Start After ID has a value. */
export const isSet = (value: unknown): boolean => value !== undefined && String(value).trim() !== '';
