import type { IDataObject } from 'n8n-workflow';
import type { SeenRecords } from './listOrder';
import { cursorOf } from './listOrder';
import type { Page, PagedList } from './pages';
import { idOf } from './pages';
import { readNext } from './readNext';

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
	let { number, totalCount } = from;
	let asksByNumber = false;
	while (page.nextPage !== undefined) {
		const cursor = asksByNumber ? undefined : cursorOf(page);
		const following = cursor === undefined ? undefined : await list.after?.(cursor);
		// A page whose IDs do not ascend does not say after which ID to go on.
		if (following && (following.records.length === 0 || cursorOf(following) !== undefined)) {
			number += 1;
			page = following;
			yield page.records.filter(seen.add);
			continue;
		}
		asksByNumber = true;
		number = page.after === undefined ? page.nextPage : number + 1;
		const next = await readNext(list, number, 1, totalCount, seen);
		page = next.page;
		totalCount = page.totalCount;
		yield next.records.filter(seen.add);
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
	const cursor = cursorOf(first);
	// Whether nothing can be between the first page, as it was read, and the records read so far.
	let isJoined = from.after === cursor;
	let { totalCount } = from;
	let isUnchanged = totalCount === first.totalCount;
	for (let number = from.number - 1; number > 0; number--) {
		const rest = number === 2 && cursor !== undefined ? await readRest(list, first, cursor, seen) : undefined;
		if (rest) {
			isJoined = true;
			yield rest.reverse();
			continue;
		}
		const asksById = list.after !== undefined && cursor !== undefined;
		if (number === 1 && (asksById ? isJoined : isUnchanged)) {
			yield first.records.filter(seen.add).reverse();
			return;
		}
		const next = await readNext(list, number, -1, totalCount, seen);
		isUnchanged &&= next.isUnchanged;
		totalCount = next.page.totalCount;
		yield next.records.filter(seen.add);
	}
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
		if (!page || (last === undefined && page.records.length > 0)) return undefined;
		// Newer ones were created after the reading began.
		rest.push(...page.records.filter((record) => (idOf(record) ?? 0) < seen.lowestId));
		const isAll = page.nextPage === undefined || last === undefined || last >= seen.lowestId;
		isUnchanged ??= page.totalCount === expectedCount;
		if (isAll || (isUnchanged && seen.countAfter(cursor) + rest.length >= expectedCount)) return rest;
		id = last;
	}
}
