import { describe, expect, test } from '@jest/globals';
import {
	parseQuantityRows,
	quantityMessages,
	quantityRows,
	signNotice,
	toLineQuantities,
} from '../../nodes/Uphance/resources/stockOperation/quantities.ts';
import { failureOf } from '../failure.mts';

const read = (...list: unknown[]) => parseQuantityRows({ list, label: 'Quantities', isForm: false });
const refusalOf = async (run: () => unknown) => await failureOf(Promise.resolve().then(run));

describe('A row of a stock operation', () => {
	test.each([
		[3, 3],
		['3', 3],
		[-3, -3],
		['-3', -3],
		['3.0', 3],
	])('with the quantity %j moves %j', (quantity, pieces) => {
		expect(read({ ean: '1', quantity })).toEqual([
			{ quantity: pieces, sku: { index: 0, by: 'ean', ean: '1', unused: [] } },
		]);
	});

	test.each([0, '0', '0.0'])('with the quantity %j is left out, and needs no SKU', (quantity) => {
		expect(read({ quantity }, { ean: '1', quantity: 1 })).toEqual([
			{ quantity: 1, sku: { index: 1, by: 'ean', ean: '1', unused: [] } },
		]);
	});

	test.each(['', ' ', null, undefined])('without a quantity (%j) is refused by its number', async (quantity) => {
		const row = quantity === undefined ? { ean: '1' } : { ean: '1', quantity };
		const { message, description } = await refusalOf(() => read({ ean: '1', quantity: 1 }, row));
		expect(message).toBe("Row 2 has no 'Quantity'");
		expect(description).toMatch(/^Fill it in, or remove the row\./);
	});

	test.each([2.5, '2,5', '1.000', 'two', 1e10])('with the quantity %j is refused by its number', async (quantity) => {
		const { message, description } = await refusalOf(() => read({ ean: '1', quantity: 1 }, { ean: '1', quantity }));
		expect(message.startsWith('The quantity in row 2 is')).toBe(true);
		expect(description).not.toBe('');
	});

	test('with an expression that found no quantity is refused by its number', () => {
		expect(() => read({ ean: '1', quantity: {} })).toThrow("'Quantity' in row 1 is empty");
	});

	test('whose quantity has another name is refused by its number', async () => {
		const { message } = await refusalOf(() => read({ ean: '1', quantity: 1 }, { ean: '1', qty: 3 }));
		expect(message).toContain('row 2');
		expect(message).toContain('"quantity"');
	});

	test('can be refused with other advice', async () => {
		const { message, description } = await refusalOf(() => {
			throw quantityMessages.missingValueError(3, 'SKU', 'Choose one');
		});
		expect(message).toBe("Row 3 has no 'SKU'");
		expect(description).toMatch(/^Choose one, or remove the row\./);
	});
});

describe('A stock operation', () => {
	const quantities = (...pairs: Array<[sku_id: number, quantity: number]>) =>
		toLineQuantities(
			pairs.map(([, quantity], index) => ({ quantity, sku: { index, by: 'ean', ean: '1', unused: [] } })),
			pairs.map(([sku_id]) => ({ sku_id })),
		);

	test('has one line per SKU, with the sum of its rows, in their order', () => {
		expect(quantities([7, 3], [5, -1], [7, 4], [5, -2])).toEqual([
			{ sku_id: 7, quantity: 7 },
			{ sku_id: 5, quantity: -3 },
		]);
	});

	test('leaves out a SKU whose rows make up 0', () => {
		expect(quantities([7, 3], [5, 1], [7, -3])).toEqual([{ sku_id: 5, quantity: 1 }]);
	});

	test.each<[string, Array<[number, number]>]>([
		['has no rows', []],
		[
			'makes up 0',
			[
				[7, 3],
				[7, -3],
			],
		],
	])('that %s is refused', async (_, pairs) => {
		const { message, description } = await refusalOf(() => quantities(...pairs));
		expect(message).toBe('The stock operation moves nothing');
		expect(description).toContain('other than 0');
	});
});

test('The form has a column for each part of a SKU, and the quantity', () => {
	expect(quantityRows.row.columns.map(({ name, type }) => [name, type])).toEqual([
		['sku', 'resourceLocator'],
		['product_identifier', 'string'],
		['color_name', 'string'],
		['size', 'string'],
		['quantity', 'number'],
	]);
	expect(quantityRows.jsonDescription).toContain(quantityMessages.example);
});

test('A notice says that nobody knows which sign adds stock', () => {
	expect(signNotice).toMatchObject({ type: 'notice', displayName: expect.stringContaining('not documented') });
});
