import type { IDataObject } from 'n8n-workflow';
import { paginateBackwards } from '../../transport/pagination';
import { statusOf } from '../status';
import type { PollOptions, PollResult, PollState } from './state';
import { keepNewestIds, recordVersion, snapshot } from './state';

/**
 * Finds records that were created since the last poll, and changed records among the newest `lookBack` ones. A record
 * has changed if its version differs from its snapshot.
 *
 * @throws NodeApiError if a request fails
 */
export async function changedRecords(options: PollOptions, state: PollState): Promise<PollResult> {
	const { list, client, query, lookBack } = options;
	const newestId = Math.max(0, ...state.recentIds);
	const firstNewId = Math.min(newestId + 1, state.firstDeferredId ?? Infinity);
	const newestFirst: IDataObject[] = [];
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		newestFirst.push(...page);
		if (newestFirst.length >= lookBack && page.every(({ id }) => Number(id) < firstNewId)) break;
	}
	const oldestFirst = newestFirst.reverse();
	// A record without a snapshot is new even if its ID appears late, as long as its ID is among the watched ones.
	const lowestWatchedId = Math.min(firstNewId - 1, ...Object.keys(state.snapshots).map(Number));
	const snapshots: PollState['snapshots'] = {};
	const records: IDataObject[] = [];
	let firstDeferredId: number | undefined;
	for (const record of oldestFirst) {
		const { [String(record.id)]: previous } = state.snapshots;
		const isChange = previous ? previous.version !== recordVersion(record) : Number(record.id) > lowestWatchedId;
		const shouldEmit = isChange && hasNewStatus(options, record, previous?.statuses);
		const isEmitted = shouldEmit && records.length < options.maxRecords;
		if (isEmitted) records.push(record);
		if (shouldEmit && !isEmitted) firstDeferredId ??= Number(record.id);
		// A deferred record keeps its previous snapshot, or none, so that the next poll still sees the change.
		if (shouldEmit && !isEmitted && !previous) continue;
		snapshots[String(record.id)] =
			shouldEmit && !isEmitted && previous ? previous : snapshot(record, previous?.statuses, isEmitted || !isChange);
	}
	// Keeps the snapshots of watched records that moved to another page while the list was read, and so were not met.
	const lowestId = Number(oldestFirst[0]?.id ?? Infinity);
	for (const [id, previous] of Object.entries(state.snapshots)) if (Number(id) > lowestId) snapshots[id] ??= previous;
	const ids = Object.keys(snapshots).map(Number);
	const oldestId = Math.min(ids.at(-lookBack) ?? 0, firstDeferredId ?? Infinity);
	const keptSnapshots = Object.fromEntries(Object.entries(snapshots).filter(([id]) => Number(id) >= oldestId));
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

/** Returns whether the status of a record is selected. Each selected status counts once per record. */
function hasNewStatus({ statuses }: PollOptions, record: IDataObject, emittedStatuses: string[] = []): boolean {
	const status = statusOf(record);
	return statuses.length === 0 || (statuses.includes(status) && !emittedStatuses.includes(status));
}
