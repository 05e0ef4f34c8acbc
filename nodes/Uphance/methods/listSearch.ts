import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { readPage } from '../transport/pagination';
import type { RecordKind } from '../transport/recordType';
import { inEditor } from './editorConnection';
import { mentions } from '../output/mentions';
import type { ListSearch } from '../operations/operation';

export interface SearchFacts {
	kind: RecordKind;
	/** How a record reads in the list, in parts; those that are empty are left out. */
	label: (record: IDataObject) => unknown[];
	/** Whether the newest come first; otherwise as Uphance lists them. */
	newestFirst: boolean;
	/** The field that a choice yields; the id where there is none. Records without it are not listed. */
	value?: string;
	/** Queries that may find the text at once, asked before the list is read. */
	queries?: (text: string) => IDataObject[];
	/** What else of a record is searched. */
	alsoSearched?: (record: IDataObject) => unknown[];
}

/** Pages read for one keystroke; the rest of the list is read on as somebody scrolls. */
const pagesAtOnce = 5;

/** The list of a resource locator, read page by page, as far as it is needed. */
export function listSearch(facts: SearchFacts): ListSearch {
	return async function (filter, paginationToken) {
		const text = filter?.trim() ?? '';
		const { records, next } = await inEditor(this, async (uphance) =>
			paginationToken || text === ''
				? await readOn(uphance, facts, text, paginationToken)
				: await searched(uphance, facts, text),
		);
		return {
			results: records.flatMap((record) => {
				const value = facts.value ? record[facts.value] : Number(record.id);
				const isUsable = typeof value === 'number' || (typeof value === 'string' && value !== '');
				return isUsable ? [{ name: nameOf(facts, record), value }] : [];
			}),
			paginationToken: next,
		};
	};
}

interface Found {
	records: IDataObject[];
	/** The page to go on with. */
	next?: string;
}

async function searched(uphance: Connection, facts: SearchFacts, text: string): Promise<Found> {
	for (const query of facts.queries?.(text) ?? []) {
		const { records, next } = await readPage(uphance, facts.kind, query, 1);
		// A filter may be ignored, or find more than one page: then the list itself is searched.
		if (next === undefined && records.length > 0 && records.every(isFound(facts, text))) return { records };
	}
	return await readOn(uphance, facts, text);
}

async function readOn(uphance: Connection, facts: SearchFacts, text: string, token?: string): Promise<Found> {
	const { kind } = facts;
	const hits: IDataObject[] = [];
	let page = await readPage(uphance, kind, {}, token ? Number(token) : 1);
	const newestFirst = facts.newestFirst && (page.total !== undefined || page.next === undefined);
	let number = token ? Number(token) : 1;
	let read = 1;
	if (newestFirst && !token && (page.total ?? 1) > 1) {
		number = page.total ?? 1;
		page = await readPage(uphance, kind, {}, number);
		read += 1;
	}
	for (;;) {
		hits.push(...(newestFirst ? page.records.reverse() : page.records).filter(isFound(facts, text)));
		const next = newestFirst ? number - 1 : page.next;
		if (!next) return { records: hits };
		if (text === '' || read === pagesAtOnce) return { records: hits, next: String(next) };
		page = await readPage(uphance, kind, {}, next);
		number = next;
		read += 1;
	}
}

const nameOf = ({ label }: SearchFacts, record: IDataObject): string =>
	label(record)
		.filter((part) => part !== undefined && part !== null && part !== '')
		.join(' · ') || `#${String(record.id)}`;

function isFound(facts: SearchFacts, text: string): (record: IDataObject) => boolean {
	const wanted = text.toLowerCase();
	return (record) => mentions([nameOf(facts, record), record.id, ...(facts.alsoSearched?.(record) ?? [])], wanted);
}
