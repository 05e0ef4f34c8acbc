import { fixedLimits } from '../../http/limits';
import type { IDataObject } from 'n8n-workflow';
import { parseId, parseText } from '../../parameters/parse';
import { paginateBackwards } from '../../transport/pagination';
import type { PollOptions, PollState } from './state';
import { keepNewestIds, snapshot } from './state';

/** From now, or from an id: the newest ids are found without reading every page. */
export async function createInitialState(
	options: PollOptions,
	key: string,
	startAfterId: unknown,
	changed: boolean,
): Promise<PollState> {
	if (isSet(startAfterId)) {
		const startAfter = parseText('Start After ID', startAfterId);
		return { key, recentIds: [startAfter === '0' ? 0 : parseId("'Start After ID'", startAfter)], snapshots: {} };
	}
	const { list, client, query, lookBack } = options;
	const records: IDataObject[] = [];
	for await (const page of paginateBackwards(client, list.recordType, query)) {
		records.push(...page);
		if (records.length >= (changed ? lookBack : fixedLimits.pollOverlapIds)) break;
	}
	const seen: PollState['snapshots'] = {};
	if (changed) {
		for (const record of records.reverse()) {
			seen[String(record.id)] = snapshot(record);
		}
	}
	return { key, recentIds: keepNewestIds(records.map(({ id }) => Number(id))), snapshots: seen };
}

export const isSet = (value: unknown): boolean => value !== undefined && String(value).trim() !== '';
