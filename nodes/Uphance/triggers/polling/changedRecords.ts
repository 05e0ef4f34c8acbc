import type { IDataObject } from 'n8n-workflow';
import { pagesFromNewest } from '../../transport/pagination';
import type { PollState } from './state';
import { newestIds } from './state';
import { statusOf } from '../statuses';
import { seenAs, versionOf } from './version';
import type { Polling, Watch } from './watch';

/** Records that were not there before, and those among the newest that look different from the last time (users.md C1). */
export async function changedRecords(watch: Watch, state: PollState): Promise<Polling> {
	const { list, uphance, query, lookBack } = watch;
	const newest = Math.max(0, ...state.recent);
	const from = Math.min(newest + 1, state.left ?? Infinity);
	const read: IDataObject[] = [];
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		read.push(...page);
		if (read.length >= lookBack && page.every(({ id }) => Number(id) < from)) break;
	}
	// An id that appears late is new as well, as long as it is among those that are watched.
	const watchedFrom = Math.min(from - 1, ...Object.keys(state.seen).map(Number));
	const seen: PollState['seen'] = {};
	const records: IDataObject[] = [];
	let left: number | undefined;
	for (const record of read.reverse()) {
		const { [String(record.id)]: before } = state.seen;
		const isChange = before ? before.version !== versionOf(record) : Number(record.id) > watchedFrom;
		const isDue = isChange && isWanted(watch, record, before?.statuses);
		const isTaken = isDue && records.length < watch.most;
		if (isTaken) records.push(record);
		if (isDue && !isTaken) left ??= Number(record.id);
		// What is left for the next poll must look as it does now, then, too.
		if (isDue && !isTaken && !before) continue;
		seen[String(record.id)] =
			isDue && !isTaken && before ? before : seenAs(record, before?.statuses, isTaken || !isChange);
	}
	// One that moved to a page that was read before is not met this time.
	const lowest = Number(read[0]?.id ?? Infinity);
	for (const [id, each] of Object.entries(state.seen)) if (Number(id) > lowest) seen[id] ??= each;
	const ids = Object.keys(seen).map(Number);
	const oldest = Math.min(ids.at(-lookBack) ?? 0, left ?? Infinity);
	const kept = Object.fromEntries(Object.entries(seen).filter(([id]) => Number(id) >= oldest));
	return { records, state: { ...state, recent: newestIds([...state.recent, ...ids]), seen: kept, left } };
}

function isWanted({ statuses }: Watch, record: IDataObject, announced: string[] = []): boolean {
	const status = statusOf(record);
	return statuses.length === 0 || (statuses.includes(status) && !announced.includes(status));
}
