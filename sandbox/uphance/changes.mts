import type { Organisation } from './accounts.mts';
import { midnight } from './createdAt.mts';
import type { Kind } from './kinds.mts';
import { isAskedFor } from './kinds.mts';
import type { ListRoute } from './lists.mts';
import { mergedRecords } from './mergedRecords.mts';
import type { NewIds } from './newIds.mts';
import { timestamp } from './printed.mts';
import type { SingleRoute } from './single.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** A record that came to be while the sandbox runs; it is made when it is asked for. */
interface Added {
	id: number;
	turn: number;
	at: number;
}

/** What was added to, changed in and taken from the records of one kind in one organisation. */
interface Changed {
	/** Ascending by id. */
	added: Added[];
	values: Map<number, Item>;
	deleted: Set<number>;
}

/** All that happens to records while the sandbox runs, laid over those that are made up. */
export class Changes {
	/** By path. */
	private readonly kinds = new Map<string, Kind>();
	/** By path and organisation. */
	private readonly changed = new Map<string, Changed>();

	constructor(
		private readonly organisations: Organisation[],
		private readonly ids: NewIds,
		private readonly switches: Switches,
	) {}

	/** Takes a kind of records in, and gives its routes with whatever will change. */
	over(kind: Kind): { list: ListRoute; one: SingleRoute } {
		const { path } = kind.one;
		this.kinds.set(path, kind);
		return {
			list: {
				...kind.list,
				find: (organisation, query) => {
					const { added, values, deleted } = this.in(path, organisation);
					const since = kind.filters.includes('since_id') ? Number(query.since_id) || 0 : 0;
					const records = mergedRecords(
						kind.list.find(organisation, query),
						[...deleted],
						added
							.filter(({ id }) => id > since && !deleted.has(id))
							.map((each) => ({ id: each.id, make: () => this.made(kind, organisation, each) }))
							.filter(({ make }) => !asksForMore(kind, query) || isAskedFor(make(), kind, query)),
					);
					return {
						length: records.length,
						at(index) {
							const record = records.at(index);
							return { ...record, ...values.get(Number(record.id)) };
						},
					};
				},
			},
			one: { ...kind.one, find: (organisation, id) => this.find(path, organisation, id) },
		};
	}

	/** @throws Error for a path without such records */
	kind(path: string): Kind {
		const kind = this.kinds.get(path);
		if (kind) return kind;
		throw new Error(`There is no list '${path}' to change. There are: ${[...this.kinds.keys()].join(', ')}.`);
	}

	/** The paths of all kinds, with the words for one record. */
	words(): Array<{ path: string; one: string }> {
		return [...this.kinds.values()].map(({ one }) => one);
	}

	find(path: string, organisation: Organisation, id: number): Item | undefined {
		const kind = this.kind(path);
		const { added, values, deleted } = this.in(path, organisation);
		if (deleted.has(id)) return undefined;
		const own = added.find((each) => each.id === id);
		const record = own ? this.made(kind, organisation, own) : kind.one.find(organisation, id);
		return record && { ...record, ...values.get(id) };
	}

	/** Whose record it is: that of the organisation given, or else of the first that has it. */
	owner(path: string, id: number, organisation?: number): Organisation | undefined {
		const asked = this.organisations.filter((each) => organisation === undefined || each.id === organisation);
		return asked.find((each) => this.find(path, each, id) !== undefined);
	}

	/** The newest records of a list. @returns their ids */
	add(path: string, count: number, organisation: Organisation): number[] {
		this.kind(path);
		const { added } = this.in(path, organisation);
		const at = Date.now();
		const first = added.length;
		const more = Array.from({ length: count }, (_, index): Added => ({ id: this.ids.next(), turn: first + index, at }));
		for (const each of more) added.push(each);
		// A record that came late may have been given an id above these.
		added.sort((one, other) => one.id - other.id);
		return more.map(({ id }) => id);
	}

	/** A record with an id of its own, as of a transaction that took long. @throws Error if there is such a record */
	addLate(path: string, id: number, organisation: Organisation): void {
		if (this.find(path, organisation, id)) throw new Error(`There is a record ${id} in ${path} already.`);
		const { added } = this.in(path, organisation);
		added.push({ id, turn: added.length, at: Date.now() });
		added.sort((one, other) => one.id - other.id);
	}

	/** The record with the values given, if there is such a record; filters do not heed them. */
	change(path: string, organisation: Organisation, id: number, values: Item): Item | undefined {
		const record = this.find(path, organisation, id);
		if (!record) return undefined;
		const known = this.in(path, organisation).values;
		const isOwn = this.switches.updatedAt === 'always' || !Object.keys(values).every(isBroughtAbout);
		const touched = 'updated_at' in record && isOwn ? { updated_at: timestamp(Date.now(), this.switches) } : {};
		known.set(id, { ...known.get(id), ...touched, ...values });
		return this.find(path, organisation, id);
	}

	delete(path: string, organisation: Organisation, id: number): void {
		this.in(path, organisation).deleted.add(id);
	}

	private in(path: string, { id }: Organisation): Changed {
		const key = `${path} ${id}`;
		const changed = this.changed.get(key) ?? { added: [], values: new Map(), deleted: new Set() };
		this.changed.set(key, changed);
		return changed;
	}

	/** As its example, but for what no two records share and the moment it came to be. */
	private made(kind: Kind, organisation: Organisation, { id, turn, at }: Added): Item {
		const example = kind.example(organisation, turn);
		const now = timestamp(at, this.switches);
		const own: Item = {
			id,
			created_at: now,
			updated_at: now,
			date: timestamp(midnight(at), this.switches),
			...(kind.number && {
				[kind.number]: numberLike(example[kind.number], id < 1_000_000_000 ? 900_000_000 + id : id),
			}),
			...(Array.isArray(example.line_items) && { line_items: linesOf(id, example.line_items) }),
		};
		const known = Object.entries(own).filter(([name]) => name in example);
		return { ...example, ...Object.fromEntries(known) };
	}
}

/** Whether payments, shipments and deliveries change the field of another record. */
const isBroughtAbout = (field: string) => /status$|^(amount_outstanding|carrier|tracking_number)$/.test(field);

const asksForMore = ({ filters }: Kind, query: Record<string, string | undefined>) =>
	filters.some((filter) => filter !== 'since_id' && query[filter]);

/** Some numbers are text. */
const numberLike = (example: unknown, number: number) => (typeof example === 'string' ? String(number) : number);

/** Lines of the record with this id, as those of made-up ones are numbered. */
const linesOf = (id: number, lines: Item[]): Item[] =>
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
