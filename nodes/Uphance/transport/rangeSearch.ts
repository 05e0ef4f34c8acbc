import type { IDataObject } from 'n8n-workflow';
import { SeenRecords, createdAtOf, cursorOf } from './listOrder';
import type { Page, PagedList } from './pages';
import type { ListEnds } from './pagination';
import { readBackward, readForward } from './readPages';

interface SearchedPage extends PageBounds {
	page: Page;
	/** Which of the pages was read before the other. */
	turn: number;
}

interface PageBounds {
	oldest: number;
	newest: number;
}

/** From a moment on and before another, in milliseconds; without an end it is infinite. */
export interface TimeRange {
	from: number;
	to: number;
}

/** Finds the records of a range in a list of several pages that ascends or descends. */
export class RangeSearch {
	/** Whether all pages read so far are in the order of creation. */
	isSorted = true;

	private readonly searched = new Map<number, SearchedPage>();
	private readonly isDescending: boolean;
	private readonly isBackwards: boolean;

	constructor(
		private readonly list: PagedList,
		private readonly range: TimeRange,
		private readonly newestFirst: boolean,
		private readonly ends: ListEnds & { last: Page },
	) {
		this.isDescending = ends.order === 'descending';
		this.isBackwards = newestFirst !== this.isDescending;
		this.add(ends.first);
		this.add(ends.last);
	}

	/** Ends early if the pages are not in the order of creation. */
	async *read(): AsyncGenerator<IDataObject[]> {
		const start = await this.findStart();
		if (start === undefined || !this.isSorted) return;
		const seen = new SeenRecords();
		const list = this.list.after ? this.list : this.reuseSearched();
		const pages = this.isBackwards ? readBackward(list, start, this.ends.first, seen) : readForward(list, start, seen);
		let { number } = start;
		for await (const records of pages) {
			if (records.length > 0) {
				const bounds = boundsOf(records);
				this.compare(number, bounds);
				if (!this.isSorted) return;
				yield records;
				if (this.newestFirst ? this.isTooOld(bounds) : this.isTooNew(bounds)) return;
			}
			number += this.isBackwards ? -1 : 1;
		}
	}

	/** Returns the first page of the range in the direction of reading, or undefined if the range lies beyond the list. */
	private async findStart(): Promise<Page | undefined> {
		const total = this.ends.last.number;
		const numberAt = (position: number): number => (this.isBackwards ? total - position : position + 1);
		let [start, end] = [0, total];
		const bisect = async (position: number): Promise<void> => {
			const number = numberAt(position);
			const bounds = this.searched.get(number) ?? this.add(await this.list.page(number));
			if (this.newestFirst ? this.isTooNew(bounds) : this.isTooOld(bounds)) start = position + 1;
			else end = position;
		};
		// The two that are known already; the halves are in between.
		await bisect(total - 1);
		if (start < end) await bisect(0);
		while (start < end && this.isSorted) await bisect((start + end) >> 1);
		return start === total ? undefined : await this.startPage(numberAt(start));
	}

	/** Returns the page to begin with, so that nothing is lost that moved between it and the page on its other side. */
	private async startPage(number: number): Promise<Page | undefined> {
		const page = this.searched.get(number);
		const other = this.searched.get(this.isBackwards ? number + 1 : number - 1);
		if (!page || !other) return page?.page;
		const [lower, upper] = this.isBackwards ? [page, other] : [other, page];
		const [earlier, later] = lower.turn < upper.turn ? [lower, upper] : [upper, lower];
		if (upper.page.after !== undefined && upper.page.after === cursorOf(lower.page)) return page.page;
		const asksById = this.list.after !== undefined && cursorOf(lower.page) !== undefined;
		const change = (later.page.totalCount ?? 0) - (earlier.page.totalCount ?? 0);
		// Deletions move records out of the upper page, new records move them out of the lower one.
		const mayHaveMoved = earlier === lower ? asksById || change < 0 : change > 0;
		if (!mayHaveMoved) return page.page;
		return asksById && earlier === other ? other.page : await this.list.page(earlier.page.number);
	}

	/** Returns the list so that a page that was searched is not read again while the list has as many records as then. */
	private reuseSearched(): PagedList {
		let latest = [...this.searched.values()].reduce((a, b) => (a.turn > b.turn ? a : b)).page;
		const page = async (number: number): Promise<Page> => {
			const known = this.searched.get(number)?.page;
			const isSame = known?.totalCount !== undefined && known.totalCount === latest.totalCount;
			return known && isSame ? known : (latest = await this.list.page(number));
		};
		return { ...this.list, page };
	}

	private add(page: Page): SearchedPage {
		const searched = { ...boundsOf(page.records), page, turn: this.searched.size };
		this.compare(page.number, searched);
		this.searched.set(page.number, searched);
		return searched;
	}

	/** Compares the bounds of a page with each other and with those of all searched pages. */
	private compare(number: number, bounds: PageBounds): void {
		this.isSorted &&= precedes(bounds, bounds);
		for (const [other, known] of this.searched) {
			if (other === number) continue;
			const isOlder = number < other !== this.isDescending;
			this.isSorted &&= isOlder ? precedes(bounds, known) : precedes(known, bounds);
		}
	}

	private isTooOld({ newest }: PageBounds): boolean {
		return newest < this.range.from;
	}

	private isTooNew({ oldest }: PageBounds): boolean {
		return oldest >= this.range.to;
	}
}

/** Returns the oldest and the newest moment on a page; both are NaN if no record says when it was created. */
function boundsOf(records: IDataObject[]): PageBounds {
	const moments = records.map(createdAtOf).filter((moment) => moment !== undefined);
	if (moments.length === 0) return { oldest: NaN, newest: NaN };
	return { oldest: Math.min(...moments), newest: Math.max(...moments) };
}

/** Returns whether both ends of a page come before those of a later one. A page without dates, or without records, says no. */
const precedes = (one: PageBounds, other: PageBounds): boolean =>
	one.oldest <= other.oldest && one.newest <= other.newest;
