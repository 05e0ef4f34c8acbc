import { describe, expect, test } from '@jest/globals';
import { capitalize, cleanText, formatDuration, toComparable } from '../../nodes/Uphance/http/text.ts';
import { durations } from '../durations.mts';

const half = '\uD83D'; // of an emoji

describe('A text that goes out', () => {
	test.each([
		['has no white space around it', ' \n PO 1\u00A0', 'PO 1'],
		['is in the form NFC', 'Cafe\u0301', 'Caf\u00E9'],
		['has no character that is never meant', '\uFEFFPO\u200B 1\u2060', 'PO 1'],
		[
			'keeps its visible and its joining characters',
			'a b-c \u{1F469}\u200D\u{1F467}',
			'a b-c \u{1F469}\u200D\u{1F467}',
		],
		['has U+FFFD in place of half a character', `${half}a${half}`, '\uFFFDa\uFFFD'],
	])('%s', (_, text, sent) => {
		expect(cleanText(text)).toBe(sent);
	});
});

describe('A value that is compared', () => {
	test.each([
		['is without white space around it', ' PO 1 ', 'PO 1'],
		['is in the form NFC', 'Cafe\u0301', 'Caf\u00E9'],
		['is without invisible characters', 'P\u00ADO\u200D 1\u200E', 'PO 1'],
		['has U+FFFD in place of half a character', `a${half}b`, 'a\uFFFDb'],
		['is text if it is a number', 0, '0'],
		['is empty if it is null', null, ''],
		['is empty if it is missing', undefined, ''],
	])('%s', (_, value, compared) => {
		expect(toComparable(value)).toBe(compared);
	});
});

test('A sentence begins with a capital', () => {
	expect(capitalize('the order')).toBe('The order');
	expect(capitalize('')).toBe('');
});

describe('A time in a message', () => {
	test.each(durations)('of %i ms is "%s"', (milliseconds, text) => {
		expect(formatDuration(milliseconds)).toBe(text);
	});
});
