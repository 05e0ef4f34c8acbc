import type { IDataObject } from 'n8n-workflow';
import { fixedLimits } from '../http/limits';
import type { SeenRecords } from './listOrder';
import type { Page, PagedList } from './pages';

/**
 * Reads a page by its number, and what moved from it to the pages read before: of a list that is read forward (1) when it
 * shrank, of one that is read backward (-1) when it grew. Returns the records in that direction.
 *
 * @param totalCount of the page read before
 */
export async function readNext(
	list: PagedList,
	number: number,
	direction: 1 | -1,
	totalCount: number | undefined,
	seen: SeenRecords,
): Promise<{ page: Page; records: IDataObject[]; isUnchanged: boolean }> {
	let page = await list.page(number);
	const isUnchanged = page.totalCount === totalCount;
	let missed = hasChanged(totalCount, page.totalCount, -direction) ? await reread(list, page, direction, seen) : [];
	for (let attempt = 1; !missed; attempt++) {
		page = await list.page(number);
		missed = await reread(list, page, direction, seen, attempt === fixedLimits.maxPageRereads);
	}
	return { page, records: [...missed, ...ordered(page.records, direction)], isUnchanged };
}

/**
 * Returns the records between a page and those that were read before it. Returns undefined if some of them may have moved
 * back to the page meanwhile, unless it is the last attempt.
 */
async function reread(
	list: PagedList,
	page: Page,
	direction: 1 | -1,
	seen: SeenRecords,
	isLastAttempt = false,
): Promise<IDataObject[] | undefined> {
	const missed: IDataObject[] = [];
	for (let number = page.number - direction; number > 0; number -= direction) {
		const { records, nextPage, totalCount } = await list.page(number);
		if (!isLastAttempt && hasChanged(page.totalCount, totalCount, direction)) return undefined;
		const inTurn = ordered(records, direction);
		const lastKnown = inTurn.map(seen.isKnown).lastIndexOf(true);
		missed.unshift(...inTurn.slice(lastKnown + 1).filter(({ id }) => !page.records.some((other) => other.id === id)));
		if (lastKnown >= 0 || (direction === -1 && nextPage === undefined)) break;
	}
	return missed;
}

const ordered = (records: IDataObject[], direction: 1 | -1): IDataObject[] =>
	direction === 1 ? records : [...records].reverse();

/** Returns whether a list got longer (1) or shorter (-1). */
const hasChanged = (from = NaN, to = NaN, direction: number): boolean => Math.sign(to - from) === direction;
