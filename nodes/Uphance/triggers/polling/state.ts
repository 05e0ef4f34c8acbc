import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import { fixedLimits } from '../../http/limits';
import type { UphanceClient } from '../../transport/client';
import { normalizeStatus, statusesOf } from '../status';
import type { PollableList } from './pollableLists';
import { recordVersion } from './version';

/** The state of a polling trigger between two polls. n8n stores it as JSON in the static data of the node. */
export interface PollState {
	/** Identifies list, organisation, API URL and filters. With another key the state is not used. */
	key: string;
	/**
	 * The newest IDs that were seen, ascending, at most `pollOverlapIds`. A poll reads them again, so that an ID that
	 * appears late is still found as new.
	 */
	recentIds: number[];
	/** By ID, only of the newest records: the version of a record, and the statuses in which it was seen. */
	snapshots: Record<string, Snapshot>;
	/** The lowest ID that was left for the next poll. Undefined if the last poll got to the end. */
	firstDeferredId?: number;
	/** How many of the newest records were read to be watched. Undefined if there was no time for all of them. */
	lookBack?: number;
	/**
	 * Only if the list was empty when the trigger started: a moment in milliseconds. Records that were created before it
	 * are not new, they were hidden from the user of the credential. Undefined once the list had records.
	 */
	ignoreCreatedBefore?: number;
}

interface Snapshot {
	version: string;
	statuses: string[];
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
	/** Normalized; empty for every status. */
	statuses: string[];
	/** Returns whether the poll must end, and leave to the next one what it has not read. */
	isOutOfTime(): boolean;
	/** Logs a warning, once in this process. The text must name nothing but the list. */
	warnOnce(text: string): void;
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
	const snapshots: PollState['snapshots'] = {};
	if (isDataObject(stored.snapshots)) {
		for (const [id, value] of Object.entries(stored.snapshots)) {
			if (!isDataObject(value)) continue;
			const statuses = Array.isArray(value.statuses) ? value.statuses.map(String) : [];
			snapshots[id] = { version: String(value.version), statuses: statuses.map(normalizeStatus) };
		}
	}
	const numberOrUndefined = (value: unknown) => (typeof value === 'number' ? value : undefined);
	return {
		key,
		recentIds: stored.recentIds.map(Number).filter(Number.isSafeInteger),
		snapshots,
		firstDeferredId: numberOrUndefined(stored.firstDeferredId),
		lookBack: numberOrUndefined(stored.lookBack),
		ignoreCreatedBefore: numberOrUndefined(stored.ignoreCreatedBefore),
	};
}

/** Returns whether a record existed when the trigger started. */
export const existedAtStart = ({ ignoreCreatedBefore = -Infinity }: PollState, { created_at }: IDataObject): boolean =>
	Date.parse(String(created_at)) < ignoreCreatedBefore;

/** Returns the highest `pollOverlapIds` IDs, ascending, without duplicates. */
export const keepNewestIds = (ids: number[]): number[] =>
	[...new Set(ids)].sort((a, b) => a - b).slice(-fixedLimits.pollOverlapIds);

/**
 * Returns the snapshot of a record.
 *
 * @param seenStatuses the statuses in which the record was seen before
 */
export const snapshot = (list: PollableList, record: IDataObject, seenStatuses: string[] = []): Snapshot => ({
	version: recordVersion(list, record),
	statuses: [...new Set([...seenStatuses, ...statusesOf(record)])],
});
