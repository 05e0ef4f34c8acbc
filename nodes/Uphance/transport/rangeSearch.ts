import type { IDataObject } from 'n8n-workflow';
import type { PageBounds, TimeRange } from './listOrder';
import { SeenRecords, boundsOf, cursorOf, precedes } from './listOrder';
import type { Page, PagedList } from './pages';
import type { ListEnds } from './pagination';
import { readBackward, readForward } from './readPages';

interface SearchedPage extends PageBounds {
	page: Page;
	/** How many pages were searched before it. */
	readIndex: number;
}

/** Finds the records of a range in a list of several pages that ascends or descends. */
export class RangeSearch {
	/** Whether all pages read so far are in the order of creation. */
	isSorted = true;

	/** By number, in the order in which they were read. */
	private readonly searched = new Map<number, SearchedPage>();
	/** The page read last. */
	private latest: Page;
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
		this.latest = ends.last;
	}

	/** Ends early if the pages are not in the order of creation. */
	async *read(): AsyncGenerator<IDataObject[]> {
		const start = await this.findStart();
		if (start === undefined || !this.isSorted) return;
		const seen = new SeenRecords();
		const list = this.list.after ? this.list : { ...this.list, page: this.reusePage.bind(this) };
		const pages = this.isBackwards ? readBackward(list, start, this.ends.first, seen) : readForward(list, start, seen);
		let { number } = start;
		for await (const records of pages) {
			if (records.length > 0) {
				const bounds = boundsOf(records);
				this.compare(number, bounds);
				if (!this.isSorted) return;
				yield records;
				if (this.isAfterRange(bounds)) return;
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
			const bounds = this.searched.get(number) ?? this.add(await this.readPage(number));
			if (this.isBeforeRange(bounds)) start = position + 1;
			else end = position;
		};
		// The two that are known already; the halves are in between.
		await bisect(total - 1);
		if (start < end) await bisect(0);
		while (start < end && this.isSorted) await bisect((start + end) >> 1);
		return await this.startPage(numberAt(start)); // there is none if the range lies beyond the list
	}

	/** Returns the page to begin with, so that nothing is lost that moved between it and the page on its other side. */
	private async startPage(number: number): Promise<Page | undefined> {
		const page = this.searched.get(number);
		const other = this.searched.get(this.isBackwards ? number + 1 : number - 1);
		if (!page || !other) return page?.page;
		const [lower, upper] = this.isBackwards ? [page, other] : [other, page];
		if (upper.page.after !== undefined) return page.page; // asked for by the last ID of the other
		const isLowerEarlier = lower.readIndex < upper.readIndex;
		const asksById = this.list.after !== undefined && cursorOf(lower.page) !== undefined;
		// Deletions move records out of the upper page, new records move them out of the lower one.
		const mayHaveMoved = isLowerEarlier ? asksById || this.hasChanged(-1) : this.hasChanged(1);
		if (!mayHaveMoved) return page.page;
		if (asksById) return other.readIndex < page.readIndex ? other.page : await this.readPage(number);
		// Whole pages may have moved meanwhile.
		for (let start = other.page.number; ; start += this.isBackwards ? 1 : -1) {
			const before = await this.readPage(start);
			const isEnd = this.isBackwards ? before.nextPage === undefined : start === 1;
			if (isEnd || this.isBeforeRange(boundsOf(before.records))) return before;
		}
	}

	/** Returns whether the list got shorter (-1) or longer (1) at some time during the search. */
	private hasChanged(direction: -1 | 1): boolean {
		const counts = [...this.searched.values()].map(({ page }) => page.totalCount ?? 0);
		return counts.some((count, index) => index > 0 && Math.sign(count - (counts[index - 1] ?? 0)) === direction);
	}

	/** Returns a page, if need be one that was searched, while the list has as many records as then. */
	private async reusePage(number: number): Promise<Page> {
		const known = this.searched.get(number)?.page;
		const isSame = known?.totalCount !== undefined && known.totalCount === this.latest.totalCount;
		return known && isSame ? known : await this.readPage(number);
	}

	private async readPage(number: number): Promise<Page> {
		this.latest = await this.list.page(number);
		return this.latest;
	}

	private add(page: Page): SearchedPage {
		const searched = { ...boundsOf(page.records), page, readIndex: this.searched.size };
		this.compare(page.number, searched);
		this.searched.set(page.number, searched);
		return searched;
	}

	/** Compares the bounds of a page with those of all searched pages. */
	private compare(number: number, bounds: PageBounds): void {
		for (const [other, known] of this.searched) {
			if (other === number) continue;
			const isOlder = number < other !== this.isDescending;
			this.isSorted &&= isOlder ? precedes(bounds, known) : precedes(known, bounds);
		}
	}

	/** Returns whether a page comes before the range in the direction of reading. */
	private isBeforeRange({ oldest, newest }: PageBounds): boolean {
		return this.newestFirst ? oldest >= this.range.to : newest < this.range.from;
	}

	/** Returns whether a page comes after the range in the direction of reading. */
	private isAfterRange({ oldest, newest }: PageBounds): boolean {
		return this.newestFirst ? newest < this.range.from : oldest >= this.range.to;
	}
}
