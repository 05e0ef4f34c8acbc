import { fixedLimits } from '../../http/limits';
import { isDataObject } from '../../http/json';
import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../../transport/client';
import { statusOf } from '../status';
import type { PollableList } from './pollableLists';

/** What a polling trigger knows from one poll to the next; n8n stores it with the workflow. */
export interface PollState {
	/** What it belongs to: with another list, organisation or filter it would be the wrong cursor. */
	key: string;
	/** The newest ids that were seen, ascending, so that an id that appears late is recognised. */
	recentIds: number[];
	/** By id: what a record looked like, and in which statuses it was emitted. Only of the newest records. */
	snapshots: Record<string, { version: string; statuses: string[] }>;
	/** The lowest id that is due but was left for the next poll. */
	firstDeferredId?: number;
}

/** Undefined when there is none, or one of something else. */
export function parseState(stored: unknown, key: string): PollState | undefined {
	if (!isDataObject(stored) || stored.key !== key || !Array.isArray(stored.recentIds)) return undefined;
	const recentIds = stored.recentIds.map(Number).filter(Number.isSafeInteger);
	const snapshots: PollState['snapshots'] = {};
	if (isDataObject(stored.snapshots)) {
		for (const [id, each] of Object.entries(stored.snapshots)) {
			if (!isDataObject(each)) continue;
			const statuses = Array.isArray(each.statuses) ? each.statuses.map(String) : [];
			snapshots[id] = { version: String(each.version), statuses };
		}
	}
	return {
		key,
		recentIds,
		snapshots,
		firstDeferredId: typeof stored.firstDeferredId === 'number' ? stored.firstDeferredId : undefined,
	};
}

/** The newest of the ids, ascending and once each. */
export const keepNewestIds = (ids: number[]): number[] =>
	[...new Set(ids)].sort((one, other) => one - other).slice(-fixedLimits.pollOverlapIds);

/** One poll: what it watches and how. */
export interface PollOptions {
	client: UphanceClient;
	list: PollableList;
	query: IDataObject;
	lookBack: number;
	/** At most so many records at once; the rest comes with the next poll. */
	maxRecords: number;
	statuses: string[];
}

/** What a poll brings. */
export interface PollResult {
	/** Oldest first. */
	records: IDataObject[];
	state: PollState;
}

/** How a record looks, to notice when it looks different: `updated_at` and the status, which may change without it; a hash where there is none. */
export const recordVersion = (record: IDataObject): string =>
	typeof record.updated_at === 'string' ? `${record.updated_at} ${statusOf(record)}` : hash(record);

export const hash = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** What is remembered of a record. @param markEmitted whether its present status counts as announced */
export const snapshot = (
	record: IDataObject,
	emittedStatuses: string[] = [],
	markEmitted = true,
): PollState['snapshots'][string] => ({
	version: recordVersion(record),
	statuses: markEmitted ? [...new Set([...emittedStatuses, statusOf(record)])] : emittedStatuses,
});
