import type { Organisation } from './accounts.mts';
import { startOfDay } from './dates.mts';
import { formatTimestamp } from './format.mts';
import type { IdSequence } from './idSequence.mts';
import type { ListRoute } from './listRoute.mts';
import { mergeRecords } from './mergeRecords.mts';
import type { RecordType } from './recordType.mts';
import { matchesQuery } from './recordType.mts';
import type { SingleRoute } from './singleRoute.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** A record that was added while the sandbox runs. It is built on access. */
interface AddedRecord {
	id: number;
	/** Number of records added before it; selects its template. */
	sequence: number;
	createdAtMs: number;
}

interface Update {
	updatedAtMs: number;
	values: Item;
}

/** Changes to the records of one type in one organisation. */
interface ListChanges {
	/** Ascending by id. */
	added: AddedRecord[];
	/** By id: the fields of each change, oldest first. */
	updates: Map<number, Update[]>;
	/** By id: when the record was deleted, in milliseconds. */
	deleted: Map<number, number>;
}

/** The records of all types: the generated ones, plus additions, changes and deletions since the start. */
export class RecordStore {
	/** By path. */
	private readonly types = new Map<string, RecordType>();
	/** By path and organisation id. */
	private readonly changesByList = new Map<string, ListChanges>();

	constructor(
		private readonly organisations: Organisation[],
		private readonly ids: IdSequence,
		private readonly switches: Switches,
	) {}

	/** Registers a record type. Returns its routes, which include later changes. */
	register(type: RecordType): { list: ListRoute; single: SingleRoute } {
		const { path } = type.single;
		this.types.set(path, type);
		return {
			list: {
				...type.list,
				find: (organisation, query) => {
					const { added, updates, deleted } = this.getChanges(path, organisation);
					const since = type.filters.includes('since_id') ? Number(query.since_id) || 0 : 0;
					const records = mergeRecords(
						type.list.find(organisation, query),
						[...deleted.keys()],
						added
							.filter(({ id }) => id > since && !deleted.has(id))
							.map((each) => ({ id: each.id, make: () => this.makeRecord(type, organisation, each) }))
							.filter(({ make }) => !hasFilters(type, query) || matchesQuery(make(), type, query)),
					);
					return {
						length: records.length,
						at(index) {
							const record = records.at(index);
							return { ...record, ...mergeUpdates(updates.get(Number(record.id))) };
						},
					};
				},
			},
			single: {
				...type.single,
				find: (organisation, id) => this.find(path, organisation, id, Date.now() - this.switches.visibleAfter),
			},
		};
	}

	/** @throws Error if no record type has the path */
	getType(path: string): RecordType {
		const type = this.types.get(path);
		if (type) return type;
		throw new Error(`There is no list '${path}' to change. There are: ${[...this.types.keys()].join(', ')}.`);
	}

	/** Returns path and keys of all record types. */
	listRecordKeys(): Array<{ path: string; singularKey: string }> {
		return [...this.types.values()].map(({ single }) => single);
	}

	/** @param asOfMs later additions, changes and deletions do not count */
	find(path: string, organisation: Organisation, id: number, asOfMs = Infinity): Item | undefined {
		const type = this.getType(path);
		const { added, updates, deleted } = this.getChanges(path, organisation);
		const deletedAtMs = deleted.get(id);
		if (deletedAtMs !== undefined && deletedAtMs <= asOfMs) return undefined;
		const addedRecord = added.find((each) => each.id === id);
		if (addedRecord && addedRecord.createdAtMs > asOfMs) return undefined;
		const record = addedRecord ? this.makeRecord(type, organisation, addedRecord) : type.single.find(organisation, id);
		return record && { ...record, ...mergeUpdates(updates.get(id), asOfMs) };
	}

	/** Returns the first organisation that has the record, or undefined. Checks only `organisation` if it is given. */
	findOwner(path: string, id: number, organisation?: number): Organisation | undefined {
		const candidates = this.organisations.filter((each) => organisation === undefined || each.id === organisation);
		return candidates.find((each) => this.find(path, each, id) !== undefined);
	}

	/** Adds records with the highest ids, created now. @returns their ids */
	add(path: string, count: number, organisation: Organisation): number[] {
		this.getType(path);
		const { added } = this.getChanges(path, organisation);
		const createdAtMs = Date.now();
		const firstSequence = added.length;
		const newRecords = Array.from(
			{ length: count },
			(_, index): AddedRecord => ({ id: this.ids.next(), sequence: firstSequence + index, createdAtMs }),
		);
		for (const each of newRecords) added.push(each);
		// insert() may have used an id above these.
		added.sort((one, other) => one.id - other.id);
		return newRecords.map(({ id }) => id);
	}

	/**
	 * Adds a record with a given id, such as one below the newest: as when a slow transaction commits late.
	 *
	 * @throws Error if the record exists
	 */
	insert(path: string, id: number, organisation: Organisation): void {
		if (this.find(path, organisation, id)) throw new Error(`There is a record ${id} in ${path} already.`);
		const { added } = this.getChanges(path, organisation);
		added.push({ id, sequence: added.length, createdAtMs: Date.now() });
		added.sort((one, other) => one.id - other.id);
	}

	/** Changes fields of a record and returns it; undefined if it does not exist. Filters ignore the new values. */
	update(path: string, organisation: Organisation, id: number, values: Item): Item | undefined {
		const record = this.find(path, organisation, id);
		if (!record) return undefined;
		const { updates } = this.getChanges(path, organisation);
		const setsTimestamp = this.switches.updatedAt === 'always' || !Object.keys(values).every(isSetByOtherRecords);
		const timestamps =
			'updated_at' in record && setsTimestamp ? { updated_at: formatTimestamp(Date.now(), this.switches) } : {};
		const update: Update = { updatedAtMs: Date.now(), values: { ...timestamps, ...values } };
		updates.set(id, [...(updates.get(id) ?? []), update]);
		return this.find(path, organisation, id);
	}

	delete(path: string, organisation: Organisation, id: number): void {
		this.getChanges(path, organisation).deleted.set(id, Date.now());
	}

	private getChanges(path: string, { id }: Organisation): ListChanges {
		const key = `${path} ${id}`;
		const changed = this.changesByList.get(key) ?? { added: [], updates: new Map(), deleted: new Map() };
		this.changesByList.set(key, changed);
		return changed;
	}

	/** Builds an added record from its template, with its own id, number and dates. */
	private makeRecord(type: RecordType, organisation: Organisation, { id, sequence, createdAtMs }: AddedRecord): Item {
		const template = type.makeTemplate(organisation, sequence);
		const now = formatTimestamp(createdAtMs, this.switches);
		const ownFields: Item = {
			id,
			created_at: now,
			updated_at: now,
			date: formatTimestamp(startOfDay(createdAtMs), this.switches),
			...(type.numberField && {
				[type.numberField]: formatLike(template[type.numberField], id < 1_000_000_000 ? 900_000_000 + id : id),
			}),
			...(Array.isArray(template.line_items) && { line_items: renumberLines(id, template.line_items) }),
		};
		const presentFields = Object.entries(ownFields).filter(([name]) => name in template);
		return { ...template, ...Object.fromEntries(presentFields) };
	}
}

/** Returns the fields that were changed until a moment, with their last values. */
const mergeUpdates = (updates: Update[] = [], asOfMs = Infinity): Item =>
	Object.assign({}, ...updates.filter(({ updatedAtMs }) => updatedAtMs <= asOfMs).map(({ values }) => values));

const isSetByOtherRecords = (field: string) =>
	/status$|^(amount_outstanding|total_paid|payments_count|shipment_numbers|carrier|tracking_number)$/.test(field);

const hasFilters = ({ filters }: RecordType, query: Record<string, string | undefined>) =>
	filters.some((filter) => filter !== 'since_id' && query[filter]);

/** Returns the number with the type of the template's: text or number. */
const formatLike = (template: unknown, number: number) => (typeof template === 'string' ? String(number) : number);

/** Gives line items ids that are derived from the record's id, as in generated records. */
const renumberLines = (id: number, lines: Item[]): Item[] =>
	lines.map((line, index) => ({
		...line,
		id: id * 10 + index,
		...(Array.isArray(line.line_quantities) && {
			line_quantities: line.line_quantities.map((each: Item, position) => ({
				...each,
				id: (id * 10 + index) * 10 + position,
			})),
		}),
	}));
