import type { IDataObject } from 'n8n-workflow';
import type { AgeKey, ListOrder } from './listOrder';
import { SeenRecords, cursorOf, findOrder, sortByAge } from './listOrder';
import type { ListClient, Page, PagedList } from './pages';
import { fetchPage, idOf, openList } from './pages';
import { readBackward, readForward } from './readPages';
import type { RecordType } from './recordType';

/** Returns all records of a list page by page, in the order of Uphance, each once. */
export async function* paginate(
	client: ListClient,
	recordType: RecordType,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	yield* readAll(openList(client, recordType, query));
}

/** Returns all records of a list page by page, the highest IDs first, whatever the order of the list. */
export async function* paginateBackwards(
	client: ListClient,
	recordType: RecordType,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	yield* readByAge(openList(client, recordType, query), { newestFirst: true, keys: ['id'] });
}

/** Returns all records of a list page by page, the lowest IDs first, whatever the order of the list. */
export async function* paginateForwards(
	client: ListClient,
	recordType: RecordType,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	yield* readByAge(openList(client, recordType, query), { newestFirst: false, keys: ['id'] });
}

/** Returns all records of a list, in the order of Uphance, each once. */
export async function* readAll(list: PagedList): AsyncGenerator<IDataObject[]> {
	yield* readForward(list, await list.page(1), new SeenRecords());
}

/** Returns the records of the first and the last page of a list: if it is in any order, the newest are among them. */
export async function readBothEnds(client: ListClient, recordType: RecordType): Promise<IDataObject[]> {
	const first = await fetchPage(client, recordType, {}, 1);
	const { totalPages = 1 } = first;
	const last = totalPages > 1 ? await fetchPage(client, recordType, {}, totalPages) : undefined;
	return [...first.records, ...(last?.records ?? [])];
}

/** How records are to come. */
export interface ReadOptions {
	newestFirst: boolean;
	/** What tells the age of a record, in the order of preference. */
	keys: AgeKey[];
	/** Called if no record tells its age: the records then come in the order of Uphance. */
	onUnordered?: () => void;
}

/**
 * Returns all records of a list in the order of their age. Reads no more pages than the caller takes, unless the list is
 * in no order: then it is read whole and sorted.
 *
 * @throws NodeApiError if a request fails
 */
export async function* readByAge(list: PagedList, options: ReadOptions): AsyncGenerator<IDataObject[]> {
	const first = await list.page(1);
	const seen = new SeenRecords();
	if (!options.newestFirst && first.nextPage !== undefined && findOrder([first], options.keys) === 'ascending') {
		return yield* readForward(list, first, seen);
	}
	yield* readFromEnds(list, await readEnds(list, first, options.keys), options);
}

/** The first and the last page of a list. */
export interface ListEnds {
	first: Page;
	/** The same page if there is only one. Undefined if Uphance does not say how many there are, or if the first says enough. */
	last?: Page;
	order: ListOrder;
}

/** Reads the last page, if it is needed, and returns in which order the list is. */
export async function readEnds(list: PagedList, first: Page, keys: AgeKey[]): Promise<ListEnds> {
	const start = findOrder([first], keys);
	if (start === 'unknown' || start === 'none') return { first, order: start };
	const last = await readLast(list, first);
	// Of a list that does not say where it ends nobody knows how it goes on.
	const order = last ? findOrder(last === first ? [first] : [first, last], keys) : 'none';
	return { first, last, order };
}

async function readLast(list: PagedList, first: Page): Promise<Page | undefined> {
	if (first.nextPage === undefined) return first;
	const cursor = cursorOf(first);
	// Asked for by ID, the second of two pages is sure to begin after the first.
	const second = first.totalPages === 2 && cursor !== undefined ? await list.after?.(cursor) : undefined;
	if (second && second.nextPage === undefined) return { ...second, number: 2 };
	let last = first.totalPages === undefined ? undefined : await list.page(first.totalPages);
	while (last?.nextPage !== undefined) last = await list.page(last.nextPage);
	return last;
}

/** As `readByAge`, from the first and the last page. */
export async function* readFromEnds(
	list: PagedList,
	ends: ListEnds,
	options: ReadOptions,
): AsyncGenerator<IDataObject[]> {
	const { first, last, order } = ends;
	const seen = new SeenRecords();
	if (last && last !== first && order !== 'none') {
		const isForward = order === (options.newestFirst ? 'descending' : 'ascending');
		const pages = isForward ? readForward(list, first, seen) : readBackward(list, last, first, seen);
		for await (const records of pages) yield records.filter(wasThere(ends));
		return;
	}
	const all = readForward(list, first, seen);
	if (order === 'unknown') {
		if (first.records.length > 0) options.onUnordered?.();
		return yield* all;
	}
	const unsorted: IDataObject[] = [];
	for await (const records of all) unsorted.push(...records);
	const sorted = sortByAge(unsorted, options.keys, options.newestFirst) ?? unsorted;
	for (let start = 0; start < sorted.length; start += first.records.length) {
		yield sorted.slice(start, start + first.records.length);
	}
}

/**
 * Returns whether a record is no newer than those at the ends of the list. In a list from new to old, a record that is
 * created while it is read can come up between older ones.
 */
export function wasThere({ first, last, order }: ListEnds): (record: IDataObject) => boolean {
	if (order !== 'descending') return () => true;
	const newestId = Math.max(
		...[first, last].flatMap((page) => page?.records ?? []).map((record) => idOf(record) ?? -1),
	);
	return (record) => newestId < 0 || (idOf(record) ?? -1) <= newestId;
}

/**
 * Returns all records of a list, in the order of Uphance.
 *
 * @throws NodeApiError if a request fails
 */
export async function collectAll(client: ListClient, recordType: RecordType): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of paginate(client, recordType, {})) records.push(...page);
	return records;
}
