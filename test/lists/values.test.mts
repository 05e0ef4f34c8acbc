import { describe, expect, test } from '@jest/globals';
import {
	datePart,
	equalsIgnoringCase,
	firstNonBlank,
	formatNumber,
	includesText,
	normalize,
	orNull,
	sum,
	sumOf,
	toArray,
	toJoinKey,
	toNumber,
	toRecords,
	toText,
	withFirst,
} from '../../nodes/Uphance/output/values.ts';

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
	[[7], null],
	['1e999', null],
	[NaN, null],
	[Infinity, null],
])('the amount %j is %j', (sent, number) => {
	expect(toNumber(sent)).toBe(number);
});

test.each([
	[101, '101'],
	['0101', '0101'],
	[null, null],
	['', ''],
	[0, '0'],
	[true, null],
	[{}, null],
	[undefined, null],
])('the document number %j is %j', (sent, text) => {
	expect(toText(sent)).toBe(text);
});

test('returns null only for what is missing', () => {
	expect([orNull(undefined), orNull(null), orNull(''), orNull(0), orNull(false)]).toStrictEqual([
		null,
		null,
		'',
		0,
		false,
	]);
});

test.each([
	['4006381333931', '4006381333931'],
	[' 12 ', ' 12 '],
	[12, '12'],
	[0, '0'],
	['', null],
	['  ', null],
	[null, null],
	[undefined, null],
	[{}, null],
])('the code %j is %j', (sent, key) => {
	expect(toJoinKey(sent)).toBe(key);
});

test('returns the named fields first, without those that the record lacks', () => {
	const record = withFirst({ a: 1, b: 2, c: null, d: 4 }, ['c', 'x', 'b']);
	expect(Object.entries(record)).toStrictEqual([
		['c', null],
		['b', 2],
		['a', 1],
		['d', 4],
	]);
});

test.each([
	[
		[{ a: 1 }, 'text', null, 7, [], { b: 2 }],
		[{ a: 1 }, { b: 2 }],
	],
	[[], []],
	[{ 0: { a: 1 } }, []],
	['text', []],
	[null, []],
	[undefined, []],
])('the objects in %j are %j', (value, records) => {
	expect(toRecords(value)).toStrictEqual(records);
});

test.each([
	[[undefined, null, '', 'b', 'c'], 'b'],
	[['', 0, 1], 0],
	[[null, false], false],
	[[undefined], null],
	[[''], null],
	[[], null],
])('the first of %j that says something is %j', (values, first) => {
	expect(firstNonBlank(values)).toBe(first);
});

describe('a sum', () => {
	test('adds numbers, also from text, and leaves out everything else', () => {
		expect(sum([1, '2.5', null, 'n/a', undefined, '', true])).toBe(3.5);
	});

	test('is 0 for zeros, and null when there is no number', () => {
		expect(sum([0, '0'])).toBe(0);
		expect(sum(['n/a', null])).toBeNull();
		expect(sum([])).toBeNull();
	});

	test('of a field is that over all objects', () => {
		expect(sumOf([{ quantity: 2, price: 100 }, {}, { quantity: '3' }], 'quantity')).toBe(5);
		expect(sumOf([{ price: 100 }], 'quantity')).toBeNull();
	});
});

test.each([
	[7, [7]],
	[0, [0]],
	['', ['']],
	[
		[7, 8],
		[7, 8],
	],
	[[], []],
	[null, []],
	[undefined, []],
])('the values in %j are %j', (value, values) => {
	expect(toArray(value)).toStrictEqual(values);
});

test.each([
	[101, '#101'],
	['A-1', '#A-1'],
	[0, '#0'],
	['', ''],
	[null, ''],
	[{}, ''],
])('the number %j has the label %j', (value, label) => {
	expect(formatNumber(value)).toBe(label);
});

test.each([
	['2026-03-01T12:00:00Z', '2026-03-01'],
	['', ''],
	[20260301, ''],
	[null, ''],
])('the timestamp %j has the label %j', (value, label) => {
	expect(datePart(value)).toBe(label);
});

test.each([
	['Primary Warehouse', 'primary  warehouse', true],
	['a\t\n b', 'A B', true],
	[' a ', 'a', true],
	[7, '7', true],
	[undefined, '', true],
	['ab', 'a b', false],
	['a', 'b', false],
])('%j equals %j ignoring case and white space: %j', (one, other, isEqual) => {
	expect(equalsIgnoringCase(one, other)).toBe(isEqual);
});

test('compares by a form of the text that is readable too', () => {
	expect(normalize('  Primary \n\tWarehouse ')).toBe('primary warehouse');
});

test.each([
	[['Ann', 'Ben'], 'be', true],
	[['ann'], 'NN', true],
	[['Ann', 'Ben'], '', true],
	[['Ann', 'Ben'], ' be ', true],
	[[7, 101], '10', true],
	[['Ann', 'Ben'], 'nb', false],
	[['Ann', undefined, null], 'undefined', false],
	[[], 'a', false],
])('one of %j contains %j: %j', (values, text, isIncluded) => {
	expect(includesText(values, text)).toBe(isIncluded);
});
