import type { Answer, Item } from './answer.mts';
import { isSuccess, metaOf, recordsOf } from './answer.mts';
import type { Connection } from './connection.mts';
import type { Filter, ListFacts } from './lists.mts';

/** What a list does with a filter. 'part': it also finds records of which the value is only a part. */
export type Heeding = 'heeded' | 'part' | 'ignored' | 'finds nothing' | 'refused';

export interface FilterReading {
	filter: Filter;
	heeding: Heeding;
	answers: Answer[];
}

interface List {
	first: Answer;
	records: Item[];
}

/** A value that no record has. */
const nobody = { text: 'zzz-nobody-has-this', number: '2147483647' };

/** Filters a list by a value that some of its records have. Returns undefined if no record has one. */
export async function readFilter(
	connection: Connection,
	facts: ListFacts,
	filter: Filter,
	list: List,
): Promise<FilterReading | undefined> {
	if (filter.kind === 'since') return await readSince(connection, facts, filter, list);
	const values = list.records.map((record) => textOf(record, filter.field));
	// One of the middle: the first and the last record are the oldest and the newest, which are often special.
	// A field for several numbers may hold one: the filter is for one.
	const isOne = filter.field.endsWith('_numbers') ? /^\w+$/ : /\S/;
	const wanted = values.filter((value) => isOne.test(value));
	const value = wanted[Math.floor(wanted.length / 2)];
	if (value === undefined) return undefined;
	const isTelling = values.some((each) => each !== value);
	// Where all have the value, only one that nobody has tells whether the filter does anything.
	const asked = isTelling ? value : /^\d+$/.test(value) ? nobody.number : nobody.text;
	const answer = await connection.get(facts.path, { [filter.name]: asked });
	const heeding = judge(answer, facts, list.first, (record) => textOf(record, filter.field) === asked, isTelling);
	if (heeding !== 'heeded' || !filter.part || !isTelling || value.length < 3)
		return { filter, heeding, answers: [answer] };
	const part = await connection.get(facts.path, { [filter.name]: value.slice(0, -1) });
	const findsPart = recordsOf(part, facts.listKey).some((record) => textOf(record, filter.field) === value);
	return { filter, heeding: findsPart ? 'part' : 'heeded', answers: [answer, part] };
}

/** Filters by a moment in the middle of what is known. */
async function readSince(connection: Connection, facts: ListFacts, filter: Filter, list: List) {
	const moments = list.records
		.map((record) => textOf(record, filter.field))
		.filter((text) => !Number.isNaN(Date.parse(text)));
	const sorted = moments.sort((a, b) => Date.parse(a) - Date.parse(b));
	const moment = sorted[Math.floor(sorted.length / 2)];
	if (moment === undefined || sorted[0] === moment) return undefined;
	const answer = await connection.get(facts.path, { [filter.name]: moment });
	const isLater = (record: Item) => Date.parse(textOf(record, filter.field)) >= Date.parse(moment);
	return { filter, heeding: judge(answer, facts, list.first, isLater, true), answers: [answer] };
}

/** Asks for closed invoices, which the list leaves out unless it is asked for them. */
export async function readState(
	connection: Connection,
	facts: ListFacts,
	filter: Filter,
	list: List,
): Promise<FilterReading | undefined> {
	if (list.records.length === 0) return undefined;
	const answer = await connection.get(facts.path, { [filter.name]: 'closed' });
	const open = new Set(list.records.map(({ id }) => id));
	const isNone = recordsOf(answer, facts.listKey).every(({ id }) => !open.has(id));
	const heeding = !isSuccess(answer) ? 'refused' : isNone ? 'heeded' : 'ignored';
	return { filter, heeding, answers: [answer] };
}

function judge(
	answer: Answer,
	facts: ListFacts,
	unfiltered: Answer,
	fits: (record: Item) => boolean,
	mustFind: boolean,
): Heeding {
	if (!isSuccess(answer)) return 'refused';
	const records = recordsOf(answer, facts.listKey);
	if (records.length === 0) return mustFind ? 'finds nothing' : 'heeded';
	if (records.every(fits)) return 'heeded';
	const all = metaOf(unfiltered, 'total_count') ?? recordsOf(unfiltered, facts.listKey).length;
	const found = metaOf(answer, 'total_count') ?? records.length;
	return records.some(fits) && found < all ? 'part' : 'ignored';
}

const textOf = (record: Item, field: string): string => String(record[field] ?? '').trim();
