import type { IDataObject } from 'n8n-workflow';
import type { Page } from './pages';
import { idOf } from './pages';

/** How a list goes from page to page: from old to new, from new to old, or neither. 'unknown' if no record tells its age. */
export type ListOrder = 'ascending' | 'descending' | 'none' | 'unknown';

/** What tells the age of a record. */
export type AgeKey = 'id' | 'created_at';

/**
 * Returns the order of a list, judged by some of its pages. IDs come first, because Uphance gives them in the order of
 * creation. If they are in no order, `created_at` may be: records can be imported with the dates of another system.
 * Records that do not tell their age are passed over.
 *
 * @param pages in the order of their numbers
 * @param keys in the order of preference
 */
export function findOrder(pages: Page[], keys: AgeKey[]): ListOrder {
	const records = pages.flatMap((page) => page.records);
	let order: ListOrder = 'unknown';
	for (const key of keys) {
		const ages = records.map(ageOf(key)).filter((age) => age !== undefined);
		if (ages.length === 0) continue;
		if (ages.every((age, index) => age >= (ages[index - 1] ?? age))) return 'ascending';
		if (ages.every((age, index) => age <= (ages[index - 1] ?? age))) return 'descending';
		order = 'none';
	}
	return order;
}

/**
 * Returns the records in the order of their age, by the first key that one of them has. Those without it come last.
 * Returns undefined if no record tells its age.
 */
export function sortByAge(records: IDataObject[], keys: AgeKey[], newestFirst: boolean): IDataObject[] | undefined {
	const key = keys.find((candidate) => records.some((record) => ageOf(candidate)(record) !== undefined));
	if (key === undefined) return undefined;
	const sign = newestFirst ? -1 : 1;
	const rank = (record: IDataObject): number => sign * (ageOf(key)(record) ?? sign * Infinity);
	return [...records].sort((a, b) => rank(a) - rank(b)); // without an age NaN, which counts as 0
}

const ageOf = (key: AgeKey) => (key === 'id' ? idOf : createdAtOf);

/** Returns the moment of creation in milliseconds, or undefined if the record does not say it in a way that can be read. */
export function createdAtOf({ created_at }: IDataObject): number | undefined {
	const moment = typeof created_at === 'string' ? Date.parse(created_at) : NaN;
	return Number.isNaN(moment) ? undefined : moment;
}

/** From a moment on and before another, in milliseconds; without an end it is infinite. */
export interface TimeRange {
	from: number;
	to: number;
}

/** The oldest and the newest moment of creation on a page, in milliseconds. Both are NaN if no record says one. */
export interface PageBounds {
	oldest: number;
	newest: number;
}

export function boundsOf(records: IDataObject[]): PageBounds {
	const moments = records.map(createdAtOf).filter((moment) => moment !== undefined);
	return moments.length === 0
		? { oldest: NaN, newest: NaN }
		: { oldest: Math.min(...moments), newest: Math.max(...moments) };
}

/** Returns whether both ends of a page come before those of a later one. A page without dates, or without records, says no. */
export const precedes = (one: PageBounds, other: PageBounds): boolean =>
	one.oldest <= other.oldest && one.newest <= other.newest;

/** Returns the last ID of a page, or undefined if its IDs do not ascend. One ID alone does not show that the list ascends. */
export function cursorOf({ records, after }: Page): number | undefined {
	if (records.length < 2 && after === undefined) return undefined;
	let last: number | undefined;
	for (const record of records) {
		const id = idOf(record);
		if (id === undefined || (last !== undefined && id <= last)) return undefined;
		last = id;
	}
	return last;
}

/** The records that were read so far, by ID. A record without an ID is not known again: each of them counts. */
export class SeenRecords {
	private readonly ids = new Set<unknown>();

	/** Infinity if no record had an ID. */
	lowestId = Infinity;

	/** Adds the record. Returns whether it had not been added before. */
	readonly add = (record: IDataObject): boolean => {
		const { id } = record;
		if (id === undefined || id === null) return true;
		if (this.ids.has(id)) return false;
		this.ids.add(id);
		this.lowestId = Math.min(this.lowestId, idOf(record) ?? Infinity);
		return true;
	};

	/** Returns how many IDs above this one were added. */
	countAfter(id: number): number {
		return [...this.ids].filter((each) => Number(each) > id).length;
	}

	/** Returns whether the record was added, or cannot be recognised. */
	readonly isKnown = ({ id }: IDataObject): boolean => id === undefined || id === null || this.ids.has(id);
}
