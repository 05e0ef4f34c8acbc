import type { IDataObject } from 'n8n-workflow';
import type { Connection } from './client';
import { explainAnswer } from './errorMessages';
import { member } from '../http/failure';
import type { RecordKind } from './recordType';
import { isDataObject } from './recordsIn';

/** One page of a list. */
export interface Page {
	records: IDataObject[];
	/** Undefined on the last page, and where the answer has no `meta`: then there are no further pages (uphance-api.md 3.1). */
	next?: number;
	total?: number;
}

/** All records page by page, oldest first, one request at a time; a record that moved to a later page comes once. */
export async function* pages(uphance: Connection, kind: RecordKind, query: IDataObject): AsyncGenerator<IDataObject[]> {
	const unseen = onceEach();
	let next: number | undefined = 1;
	while (next !== undefined) {
		const page: Page = await readPage(uphance, kind, query, next);
		yield page.records.filter(unseen);
		next = page.next;
	}
}

/** The same from the newest record backwards: the first page tells how many there are (users.md B3). */
export async function* pagesFromNewest(
	uphance: Connection,
	kind: RecordKind,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	const unseen = onceEach();
	const first = await readPage(uphance, kind, query, 1);
	const last = first.total ?? (first.next === undefined ? 1 : undefined);
	if (last === undefined) throw uphance.refusal(explainAnswer(doing(kind)));
	for (let number = last; number > 0; number--) {
		const { records } = number === 1 ? first : await readPage(uphance, kind, query, number);
		yield records.filter(unseen).reverse();
	}
}

/** One page of a list; the first is 1. @throws NodeApiError, also for a next page that does not grow */
export async function readPage(
	uphance: Connection,
	kind: RecordKind,
	query: IDataObject,
	number: number,
): Promise<Page> {
	let page = await askForPage(uphance, kind, query, number);
	// Perhaps this is the page of another organisation, which has fewer: someone may have switched elsewhere.
	if (page.records.length === 0 && uphance.doubtOrganisation()) page = await askForPage(uphance, kind, query, number);
	if (page.next !== undefined && page.next <= number) {
		throw uphance.refusal({
			message: `Uphance named page ${page.next} as the one after page ${number} when asked to ${doing(kind)}`,
			description:
				'The list would never end, so it was not read on. Try again later; if it stays, tell the support of Uphance.',
		});
	}
	return page;
}

async function askForPage(uphance: Connection, kind: RecordKind, query: IDataObject, number: number): Promise<Page> {
	const answer = await uphance.send({
		doing: doing(kind),
		method: 'GET',
		path: kind.path,
		query: number === 1 ? query : { ...query, page: number },
	});
	const records = member(answer, kind.listKey);
	if (!Array.isArray(records) || !records.every(isDataObject)) throw uphance.refusal(explainAnswer(doing(kind)));
	const meta = member(answer, 'meta');
	return { records, next: positive(member(meta, 'next_page')), total: positive(member(meta, 'total_pages')) };
}

const doing = ({ plural }: RecordKind): string => `list ${plural}`;

function positive(value: unknown): number | undefined {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Says of each record whether its id comes for the first time; what has no id always does. */
export function onceEach(): (record: IDataObject) => boolean {
	const seen = new Set<unknown>();
	return ({ id }) => id === undefined || (!seen.has(id) && Boolean(seen.add(id)));
}
