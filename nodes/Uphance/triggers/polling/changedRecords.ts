import type { IDataObject } from 'n8n-workflow';
import { fixedLimits } from '../../http/limits';
import { statusesOf } from '../status';
import { readAfter, readNewest } from './readRecords';
import type { PollOptions, PollResult, PollState } from './state';
import { existedAtStart, keepNewestIds, snapshot } from './state';
import { isUnchanged } from './version';

/**
 * Finds records that were created since the last poll, and changed records among the newest `lookBack` ones. A record
 * has changed if its version differs from its snapshot.
 *
 * @throws NodeApiError if a request fails, or if the list is empty although the state knows records of it
 */
export async function changedRecords(poll: PollOptions, state: PollState): Promise<PollResult> {
	const { list, lookBack, maxRecords } = poll;
	const snapshots = { ...state.snapshots };
	const watchedIds = Object.keys(snapshots).map(Number).sort(ascending);
	const newestId = Math.max(0, ...state.recentIds);
	// A record without a snapshot is new even if its ID appears late, as long as its ID is among the watched ones.
	const lowestWatchedId = Math.min(newestId, (state.firstDeferredId ?? Infinity) - 1, ...watchedIds);
	const records: IDataObject[] = [];
	const readIds: number[] = [];
	let firstDeferredId: number | undefined;
	for await (const page of readAfter(poll, state, startId(state, watchedIds), newestId)) {
		for (const record of page) {
			const id = Number(record.id);
			// Read along with the recent ones. Its snapshot would make those between it and the watched ones look new.
			if (id < lowestWatchedId) continue;
			const { [id]: previous } = snapshots;
			const isNew = !previous && id > lowestWatchedId && !existedAtStart(state, record);
			const isChange = isNew || (previous !== undefined && !isUnchanged(previous.version, list, record));
			const shouldEmit = isChange && hasNewStatus(poll, record, previous?.statuses);
			if (shouldEmit && records.length === maxRecords) {
				firstDeferredId = id;
				break;
			}
			if (shouldEmit) records.push(record);
			snapshots[id] = snapshot(list, record, previous?.statuses);
			readIds.push(id);
		}
		if (firstDeferredId !== undefined) break;
	}
	if (poll.isOutOfTime()) firstDeferredId ??= (readIds.at(-1) ?? lowestWatchedId) + 1;
	const isComplete = firstDeferredId === undefined;
	if (isComplete && lookBack > (state.lookBack ?? watchedIds.length)) {
		for (const record of await readOlder(poll, lowestWatchedId))
			snapshots[Number(record.id)] ??= snapshot(list, record);
	}
	return {
		records,
		state: {
			...state,
			recentIds: keepNewestIds([...state.recentIds, ...readIds]),
			snapshots: newestSnapshots(snapshots, lookBack, firstDeferredId),
			firstDeferredId,
			ignoreCreatedBefore: isComplete && readIds.length > 0 ? undefined : state.ignoreCreatedBefore,
			lookBack: isComplete && !poll.isOutOfTime() ? lookBack : state.lookBack,
		},
	};
}

/**
 * Returns the ID after which to read. A poll reads all watched records. If the last poll left some for this one, it goes
 * on from there, so that a long list is read in several polls.
 */
function startId({ firstDeferredId, recentIds }: PollState, watchedIds: number[]): number {
	const done = watchedIds.filter((id) => id < (firstDeferredId ?? 0));
	const start =
		done.at(-fixedLimits.pollOverlapIds) ?? Math.min(...watchedIds, ...recentIds, firstDeferredId ?? Infinity);
	return Number.isFinite(start) ? Math.max(0, start - 1) : 0;
}

/** Returns records to watch from now on that are older than the watched ones, which were too few. */
async function readOlder(poll: PollOptions, lowestWatchedId: number): Promise<IDataObject[]> {
	const newest = await readNewest(poll, poll.lookBack).catch((error: unknown) => {
		if (!poll.isOutOfTime()) throw error;
		return [];
	});
	return newest.filter(({ id }) => Number(id) < lowestWatchedId);
}

/** Keeps a record that is left for the next poll, although newer ones would push it out. */
function newestSnapshots(
	snapshots: PollState['snapshots'],
	count: number,
	firstDeferredId = Infinity,
): PollState['snapshots'] {
	const ids = Object.keys(snapshots).map(Number).sort(ascending);
	const lowestId = Math.min(ids.at(-count) ?? 0, firstDeferredId);
	return Object.fromEntries(Object.entries(snapshots).filter(([id]) => Number(id) >= lowestId));
}

/** Returns whether the record has a selected status in which it was not seen yet. */
function hasNewStatus({ statuses }: PollOptions, record: IDataObject, seenStatuses?: string[]): boolean {
	const current = statusesOf(record);
	return (
		statuses.length === 0 || statuses.some((status) => current.includes(status) && !seenStatuses?.includes(status))
	);
}

const ascending = (a: number, b: number): number => a - b;
