import type { IDataObject } from 'n8n-workflow';
import type { Page } from './pagination';
import { onceEach } from './pagination';

/** From a moment on and before another, in milliseconds; without an end it is infinite. */
export interface Created {
	after: number;
	before: number;
}

interface Probe {
	oldest: number;
	newest: number;
	/** Only the records asked for: a whole page is not kept. */
	wanted: IDataObject[];
}

/** What came so far is to be forgotten: the list turned out not to be in the order of creation, and comes again, whole. */
export const startOver = 'startOver';

/**
 * The records created between two moments, page by page, of a list that is in the order of creation as far as is known
 * (uphance-api.md 3.2). Uphance has no such filter, so the first page is searched by halves: about ten requests for a
 * thousand pages beyond those that hold results. Pages that contradict each other, and a list that does not say how
 * many pages it has, make it read everything.
 *
 * @param read one page of the list, the first is 1
 * @throws what `read` throws
 */
export async function* pagesCreated(
	read: (number: number) => Promise<Page>,
	created: Created,
	fromNewest: boolean,
): AsyncGenerator<IDataObject[] | typeof startOver> {
	const first = await read(1);
	const last = first.total ?? (first.next === undefined ? 1 : undefined);
	if (last === undefined) return yield* everything(read, first, created, fromNewest);
	// A list from the newest to the oldest shows at once by its end, before anything is left out.
	const final = last === 1 ? first : await read(last);
	if (final.next !== undefined) return yield* everything(read, first, created, fromNewest);
	const seen = new Map<number, Probe>();
	let ascends = true;
	const see = (number: number, page: Page): Probe => {
		const probe = probeOf(page, created);
		for (const [other, known] of seen) ascends &&= number < other ? isBefore(probe, known) : isBefore(known, probe);
		seen.set(number, probe);
		return probe;
	};
	see(1, first);
	if (last > 1) see(last, final);
	ascends &&= [...seen.values()].every((probe) => isBefore(probe, probe));
	const probe = async (number: number): Promise<Probe> => seen.get(number) ?? see(number, await read(number));

	const numberAt = (place: number) => (fromNewest ? last - place : place + 1);
	const tooOld = ({ newest }: Probe) => newest < created.after;
	const tooNew = ({ oldest }: Probe) => oldest >= created.before;
	const [notYet, over] = fromNewest ? [tooNew, tooOld] : [tooOld, tooNew];

	let begin = 0;
	let end = last;
	const narrow = async (place: number): Promise<void> => {
		if (notYet(await probe(numberAt(place)))) begin = place + 1;
		else end = place;
	};
	// The two that are known already; the halves are in between.
	await narrow(last - 1);
	if (begin < end) await narrow(0);
	while (begin < end && ascends) await narrow((begin + end) >> 1);

	const unseen = onceEach();
	for (let place = begin; place < last && ascends; place++) {
		const number = numberAt(place);
		const found = await probe(number);
		if (!ascends) break;
		const wanted = found.wanted.filter(unseen);
		yield fromNewest ? wanted.reverse() : wanted;
		found.wanted = [];
		if (over(found)) return;
	}
	if (ascends) return;
	yield startOver;
	yield* everything(read, first, created, fromNewest, last);
}

async function* everything(
	read: (number: number) => Promise<Page>,
	first: Page,
	created: Created,
	fromNewest: boolean,
	last?: number,
): AsyncGenerator<IDataObject[]> {
	const unseen = onceEach();
	const wantedIn = (page: Page) => probeOf(page, created).wanted.filter(unseen);
	if (fromNewest && last !== undefined) {
		for (let number = last; number > 0; number--) {
			yield wantedIn(number === 1 ? first : await read(number)).reverse();
		}
		return;
	}
	const all: IDataObject[] = [];
	for (let next: number | undefined = 1; next !== undefined; ) {
		const page: Page = next === 1 ? first : await read(next);
		const wanted = wantedIn(page);
		if (fromNewest) all.push(...wanted);
		else yield wanted;
		next = page.next;
	}
	// Where the end is was not known before.
	if (fromNewest) yield all.reverse();
}

function probeOf({ records }: Page, { after, before }: Created): Probe {
	const probe: Probe = { oldest: NaN, newest: NaN, wanted: [] };
	for (const record of records) {
		const moment = typeof record.created_at === 'string' ? Date.parse(record.created_at) : NaN;
		if (Number.isNaN(moment)) continue;
		probe.oldest = moment > probe.oldest ? probe.oldest : moment;
		probe.newest = moment < probe.newest ? probe.newest : moment;
		if (moment >= after && moment < before) probe.wanted.push(record);
	}
	return probe;
}

/** Whether both ends of a page come before those of a later one; a page that has none, being empty or without dates, says no. */
const isBefore = (one: Probe, other: Probe): boolean => one.oldest <= other.oldest && one.newest <= other.newest;
