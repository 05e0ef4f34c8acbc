import { fixedLimits } from '../../http/limits';
import { isDataObject } from '../../http/json';
import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../../transport/client';
import { statusOf } from '../status';
import type { PollableList } from './pollableLists';

/** The state of a polling trigger between two polls. n8n stores it as JSON in the static data of the node. */
export interface PollState {
	/** Identifies list, organisation, API URL and filters. With another key the state is not used. */
	key: string;
	/**
	 * The newest IDs that were seen, ascending, at most `overlapSize`. A poll reads them again, so that an ID that appears
	 * late is still found as new.
	 */
	recentIds: number[];
	/** By ID, only of the newest records: the version of a record, and the statuses in which it was emitted. */
	snapshots: Record<string, { version: string; statuses: string[] }>;
	/** The lowest ID of the records that were left for the next poll. Undefined if none was left. */
	firstDeferredId?: number;
}

/** The parameters of one poll. */
export interface PollOptions {
	client: UphanceClient;
	list: PollableList;
	/** The filters, as they are sent. */
	query: IDataObject;
	/** Number of newest records to check for changes. */
	lookBack: number;
	/** Maximum number of records that one poll emits. The rest is left for the next poll. */
	maxRecords: number;
	/** In lower case; empty for every status. */
	statuses: string[];
}

/** The result of one poll. */
export interface PollResult {
	/** Oldest first. */
	records: IDataObject[];
	state: PollState;
}

/** Returns the stored state, or undefined if there is none with this key. */
export function parseState(stored: unknown, key: string): PollState | undefined {
	if (!isDataObject(stored) || stored.key !== key || !Array.isArray(stored.recentIds)) return undefined;
	const recentIds = stored.recentIds.map(Number).filter(Number.isSafeInteger);
	const snapshots: PollState['snapshots'] = {};
	if (isDataObject(stored.snapshots)) {
		for (const [id, value] of Object.entries(stored.snapshots)) {
			if (!isDataObject(value)) continue;
			const statuses = Array.isArray(value.statuses) ? value.statuses.map(String) : [];
			snapshots[id] = { version: String(value.version), statuses };
		}
	}
	return {
		key,
		recentIds,
		snapshots,
		firstDeferredId: typeof stored.firstDeferredId === 'number' ? stored.firstDeferredId : undefined,
	};
}

/** Returns the highest `pollOverlapIds` IDs, ascending, without duplicates. */
export const keepNewestIds = (ids: number[]): number[] =>
	[...new Set(ids)].sort((a, b) => a - b).slice(-fixedLimits.pollOverlapIds);

/**
 * Returns a text that differs if the record has changed: `updated_at` with the status, because the status may change
 * without `updated_at`. Returns a hash if the record has no `updated_at`.
 */
export const recordVersion = (record: IDataObject): string =>
	typeof record.updated_at === 'string' ? `${record.updated_at} ${statusOf(record)}` : hash(record);

/** Returns 32 hex digits of the SHA-256 hash of the value's JSON. */
export const hash = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/**
 * Returns the snapshot of a record.
 *
 * @param emittedStatuses the statuses in which the record was emitted before
 * @param markEmitted whether to add its present status to them
 */
export const snapshot = (
	record: IDataObject,
	emittedStatuses: string[] = [],
	markEmitted = true,
): PollState['snapshots'][string] => ({
	version: recordVersion(record),
	statuses: markEmitted ? [...new Set([...emittedStatuses, statusOf(record)])] : emittedStatuses,
});
