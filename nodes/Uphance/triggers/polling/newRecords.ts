import type { IDataObject } from 'n8n-workflow';
import { readAfter } from './readRecords';
import type { PollOptions, PollResult, PollState } from './state';
import { keepNewestIds } from './state';

/**
 * Finds records that were created since the last poll, by their IDs. Reads only the pages with new records, and one page
 * if there are none.
 *
 * @throws NodeApiError if a request fails, or if the list is empty although the state knows records of it
 */
export async function newRecords(poll: PollOptions, state: PollState): Promise<PollResult> {
	const { recentIds } = state;
	const afterId = Math.max(0, (recentIds[0] ?? 0) - 1);
	const found: IDataObject[] = [];
	for await (const page of readAfter(poll, state, afterId, afterId)) {
		found.push(...page.filter(({ id }) => !recentIds.includes(Number(id))));
		if (found.length >= poll.maxRecords) break;
	}
	const records = found.slice(0, poll.maxRecords);
	return {
		records,
		state: { ...state, recentIds: keepNewestIds([...recentIds, ...records.map(({ id }) => Number(id))]) },
	};
}
