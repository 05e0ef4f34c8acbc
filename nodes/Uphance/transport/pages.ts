import type { IDataObject } from 'n8n-workflow';
import type { Connection } from './connection';
import { explainAnswer } from './explain';
import { isRecord, member } from './failure';

/** A list of Uphance's: where it is, under which key its records come, and how people call them. */
export interface List {
	path: string;
	key: string;
	/** e.g. "sales orders" */
	plural: string;
}

interface Page {
	records: IDataObject[];
	/** Undefined on the last page, and where the answer has no `meta`: then there are no further pages (uphance-api.md 3.1). */
	next?: number;
	total?: number;
}

/** All records page by page, oldest first, one request at a time; a record that moved to a later page comes once. */
export async function* pages(uphance: Connection, list: List, query: IDataObject): AsyncGenerator<IDataObject[]> {
	const unseen = onceEach();
	let next: number | undefined = 1;
	while (next !== undefined) {
		const page: Page = await readPage(uphance, list, query, next);
		yield page.records.filter(unseen);
		next = page.next;
	}
}

/** The same from the newest record backwards: the first page tells how many there are (users.md B3). */
export async function* pagesFromNewest(
	uphance: Connection,
	list: List,
	query: IDataObject,
): AsyncGenerator<IDataObject[]> {
	const unseen = onceEach();
	const first = await readPage(uphance, list, query, 1);
	const last = first.total ?? (first.next === undefined ? 1 : undefined);
	if (last === undefined) throw uphance.refusal(explainAnswer(doing(list)));
	for (let number = last; number > 0; number--) {
		const { records } = number === 1 ? first : await readPage(uphance, list, query, number);
		yield records.filter(unseen).reverse();
	}
}

async function readPage(uphance: Connection, list: List, query: IDataObject, number: number): Promise<Page> {
	let page = await askForPage(uphance, list, query, number);
	if (page.records.length === 0) {
		// Perhaps this is the page of another organisation, which has fewer: someone may have switched elsewhere.
		if (uphance.doubtOrganisation()) page = await askForPage(uphance, list, query, number);
		if (page.records.length === 0) return { records: [] };
	}
	if (page.next !== undefined && page.next <= number) {
		throw uphance.refusal({
			message: `Uphance named page ${page.next} as the one after page ${number} when asked to ${doing(list)}`,
			description:
				'The list would never end, so it was not read on. Try again later; if it stays, tell the support of Uphance.',
		});
	}
	return page;
}

async function askForPage(uphance: Connection, list: List, query: IDataObject, number: number): Promise<Page> {
	const answer = await uphance.send({
		doing: doing(list),
		method: 'GET',
		path: list.path,
		query: number === 1 ? query : { ...query, page: number },
	});
	const records = member(answer, list.key);
	if (!Array.isArray(records) || !records.every(isDataObject)) throw uphance.refusal(explainAnswer(doing(list)));
	const meta = member(answer, 'meta');
	return { records, next: positive(member(meta, 'next_page')), total: positive(member(meta, 'total_pages')) };
}

const doing = ({ plural }: List): string => `list ${plural}`;

const isDataObject = (value: unknown): value is IDataObject => isRecord(value) && !Array.isArray(value);

function positive(value: unknown): number | undefined {
	const number = typeof value === 'string' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

function onceEach(): (record: IDataObject) => boolean {
	const seen = new Set<unknown>();
	return ({ id }) => id === undefined || (!seen.has(id) && Boolean(seen.add(id)));
}
