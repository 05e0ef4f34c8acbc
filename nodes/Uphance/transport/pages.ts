import type { IDataObject } from 'n8n-workflow';
import { getProperty, isDataObject, toCount } from '../http/json';
import type { UphanceClient } from './client';
import {
	unexpectedResponseText,
	endlessListError,
	emptyPageError,
	nextPageError,
	wrongPageError,
} from './errorMessages';
import type { RecordType } from './recordType';

/** One page of a list (docs/uphance.openapi.yaml: components/schemas/Meta). */
export interface Page {
	/** From 1. */
	number: number;
	/** Set if the page was asked for by this ID: it begins with the next record, and counts what follows the ID. */
	after?: number;
	records: IDataObject[];
	/** Undefined on the last page, and where the answer has no `meta`: such a list comes whole. */
	nextPage?: number;
	totalPages?: number;
	/** How many records the list had when this page was read. */
	totalCount?: number;
}

/** A list with its filters, to be read page by page, one request at a time. */
export interface PagedList {
	/** e.g. "sales orders" */
	plural: string;
	/** Returns a page by its number; the first is 1. A further page that has no records is one past the end. */
	page(number: number): Promise<Page>;
	/**
	 * Returns the first page of the records after an ID, or undefined if Uphance does not respect the ID. Missing where no
	 * source says that the list knows `since_id`, and as soon as Uphance did not respect it.
	 */
	after?(id: number): Promise<Page | undefined>;
	toError: ListClient['toError'];
}

export type ListClient = Pick<UphanceClient, 'request' | 'toError'>;

/** Prepares the reading of a list. Each of its functions throws NodeApiError if a request fails. */
export function openList(client: ListClient, recordType: RecordType, query: IDataObject): PagedList {
	const list: PagedList = {
		plural: recordType.plural,
		page: async (number) => await fetchPage(client, recordType, query, number),
		toError: client.toError,
	};
	if (!recordType.supportsSinceId) return list;
	let latest: Page | undefined;
	list.after = async (id) => {
		if (latest?.after === id) return latest;
		// An answer before said that there is more, so the page must have records.
		const page = await fetchPage(client, recordType, { ...query, since_id: id }, 1, true);
		latest = page.records.every((record) => (idOf(record) ?? 0) > id) ? { ...page, after: id } : undefined;
		if (!latest) list.after = undefined;
		return latest;
	};
	return list;
}

/**
 * Returns one page of a list. An empty page that contradicts what Uphance says elsewhere is asked for once more.
 *
 * @param isExpected whether an answer before said that this page has records
 * @throws NodeApiError, also for a page that cannot be followed or is not the one asked for
 */
export async function fetchPage(
	client: ListClient,
	recordType: RecordType,
	query: IDataObject,
	number: number,
	isExpected = number > 1,
): Promise<Page> {
	const page = await requestPage(client, recordType, query, number);
	if (page.records.length > 0 || !(isExpected || saysMore(page))) return page;
	const again = await requestPage(client, recordType, query, number);
	const isEnd = again.totalPages !== undefined || again.totalCount !== undefined;
	if (again.records.length > 0) return again;
	if (isEnd && !saysMore(again) && (await isInList(client, recordType, query))) return again;
	throw client.toError(emptyPageError(recordType));
}

/**
 * Returns whether the list still has the record after whose ID it was asked. If not, the answer may come from another
 * organisation, into which another process switched.
 */
async function isInList(client: ListClient, recordType: RecordType, query: IDataObject): Promise<boolean> {
	const { since_id } = query;
	if (typeof since_id !== 'number') return true;
	const { records } = await requestPage(client, recordType, { ...query, since_id: since_id - 1 }, 1);
	return records.some((record) => idOf(record) === since_id);
}

/** Returns whether an empty page contradicts its own `meta`. */
const saysMore = ({ number, nextPage, totalPages = 0, totalCount = 0 }: Page): boolean =>
	nextPage !== undefined || (number === 1 ? totalCount > 0 : totalPages >= number);

async function requestPage(
	client: ListClient,
	recordType: RecordType,
	query: IDataObject,
	number: number,
): Promise<Page> {
	const action = `list ${recordType.plural}`;
	const body = await client.request({
		action,
		method: 'GET',
		path: recordType.path,
		query: number === 1 ? query : { ...query, page: number },
		records: (answer) => recordsIn(answer, recordType),
		namesOrganisation: recordType.namesOrganisation,
	});
	const records = recordsIn(body, recordType);
	if (!records) throw client.toError(unexpectedResponseText(action));
	const meta = getProperty(body, 'meta');
	const totalPages = toPageNumber(getProperty(meta, 'total_pages'));
	const currentPage = toPageNumber(getProperty(meta, 'current_page'));
	// A page past the end may be shown as the last one.
	if (currentPage !== undefined && currentPage !== number && (totalPages ?? Infinity) >= number) {
		throw client.toError(wrongPageError(recordType, number, currentPage));
	}
	const named = getProperty(meta, 'next_page');
	const totalCount = toCount(getProperty(meta, 'total_count'));
	const page = { number, records, nextPage: toPageNumber(named), totalPages, totalCount };
	if (named === undefined || named === null) return withNextPage(page);
	if (page.nextPage === undefined) throw client.toError(nextPageError(recordType, number, named));
	if (page.nextPage > number) return page;
	throw client.toError(endlessListError(recordType, number, page.nextPage));
}

/** Adds the next page where only the totals say that there is one. If they are wrong, that page is empty: the list ends. */
function withNextPage(page: Page): Page {
	const { number, records, totalPages = 0, totalCount = 0 } = page;
	// The last of several pages does not show how many records the others have.
	const showsSize = records.length > 0 && (number === 1 || number > totalPages);
	const hasMore = totalPages > number || (showsSize && number * records.length < totalCount);
	return hasMore ? { ...page, nextPage: number + 1 } : page;
}

function recordsIn(body: unknown, { listKey }: RecordType): IDataObject[] | undefined {
	const records = getProperty(body, listKey);
	return Array.isArray(records) && records.every(isDataObject) ? records : undefined;
}

const toPageNumber = (value: unknown): number | undefined => toCount(value) || undefined;

/** Returns the ID of a record as a number, or undefined if it has none that is a whole number. */
export const idOf = ({ id }: IDataObject): number | undefined => toCount(id);
