import type { IDataObject } from 'n8n-workflow';
import { paginateBackwards } from '../../transport/pagination';
import type { PollOptions, PollResult, PollState } from './state';
import { keepNewestIds, recordVersion, snapshot } from './state';
import { statusOf } from '../status';

/** Records that were not there before, and those among the newest that look different from the last time (users.md C1). */
export async function changedRecords(options: PollOptions, state: PollState): Promise<PollResult> {
	const { list, client, query, lookBack } = options;
	const newest = Math.max(0, ...state.recentIds);
	const firstNewId = Math.min(newest + 1, state.firstDeferredId ?? Infinity);
	const read: IDataObject[] = [];
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		read.push(...page);
		if (read.length >= lookBack && page.every(({ id }) => Number(id) < firstNewId)) break;
	}
	// An id that appears late is new as well, as long as it is among those that are watched.
	const lowestWatchedId = Math.min(firstNewId - 1, ...Object.keys(state.snapshots).map(Number));
	const snapshots: PollState['snapshots'] = {};
	const records: IDataObject[] = [];
	let firstDeferredId: number | undefined;
	for (const record of read.reverse()) {
		const { [String(record.id)]: previous } = state.snapshots;
		const isChange = previous ? previous.version !== recordVersion(record) : Number(record.id) > lowestWatchedId;
		const shouldEmit = isChange && isWanted(options, record, previous?.statuses);
		const isEmitted = shouldEmit && records.length < options.maxRecords;
		if (isEmitted) records.push(record);
		if (shouldEmit && !isEmitted) firstDeferredId ??= Number(record.id);
		// What is left for the next poll must look as it does now, then, too.
		if (shouldEmit && !isEmitted && !previous) continue;
		snapshots[String(record.id)] =
			shouldEmit && !isEmitted && previous ? previous : snapshot(record, previous?.statuses, isEmitted || !isChange);
	}
	// One that moved to a page that was read before is not met this time.
	const lowest = Number(read[0]?.id ?? Infinity);
	for (const [id, each] of Object.entries(state.snapshots)) if (Number(id) > lowest) snapshots[id] ??= each;
	const ids = Object.keys(snapshots).map(Number);
	const oldest = Math.min(ids.at(-lookBack) ?? 0, firstDeferredId ?? Infinity);
	const keptSnapshots = Object.fromEntries(Object.entries(snapshots).filter(([id]) => Number(id) >= oldest));
	return {
		records,
		state: {
			...state,
			recentIds: keepNewestIds([...state.recentIds, ...ids]),
			snapshots: keptSnapshots,
			firstDeferredId,
		},
	};
}

function isWanted({ statuses }: PollOptions, record: IDataObject, emittedStatuses: string[] = []): boolean {
	const status = statusOf(record);
	return statuses.length === 0 || (statuses.includes(status) && !emittedStatuses.includes(status));
}
