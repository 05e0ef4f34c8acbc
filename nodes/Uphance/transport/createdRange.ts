import type { IDataObject } from 'n8n-workflow';
import type { Page } from './pagination';
import { uniqueById } from './pagination';

/** From a moment on and before another, in milliseconds; without an end it is infinite. */
export interface TimeRange {
	from: number;
	to: number;
}

interface PageBounds {
	oldest: number;
	newest: number;
	/** Only the records asked for: a whole page is not kept. */
	matches: IDataObject[];
}

/** What came so far is to be forgotten: the list turned out not to be in the order of creation, and comes again, whole. */
export const RESTART = 'startOver';

/**
 * The records created between two moments, page by page, of a list that is in the order of creation as far as is known
 * (uphance-api.md 3.2). Uphance has no such filter, so the first page is searched by halves: about ten requests for a
 * thousand pages beyond those that hold results. Pages that contradict each other, and a list that does not say how
 * many pages it has, make it read everything.
 *
 * @param fetchPage one page of the list, the first is 1
 * @throws what `read` throws
 */
export async function* paginateCreatedBetween(
	fetchPage: (number: number) => Promise<Page>,
	range: TimeRange,
	fromNewest: boolean,
): AsyncGenerator<IDataObject[] | typeof RESTART> {
	const first = await fetchPage(1);
	const last = first.totalPages ?? (first.nextPage === undefined ? 1 : undefined);
	if (last === undefined) return yield* scanAll(fetchPage, first, range, fromNewest);
	// A list from the newest to the oldest shows at once by its end, before anything is left out.
	const lastPage = last === 1 ? first : await fetchPage(last);
	if (lastPage.nextPage !== undefined) return yield* scanAll(fetchPage, first, range, fromNewest);
	const seen = new Map<number, PageBounds>();
	let isSorted = true;
	const record = (number: number, page: Page): PageBounds => {
		const bounds = pageBounds(page, range);
		for (const [other, known] of seen) isSorted &&= number < other ? precedes(bounds, known) : precedes(known, bounds);
		seen.set(number, bounds);
		return bounds;
	};
	record(1, first);
	if (last > 1) record(last, lastPage);
	isSorted &&= [...seen.values()].every((bounds) => precedes(bounds, bounds));
	const bounds = async (number: number): Promise<PageBounds> =>
		seen.get(number) ?? record(number, await fetchPage(number));

	const pageNumberAt = (position: number) => (fromNewest ? last - position : position + 1);
	const isTooOld = ({ newest }: PageBounds) => newest < range.from;
	const isTooNew = ({ oldest }: PageBounds) => oldest >= range.to;
	const [isBeforeRange, isAfterRange] = fromNewest ? [isTooNew, isTooOld] : [isTooOld, isTooNew];

	let start = 0;
	let end = last;
	const bisect = async (position: number): Promise<void> => {
		if (isBeforeRange(await bounds(pageNumberAt(position)))) start = position + 1;
		else end = position;
	};
	// The two that are known already; the halves are in between.
	await bisect(last - 1);
	if (start < end) await bisect(0);
	while (start < end && isSorted) await bisect((start + end) >> 1);

	const isNew = uniqueById();
	for (let position = start; position < last && isSorted; position++) {
		const number = pageNumberAt(position);
		const found = await bounds(number);
		if (!isSorted) break;
		const matches = found.matches.filter(isNew);
		yield fromNewest ? matches.reverse() : matches;
		found.matches = [];
		if (isAfterRange(found)) return;
	}
	if (isSorted) return;
	yield RESTART;
	yield* scanAll(fetchPage, first, range, fromNewest, last);
}

async function* scanAll(
	fetchPage: (number: number) => Promise<Page>,
	first: Page,
	range: TimeRange,
	fromNewest: boolean,
	last?: number,
): AsyncGenerator<IDataObject[]> {
	const isNew = uniqueById();
	const matchesIn = (page: Page) => pageBounds(page, range).matches.filter(isNew);
	if (fromNewest && last !== undefined) {
		for (let number = last; number > 0; number--) {
			yield matchesIn(number === 1 ? first : await fetchPage(number)).reverse();
		}
		return;
	}
	const all: IDataObject[] = [];
	for (let next: number | undefined = 1; next !== undefined; ) {
		const page: Page = next === 1 ? first : await fetchPage(next);
		const matches = matchesIn(page);
		if (fromNewest) all.push(...matches);
		else yield matches;
		next = page.nextPage;
	}
	// Where the end is was not known before.
	if (fromNewest) yield all.reverse();
}

function pageBounds({ records }: Page, { from, to }: TimeRange): PageBounds {
	const bounds: PageBounds = { oldest: NaN, newest: NaN, matches: [] };
	for (const record of records) {
		const moment = typeof record.created_at === 'string' ? Date.parse(record.created_at) : NaN;
		if (Number.isNaN(moment)) continue;
		bounds.oldest = moment > bounds.oldest ? bounds.oldest : moment;
		bounds.newest = moment < bounds.newest ? bounds.newest : moment;
		if (moment >= from && moment < to) bounds.matches.push(record);
	}
	return bounds;
}

/** Whether both ends of a page come before those of a later one; a page that has none, being empty or without dates, says no. */
const precedes = (one: PageBounds, other: PageBounds): boolean =>
	one.oldest <= other.oldest && one.newest <= other.newest;
