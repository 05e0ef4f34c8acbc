import type { IDataObject } from 'n8n-workflow';
import { toRecordId } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import { fetchPage } from '../transport/pages';
import { paginate } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { FieldIndex } from './fieldIndex';
import type { ListReading } from './knownIds';
import { KnownIds, keepKnownIds, knownIds, readForAll, readingOf } from './knownIds';

/** Describes a list that is searched by values for which Uphance has no filter. */
export interface SearchableList<T extends object, F extends string> {
	recordType: RecordType;
	/** Returns what is searched for in a record: the SKUs of a product, or the customer itself. */
	entries(record: IDataObject): T[];
	/** Returns the texts of an entry, by field, in the form in which they are compared. '' is no text. */
	texts: Record<F, (entry: T) => string[]>;
}

/**
 * Reads a whole list, or waits until another execution of this user has read it. What was read is kept for later
 * executions.
 *
 * @param key names the user, the organisation and the list
 * @returns the list, or undefined if another execution has read it
 * @throws NodeApiError if a request fails, also one of the other execution
 */
export async function readListOnce<T extends object, F extends string>(
	client: UphanceClient,
	list: SearchableList<T, F>,
	key: string,
): Promise<FieldIndex<T> | undefined> {
	const before = knownIds(key);
	for (let reading = readingOf(key); reading; reading = readingOf(key)) {
		const failure = await client.waitFor(reading);
		if (failure) throw client.toError(failure);
		const known = knownIds(key);
		if (known && known !== before) return undefined;
	}
	return await readForAll(key, async () => await readList(client, list, key));
}

async function readList<T extends object, F extends string>(
	client: UphanceClient,
	list: SearchableList<T, F>,
	key: string,
): Promise<FieldIndex<T>> {
	const entries = new FieldIndex<T>();
	const known = new KnownIds();
	let pages = 0;
	let lastId: number | undefined = 0;
	let haveIds = true;
	for await (const records of paginate(client, list.recordType, {})) {
		pages += 1;
		for (const record of records) {
			const id = toRecordId(record.id);
			lastId = id !== undefined && lastId !== undefined && id > lastId ? id : undefined;
			addToIndex(list, record, entries, (entry) => entry);
			if (id === undefined) haveIds = false;
			else addToIndex(list, record, known, () => id);
		}
	}
	known.reading = { readAt: Date.now(), pages, lastId };
	if (haveIds) keepKnownIds(key, known); // a record without an ID could not be found again
	return entries;
}

/** Adds the entries of a record to an index, under all of their texts. */
export function addToIndex<T extends object, F extends string, V extends object | number>(
	{ entries, texts }: SearchableList<T, F>,
	record: IDataObject,
	index: FieldIndex<V>,
	valueOf: (entry: T) => V,
): void {
	const textsByField = Object.entries<(entry: T) => string[]>(texts);
	for (const entry of entries(record)) {
		for (const [field, textsOf] of textsByField) {
			for (const text of textsOf(entry)) index.add(field, text, valueOf(entry));
		}
	}
}

/** What was created since a list was read. */
interface NewRecords extends Required<Pick<ListReading, 'pages' | 'lastId'>> {
	records: Array<{ id: number; record: IDataObject }>;
}

/**
 * Reads the records that were created since a list was read. Their IDs are higher, so they are on its last pages
 * (docs/design.md: look-ups without a filter).
 *
 * @param pages how many pages the list had
 * @param lastId the highest ID that was read
 * @throws NodeApiError if a request fails
 */
export async function readNewRecords(
	client: UphanceClient,
	recordType: RecordType,
	pages: number,
	lastId: number,
): Promise<NewRecords> {
	const found: NewRecords = { records: [], pages: 1, lastId };
	const read = async (number: number) => {
		const { records, nextPage } = await fetchPage(client, recordType, {}, number, false);
		const withIds = records.map((record) => ({ id: toRecordId(record.id) ?? 0, record }));
		const created = withIds.filter(({ id }) => id > lastId);
		found.records.push(...created);
		found.lastId = Math.max(found.lastId, ...created.map(({ id }) => id));
		if (records.length > 0) found.pages = Math.max(found.pages, number);
		return { nextPage, hasOld: created.length < records.length };
	};
	let { nextPage, hasOld } = await read(pages);
	// Where records were deleted, later ones moved to earlier pages.
	for (let number = pages - 1; !hasOld && number > 0; number--) ({ hasOld } = await read(number));
	for (let number = nextPage; number !== undefined; number = nextPage) ({ nextPage } = await read(number));
	return found;
}
