import type { IDataObject } from 'n8n-workflow';
import { idNumber } from '../../parameters/typedNumber';
import { typedText } from '../../parameters/parse';
import { pagesFromNewest } from '../../transport/pagination';
import type { PollState } from './state';
import { newestIds, overlap } from './state';
import { seenAs } from './version';
import type { Watch } from './watch';

/** From now, or from an id: the newest ids are found without reading every page. */
export async function begin(watch: Watch, key: string, startAfterId: unknown, changed: boolean): Promise<PollState> {
	if (hasStart(startAfterId)) {
		const after = typedText('Start After ID', startAfterId);
		return { key, recent: [after === '0' ? 0 : idNumber("'Start After ID'", after)], seen: {} };
	}
	const { list, uphance, query, lookBack } = watch;
	const read: IDataObject[] = [];
	for await (const page of pagesFromNewest(uphance, list.kind, query)) {
		read.push(...page);
		if (read.length >= (changed ? lookBack : overlap)) break;
	}
	const seen: PollState['seen'] = {};
	if (changed) {
		for (const record of read.reverse()) {
			seen[String(record.id)] = seenAs(record);
		}
	}
	return { key, recent: newestIds(read.map(({ id }) => Number(id))), seen };
}

export const hasStart = (typed: unknown): boolean => typed !== undefined && String(typed).trim() !== '';
