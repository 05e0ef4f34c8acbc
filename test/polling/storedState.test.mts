import { describe, expect, test } from '@jest/globals';
import type { PollState } from '../../nodes/Uphance/triggers/polling/state.ts';
import { existedAtStart, keepNewestIds, parseState, snapshot } from '../../nodes/Uphance/triggers/polling/state.ts';
import { pollableList } from './listInMemory.mts';

const state: PollState = {
	key: 'orders',
	recentIds: [1, 2],
	snapshots: { 1: { version: 'v1', statuses: ['draft'] } },
	firstDeferredId: 3,
	lookBack: 500,
	ignoreCreatedBefore: 1_000,
};
const parse = (stored: unknown) => parseState(stored, 'orders');

describe('The stored state', () => {
	test('comes back as it was', () => expect(parse(JSON.parse(JSON.stringify(state)))).toEqual(state));

	test('comes back without what it does not have', () => {
		expect(parse({ key: 'orders', recentIds: [] })).toEqual({ key: 'orders', recentIds: [], snapshots: {} });
	});

	test.each([
		undefined,
		null,
		'text',
		[],
		{},
		{ ...state, key: 'invoices' },
		{ ...state, key: undefined },
		{ ...state, recentIds: undefined },
		{ ...state, recentIds: '1' },
		{ ...state, recentIds: { 0: 1 } },
	])('counts as none when it is %j', (stored) => expect(parse(stored)).toBeUndefined());

	test('keeps only IDs that are whole numbers, also from text', () => {
		expect(parse({ ...state, recentIds: ['7', 8, 'x', 9.5, {}, 1e300] })?.recentIds).toEqual([7, 8]);
	});

	test.each([undefined, null, 'text', 7, [1]])('has no snapshots when these are %j', (snapshots) => {
		expect(parse({ ...state, snapshots })?.snapshots).toEqual({});
	});

	test('leaves out a snapshot that is none, and keeps the next', () => {
		const snapshots = { 1: 'text', 2: null, 3: [], 4: { version: 'v4', statuses: ['shipped'] } };
		expect(parse({ ...state, snapshots })?.snapshots).toEqual({ 4: { version: 'v4', statuses: ['shipped'] } });
	});

	test.each([
		[undefined, []],
		['draft', []],
		[{ 0: 'draft' }, []],
		[
			['Not Paid', 7],
			['notpaid', '7'],
		],
	])('with the statuses %j has %j', (statuses, parsed) => {
		const snapshots = { 1: { version: 7, statuses } };
		expect(parse({ ...state, snapshots })?.snapshots).toEqual({ 1: { version: '7', statuses: parsed } });
	});

	test.each(['firstDeferredId', 'lookBack', 'ignoreCreatedBefore'] as const)('takes %s only as a number', (name) => {
		expect(parse({ ...state, [name]: 0 })?.[name]).toBe(0);
		for (const value of ['7', null, true, {}]) expect(parse({ ...state, [name]: value })?.[name]).toBeUndefined();
	});
});

describe('A record is from before the trigger started', () => {
	const started = { ...state, ignoreCreatedBefore: Date.parse('2026-03-01T12:00:00Z') };

	test.each([
		['2026-03-01T11:59:59.999Z', true],
		['2026-03-01T12:00:00Z', false],
		['2026-03-01T12:00:01Z', false],
		['soon', false],
		[undefined, false],
		[null, false],
	])('when it was created at %j: %j', (created_at, isBefore) => {
		expect(existedAtStart(started, { id: 1, created_at })).toBe(isBefore);
	});

	test('never when the list had records then', () => {
		const open = { ...state, ignoreCreatedBefore: undefined };
		expect(existedAtStart(open, { id: 1, created_at: '1970-01-01T00:00:00Z' })).toBe(false);
	});
});

describe('The IDs that a state keeps', () => {
	test('are in ascending order, by number, each once', () => {
		expect(keepNewestIds([10, 9, 100, 9])).toEqual([9, 10, 100]);
	});

	test('are the highest 45', () => {
		const ids = Array.from({ length: 50 }, (_, index) => index + 1);
		expect(keepNewestIds([...ids].reverse())).toEqual(ids.slice(5));
	});
});

describe('A snapshot', () => {
	const list = pollableList();
	const record = { id: 1, updated_at: '2026-01-01T00:00:00Z', status: 'Confirmed', financial_status: 'not_paid' };

	test('has the statuses of the record', () => {
		expect(snapshot(list, record).statuses).toEqual(['confirmed', 'notpaid']);
	});

	test('adds them to those in which it was seen before, each once', () => {
		expect(snapshot(list, record, ['draft', 'confirmed']).statuses).toEqual(['draft', 'confirmed', 'notpaid']);
	});

	test('has a version that differs for another record', () => {
		const { version } = snapshot(list, record);
		expect(version).toBe(snapshot(list, record, ['draft']).version);
		expect(version).not.toBe(snapshot(list, { ...record, updated_at: '2026-01-02T00:00:00Z' }).version);
	});
});
