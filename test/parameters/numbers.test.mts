import { describe, expect, test } from '@jest/globals';
import {
	assertExactNumbers,
	assertNotShortened,
	hasThreeDecimals,
	parseAmount,
	parseCount,
	parseDecimal,
	parsePieces,
	parseWholeNumber,
	toExactText,
} from '../../nodes/Uphance/parameters/numbers.ts';
import { parseId } from '../../nodes/Uphance/parameters/parse.ts';
import { failureOf } from '../failure.mts';

const refusalOf = async (read: () => unknown) => await failureOf(Promise.resolve().then(read));

describe('A price or amount', () => {
	test.each(['4.50', '0', '0.00', '1234567.89', '10'])('%j stays unchanged text', (typed) => {
		expect(parseDecimal("'Total Tax'", typed)).toBe(typed);
	});

	test('with a comma is refused with the value to write instead', async () => {
		const { message, description } = await refusalOf(() => parseDecimal("'Shipping Cost'", '4,50'));
		expect(message).toBe("'Shipping Cost' is not a number: '4,50'");
		expect(description).toBe('Use a dot: 4.50.');
	});

	test.each([
		'1.234,50',
		'1,234.50',
		'1 234.50',
		'4.5.0',
		'four',
		'€4.50',
		'1e3',
		'0x10',
		'NaN',
		'Infinity',
		'',
		' ',
		'.',
		'４.５',
		'٤',
		'4.50\n5.00',
	])('%j is refused with the name of the field', async (typed) => {
		const { message, description } = await refusalOf(() => parseDecimal("'Total Tax'", typed));
		expect(message).toBe(`'Total Tax' is not a number: '${typed}'`);
		expect(description).toMatch(/^(Write|Use) .*\d\D*\.$/);
	});
});

describe('A number that JavaScript calculated', () => {
	test.each([
		[4.5, '4.5'],
		[0, '0'],
		[-0, '0'],
		[1.1 * 3, '3.3'],
		[0.00004, '0'],
		[0.00006, '0.0001'],
		[-0.00004, '0'],
		[999999999999999, '999999999999999'],
		[1e15 + 0.125, '1000000000000000.1'],
		[9007199254740991, '9007199254740991'],
	])('%j goes out as %j', (value, text) => {
		expect(parseDecimal("'Unit Price'", value)).toBe(text);
	});

	test.each([NaN, Infinity, -Infinity])('%p is refused, with the expression to correct', async (value) => {
		const { message, description } = await refusalOf(() => parseDecimal("'Unit Price'", value));
		expect(message).toBe(`'Unit Price' is not a number: '${value}'`);
		expect(description).toContain('expression');
	});

	test.each([9007199254740992, 1e21, -9007199254740992])('%p is refused, because digits got lost', (value) => {
		expect(() => parseDecimal("'Unit Price'", value)).toThrow(/'Unit Price' .*too long to be exact/);
	});
});

describe('A number that goes out as text', () => {
	test.each([
		[0, '0'],
		[-5, '-5'],
		[2.5, '2.5'],
		[0.000001, '0.000001'],
		[9007199254740991, '9007199254740991'],
		[-9007199254740991, '-9007199254740991'],
		[123456789.12345678, '123456789.12345678'],
	])('%p keeps its digits', (value, text) => {
		expect(toExactText("'Tracking Number'", value)).toBe(text);
	});

	test.each([9007199254740992, -9007199254740992, 9.4e21, 1e21, 0.0000001, -1.5e-7])(
		'%p is refused, with the way to keep them',
		async (value) => {
			const { message, description } = await refusalOf(() => toExactText("'Tracking Number'", value));
			expect(message).toMatch(/'Tracking Number' .*too long to be exact/);
			expect(description).toContain('text');
		},
	);
});

describe('A number in JSON', () => {
	test.each([[7], [{ a: 1, b: [2, { c: 3.5 }] }], [[]], [{}], ['9007199254740992'], [null], [undefined], [true]])(
		'is taken where it is exact (%j)',
		(value) => {
			expect(() => assertExactNumbers("'Additional JSON'", value)).not.toThrow();
		},
	);

	test.each<[unknown, string]>([
		[1e21, "'Additional JSON'"],
		[{ reference: 1e21 }, "'reference' in 'Additional JSON'"],
		[{ lines: [{ id: 1 }, { id: 1e21 }] }, "'lines.1.id' in 'Additional JSON'"],
		[[0, NaN], "'1' in 'Additional JSON'"],
	])('is refused by its place where it is not: %j', async (value, place) => {
		const { message } = await refusalOf(() => assertExactNumbers("'Additional JSON'", value));
		expect(message.startsWith(`${place} is`)).toBe(true);
	});
});

describe('A code that a spreadsheet shortened is refused', () => {
	test.each(['5.01E+12', '5,01E+12', '5.01e+12', '5E+12', '9.400111899E+21', '5.01E+1', '5E+100'])(
		'%j',
		async (code) => {
			const { message, description } = await refusalOf(() => assertNotShortened("'EAN'", code));
			expect(message).toContain("'EAN'");
			expect(message).toContain(`'${code}'`);
			expect(message).toContain('spreadsheet');
			expect(description).toContain('whole number');
		},
	);

	test.each([
		'5010000000000',
		'TEE-5.01E+12',
		'5.01E+12-RED',
		'50.01E+12',
		'X.01E+12',
		'5.01E12',
		'5.01E-12',
		'5.01E+',
		'5.01E+X',
		'5.01E+1000',
		'5.E+12',
		'5.XE+12',
		'5-01E+12',
		'5-1',
		'',
	])('but not %j', (code) => {
		expect(() => assertNotShortened("'EAN'", code)).not.toThrow();
	});
});

describe('A negative amount is refused as such', () => {
	test.each([
		'-4.50',
		'-4,50',
		'-.5',
		'-,5',
		'- 4.50',
		'\u22124.50',
		'(4.50)',
		'( 4.50 )',
		'(  5',
		'4.50-',
		'4,5-',
		'7-',
	])('%j', (typed) => {
		expect(() => parseDecimal("'Amount'", typed)).toThrow(`'Amount' is negative: '${typed}'`);
	});

	test.each([-4.5, -1])('%p', async (value) => {
		const { message, description } = await refusalOf(() => parseDecimal("'Amount'", value));
		expect(message).toBe(`'Amount' is negative: '${value}'`);
		expect(description).not.toBe('');
	});

	test.each(['-', '--', '-x', '- x', '-x5', '(five)', 'SO-450', 'x4-', 'a-', '4-5', '4.50--', '4 -'])(
		'but not %j',
		(typed) => {
			expect(() => parseDecimal("'Amount'", typed)).toThrow(`'Amount' is not a number: '${typed}'`);
		},
	);
});

describe('A currency has three decimals', () => {
	test.each(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND', 'kwd', ' KWD '])('%j', (currency) => {
		expect(hasThreeDecimals(currency)).toBe(true);
	});

	test.each(['EUR', 'KW', 'KWDX', '', undefined, null, 7, ['KWD']])('but not %j', (currency) => {
		expect(hasThreeDecimals(currency)).toBe(false);
	});
});

describe('Three digits after a dot', () => {
	test.each(['1.250', '12.345', '999.000'])('are refused in the text %j: they may be thousands', async (typed) => {
		for (const currency of [undefined, '', 'EUR']) {
			const { message, description } = await refusalOf(() => parseAmount("'Amount'", typed, currency));
			expect(message).toBe(`'Amount' is ambiguous: '${typed}'`);
			expect(description).toContain(`Write ${typed.replace('.', '')} or `);
		}
	});

	test.each(['KWD', 'tnd'])('are decimals in %s', (currency) => {
		expect(parseAmount("'Amount'", '1.250', currency)).toBe('1.250');
	});

	test('are decimals in a number', () => {
		expect(parseAmount("'Amount'", 1.125)).toBe('1.125');
	});

	test.each(['0.125', '1234.500', '1.2500', '1.25', '125'])('mean one thing only in %j', (typed) => {
		expect(parseAmount("'Amount'", typed)).toBe(typed);
	});
});

describe('A whole number', () => {
	const advice = 'Use whole pieces, such as 3.';

	test.each<[string | number, number]>([
		['3', 3],
		['0', 0],
		['-3', -3],
		['007', 7],
		['3.0', 3],
		['3.00', 3],
		['123456789', 123456789],
		[3, 3],
		[-3, -3],
		[1000, 1000],
		[2.99999999, 3],
	])('is read from %j', (typed, number) => {
		expect(parseWholeNumber('The quantity in row 1', typed, advice)).toBe(number);
	});

	test.each([
		['1.000', '1000 or 1'],
		['-1.000', '-1000 or -1'],
		['12.000', '12000 or 12'],
		['1.005', '1005, without the dot, if that is meant'],
	])('is not guessed from %j', async (typed, numbers) => {
		const { message, description } = await refusalOf(() => parseWholeNumber('The quantity in row 1', typed, advice));
		expect(message).toBe(`The quantity in row 1 is ambiguous: '${typed}'`);
		expect(description).toBe(
			`Write ${numbers}: in many countries a dot separates thousands, and pieces have no decimals.`,
		);
	});

	test.each<string | number>([
		'2.5',
		2.5,
		1.005,
		'3.',
		'3.01',
		'3.05',
		'3.x0',
		'1,000',
		'1,5',
		'x3',
		'3 pcs',
		'--3',
		'+3',
		'-',
		'',
		'1234567890',
		1234567890,
		'1e2',
	])('is refused with advice if it is %j', async (typed) => {
		const { message, description } = await refusalOf(() => parseWholeNumber('The quantity in row 1', typed, advice));
		expect(message).toBe(`The quantity in row 1 is not a whole number: '${typed}'`);
		expect(description).toBe(advice);
	});

	test.each<[string | number, number]>([
		['0', 0],
		[0, 0],
		['12', 12],
	])('of pieces may be %j', (typed, pieces) => {
		expect(parsePieces('The quantity', typed, advice)).toBe(pieces);
	});

	test.each<string | number>(['-1', -1, '-3.0'])('of pieces may not be %j', async (typed) => {
		const { message, description } = await refusalOf(() => parsePieces('The quantity', typed, advice));
		expect(message).toBe(`The quantity is negative: '${Number(typed)}'`);
		expect(description).toBe(advice);
	});
});

test.each([
	['€ 45.00', "Write 45.00, without '€'."],
	['€45', "Write 45, without '€'."],
	['45,00 €', "Write 45.00, without '€' and with a dot before the decimals."],
	['EUR 45.00', "Write 45.00, without 'EUR'."],
	['4.50 GBP', "Write 4.50, without 'GBP'."],
	['US$5', "Write 5, without 'US$'."],
	['10 %', "Write 10, without '%'."],
	['1.234,50', 'Write 1234.50, with nothing between the thousands and with a dot before the decimals.'],
	['1,234.50', 'Write 1234.50, with nothing between the thousands.'],
	['1 234,50', 'Write 1234.50, with nothing between the thousands and with a dot before the decimals.'],
	['1.234.567', 'Write 1234567, with nothing between the thousands.'],
	['€ 1.234,50', "Write 1234.50, without '€', with nothing between the thousands and with a dot before the decimals."],
	['CHF 1’234.50', "Write 1234.50, without 'CHF' and with nothing between the thousands."],
	['1,250', 'Write 1250 or 1.25: a dot or a comma separates thousands in some countries, and decimals in others.'],
	['1,125', 'Write 1125 or 1.1250: a dot or a comma separates thousands in some countries, and decimals in others.'],
	[
		'€ 1.250',
		"Write 1250 or 1.25, without '€': a dot or a comma separates thousands in some countries, and decimals in others.",
	],
	['4,50', 'Use a dot: 4.50.'],
	['0,125', 'Use a dot: 0.125.'],
	['free', 'Use digits, with a dot before the decimals, such as 4.50.'],
	['12.345,50', 'Write 12345.50, with nothing between the thousands and with a dot before the decimals.'],
	['12345.678,50', 'Use digits, with a dot before the decimals, such as 4.50.'],
	['about 45', 'Use digits, with a dot before the decimals, such as 4.50.'],
	['1.234,5,6', 'Use digits, with a dot before the decimals, such as 4.50.'],
])('The amount %j is answered with what to write', async (typed, advice) => {
	const { description } = await refusalOf(() => parseDecimal("'Unit Price'", typed));
	expect(description).toBe(advice);
});

describe('An ID', () => {
	test.each([
		['9005', 9005],
		['1', 1],
		['999999999999999', 999999999999999],
	])('%j is sent as a number', (typed, id) => {
		expect(parseId("'Billing Contact ID'", typed)).toBe(id);
	});

	test.each([
		'abc',
		'9005a',
		'90 05',
		'9005.5',
		'9,005',
		'-9005',
		'+9005',
		'1e3',
		'0x10',
		'',
		' ',
		'#9005',
		'９００５',
	])('%j is refused with the name of the field', async (typed) => {
		const { message, description } = await refusalOf(() => parseId("'Billing Contact ID'", typed));
		expect(message).toContain("'Billing Contact ID'");
		expect(message).toContain(`'${typed}'`);
		expect(description).not.toBe('');
	});

	test('that JavaScript cannot hold is refused rather than changed', async () => {
		const { message } = await refusalOf(() => parseId("'Billing Contact ID'", '9007199254740993'));
		expect(message).toContain('9007199254740993');
	});
});

describe('A count', () => {
	test.each([1, 2_000, '50'])('is read from %j', (typed) => {
		expect(parseCount('Limit', typed, 'Advice.')).toBe(Number(typed));
	});

	test.each([0, -1, 1.5, '', 'all', undefined, Infinity])('%p is refused with the name of the field', async (typed) => {
		const { message, description } = await refusalOf(() => parseCount('Limit', typed, 'Advice.'));
		expect(message).toBe(`'Limit' must be a whole number from 1, not '${String(typed)}'`);
		expect(description).toBe('Advice.');
	});

	test('beyond the highest is refused with the range', async () => {
		expect(parseCount('Watch the Newest', 2_000, 'Advice.', 2_000)).toBe(2_000);
		const { message } = await refusalOf(() => parseCount('Watch the Newest', 2_001, 'Advice.', 2_000));
		expect(message).toBe("'Watch the Newest' must be a whole number from 1 to 2000, not '2001'");
	});
});
