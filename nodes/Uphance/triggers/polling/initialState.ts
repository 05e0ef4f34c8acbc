import { fixedLimits } from '../../http/limits';
import type { IDataObject } from 'n8n-workflow';
import { parseId, parseText } from '../../parameters/parse';
import { paginateBackwards } from '../../transport/pagination';
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
	options: PollOptions,
	key: string,
	startAfterId: unknown,
	changed: boolean,
): Promise<PollState> {
	if (isSet(startAfterId)) {
		const startAfter = parseText('Start After ID', startAfterId);
		return { key, recentIds: [startAfter === '0' ? 0 : parseId("'Start After ID'", startAfter)], snapshots: {} };
	}
	const { list, client, query, lookBack } = options;
	const records: IDataObject[] = [];
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		records.push(...page);
		if (records.length >= (changed ? lookBack : fixedLimits.pollOverlapIds)) break;
	}
	const snapshots: PollState['snapshots'] = {};
	if (changed) {
		for (const record of records.reverse()) {
			snapshots[String(record.id)] = snapshot(record);
		}
	}
	return { key, recentIds: keepNewestIds(records.map(({ id }) => Number(id))), snapshots };
}

/** Returns whether the option Start After ID has a value. */
export const isSet = (value: unknown): boolean => value !== undefined && String(value).trim() !== '';
