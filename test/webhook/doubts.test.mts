import { describe, expect, test } from '@jest/globals';
import { forgetDoubt, recordDoubt } from '../../nodes/Uphance/triggers/webhook/doubts.ts';
import { advanceClock } from '../clock.mts';

const minutes = 60_000;

describe('An event that Uphance does not confirm', () => {
	test('may be confirmed until five minutes after it was first seen', () => {
		expect(recordDoubt('a')).toBe('wait');
		advanceClock(4 * minutes);
		expect(recordDoubt('a')).toBe('wait');
		advanceClock(6 * minutes);
		expect(recordDoubt('a')).toBe('giveUp');
	});

	test('has its minutes again after it was confirmed or given up', () => {
		recordDoubt('b');
		forgetDoubt('b');
		advanceClock(6 * minutes);
		expect(recordDoubt('b')).toBe('wait');
		advanceClock(12 * minutes);
		expect(recordDoubt('b')).toBe('giveUp');
		expect(recordDoubt('b')).toBe('wait');
	});

	test('is forgotten first if it is the oldest of many, so that forged events fill no memory', () => {
		recordDoubt('oldest');
		for (let index = 0; index < 50_000; index += 1) recordDoubt(`forged ${index}`);
		advanceClock(6 * minutes);
		expect(recordDoubt('oldest')).toBe('wait'); // as if it came for the first time
		expect(recordDoubt('forged 49999')).toBe('giveUp');
	});
});
