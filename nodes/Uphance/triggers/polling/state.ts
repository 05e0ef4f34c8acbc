import { isDataObject } from '../../transport/recordsIn';

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

/** How many of the newest ids are asked for again: with them a quiet poll still fits on a page of 50. */
export const overlapSize = 45;

/** Undefined when there is none, or one of something else. */
export function parseState(stored: unknown, key: string): PollState | undefined {
	if (!isDataObject(stored) || stored.key !== key || !Array.isArray(stored.recent)) return undefined;
	const recentIds = stored.recent.map(Number).filter(Number.isSafeInteger);
	const snapshots: PollState['snapshots'] = {};
	if (isDataObject(stored.seen)) {
		for (const [id, each] of Object.entries(stored.seen)) {
			if (!isDataObject(each)) continue;
			const statuses = Array.isArray(each.statuses) ? each.statuses.map(String) : [];
			snapshots[id] = { version: String(each.version), statuses };
		}
	}
	return { key, recentIds, snapshots, firstDeferredId: typeof stored.left === 'number' ? stored.left : undefined };
}

/** The newest of the ids, ascending and once each. */
export const keepNewestIds = (ids: number[]): number[] =>
	[...new Set(ids)].sort((one, other) => one - other).slice(-overlapSize);
