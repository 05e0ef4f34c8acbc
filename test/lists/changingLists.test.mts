import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paginateCreatedBetween } from '../../nodes/Uphance/transport/createdRange.ts';
import type { ReadOptions } from '../../nodes/Uphance/transport/pagination.ts';
import { readAll, readByAge } from '../../nodes/Uphance/transport/pagination.ts';
import { runs } from '../propertyRuns.mts';
import type { Change, Read, Scenario, SinceId } from './changingList.mts';
import { ChangingList, idsFrom } from './changingList.mts';

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

const sinceIds: SinceId[] = ['unknown', 'respected', 'ignored'];

describe.each(ways)('A list that changes while it is read, %s', (_, read, direction) => {
	const returnsAll = (change: fc.Arbitrary<Change>, sinceId: SinceId, accepts: (each: Scenario) => boolean) =>
		fc.assert(
			fc.asyncProperty(scenario(change).filter(accepts), async (each) => {
				const list = new ChangingList(each, sinceId);
				const before = [...list.ids];
				check(list, before, await idsFrom(list, read), direction);
			}),
			runs(5000),
		);

	test('returns what existed all the time, whatever is deleted, where the IDs ascend and can be asked for', async () => {
		await returnsAll(deletions, 'respected', ({ isDescending }) => !isDescending);
	});

	test('returns what existed all the time, whatever is created, where the IDs ascend and can be asked for', async () => {
		await returnsAll(creations, 'respected', ({ isDescending }) => !isDescending);
	});

	test.each(sinceIds)('returns what existed all the time, whatever is deleted (since_id: %s)', async (sinceId) => {
		await returnsAll(deletions, sinceId, () => true);
	});

	test.each(sinceIds)('returns what existed all the time, whatever is created (since_id: %s)', async (sinceId) => {
		await returnsAll(creations, sinceId, () => true);
	});

	test.each(sinceIds)('reads each page once while nothing changes (since_id: %s)', async (sinceId) => {
		await fc.assert(
			fc.asyncProperty(scenario(fc.constant({ deleted: [], created: 0 })), async (each) => {
				const list = new ChangingList(each, sinceId);
				const came = await idsFrom(list, read);
				check(list, list.ids, came, direction);
				const pages = Math.max(1, Math.ceil(each.count / each.perPage));
				// A list that descends may show itself only at its end, and ignores since_id there.
				const more = (each.isDescending ? 2 : 0) + (sinceId === 'ignored' ? 1 : 0);
				expect(list.asked.length).toBeLessThanOrEqual(pages + more);
			}),
			runs(2000),
		);
	});
});

test.each(ways)('A list that turns round with since_id, %s: returns each record once', async (_, read, direction) => {
	await fc.assert(
		fc.asyncProperty(scenario(fc.constant({ deleted: [], created: 0 })), async (each) => {
			const list = new ChangingList(each, 'turnsRound');
			check(list, list.ids, await idsFrom(list, read), direction);
		}),
		runs(2000),
	);
});

describe('A list that changes while it is read and whose IDs can be asked for', () => {
	test('in the order of Uphance: returns what existed all the time, whatever is deleted and created', async () => {
		await fc.assert(
			fc.asyncProperty(scenario(both), async (each) => {
				const list = new ChangingList({ ...each, isDescending: false }, 'respected');
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
					const list = new ChangingList({ ...each, isDescending: false, changes }, 'respected');
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
		sinceId: SinceId,
	): Promise<void> => {
		const [from, to] = [Math.min(one, other) * 60_000, Math.max(one, other) * 60_000 + 1];
		const list = new ChangingList(each, sinceId);
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
		await fc.assert(
			fc.asyncProperty(scenario(change), range, fc.boolean(), fc.constantFrom(...sinceIds), inRange),
			runs(10_000),
		);
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
					await inRange({ ...each, isDescending: false, changes }, moments, newest, 'respected');
				},
			),
			runs(10_000),
		);
	});
});
