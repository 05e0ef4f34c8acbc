import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { RESTART, paginateCreatedBetween } from '../transport/createdRange';
import type { TimeRange } from '../transport/listOrder';
import { idOf, openList } from '../transport/pages';
import type { ReadOptions } from '../transport/pagination';
import { readAll, readByAge } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';

/** The list that Get Many reads. */
export interface ListRequest {
	recordType: RecordType;
	/** The filters, as they are sent. */
	query: IDataObject;
	/** The filters on the moment of creation, which the node applies itself. */
	created?: TimeRange;
	/** Whether only the first records are wanted, so that their order matters. */
	isLimited: boolean;
	newestFirst: boolean;
}

/** What the user should know about the records that were returned. */
export interface ListNotes {
	/** Records that were left out, because they do not say when they were created. */
	undatedCount: number;
	/** Whether the newest records were wanted and nothing says which they are. */
	isUnordered: boolean;
	/** How many records match what Uphance filters by. Undefined if it does not say so. */
	totalCount?: number;
}

/**
 * Returns the records of a list page by page: from the newest or the oldest one, if only some are wanted, and otherwise
 * in the order of Uphance. Returns RESTART if the records before it are to be forgotten.
 *
 * @param notes updated while the list is read
 * @throws NodeApiError if a request fails
 */
export async function* listPages(
	client: UphanceClient,
	{ recordType, query, created, isLimited, newestFirst }: ListRequest,
	notes: ListNotes,
): AsyncGenerator<IDataObject[] | typeof RESTART> {
	const list = openList(client, recordType, query);
	const { page: readPage } = list;
	list.page = async (number) => {
		const page = await readPage(number);
		notes.totalCount = page.totalCount;
		return page;
	};
	const options: ReadOptions = {
		newestFirst,
		keys: ['id', 'created_at'],
		onUnordered: () => (notes.isUnordered = newestFirst),
	};
	const isOrdered = isLimited && !recordType.comesWhole;
	const pages = created
		? paginateCreatedBetween(list, created, options, (records) => (notes.undatedCount += records.length))
		: isOrdered
			? readByAge(list, options)
			: readAll(list);
	// Uphance may ignore After ID. A loop that continues after the last record would then never end.
	const sinceId = query.since_id === undefined ? -Infinity : Number(query.since_id);
	for await (const page of pages) {
		if (page === RESTART) notes.undatedCount = 0;
		yield page === RESTART ? page : page.filter((record) => (idOf(record) ?? Infinity) > sinceId);
	}
}

/** Returns the hints for the user. */
export function hintsOf({ undatedCount, isUnordered }: ListNotes, { singular, plural }: RecordType): string[] {
	const hints: string[] = [];
	if (isUnordered) {
		hints.push(
			`Uphance's ${plural} have neither id nor created_at, so 'Newest First' cannot be applied: they are in the order of Uphance.`,
		);
	}
	if (undatedCount > 0) {
		const subject = undatedCount === 1 ? `1 ${singular} has` : `${undatedCount.toLocaleString('en')} ${plural} have`;
		hints.push(
			`${subject} no created_at that can be read. The filters on the moment of creation leave them out; without these filters they are returned.`,
		);
	}
	return hints;
}
