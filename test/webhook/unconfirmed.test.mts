import { describe, expect, test } from '@jest/globals';
import { forgetUnconfirmed, recordUnconfirmed } from '../../nodes/Uphance/triggers/webhook/unconfirmed.ts';
import { advanceClock } from '../clock.mts';

const minutes = 60_000;

describe('An event that Uphance does not confirm', () => {
	test('may be confirmed until five minutes after it was first seen', () => {
		expect(recordUnconfirmed('a')).toBe('wait');
		advanceClock(4 * minutes);
		expect(recordUnconfirmed('a')).toBe('wait');
		advanceClock(6 * minutes);
		expect(recordUnconfirmed('a')).toBe('giveUp');
	});

	test('has its minutes again after it was confirmed or given up', () => {
		recordUnconfirmed('b');
		forgetUnconfirmed('b');
		advanceClock(6 * minutes);
		expect(recordUnconfirmed('b')).toBe('wait');
		advanceClock(12 * minutes);
		expect(recordUnconfirmed('b')).toBe('giveUp');
		expect(recordUnconfirmed('b')).toBe('wait');
	});

	test('is forgotten first if it is the oldest of many, so that forged events fill no memory', () => {
		recordUnconfirmed('oldest');
		for (let index = 0; index < 50_000; index += 1) recordUnconfirmed(`forged ${index}`);
		advanceClock(6 * minutes);
		expect(recordUnconfirmed('oldest')).toBe('wait'); // as if it came for the first time
		expect(recordUnconfirmed('forged 49999')).toBe('giveUp');
	});
});
