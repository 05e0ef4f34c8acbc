import { describe, expect, test } from '@jest/globals';
import type { Claim, DedupeKey } from '../../nodes/Uphance/triggers/webhook/dedupe.ts';
import { claim } from '../../nodes/Uphance/triggers/webhook/dedupe.ts';
import { advanceClock } from '../clock.mts';

const hour = 3_600_000;

const event = (body: string, updatedAt?: number, record = 'stock'): DedupeKey => ({ record, body, updatedAt });

function taken(key: DedupeKey): Claim {
	const result = claim(key);
	if (typeof result === 'string') throw new Error(`${JSON.stringify(key)} is ${result}`);
	return result;
}

/** What a delivery of the key comes to; one that is new is processed. */
function deliver(key: DedupeKey): string {
	const result = claim(key);
	if (typeof result === 'string') return result;
	result.commit();
	return 'new';
}

describe('A claim', () => {
	test('is in progress until it is committed, then a duplicate', () => {
		const key = event('a', undefined, 'claimed');
		const first = taken(key);
		expect(claim(key)).toBe('inProgress');
		first.commit();
		expect(claim(key)).toBe('duplicate');
	});

	test('that is released can be taken again', () => {
		const key = event('a', undefined, 'released');
		taken(key).release();
		expect(deliver(key)).toBe('new');
	});

	test('is settled once: what comes later changes nothing', () => {
		const key = event('a', undefined, 'settled');
		const first = taken(key);
		first.commit();
		first.release();
		expect(claim(key)).toBe('duplicate');
		const other = event('a', undefined, 'settled otherwise');
		const second = taken(other);
		second.release();
		const third = taken(other);
		second.commit();
		second.release();
		expect(claim(other)).toBe('inProgress');
		third.commit();
	});
});

describe('The events of one record', () => {
	test.each([
		['without a time of change', [undefined, undefined]],
		['with the same time of change', [1, 1]],
	])('that alternate are all new (%s)', (name, [five, none]) => {
		const stock = [event('5', five, name), event('0', none, name), event('5', five, name), event('0', none, name)];
		expect(stock.map(deliver)).toEqual(['new', 'new', 'new', 'new']);
		expect(deliver(event('0', none, name))).toBe('duplicate');
	});

	test('that are older than the newest are duplicates if they were processed, and new otherwise', () => {
		const [first, second, late, third] = [3, 4, 2, 5].map((at) => event(`at ${at}`, at, 'ordered'));
		const keys = [first, second, first, late, second, late, third, first, second, late, third];
		expect(keys.map((key) => key && deliver(key))).toEqual([
			...['new', 'new', 'duplicate', 'new', 'duplicate', 'duplicate', 'new'],
			...['duplicate', 'duplicate', 'duplicate', 'duplicate'],
		]);
	});

	test('are duplicates once more if a copy came too early, whatever came in between', () => {
		const [one, other] = [event('5', undefined, 'copied'), event('0', undefined, 'copied')];
		const first = taken(one);
		expect(claim(one)).toBe('inProgress'); // so the sender delivers this copy again
		first.commit();
		expect([other, one, one].map(deliver)).toEqual(['new', 'duplicate', 'new']);
	});

	test('are new when the record changes back after such a copy came again', () => {
		const [one, other] = [event('5', undefined, 'copied at once'), event('0', undefined, 'copied at once')];
		const first = taken(one);
		expect(claim(one)).toBe('inProgress');
		first.commit();
		expect([one, other, one].map(deliver)).toEqual(['duplicate', 'new', 'new']);
	});

	test('and of another record do not touch each other', () => {
		expect(deliver(event('5', undefined, 'one'))).toBe('new');
		expect(deliver(event('5', undefined, 'another'))).toBe('new');
		expect(deliver(event('5', undefined, 'one'))).toBe('duplicate');
	});

	test('end after 48 hours, as redeliveries do', () => {
		const key = event('a', undefined, 'ending');
		expect(deliver(key)).toBe('new');
		advanceClock(48 * hour - 60_000);
		expect(deliver(key)).toBe('duplicate');
		advanceClock(48 * hour);
		expect(deliver(key)).toBe('new');
	});
});

test('A key that counts once counts once, however much time passes', () => {
	expect(deliver({ once: 'ticket 1 shipped' })).toBe('new');
	expect(deliver({ once: 'ticket 1 published' })).toBe('new');
	advanceClock(480 * hour);
	expect(deliver({ once: 'ticket 1 shipped' })).toBe('duplicate');
});

describe('The memory', () => {
	const many = (record: string, count: number): DedupeKey[] =>
		Array.from({ length: count }, (_, index) => event('a', undefined, `${record} ${index}`));
	const isRemembered = (key: DedupeKey): boolean => {
		const result = claim(key);
		if (typeof result === 'string') return true;
		result.release();
		return false;
	};

	test('is bounded: the oldest are forgotten first, what is in progress never', () => {
		const inProgress = taken(event('in progress'));
		const oldest = event('a', undefined, 'oldest');
		deliver(oldest);
		const keys = many('key', 50_000);
		keys.forEach(deliver);
		const held = keys.map(isRemembered);
		const count = held.filter(Boolean).length;
		expect(count).toBeGreaterThanOrEqual(1_000);
		expect(count).toBeLessThan(50_000);
		expect(held).toEqual(keys.map((_, index) => index >= keys.length - count));
		expect(isRemembered(oldest)).toBe(false);
		expect(claim(event('in progress'))).toBe('inProgress');
		inProgress.release();
	});

	test('keeps what came again after 48 hours as the newest', () => {
		const again = event('a', undefined, 'again');
		deliver(again);
		many('before', 19_000).forEach(deliver);
		advanceClock(48 * hour);
		expect(deliver(again)).toBe('new');
		many('after', 1_500).forEach(deliver);
		expect(deliver(again)).toBe('duplicate');
	});

	test('is bounded for many bodies of one record too', () => {
		for (let index = 0; index < 50_000; index += 1) deliver(event(String(index), index, 'busy'));
		expect(isRemembered(event('49999', 49_999, 'busy'))).toBe(true);
		expect(isRemembered(event('0', 0, 'busy'))).toBe(false);
	});

	test('of what counts once is bounded, and events do not push it out', () => {
		deliver({ once: 'status' });
		many('event', 50_000).forEach(deliver);
		expect(isRemembered({ once: 'status' })).toBe(true);
		for (let index = 0; index < 50_000; index += 1) deliver({ once: `status ${index}` });
		expect(isRemembered({ once: 'status' })).toBe(false);
		expect(isRemembered({ once: 'status 49999' })).toBe(true);
	});

	test('counts a key from when it was committed, not from when it was claimed', () => {
		const slow = event('a', undefined, 'slow');
		const claimed = taken(slow);
		many('quick', 30_000).forEach(deliver);
		claimed.commit();
		many('next', 500).forEach(deliver);
		expect(isRemembered(slow)).toBe(true);
	});

	test('stays fast when it is full', () => {
		const started = performance.now();
		many('rush', 30_000).forEach(deliver);
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
