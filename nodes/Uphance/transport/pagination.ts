import { unexpectedResponseText } from '../http/failureText';
import { getProperty, isDataObject } from '../http/json';
import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from './client';
import type { RecordType } from './recordType';

/** One page of a list. */
export interface Page {
	records: IDataObject[];
	/** Undefined on the last page, and where the answer has no `meta`: then there are no further pages (uphance-api.md 3.1). */
	nextPage?: number;
	totalPages?: number;
}

/** All records page by page, oldest first, one request at a time; a record that moved to a later page comes once. */
export async function* paginate(
	client: UphanceClient,
	recordType: RecordType,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	const isNew = uniqueById();
	let nextPage: number | undefined = 1;
	while (nextPage !== undefined) {
		const page: Page = await fetchPage(client, recordType, query, nextPage);
		yield page.records.filter(isNew);
		nextPage = page.nextPage;
	}
}

/** The same from the newest record backwards: the first page tells how many there are (users.md B3). */
export async function* paginateBackwards(
	client: UphanceClient,
	recordType: RecordType,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	const isNew = uniqueById();
	const first = await fetchPage(client, recordType, query, 1);
	const last = first.totalPages ?? (first.nextPage === undefined ? 1 : undefined);
	if (last === undefined) throw client.toError(unexpectedResponseText(listAction(recordType)));
	for (let pageNumber = last; pageNumber > 0; pageNumber--) {
		const { records } = pageNumber === 1 ? first : await fetchPage(client, recordType, query, pageNumber);
		yield records.filter(isNew).reverse();
	}
}

/** One page of a list; the first is 1. @throws NodeApiError, also for a next page that does not grow */
export async function fetchPage(
	client: UphanceClient,
	recordType: RecordType,
	query: IDataObject,
	pageNumber: number,
): Promise<Page> {
	const answer = await client.request({
		action: listAction(recordType),
		method: 'GET',
		path: recordType.path,
		query: pageNumber === 1 ? query : { ...query, page: pageNumber },
		records: (body) => recordsIn(body, recordType),
		namesOrganisation: recordType.namesOrganisation,
	});
	const page = parsePage(answer, recordType);
	if (!page) throw client.toError(unexpectedResponseText(listAction(recordType)));
	if (page.nextPage !== undefined && page.nextPage <= pageNumber) {
		throw client.toError({
			message: `Uphance named page ${page.nextPage} as the one after page ${pageNumber} when asked to ${listAction(recordType)}`,
			description:
				'The list would never end, so it was not read on. Try again later; if it stays, tell the support of Uphance.',
		});
	}
	return page;
}

function parsePage(body: unknown, recordType: RecordType): Page | undefined {
	const records = recordsIn(body, recordType);
	const meta = getProperty(body, 'meta');
	return (
		records && {
			records,
			nextPage: toPositiveInteger(getProperty(meta, 'next_page')),
			totalPages: toPositiveInteger(getProperty(meta, 'total_pages')),
		}
	);
}

function recordsIn(body: unknown, { listKey }: RecordType): IDataObject[] | undefined {
	const records = getProperty(body, listKey);
	return Array.isArray(records) && records.every(isDataObject) ? records : undefined;
}

const listAction = ({ plural }: RecordType): string => `list ${plural}`;

function toPositiveInteger(value: unknown): number | undefined {
	const pageNumber = typeof value === 'string' ? Number(value) : value;
	return typeof pageNumber === 'number' && Number.isInteger(pageNumber) && pageNumber > 0 ? pageNumber : undefined;
}

/** Says of each record whether its id comes for the first time; what has no id always does. */
export function uniqueById(): (record: IDataObject) => boolean {
	const seenIds = new Set<unknown>();
	return ({ id }) => id === undefined || (!seenIds.has(id) && Boolean(seenIds.add(id)));
}
