import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../../nodes/Uphance/transport/sendWithRetry.ts';
import type { PollableList } from '../../nodes/Uphance/triggers/polling/pollableLists.ts';
import type { PollOptions } from '../../nodes/Uphance/triggers/polling/state.ts';
import { clientOf } from '../clientInMemory.mts';

/** A list that a poll can watch; its records have no status, and it is asked by ID unless it cannot be. */
export const pollableList = (settings: Partial<PollableList> = {}, supportsSinceId = true): PollableList => ({
	option: { name: 'Order', value: 'order' },
	recordType: {
		path: '/orders',
		listKey: 'orders',
		singularKey: 'order',
		singular: 'order',
		plural: 'orders',
		supportsSinceId: supportsSinceId || undefined,
	},
	filters: [],
	comparedFields: [],
	ignoredFields: [],
	...settings,
});

/** A list at Uphance, in memory: what a poll asks of it and gets, without HTTP. */
export class ListInMemory {
	/** In the order in which Uphance lists them. */
	records: IDataObject[] = [];

	pageSize = 3;

	/** "after ID", or "page", as they were asked for. */
	asked: string[] = [];

	waits: number[] = [];

	warnings: string[] = [];

	/** The time of a poll is over after so many requests. */
	requestsInTime = Infinity;

	/** Called before each answer. */
	beforeAnswer: (request: number) => void = () => {};

	constructor(readonly list: PollableList = pollableList()) {}

	add(...ids: number[]): void {
		this.records.push(...ids.map((id) => ({ id, updated_at: '2026-01-01T00:00:00Z' })));
	}

	/** Changes a record so that its time of change differs. */
	change(id: number, values: IDataObject = { updated_at: '2026-01-02T00:00:00Z' }): void {
		this.records = this.records.map((record) => (record.id === id ? { ...record, ...values } : record));
	}

	/** What a poll is given. Each has its own time. */
	options(more: Partial<PollOptions> = {}): PollOptions {
		let requests = 0;
		const client = clientOf(
			({ query = {} }) => {
				requests += 1;
				this.beforeAnswer(requests);
				return this.answer(query);
			},
			{ sleep: async (milliseconds) => void this.waits.push(milliseconds) },
		);
		return {
			client,
			list: this.list,
			query: {},
			lookBack: 5,
			maxRecords: 100,
			statuses: [],
			isOutOfTime: () => requests >= this.requestsInTime,
			warnOnce: (text) => void this.warnings.push(text),
			...more,
		};
	}

	private answer({ since_id, page = 1 }: NonNullable<ApiRequest['query']>): IDataObject {
		const after = Number(since_id ?? -Infinity);
		const number = Number(page);
		this.asked.push(since_id === undefined ? `page ${number}` : `after ${after}${number > 1 ? ` page ${number}` : ''}`);
		const found = this.records.filter(({ id }) => !(Number(id) <= after));
		const pages = Math.ceil(found.length / this.pageSize);
		return {
			orders: found.slice((number - 1) * this.pageSize, number * this.pageSize),
			meta: {
				current_page: number,
				next_page: number < pages ? number + 1 : null,
				total_pages: pages,
				total_count: found.length,
			},
		};
	}
}
