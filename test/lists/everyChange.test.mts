import { describe, expect, test } from '@jest/globals';
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

/** Deletes one record. */
const single = (count: number): Change[] => Array.from({ length: count }, (_, place) => deleted(place, 1, count));

/** Returns what is wrong with what came, or undefined. */
function faultOf(list: ChangingList, before: number[], came: number[], direction: -1 | 0 | 1): string | undefined {
	if (new Set(came).size < came.length) return 'came twice';
	if (before.some((id) => !list.deleted.has(id) && !came.includes(id))) return 'is missing';
	if (direction === 0 || !list.changesLessThanAPage) return undefined;
	return came.some((id, index) => direction * (id - (came[index - 1] ?? id)) < 0) ? 'in another order' : undefined;
}

/** Expects that all records come that were there all the time, in each of these lists. */
async function expectAll(scenarios: Iterable<Scenario>, sinceId: SinceId, read: Read, direction: -1 | 0 | 1) {
	for (const scenario of scenarios) {
		const list = new ChangingList(scenario, sinceId);
		const before = [...list.ids];
		const came = await idsFrom(list, read);
		const fault = faultOf(list, before, came, direction);
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
				await expectAll(lists(deletions), sinceId, read, direction);
			});

			test('comes whole when some are created meanwhile', async () => {
				await expectAll(
					lists(() => [1, 2, 3, 5].map(created)),
					sinceId,
					read,
					direction,
				);
			});

			test('comes whole when one is deleted after the other', async () => {
				function* twice(): Generator<Scenario> {
					const [count, perPage] = [7, 2];
					for (const [earlier, later] of [
						[2, 3],
						[2, 4],
						[3, 4],
					] as const)
						for (const first of single(count))
							for (const second of single(count - 1)) {
								const changes = during(later, second);
								changes[earlier - 2] = first;
								yield { count, perPage, isDescending, changes };
							}
				}
				await expectAll(twice(), sinceId, read, direction);
			});
		});
	});
});
