import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/connection';
import { readPage } from '../transport/pages';
import type { RecordKind } from '../transport/recordKind';
import { inEditor } from './editorConnection';
import type { ListSearch } from './operation';

export interface SearchFacts {
	kind: RecordKind;
	/** How a record reads in the list. */
	label: (record: IDataObject) => string;
	/** Whether the newest come first; otherwise as Uphance lists them. */
	newestFirst: boolean;
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
			results: records.map((record) => ({ name: facts.label(record), value: Number(record.id) })),
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
		const { records } = await readPage(uphance, facts.kind, query, 1);
		const hits = records.filter(mentions(facts, text));
		if (hits.length > 0) return { records: hits };
	}
	return await readOn(uphance, facts, text);
}

async function readOn(uphance: Connection, facts: SearchFacts, text: string, token?: string): Promise<Found> {
	const { kind, newestFirst } = facts;
	const hits: IDataObject[] = [];
	let page = await readPage(uphance, kind, {}, token ? Number(token) : 1);
	let number = token ? Number(token) : 1;
	let read = 1;
	if (newestFirst && !token && (page.total ?? 1) > 1) {
		number = page.total ?? 1;
		page = await readPage(uphance, kind, {}, number);
		read += 1;
	}
	for (;;) {
		hits.push(...(newestFirst ? page.records.reverse() : page.records).filter(mentions(facts, text)));
		const next = newestFirst ? number - 1 : page.next;
		if (!next) return { records: hits };
		if (text === '' || read === pagesAtOnce) return { records: hits, next: String(next) };
		page = await readPage(uphance, kind, {}, next);
		number = next;
		read += 1;
	}
}

function mentions({ label, alsoSearched }: SearchFacts, text: string): (record: IDataObject) => boolean {
	const wanted = text.toLowerCase();
	return (record) =>
		[label(record), record.id, ...(alsoSearched?.(record) ?? [])].some((value) =>
			String(value ?? '')
				.toLowerCase()
				.includes(wanted),
		);
}
