import { expect, test } from '@jest/globals';
import { toNumber, toText, orNull } from '../../nodes/Uphance/output/values.ts';

test.each([
	['56.76', 56.76],
	['0.0', 0],
	['-3.5', -3.5],
	[7, 7],
	['', null],
	['  ', null],
	['n/a', null],
	['4,50', null],
	[null, null],
	[undefined, null],
	[true, null],
	[{}, null],
])('the amount %j is %j', (sent, number) => {
	expect(toNumber(sent)).toBe(number);
});

test.each([
	[101, '101'],
	['0101', '0101'],
	[null, null],
	[undefined, null],
])('the document number %j is %j', (sent, text) => {
	expect(toText(sent)).toBe(text);
});

test('returns null only for what is missing', () => {
	expect([orNull(undefined), orNull(null), orNull(''), orNull(0), orNull(false)]).toEqual([null, null, '', 0, false]);
});
