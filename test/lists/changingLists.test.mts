import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { paginateCreatedBetween, RESTART } from '../../nodes/Uphance/transport/createdRange.ts';
import type { Page, PagedList } from '../../nodes/Uphance/transport/pages.ts';
import type { ReadOptions } from '../../nodes/Uphance/transport/pagination.ts';
import { readAll, readByAge } from '../../nodes/Uphance/transport/pagination.ts';
import { runs } from '../propertyRuns.mts';

/** What happens to a list before one of the requests. */
interface Change {
	/** Which records are deleted, as parts of the list from 0 to 1. */
	deleted: number[];
	/** How many are created, with the highest IDs. */
	created: number;
}

interface Scenario {
	count: number;
	perPage: number;
	isDescending: boolean;
	/** One for each request, from the first on. */
	changes: Change[];
}

/** A list that changes while it is read. */
class ChangingList implements PagedList {
	readonly plural = 'orders';
	after?: (id: number) => Promise<Page>;
	requests = 0;
	ids: number[];
	readonly deleted = new Set<number>();

	constructor(
		private readonly scenario: Scenario,
		knowsSinceId: boolean,
		/** Whether the list turns round when it is asked for what comes after an ID. */
		turnsRound = false,
	) {
		this.ids = Array.from({ length: scenario.count }, (_, index) => 10 + index * 3);
		if (!knowsSinceId) return;
		this.after = async (id) => {
			const page = this.read(1, (each) => each > id, scenario.isDescending !== turnsRound);
			return { ...page, after: id };
		};
	}

	get changesLessThanAPage(): boolean {
		const { changes, perPage } = this.scenario;
		return changes.every(({ deleted, created }) => Math.max(deleted.length, created) < perPage);
	}

	async page(number: number): Promise<Page> {
		return this.read(number, () => true);
	}

	toError({ message }: { message: string }): Error {
		return new Error(message);
	}

	private read(number: number, isMeant: (id: number) => boolean, isDescending = this.scenario.isDescending): Page {
		const { perPage, changes } = this.scenario;
		const change = this.requests === 0 ? undefined : changes[this.requests - 1];
		this.requests += 1;
		for (const part of change?.deleted ?? []) {
			const [id] = this.ids.splice(Math.floor(part * this.ids.length), 1);
			if (id !== undefined) this.deleted.add(id);
		}
		for (let count = change?.created ?? 0; count > 0; count--) this.ids.push((this.ids.at(-1) ?? 0) + 3);
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

const part = fc.double({ min: 0, max: 0.999, noNaN: true });
const scenario = (change: fc.Arbitrary<Change>) =>
	fc.record<Scenario>({
		count: fc.integer({ min: 0, max: 60 }),
		perPage: fc.integer({ min: 2, max: 10 }),
		isDescending: fc.boolean(),
		changes: fc.array(change, { maxLength: 14 }),
	});

const both = fc.record({ deleted: fc.array(part, { maxLength: 4 }), created: fc.nat({ max: 4 }) });
const deletions = fc.record({ deleted: fc.array(part, { maxLength: 12 }), created: fc.constant(0) });
const creations = fc.record({ deleted: fc.constant<number[]>([]), created: fc.nat({ max: 12 }) });

type Read = (list: PagedList) => AsyncGenerator<IDataObject[] | typeof RESTART>;

async function idsFrom(list: ChangingList, read: Read): Promise<number[]> {
	const ids: number[] = [];
	for await (const page of read(list)) {
		if (page === RESTART) ids.length = 0;
		else ids.push(...page.map(({ id }) => Number(id)));
	}
	return ids;
}

const options = (newestFirst: boolean): ReadOptions => ({ newestFirst, keys: ['id'] });
const ways: Array<[string, Read, -1 | 0 | 1]> = [
	['in the order of Uphance', (list) => readAll(list), 0],
	['newest first', (list) => readByAge(list, options(true)), -1],
	['oldest first', (list) => readByAge(list, options(false)), 1],
];

function check(list: ChangingList, before: number[], came: number[], direction: -1 | 0 | 1): void {
	expect(new Set(came).size).toBe(came.length);
	expect(before.filter((id) => !list.deleted.has(id) && !came.includes(id))).toEqual([]);
	// Where more than a page changes at one moment, nothing may be left that shows where the others stood. A record that
	// is deleted while it is looked for is in no place any more.
	const left = came.filter((id) => !list.deleted.has(id));
	if (direction !== 0 && list.changesLessThanAPage)
		expect(left).toEqual([...left].sort((one, other) => direction * (one - other)));
}

describe.each(ways)('A list that changes while it is read, %s', (_, read, direction) => {
	const returnsAll = (change: fc.Arbitrary<Change>, knowsSinceId: boolean, accepts: (each: Scenario) => boolean) =>
		fc.assert(
			fc.asyncProperty(scenario(change).filter(accepts), async (each) => {
				const list = new ChangingList(each, knowsSinceId);
				const before = [...list.ids];
				check(list, before, await idsFrom(list, read), direction);
			}),
			runs(5000),
		);

	test('returns what existed all the time, whatever is deleted, where the IDs ascend and can be asked for', async () => {
		await returnsAll(deletions, true, ({ isDescending }) => !isDescending);
	});

	test('returns what existed all the time, whatever is created, where the IDs ascend and can be asked for', async () => {
		await returnsAll(creations, true, ({ isDescending }) => !isDescending);
	});

	test.each([true, false])('returns what existed all the time, whatever is deleted (since_id: %s)', async (knows) => {
		await returnsAll(deletions, knows, () => true);
	});

	test.each([true, false])('returns what existed all the time, whatever is created (since_id: %s)', async (knows) => {
		await returnsAll(creations, knows, () => true);
	});

	test.each([true, false])('reads each page once while nothing changes (since_id: %s)', async (knowsSinceId) => {
		await fc.assert(
			fc.asyncProperty(scenario(fc.constant({ deleted: [], created: 0 })), async (each) => {
				const list = new ChangingList(each, knowsSinceId);
				const came = await idsFrom(list, read);
				check(list, list.ids, came, direction);
				const pages = Math.max(1, Math.ceil(each.count / each.perPage));
				// A list that descends may show itself only at its end, and ignores since_id there.
				expect(list.requests).toBeLessThanOrEqual(each.isDescending ? pages + 2 : pages);
			}),
			runs(2000),
		);
	});
});

test.each(ways)('A list that turns round with since_id, %s: returns each record once', async (_, read, direction) => {
	await fc.assert(
		fc.asyncProperty(scenario(fc.constant({ deleted: [], created: 0 })), async (each) => {
			const list = new ChangingList(each, true, true);
			check(list, list.ids, await idsFrom(list, read), direction);
		}),
		runs(2000),
	);
});

describe('A list that changes while it is read and whose IDs can be asked for', () => {
	test('in the order of Uphance: returns what existed all the time, whatever is deleted and created', async () => {
		await fc.assert(
			fc.asyncProperty(scenario(both), async (each) => {
				const list = new ChangingList({ ...each, isDescending: false }, true);
				const before = [...list.ids];
				check(list, before, await idsFrom(list, readAll), 0);
			}),
			runs(5000),
		);
	});

	test.each([true, false])(
		'newest first (%s): as many deleted as created at one moment lose nothing',
		async (newest) => {
			await fc.assert(
				fc.asyncProperty(scenario(both), fc.nat({ max: 12 }), part, async (each, request, deleted) => {
					const changes = Array.from({ length: request + 1 }, (_, index) =>
						index === request ? { deleted: [deleted], created: 1 } : { deleted: [], created: 0 },
					);
					const list = new ChangingList({ ...each, isDescending: false, changes }, true);
					const before = [...list.ids];
					const came = await idsFrom(list, (read) => readByAge(read, options(newest)));
					check(list, before, came, newest ? -1 : 1);
				}),
				runs(5000),
			);
		},
	);
});

describe('A range in a list that changes while it is read', () => {
	const range = fc.tuple(fc.integer({ min: 0, max: 220 }), fc.integer({ min: 0, max: 220 }));
	const inRange = async (
		each: Scenario,
		[one, other]: [number, number],
		newestFirst: boolean,
		knowsSinceId: boolean,
	): Promise<void> => {
		const [from, to] = [Math.min(one, other) * 60_000, Math.max(one, other) * 60_000 + 1];
		const list = new ChangingList(each, knowsSinceId);
		const isMeant = (id: number) => id * 60_000 >= from && id * 60_000 < to;
		const before = list.ids.filter(isMeant);
		const read: Read = (source) => paginateCreatedBetween(source, { from, to }, options(newestFirst), () => undefined);
		const came = await idsFrom(list, read);
		check(list, before, came, newestFirst ? -1 : 1);
		expect(came.filter((id) => !isMeant(id))).toEqual([]);
	};

	test.each([
		['deleted', deletions],
		['created', creations],
	])('loses nothing, whatever is %s', async (_, change) => {
		await fc.assert(fc.asyncProperty(scenario(change), range, fc.boolean(), fc.boolean(), inRange), runs(10_000));
	});

	test('loses nothing where as many are deleted as created at one moment, if the IDs can be asked for', async () => {
		await fc.assert(
			fc.asyncProperty(
				scenario(both),
				range,
				fc.boolean(),
				fc.nat({ max: 12 }),
				part,
				async (each, moments, newest, request, deleted) => {
					const changes = Array.from({ length: request + 1 }, (_, index) =>
						index === request ? { deleted: [deleted], created: 1 } : { deleted: [], created: 0 },
					);
					await inRange({ ...each, isDescending: false, changes }, moments, newest, true);
				},
			),
			runs(10_000),
		);
	});
});
