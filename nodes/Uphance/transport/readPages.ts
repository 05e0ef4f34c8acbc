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
		if (next && cursorOf(next) !== cursor) {
			number += 1;
			page = next;
			yield page.records.filter(seen.add);
			continue;
		}
		asksByNumber = true;
		number = page.after === undefined ? page.nextPage : number + 1;
		page = await list.page(number);
		const missed = isLess(page.totalCount, totalCount) ? await rereadBefore(list, number, seen) : [];
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
	const cursor = cursorOf(first);
	yield from.records.filter(seen.add).reverse();
	let above = from;
	// Whether nothing can be between the first page, as it was read, and the records read so far.
	let isJoined = from.after !== undefined && from.after === cursor;
	for (let number = from.number - 1; number > 1; number--) {
		const rest = number === 2 && cursor !== undefined && (await readRest(list, cursor, from, above, seen));
		if (rest) {
			isJoined = true;
			yield rest.filter(seen.add).reverse();
			continue;
		}
		const page = await list.page(number);
		const missed = isLess(above.totalCount, page.totalCount) ? await rereadAfter(list, number, seen) : [];
		above = page;
		yield [...page.records, ...missed].filter(seen.add).reverse();
	}
	if (from.number === 1) return;
	const asksById = list.after !== undefined && cursor !== undefined;
	const hasMoved = asksById ? !isJoined : isLess(above.totalCount, first.totalCount);
	const page = hasMoved ? await list.page(1) : first;
	yield page.records.filter(seen.add).reverse();
}

/**
 * Reads the records between the first page and those read already. Returns undefined if Uphance does not respect the ID,
 * or if the records are in no order.
 *
 * @param cursor the last ID of the first page
 * @param from where the reading began
 * @param above the page read last
 */
async function readRest(
	list: PagedList,
	cursor: number,
	from: Page,
	above: Page,
	seen: SeenRecords,
): Promise<IDataObject[] | undefined> {
	const lowestId = Math.min(...above.records.map((record) => idOf(record) ?? Infinity));
	const rest: IDataObject[] = [];
	let total: number | undefined;
	for (let id = cursor; ; ) {
		const page: Page | undefined = await list.after?.(id);
		const last = page && cursorOf(page);
		if (!page || last === id || (last === undefined && page.records.length > 0)) return undefined;
		rest.push(...page.records);
		// The first of these pages counts everything after the first page of the list.
		if (from.nextPage === undefined) total ??= page.totalCount;
		const count = seen.countAfter(cursor) + rest.filter((record) => !seen.isKnown(record)).length;
		const isAll = page.nextPage === undefined || last === undefined || last >= lowestId;
		if (isAll || (total !== undefined && count >= total)) return rest;
		id = last;
	}
}

/** Returns what moved before the page with this number after the pages before it were read: the ends of those. */
async function rereadBefore(list: PagedList, number: number, seen: SeenRecords): Promise<IDataObject[]> {
	const missed: IDataObject[] = [];
	for (let before = number - 1; before > 0; before--) {
		const { records } = await list.page(before);
		const lastKnown = records.map(seen.isKnown).lastIndexOf(true);
		missed.unshift(...records.slice(lastKnown + 1));
		if (lastKnown >= 0) break;
	}
	return missed;
}

/** Returns what moved behind the page with this number after the pages behind it were read: the starts of those. */
async function rereadAfter(list: PagedList, number: number, seen: SeenRecords): Promise<IDataObject[]> {
	const missed: IDataObject[] = [];
	for (let after: number | undefined = number + 1; after !== undefined; ) {
		const { records, nextPage }: Page = await list.page(after);
		const firstKnown = records.findIndex(seen.isKnown);
		missed.push(...(firstKnown < 0 ? records : records.slice(0, firstKnown)));
		if (firstKnown >= 0) break;
		after = nextPage;
	}
	return missed;
}

const isLess = (one: number | undefined, other: number | undefined): boolean =>
	one !== undefined && other !== undefined && one < other;
