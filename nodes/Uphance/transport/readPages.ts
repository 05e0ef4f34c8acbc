import type { IDataObject } from 'n8n-workflow';
import type { SeenRecords } from './listOrder';
import { cursorOf } from './listOrder';
import type { Page, PagedList } from './pages';
import { idOf } from './pages';

/*
 * A list may change while it is read. If a record is deleted, all later records move towards the first page; if one is
 * created among them, they move on. Both functions here return every record that existed all the time, once
 * (docs/design.md: reading lists).
 */

/**
 * Reads from a page on to the end of the list. Asks for the next page by the last ID, where the list knows `since_id` and
 * its IDs ascend, and otherwise by number.
 */
export async function* readForward(list: PagedList, from: Page, seen: SeenRecords): AsyncGenerator<IDataObject[]> {
	yield from.records.filter(seen.add);
	let page = from;
	let { number } = from;
	let totalCount = from.after === undefined ? from.totalCount : undefined;
	let asksByNumber = false;
	while (page.nextPage !== undefined) {
		const cursor = asksByNumber ? undefined : cursorOf(page);
		const next = cursor === undefined ? undefined : await list.after?.(cursor);
		// A page whose IDs do not ascend does not say after which ID to go on.
		if (next && (next.records.length === 0 || (cursorOf(next) ?? cursor) !== cursor)) {
			number += 1;
			page = next;
			yield page.records.filter(seen.add);
			continue;
		}
		asksByNumber = true;
		number = page.after === undefined ? page.nextPage : number + 1;
		page = await list.page(number);
		const missed = isLess(page.totalCount, totalCount) ? await rereadBefore(list, page, seen) : [];
		totalCount = page.totalCount;
		yield [...missed, ...page.records].filter(seen.add);
	}
}

/**
 * Reads from a page back to the first one. Each page comes reversed.
 *
 * @param first the first page, which was read before `from`
 */
export async function* readBackward(
	list: PagedList,
	from: Page,
	first: Page,
	seen: SeenRecords,
): AsyncGenerator<IDataObject[]> {
	yield from.records.filter(seen.add).reverse();
	if (from.number === 1) return;
	const cursor = cursorOf(first);
	// Whether nothing can be between the first page, as it was read, and the records read so far.
	let isJoined = from.after !== undefined && from.after === cursor;
	let { totalCount } = from.after === undefined ? from : first;
	let hasShrunk = isLess(totalCount, first.totalCount);
	for (let number = from.number - 1; number > 1; number--) {
		const rest = number === 2 && cursor !== undefined ? await readRest(list, first, cursor, seen) : undefined;
		if (rest) {
			isJoined = true;
			yield rest.filter(seen.add).reverse();
			continue;
		}
		const page = await list.page(number);
		const missed = isLess(totalCount, page.totalCount) ? await rereadAfter(list, page, seen) : [];
		hasShrunk ||= isLess(page.totalCount, totalCount);
		totalCount = page.totalCount;
		yield [...page.records, ...missed].filter(seen.add).reverse();
	}
	const asksById = list.after !== undefined && cursor !== undefined;
	const page = (asksById ? isJoined : !hasShrunk) ? first : await list.page(1);
	yield page.records.filter(seen.add).reverse();
}

/**
 * Reads the records between the first page and those read already. Returns undefined if Uphance does not respect the ID,
 * or if the records are in no order.
 *
 * @param cursor the last ID of the first page
 */
async function readRest(
	list: PagedList,
	first: Page,
	cursor: number,
	seen: SeenRecords,
): Promise<IDataObject[] | undefined> {
	const rest: IDataObject[] = [];
	const expectedCount = (first.totalCount ?? NaN) - first.records.length;
	let isUnchanged: boolean | undefined;
	for (let id = cursor; ; ) {
		const page: Page | undefined = await list.after?.(id);
		const last = page && cursorOf(page);
		if (!page || last === id || (last === undefined && page.records.length > 0)) return undefined;
		// Newer ones were created after the reading began.
		rest.push(...page.records.filter((record) => (idOf(record) ?? 0) < seen.lowestId));
		const isAll = page.nextPage === undefined || last === undefined || last >= seen.lowestId;
		isUnchanged ??= page.totalCount === expectedCount;
		if (isAll || (isUnchanged && seen.countAfter(cursor) + rest.length >= expectedCount)) return rest;
		id = last;
	}
}

/** Returns what moved in front of a page after the pages before it were read: the ends of those. */
async function rereadBefore(list: PagedList, page: Page, seen: SeenRecords): Promise<IDataObject[]> {
	const missed: IDataObject[] = [];
	for (let number = page.number - 1; number > 0; number--) {
		const { records } = await list.page(number);
		const end = records.findIndex((record) => isAmong(page.records, record));
		if (end >= 0) missed.length = 0; // what was found so far stands behind the page by now
		const before = end < 0 ? records : records.slice(0, end);
		missed.unshift(...before.slice(before.map(seen.isKnown).lastIndexOf(true) + 1));
		if (before.some(seen.isKnown)) break;
	}
	return missed;
}

/** Returns what moved behind a page after the pages behind it were read: the starts of those. */
async function rereadAfter(list: PagedList, page: Page, seen: SeenRecords): Promise<IDataObject[]> {
	const missed: IDataObject[] = [];
	for (let number: number | undefined = page.number + 1; number !== undefined; ) {
		const { records, nextPage }: Page = await list.page(number);
		const start = records.map((record) => isAmong(page.records, record)).lastIndexOf(true) + 1;
		if (start > 0) missed.length = 0; // what was found so far stands in front of the page by now
		const end = records.findIndex((record, index) => index >= start && seen.isKnown(record));
		missed.push(...records.slice(start, end < 0 ? undefined : end));
		if (end >= 0) break;
		number = nextPage;
	}
	return missed;
}

const isAmong = (records: IDataObject[], { id }: IDataObject): boolean =>
	id !== undefined && id !== null && records.some((record) => record.id === id);

const isLess = (one: number | undefined, other: number | undefined): boolean =>
	one !== undefined && other !== undefined && one < other;
