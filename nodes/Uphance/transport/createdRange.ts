import type { IDataObject } from 'n8n-workflow';
import type { TimeRange } from './listOrder';
import { createdAtOf } from './listOrder';
import type { PagedList } from './pages';
import type { ReadOptions } from './pagination';
import { readEnds, readFromEnds } from './pagination';
import { RangeSearch } from './rangeSearch';

/** What came so far is to be forgotten: the list turned out not to be in the order of creation, and comes again, whole. */
export const RESTART = 'restart';

/**
 * Returns the records created between two moments, page by page. Uphance has no such filter, so the first page of the
 * range is searched by halves: about ten requests for a thousand pages beyond those that hold results. Pages that
 * contradict each other, and a list in no order, make it read everything.
 *
 * @param onUndated called with the records that were read and do not say when they were created; they are left out
 * @throws NodeApiError if a request fails
 */
export async function* paginateCreatedBetween(
	list: PagedList,
	range: TimeRange,
	options: ReadOptions,
	onUndated: (records: IDataObject[]) => void,
): AsyncGenerator<IDataObject[] | typeof RESTART> {
	const ends = await readEnds(list, await list.page(1), options.keys);
	const { first, last, order } = ends;
	const select = (records: IDataObject[]): IDataObject[] => {
		onUndated(records.filter((record) => createdAtOf(record) === undefined));
		return records.filter((record) => isIn(range, createdAtOf(record)));
	};
	if (last && last !== first && order !== 'none') {
		const search = new RangeSearch(list, range, options.newestFirst, { first, last, order });
		for await (const records of search.read()) yield select(records);
		if (search.isSorted) return;
		yield RESTART;
	}
	for await (const records of readFromEnds(list, ends, options)) yield select(records);
}

const isIn = ({ from, to }: TimeRange, moment: number | undefined): boolean =>
	moment !== undefined && moment >= from && moment < to;
