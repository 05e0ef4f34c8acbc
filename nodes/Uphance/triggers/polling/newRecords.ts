import type { IDataObject } from 'n8n-workflow';
import { readAfter } from './readRecords';
import type { PollOptions, PollResult, PollState } from './state';
import { existedAtStart, keepNewestIds } from './state';

/**
 * Finds records that were created since the last poll, by their IDs. Reads only the pages with new records, and one page
 * if there are none.
 *
 * @throws NodeApiError if a request fails, or if the list is empty although the state knows records of it
 */
export async function newRecords(poll: PollOptions, state: PollState): Promise<PollResult> {
	const afterId = Math.max(0, (state.recentIds[0] ?? 0) - 1);
	const records: IDataObject[] = [];
	const readIds: number[] = [];
	for await (const page of readAfter(poll, state, afterId, afterId)) {
		for (const record of page.filter(({ id }) => !state.recentIds.includes(Number(id)))) {
			const shouldEmit = !existedAtStart(state, record);
			if (shouldEmit && records.length === poll.maxRecords) break;
			if (shouldEmit) records.push(record);
			readIds.push(Number(record.id));
		}
		if (records.length === poll.maxRecords) break;
	}
	const isComplete = readIds.length > 0 && records.length < poll.maxRecords && !poll.isOutOfTime();
	return {
		records,
		state: {
			...state,
			recentIds: keepNewestIds([...state.recentIds, ...readIds]),
			ignoreCreatedBefore: isComplete ? undefined : state.ignoreCreatedBefore,
		},
	};
}
