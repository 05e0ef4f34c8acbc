import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { KnownIds, forgetKnownIds, keepKnownIds, knownIds } from '../../nodes/Uphance/operations/knownIds.ts';
import { advanceClock, days } from '../clock.mts';

const known = (size: number) => {
	const ids = new KnownIds();
	for (let id = 1; id <= size; id++) ids.add('reference', `C-${id}`, id);
	return ids;
};

describe('IDs that are kept', () => {
	beforeEach(() => {
		forgetKnownIds();
		for (const list of ['one', 'two', 'three']) keepKnownIds(list, known(10), 30);
	});
	const kept = () => ['one', 'two', 'three', 'four'].filter((list) => knownIds(list));

	test('are those of the lists used last, if there are too many', () => {
		knownIds('one');
		keepKnownIds('four', known(15), 30);
		expect(kept()).toEqual(['one', 'four']);
	});

	test('stay if a new list is too large by itself', () => {
		keepKnownIds('four', known(31), 30);
		expect(kept()).toEqual(['one', 'two', 'three']);
	});

	test('make room if a list grows', () => {
		const one = knownIds('one');
		for (let id = 11; id <= 25; id++) one?.add('reference', `C-${id}`, id);
		keepKnownIds('four', known(1), 30);
		expect(kept()).toEqual(['one', 'four']);
	});

	test('are forgotten after a day, also if nobody asks for their list', () => {
		advanceClock(days);
		keepKnownIds('four', known(1));
		knownIds('four');
		jest.restoreAllMocks();
		expect(kept()).toEqual(['four']);
	});
});

describe('Of one text', () => {
	test('several IDs are found, each once, until they are removed', () => {
		const ids = new KnownIds();
		for (const id of [7, 7, 8, 7]) ids.add('ean', '1', id);
		expect(ids.find('ean', '1')).toEqual([7, 8]);
		ids.remove('ean', '1', 7);
		expect(ids.find('ean', '1')).toEqual([8]);
		ids.remove('ean', '1', 8);
		expect(ids.has('ean', '1')).toBe(false);
		expect(ids.size).toBe(0);
	});

	test('nothing is kept if it is blank', () => {
		const ids = new KnownIds();
		ids.add('ean', '', 7);
		expect(ids.has('ean', '')).toBe(false);
	});
});
