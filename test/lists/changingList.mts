import type { IDataObject } from 'n8n-workflow';
import { RESTART } from '../../nodes/Uphance/transport/createdRange.ts';
import type { Page, PagedList } from '../../nodes/Uphance/transport/pages.ts';

/** What happens to a list before one of the requests. */
export interface Change {
	/** Which records are deleted, as parts of the list from 0 to 1. */
	deleted: number[];
	/** How many are created, with the highest IDs. */
	created: number;
}

export interface Scenario {
	count: number;
	perPage: number;
	isDescending: boolean;
	/** One for each request, from the first on. */
	changes: Change[];
}

/** What becomes of the request for the records after an ID. */
export type SinceId = 'unknown' | 'respected' | 'turnsRound' | 'ignored';

/** A list that changes while it is read. */
export class ChangingList implements PagedList {
	readonly plural = 'orders';
	after?: (id: number) => Promise<Page | undefined>;
	/** What was asked for, e.g. "page 2" and "after 13". */
	readonly asked: string[] = [];
	ids: number[];
	readonly deleted = new Set<number>();
	/** Of all that there ever was: no ID is given twice. */
	private highestId: number;

	constructor(
		private readonly scenario: Scenario,
		sinceId: SinceId,
	) {
		this.ids = Array.from({ length: scenario.count }, (_, index) => 10 + index * 3);
		this.highestId = 7 + scenario.count * 3;
		if (sinceId === 'unknown') return;
		this.after = async (id) => {
			const isDescending = scenario.isDescending !== (sinceId === 'turnsRound');
			const page = this.read(`after ${id}`, 1, (each) => each > id, isDescending);
			if (sinceId !== 'ignored') return { ...page, after: id };
			this.after = undefined;
			return undefined;
		};
	}

	get changesLessThanAPage(): boolean {
		const { changes, perPage } = this.scenario;
		return changes.every(({ deleted, created }) => Math.max(deleted.length, created) < perPage);
	}

	async page(number: number): Promise<Page> {
		return this.read(`page ${number}`, number, () => true);
	}

	toError({ message }: { message: string }): Error {
		return new Error(message);
	}

	private read(
		asked: string,
		number: number,
		isMeant: (id: number) => boolean,
		isDescending = this.scenario.isDescending,
	): Page {
		const { perPage, changes } = this.scenario;
		const change = this.asked.length === 0 ? undefined : changes[this.asked.length - 1];
		if (number < 1) throw new Error(`There is no page ${number}`);
		if (this.asked.push(asked) > 500) throw new Error('It is read without end');
		for (const part of change?.deleted ?? []) {
			const [id] = this.ids.splice(Math.floor(part * this.ids.length), 1);
			if (id !== undefined) this.deleted.add(id);
		}
		for (let count = change?.created ?? 0; count > 0; count--) this.ids.push((this.highestId += 3));
		const meant = this.ids.filter(isMeant);
		if (isDescending) meant.reverse();
		const totalPages = Math.max(1, Math.ceil(meant.length / perPage));
		const records = meant
			.slice((number - 1) * perPage, number * perPage)
			.map((id) => ({ id, created_at: momentOf(id) }));
		const nextPage = number < totalPages ? number + 1 : undefined;
		return { number, records, nextPage, totalPages, totalCount: meant.length };
	}
}

const momentOf = (id: number): string => new Date(id * 60_000).toISOString();

export type Read = (list: PagedList) => AsyncGenerator<IDataObject[] | typeof RESTART>;

/** Returns the IDs of the records that come, in the order in which they come. */
export async function idsFrom(list: PagedList, read: Read): Promise<number[]> {
	const ids: number[] = [];
	for await (const page of read(list)) {
		if (page === RESTART) ids.length = 0;
		else ids.push(...page.map(({ id }) => Number(id)));
	}
	return ids;
}
