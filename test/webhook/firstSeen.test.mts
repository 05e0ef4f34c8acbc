import { describe, expect, test } from '@jest/globals';
import { confirmed, mayBeConfirmedLater } from '../../nodes/Uphance/triggers/webhook/firstSeen.ts';
import { advanceClock } from '../clock.mts';

const minutes = 60_000;

describe('An event that Uphance does not confirm', () => {
	test('may be confirmed until five minutes after it was first seen', () => {
		expect(mayBeConfirmedLater('a')).toBe(true);
		advanceClock(4 * minutes);
		expect(mayBeConfirmedLater('a')).toBe(true);
		advanceClock(6 * minutes);
		expect(mayBeConfirmedLater('a')).toBe(false);
	});

	test('has its minutes again after it was confirmed or given up', () => {
		mayBeConfirmedLater('b');
		confirmed('b');
		advanceClock(6 * minutes);
		expect(mayBeConfirmedLater('b')).toBe(true);
		advanceClock(12 * minutes);
		expect(mayBeConfirmedLater('b')).toBe(false);
		expect(mayBeConfirmedLater('b')).toBe(true);
	});

	test('is forgotten first if it is the oldest of many, so that forged events fill no memory', () => {
		mayBeConfirmedLater('oldest');
		for (let index = 0; index < 50_000; index += 1) mayBeConfirmedLater(`forged ${index}`);
		advanceClock(6 * minutes);
		expect(mayBeConfirmedLater('oldest')).toBe(true); // as if it came for the first time
		expect(mayBeConfirmedLater('forged 49999')).toBe(false);
	});
});
