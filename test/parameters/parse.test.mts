import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	additionalJson,
	getBooleanParameter,
	parseBoolean,
	parseCode,
	parseId,
	parseJsonField,
	parseJsonObject,
	parseText,
	toCode,
	toRecordId,
} from '../../nodes/Uphance/parameters/parse.ts';
import { failureOf } from '../failure.mts';

const refusalOf = async (read: () => unknown) => await failureOf(Promise.resolve().then(read));
const locator = (value: unknown) => ({ __rl: true, mode: 'name', value });

describe('A text', () => {
	test.each<[unknown, string]>([
		['AW 24', 'AW 24'],
		[' AW 24\n', 'AW 24'],
		['\uFEFFAW24', 'AW24'],
		['', ''],
		['  ', ''],
		[2024, '2024'],
		[0, '0'],
		[locator(' AW 24 '), 'AW 24'],
		[locator(2024), '2024'],
		[locator(''), ''],
	])('is read from %j as %j', (value, text) => {
		expect(parseText('Season', value)).toBe(text);
	});

	test.each([
		[undefined],
		[null],
		[true],
		[['AW24']],
		[{}],
		[{ value: 'AW24' }],
		[locator(undefined)],
		[locator(null)],
		[locator(['AW24'])],
	])('is not read from %j: to omit it could change the request', async (value) => {
		const { message, description } = await refusalOf(() => parseText('Season', value));
		expect(message).toBe("'Season' is empty or not a single value");
		expect(description).toContain('expression');
	});

	test.each([NaN, 1e21])('is not read from the number %p', (value) => {
		expect(() => parseText('Season', value)).toThrow("'Season' is");
	});
});

describe('A code', () => {
	test.each<[unknown, string]>([
		[' 5000006409017 ', '5000006409017'],
		[5000006409017, '5000006409017'],
		['PO\u00AD-\u200E7', 'PO-7'],
		[locator('PO-7'), 'PO-7'],
		['', ''],
	])('is read from %j as %j, without what nobody sees', (value, code) => {
		expect(parseCode('EAN', value)).toBe(code);
	});

	test.each([null, ['PO-7'], '5.01E+12', '5.01\u00ADE+12'])('is not read from %j', (value) => {
		expect(() => parseCode('EAN', value)).toThrow(/^'EAN' /);
	});

	test('of a row is refused by the name of its cell', () => {
		expect(() => toCode("'EAN' in row 7", '5.01E+12')).toThrow("'EAN' in row 7 was shortened");
	});
});

describe('The ID of a record', () => {
	test.each<[unknown, number]>([
		['9005', 9005],
		[9005, 9005],
		['7', 7],
		['999999999999999', 999999999999999],
	])('is read from %j', (value, id) => {
		expect(toRecordId(value)).toBe(id);
	});

	test.each([
		'',
		'0',
		'09005',
		'-1',
		'9005.0',
		'9e3',
		' 9005',
		'9005 ',
		'9005a',
		'a9005',
		'1000000000000000',
		undefined,
		null,
		{},
		NaN,
		1.5,
	])('is not %j', (value) => {
		expect(toRecordId(value)).toBeUndefined();
	});

	test('is refused with the advice of its field', async () => {
		const { message, description } = await refusalOf(() => parseId("'SKU ID' in row 2", 'TEE', 'Use the SKU Number.'));
		expect(message).toBe("'SKU ID' in row 2 is not a number: 'TEE'");
		expect(description).toBe('Use the SKU Number.');
	});

	test('is refused as shortened if a spreadsheet did that', () => {
		expect(() => parseId("'SKU ID'", '5.01E+12')).toThrow("'SKU ID' was shortened");
	});
});

describe('An option that is a switch', () => {
	const option = (usual: boolean): INodeProperties => ({
		displayName: 'Return Existing Order',
		name: 'returnExisting',
		type: 'boolean',
		default: usual,
	});

	test.each([true, false])('returns false when the option was not added, whatever its default (%j)', (usual) => {
		expect(parseBoolean(option(usual), {})).toBe(false);
		expect(parseBoolean(option(usual), { other: true })).toBe(false);
	});

	test.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		[' TRUE ', true],
		['False\n', false],
	])('%j means %j, whatever the default', (value, on) => {
		expect(parseBoolean(option(true), { returnExisting: value })).toBe(on);
		expect(parseBoolean(option(false), { returnExisting: value })).toBe(on);
	});

	test.each([undefined, null, '', 'yes', 'on', '1', 1, 0, {}, [], ['no']])(
		'refuses %j with the name of the option: guessing could create orders twice',
		async (value) => {
			const read = async () => parseBoolean(option(false), { returnExisting: value } as never);
			const { message, description } = await failureOf(read());
			expect(message).toContain("'Return Existing Order'");
			expect(description).not.toBe('');
		},
	);
});

describe('A switch of the node', () => {
	const field: INodeProperties = { displayName: 'Return All', name: 'returnAll', type: 'boolean', default: true };
	/** A context that knows the value of the switch for the third item; elsewhere it has its default. */
	const contextWith = (value: unknown) =>
		({
			getNodeParameter: (name: string, item: number, usual: unknown) =>
				name === field.name && item === 2 ? value : usual,
		}) as unknown as IExecuteFunctions;

	test.each([
		[true, true],
		[false, false],
		['false', false],
	])('that is %j for the item is %j', (value, on) => {
		expect(getBooleanParameter(contextWith(value), field, 2)).toBe(on);
	});

	test('that has no value has its default', () => {
		expect(getBooleanParameter(contextWith(false), field, 0)).toBe(true);
	});

	test('is refused if it is neither', async () => {
		const { message, description } = await refusalOf(() => getBooleanParameter(contextWith('maybe'), field, 2));
		expect(message).toBe("'Return All' is neither true nor false: 'maybe'");
		expect(description).not.toBe('');
	});
});

describe('JSON', () => {
	test.each<[unknown, unknown]>([
		['{"a": [1, null]}', { a: [1, null] }],
		[' [1]\n', [1]],
		['\uFEFF[1]', [1]],
		['null', null],
		['7', 7],
		[{ a: 1 }, { a: 1 }],
		[[1], [1]],
		[undefined, undefined],
		[null, null],
		[7, 7],
	])('of %j is %j', (value, parsed) => {
		expect(parseJsonField('Line Items JSON', value)).toStrictEqual(parsed);
	});

	test.each(['', '{', '{a: 1}', "{'a': 1}", '[1,]'])('is refused with the place of the mistake in %j', async (text) => {
		const { message, description } = await refusalOf(() => parseJsonField('Line Items JSON', text));
		expect(message).toBe("'Line Items JSON' is not JSON");
		let mistake = '';
		try {
			JSON.parse(text);
		} catch (error) {
			mistake = (error as Error).message;
		}
		expect(description.startsWith(`${mistake}. `)).toBe(true);
		expect(description).toContain('double quotes');
	});
});

describe('A JSON object', () => {
	const field: INodeProperties = {
		displayName: 'Additional JSON',
		name: 'additionalJson',
		type: 'json',
		default: '{}',
	};
	const read = (value: unknown) => parseJsonObject(field, { additionalJson: value } as never);

	test.each<[unknown, object]>([
		['{"new_field": 7}', { new_field: 7 }],
		[{ new_field: 7 }, { new_field: 7 }],
		['', {}],
		[' \n', {}],
		['{}', {}],
	])('is read from %j', (value, object) => {
		expect(read(value)).toStrictEqual(object);
	});

	test('is empty as its field begins', () => {
		expect(additionalJson.type).toBe('json');
		expect(read(additionalJson.default)).toStrictEqual({});
	});

	test('is empty if the field was not added', () => {
		expect(parseJsonObject(additionalJson, {})).toStrictEqual({});
		expect(parseJsonObject(additionalJson, { other: '[' })).toStrictEqual({});
	});

	test.each([['[]'], ['7'], ['null'], ['"text"'], [[{}]], [undefined], [null], [true], [7]])(
		'is not %j',
		async (value) => {
			const { message, description } = await refusalOf(() => read(value));
			expect(message).toBe("'Additional JSON' is not a JSON object");
			expect(description).toContain('braces');
		},
	);

	test('is refused if text is no JSON at all', () => {
		expect(() => read('new_field: 7')).toThrow("'Additional JSON' is not JSON");
	});

	test('is refused if one of its numbers is not exact', () => {
		expect(() => read('{"a": {"b": 9007199254740993}}')).toThrow("'a.b' in 'Additional JSON'");
		expect(() => read({ a: 1e21 })).toThrow("'a' in 'Additional JSON'");
	});
});
