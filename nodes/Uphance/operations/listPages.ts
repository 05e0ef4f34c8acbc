import type { IDataObject } from 'n8n-workflow';
import type { RecordCheck } from '../parameters/recordFilters';
import type { UphanceClient } from '../transport/client';
import { RESTART, paginateCreatedBetween } from '../transport/createdRange';
import type { TimeRange } from '../transport/listOrder';
import { idOf, openList } from '../transport/pages';
import type { ReadOptions } from '../transport/pagination';
import { readAll, readByAge } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { count } from './listHints';

/** The list that Get Many reads. */
export interface ListRequest {
	recordType: RecordType;
	/** The filters, as they are sent. */
	query: IDataObject;
	/** For the filters that Uphance could ignore. */
	checks: RecordCheck[];
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
	/** How many fewer Uphance has sent, once the list was read to its end. */
	missingCount: number;
	/** Labels of filters that Uphance did not respect: records came that have another value. */
	ignoredFilters: Set<string>;
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
	{ recordType, query, checks, created, isLimited, newestFirst }: ListRequest,
	notes: ListNotes,
): AsyncGenerator<IDataObject[] | typeof RESTART> {
	const list = openList(client, recordType, query);
	const { page: readPage } = list;
	let smallestTotal = Infinity; // what is created meanwhile is not missing
	list.page = async (number) => {
		const page = await readPage(number);
		notes.totalCount = page.totalCount;
		smallestTotal = Math.min(smallestTotal, page.totalCount ?? Infinity);
		return page;
	};
	const options: ReadOptions = {
		newestFirst,
		keys: ['id', 'created_at'],
		onUnordered: () => (notes.isUnordered = newestFirst),
	};
	const isOrdered = isLimited && !recordType.isUnpaginated;
	const pages = created
		? paginateCreatedBetween(list, created, options, (records) => (notes.undatedCount += records.length))
		: isOrdered
			? readByAge(list, options)
			: readAll(list);
	// Uphance may ignore After ID. A loop that continues after the last record would then never end.
	const sinceId = query.since_id === undefined ? -Infinity : Number(query.since_id);
	let sent = 0;
	for await (const page of pages) {
		if (page === RESTART) {
			notes.undatedCount = 0;
			yield page;
			continue;
		}
		sent += page.length;
		const following = page.filter((record) => (idOf(record) ?? Infinity) > sinceId);
		yield checks.reduce((records, check) => withValue(records, check, notes.ignoredFilters), following);
	}
	if (!created && smallestTotal !== Infinity) notes.missingCount = Math.max(0, smallestTotal - sent);
}

/** Returns the records that have the value of a filter. As long as Uphance respects it, they need not say so. */
function withValue(records: IDataObject[], { label, hasValue }: RecordCheck, ignored: Set<string>): IDataObject[] {
	if (records.some((record) => hasValue(record) === false)) ignored.add(label);
	return records.filter((record) => hasValue(record) ?? !ignored.has(label));
}

/** Returns what the user should know, by what it is about. */
export function hintsOf(notes: ListNotes, { singular, plural }: RecordType): Map<string, string> {
	const hints = new Map<string, string>();
	if (notes.isUnordered) {
		hints.set(
			'order',
			`Uphance's ${plural} have neither id nor created_at, so 'Newest First' cannot be applied: they are in the order of Uphance.`,
		);
	}
	if (notes.undatedCount > 0) {
		const subject = `${count(notes.undatedCount, { singular, plural })} ${notes.undatedCount === 1 ? 'has' : 'have'}`;
		hints.set(
			'undated',
			`${subject} no created_at that can be read. The filters on the moment of creation leave them out; without these filters they are returned.`,
		);
	}
	for (const label of notes.ignoredFilters) {
		hints.set(
			label,
			`Uphance did not respect the filter '${label}': it also sent ${plural} with another value. The node left these out. It had to read more of the list for that.`,
		);
	}
	if (notes.missingCount > 0) {
		hints.set(
			'missing',
			`Uphance counts ${count(notes.missingCount, { singular, plural })} that it did not send. If this comes again, compare with Uphance.`,
		);
	}
	return hints;
}
