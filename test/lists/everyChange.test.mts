import { describe, expect, test } from '@jest/globals';
import { paginateCreatedBetween } from '../../nodes/Uphance/transport/createdRange.ts';
import { readAll, readByAge } from '../../nodes/Uphance/transport/pagination.ts';
import type { Change, Read, Scenario, SinceId } from './changingList.mts';
import { ChangingList, idsFrom } from './changingList.mts';

/*
 * All changes of small lists, one after the other. Larger ones with changes by chance are in changingLists.test.mts.
 */

const ways: Array<[string, Read, -1 | 0 | 1]> = [
	['in the order of Uphance', (list) => readAll(list), 0],
	['newest first', (list) => readByAge(list, { newestFirst: true, keys: ['id'] }), -1],
	['oldest first', (list) => readByAge(list, { newestFirst: false, keys: ['id'] }), 1],
];
const orders = [
	['ascending', false],
	['descending', true],
] as const;
const sinceIds: SinceId[] = ['unknown', 'respected', 'turnsRound', 'ignored'];

const nothing: Change = { deleted: [], created: 0 };
const created = (count: number): Change => ({ deleted: [], created: count });
/** Deletes so many records from a place on, in a list that is as long as that. */
const deleted = (place: number, count: number, length: number): Change => ({
	deleted: Array.from({ length: count }, (_, index) => (place + 0.5) / (length - index)),
	created: 0,
});
/** Makes the change while the request of this number, from 2, is under way. */
const during = (request: number, change: Change): Change[] => [...Array<Change>(request - 2).fill(nothing), change];

function* deletions(count: number): Generator<Change> {
	for (const many of [1, 2, 4]) for (let place = 0; place + many <= count; place++) yield deleted(place, many, count);
}

/** Deletes so many records and creates as many, so that the total does not show it. */
const replaced = (place: number, count: number, length: number): Change => ({
	...deleted(place, count, length),
	created: count,
});
/** Deletes one record. */
const single = (count: number): Change[] => Array.from({ length: count }, (_, place) => deleted(place, 1, count));

interface Expected {
	/** Whether the IDs ascend (1) or descend (-1); 0 if their order is not looked at. */
	direction?: -1 | 0 | 1;
	isMeant?: (id: number) => boolean;
	/** Whether records may be missing that were there all the time. */
	mayMiss?: boolean;
}

/** Returns what is wrong with what came, or undefined. */
function faultOf(
	list: ChangingList,
	before: number[],
	came: number[],
	{ direction = 0, isMeant = () => true, mayMiss = false }: Expected,
): string | undefined {
	if (new Set(came).size < came.length) return 'came twice';
	if (!came.every(isMeant)) return 'came, although it is not meant';
	const stayed = before.filter((id) => isMeant(id) && !list.deleted.has(id));
	if (!mayMiss && stayed.some((id) => !came.includes(id))) return 'is missing';
	if (direction === 0 || !list.changesLessThanAPage) return undefined;
	return came.some((id, index) => direction * (id - (came[index - 1] ?? id)) < 0) ? 'in another order' : undefined;
}

/** Expects that all records come that were there all the time, once, in each of these lists. */
async function expectAll(scenarios: Iterable<Scenario>, sinceId: SinceId, read: Read, expected: Expected) {
	for (const scenario of scenarios) {
		const list = new ChangingList(scenario, sinceId);
		const before = [...list.ids];
		const came = await idsFrom(list, read);
		const fault = faultOf(list, before, came, expected);
		expect(fault && { fault, scenario, before, came, asked: list.asked }).toBeUndefined();
	}
}

describe.each(ways)('Read %s', (_, read, direction) => {
	describe.each(orders)('a list that is %s', (_order, isDescending) => {
		describe.each(sinceIds)('and whose since_id is %s', (sinceId) => {
			function* lists(changesOf: (count: number) => Iterable<Change>): Generator<Scenario> {
				for (const perPage of [2, 3])
					for (const count of [0, 1, 2, 5, 7])
						for (let request = 2; request <= Math.ceil(count / perPage) + 1; request++)
							for (const change of changesOf(count))
								yield { count, perPage, isDescending, changes: during(request, change) };
			}

			test('comes whole when some are deleted meanwhile', async () => {
				await expectAll(lists(deletions), sinceId, read, { direction });
			});

			test('comes whole when some are created meanwhile', async () => {
				await expectAll(
					lists(() => [1, 2, 3, 5].map(created)),
					sinceId,
					read,
					{ direction },
				);
			});

			test('brings none twice when others take the place of some', async () => {
				function* replacements(count: number): Generator<Change> {
					for (const many of [1, 3])
						for (let place = 0; place + many <= count; place++) yield replaced(place, many, count);
					for (const many of [0, 2]) yield { ...deleted(many, 4, count), created: 3 };
				}
				// Only where the records after an ID can be asked for, does it not matter that the total shows nothing.
				const mayMiss = isDescending || sinceId !== 'respected';
				await expectAll(lists(replacements), sinceId, read, { mayMiss });
			});

			// A list that had to be asked in two ways may have changed twice between two pages: that shows nowhere.
			const isAskedInOneWay = sinceId === 'unknown' || sinceId === 'respected';

			test('comes whole when one change follows another', async () => {
				function* twice(): Generator<Scenario> {
					const [count, perPage] = [7, 2];
					for (const [earlier, later] of [
						[2, 3],
						[2, 4],
						[3, 4],
					] as const)
						for (const first of single(count)) {
							const changes = during(earlier, first);
							for (const second of isAskedInOneWay ? [created(1), ...single(count - 1)] : single(count - 1))
								yield { count, perPage, isDescending, changes: [...changes, ...during(later - earlier + 1, second)] };
						}
					if (!isAskedInOneWay) return;
					for (const [earlier, later] of [
						[2, 3],
						[2, 4],
						[3, 4],
					] as const)
						for (const second of single(count + 1))
							yield {
								count,
								perPage,
								isDescending,
								changes: [...during(earlier, created(1)), ...during(later - earlier + 1, second)],
							};
				}
				await expectAll(twice(), sinceId, read, {});
			});
		});
	});
});

describe.each([
	['newest', true, -1],
	['oldest', false, 1],
] as const)('The records of a range, the %s first', (_, newestFirst, direction) => {
	describe.each(orders)('of a list that is %s', (_order, isDescending) => {
		describe.each(sinceIds)('and whose since_id is %s', (sinceId) => {
			/** From the first to the last of seven records, which have the IDs 10, 13 and so on to 28. */
			const ranges = [
				[0, 99],
				[10, 28],
				[13, 23],
				[16, 17],
				[17, 18],
				[0, 16],
				[22, 99],
			] as const;

			test.each(ranges)('come whole, from %i on before %i, when the list changes meanwhile', async (from, to) => {
				const minute = 60_000;
				const read: Read = (list) =>
					paginateCreatedBetween(
						list,
						{ from: from * minute, to: to * minute },
						{ newestFirst, keys: ['id'] },
						() => undefined,
					);
				function* lists(): Generator<Scenario> {
					const [count, perPage] = [7, 2];
					for (const change of [nothing, created(1), ...single(count)])
						for (let request = 2; request <= 5; request++)
							yield { count, perPage, isDescending, changes: during(request, change) };
				}
				await expectAll(lists(), sinceId, read, { direction, isMeant: (id) => id >= from && id < to });
			});
		});
	});
});
