import { toRecordId } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import type { FieldIndex } from './fieldIndex';
import { findById } from './find';
import type { ListReading } from './knownIds';
import { KnownIds, keepKnownIds, knownIds, describeReading, isRereadDue } from './knownIds';
import type { SearchableList } from './listReading';
import { addToIndex, readListOnce, readNewRecords } from './listReading';

/** Returns the finder of a list for this execution and organisation. */
export const listFinder = async <T extends object, F extends string>(
	client: UphanceClient,
	list: SearchableList<T, F>,
): Promise<ListFinder<T, F>> =>
	await client.cached(`finder of ${list.recordType.plural}`, async () => new ListFinder(client, list));

/**
 * Finds entries of a list by their texts, for one execution. What earlier executions have read says where to look; the
 * entries come from what this execution has read (docs/design.md: look-ups without a filter).
 */
export class ListFinder<T extends object, F extends string> {
	/** All entries of the list, if this execution has read it. */
	private index?: FieldIndex<T>;

	/** The entries of the records that this execution has read, by the IDs of the records. */
	private readonly entries = new Map<number, T[]>();

	/** How many of these records it has read one by one. */
	private requestCount = 0;

	private hasReadNewRecords = false;

	/** What another execution has read while this one waited for it. */
	private fresh?: KnownIds;

	constructor(
		private readonly client: UphanceClient,
		private readonly list: SearchableList<T, F>,
	) {}

	/**
	 * Returns the entries with a text in a field.
	 *
	 * @param exists tells whether there is such an entry, if something else than the list can tell
	 * @throws NodeApiError if a request fails
	 */
	async find(field: F, text: string, exists = async () => false): Promise<T[]> {
		for (;;) {
			const wasKnown = this.known?.has(field, text);
			const entries = await this.findKnown(field, text);
			if (entries.length > 0 || this.index) return entries;
			if (!wasKnown) {
				if (this.isFresh) return [];
				if (await this.readNewRecords()) continue;
				if (this.reading && !isRereadDue(this.reading, this.client.limits) && !(await exists())) return [];
			}
			await this.readList();
		}
	}

	/**
	 * Returns the entries with a text in a field that are known from an earlier execution and still have it. Reads the
	 * whole list only if that takes fewer requests than to read their records.
	 *
	 * @throws NodeApiError if a request fails
	 */
	async findKnown(field: F, text: string): Promise<T[]> {
		while (!this.index) {
			const ids = this.known?.find(field, text) ?? [];
			const unreadCount = ids.filter((id) => !this.entries.has(id)).length;
			const pages = this.reading?.pages ?? Infinity;
			if (this.requestCount + unreadCount <= pages) return await this.verify(field, text, ids);
			await this.readList();
		}
		return this.index.find(field, text);
	}

	/** Keeps for later executions that a filter of Uphance found a record by a text. */
	remember(field: F, text: string, id: unknown): void {
		const recordId = toRecordId(id);
		if (recordId === undefined) return;
		const known = this.known ?? new KnownIds();
		known.add(field, text, recordId);
		keepKnownIds(this.key, known);
	}

	/** Returns what to consider when nothing was found, or '' if the whole list has just been read. */
	describeReading(): string {
		if (this.index || this.isFresh || !this.reading) return '';
		return describeReading(this.reading, this.list.recordType, this.client.limits);
	}

	private get key(): string {
		return `${this.client.scope} ${this.list.recordType.path}`;
	}

	private get known(): KnownIds | undefined {
		return knownIds(this.key);
	}

	private get reading(): ListReading | undefined {
		return this.known?.reading;
	}

	private get isFresh(): boolean {
		return this.fresh !== undefined && this.fresh === this.known;
	}

	private async verify(field: F, text: string, ids: number[]): Promise<T[]> {
		const found: T[] = [];
		for (const id of ids) {
			const entries = (await this.entriesOf(id)).filter((entry) => this.list.texts[field](entry).includes(text));
			if (entries.length === 0) this.known?.remove(field, text, id);
			found.push(...entries);
		}
		return found;
	}

	private async entriesOf(id: number): Promise<T[]> {
		const read = this.entries.get(id);
		if (read) return read;
		const record = await findById(this.client, this.list.recordType, id);
		this.requestCount += 1;
		const entries = record ? this.list.entries(record) : [];
		this.entries.set(id, entries);
		return entries;
	}

	/** Reads what was created since the list was read. Returns false if it did so before, or if it cannot. */
	private async readNewRecords(): Promise<boolean> {
		const { client, list, known } = this;
		const { pages = 0, lastId } = known?.reading ?? {};
		if (this.hasReadNewRecords || !known?.reading || lastId === undefined || pages < 2) return false;
		this.hasReadNewRecords = true;
		const { records, ...reading } = await readNewRecords(client, list.recordType, pages, lastId);
		for (const { id, record } of records) {
			addToIndex(list, record, known, () => id);
			this.entries.set(id, list.entries(record));
		}
		known.reading = { ...known.reading, ...reading };
		return true;
	}

	private async readList(): Promise<void> {
		this.index = await readListOnce(this.client, this.list, this.key);
		if (!this.index) this.fresh = this.known;
	}
}
