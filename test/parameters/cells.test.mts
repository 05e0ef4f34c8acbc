import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { RowMessages } from '../../nodes/Uphance/parameters/cells.ts';
import {
	isFilled,
	readCell,
	readValue,
	requireCell,
	requireCode,
	requireValue,
} from '../../nodes/Uphance/parameters/cells.ts';
import { failureOf } from '../failure.mts';

const refusalOf = async (read: () => unknown) => await failureOf(Promise.resolve().then(read));

const messages: RowMessages = {
	row: 'line item',
	consequence: 'this order was not created',
	example: '{"ean": "1"}',
	uncheckedIds: '',
	missingValueError: (number, label, advice = 'Fill it in') =>
		new UserError(`Line item ${number} has no ${label}`, { description: advice }),
};

/** A cell of a row, and how each reader of cells reads it. */
const rowOf = (value: unknown): IDataObject => ({ ean: value, size: 'M' }) as IDataObject;
const readers = {
	value: (row: IDataObject) => readValue(row, 'ean', "'EAN' in line item 7"),
	cell: (row: IDataObject) => readCell(row, 'ean', "'EAN' in line item 7"),
	requiredValue: (row: IDataObject) => requireValue(row, 'ean', 'EAN', 7, messages),
	requiredCell: (row: IDataObject) => requireCell(row, 'ean', 'EAN', 7, messages),
	requiredCode: (row: IDataObject) => requireCode(row, 'ean', 'EAN', 7, messages),
};
const required = [readers.requiredValue, readers.requiredCell, readers.requiredCode];

describe('A cell', () => {
	test.each([
		['TEE', 'TEE'],
		[' TEE\n', 'TEE'],
		['\uFEFFTEE', 'TEE'],
		['0', '0'],
	])('with the text %j is %j for every reader', (value, text) => {
		for (const read of Object.values(readers)) expect(read(rowOf(value))).toBe(text);
	});

	test.each([0, 7, -2.5, 5000006409017])('with the number %p is a number as value, and digits as text', (value) => {
		expect(readers.value(rowOf(value))).toBe(value);
		expect(readers.requiredValue(rowOf(value))).toBe(value);
		expect(readers.cell(rowOf(value))).toBe(String(value));
		expect(readers.requiredCell(rowOf(value))).toBe(String(value));
		expect(readers.requiredCode(rowOf(value))).toBe(String(value));
	});

	test.each([1e21, 9007199254740992, NaN])('with the number %p is refused as text: digits got lost', (value) => {
		expect(readers.value(rowOf(value))).toBe(value);
		expect(readers.requiredValue(rowOf(value))).toBe(value);
		for (const read of [readers.cell, readers.requiredCell, readers.requiredCode]) {
			expect(() => read(rowOf(value))).toThrow("'EAN' in line item 7 is");
		}
	});

	test.each<[string, IDataObject]>([
		['is missing', { size: 'M' }],
		['is null', rowOf(null)],
		['is empty', rowOf('')],
		['has white space only', rowOf(' \t')],
		['has nothing that one sees', rowOf('\u200B')],
	])('that %s is blank, and refused where every row needs it', async (_, row) => {
		expect(readers.value(row)).toBe('');
		expect(readers.cell(row)).toBe('');
		for (const read of required) {
			const { message, description } = await refusalOf(() => read(row));
			expect(message).toBe('Line item 7 has no EAN');
			expect(description).toBe('Fill it in');
		}
	});

	test.each([[undefined], [true], [{}], [['TEE']]])(
		'with %j is refused: to read it as blank could change what the row means',
		async (value) => {
			for (const read of Object.values(readers)) {
				const { message, description } = await refusalOf(() => read(rowOf(value)));
				expect(message).toBe("'EAN' in line item 7 is empty or not a single value");
				expect(description).toContain('expression');
			}
		},
	);

	test('with a code has nothing in it that one does not see', () => {
		expect(readers.requiredCode(rowOf('TEE\u00AD-M'))).toBe('TEE-M');
	});

	test('with a code that a spreadsheet shortened is refused', () => {
		expect(() => readers.requiredCode(rowOf('5.01E+12'))).toThrow("'EAN' in line item 7 was shortened");
		expect(readers.requiredCell(rowOf('5.01E+12'))).toBe('5.01E+12');
	});
});

test.each([
	['TEE', true],
	[0, true],
	[7, true],
	['', false],
	[' ', false],
	['\u200B', false],
	[undefined, false],
	[null, false],
	[true, false],
	[['TEE'], false],
	[{}, false],
])('The cell %j is filled: %j', (value, filled) => {
	expect(isFilled(value)).toBe(filled);
});
