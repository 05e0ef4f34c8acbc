import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../nodes/Uphance/parameters/numbers.ts';
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
