import { describe, expect, test } from '@jest/globals';
import { lineItemMessages } from '../../nodes/Uphance/resources/order/lineItemFields.ts';
import { parseSkuRows } from '../../nodes/Uphance/resources/sku/skuReference.ts';
import { quantityMessages } from '../../nodes/Uphance/resources/stockOperation/quantities.ts';
import { failureOf } from '../failure.mts';
import { skuField } from './skuField.mts';

/** What identifies the SKUs of rows, of which those with quantity 0 are left out. */
const skusOf = (list: unknown, isForm = false, messages = lineItemMessages) =>
	parseSkuRows({ list, label: 'Rows', isForm }, messages, ({ quantity }) => (quantity === 0 ? undefined : {})).map(
		({ sku }) => sku,
	);
const refusalOf = async (...parameters: Parameters<typeof skusOf>) =>
	await failureOf(Promise.resolve().then(() => skusOf(...parameters)));

const style = { product_identifier: 'AW24-AAM', size: 'M' };
const styled = { by: 'product_identifier', style: 'AW24-AAM', color: 'Red', size: 'M' };

describe('The SKU of a row', () => {
	test.each<[object, object]>([
		[{ ean: ' 5000006409017 ' }, { by: 'ean', ean: '5000006409017' }],
		[{ ean: 5000006409017 }, { by: 'ean', ean: '5000006409017' }],
		[{ sku_number: 'TEE-RED-M' }, { by: 'sku_number', number: 'TEE-RED-M' }],
		[{ sku_id: '640901' }, { by: 'sku_id', id: 640901 }],
		[{ ...style, color: 'Red' }, styled],
		[{ sku_id: null, ean: ' ', sku_number: '', ...style, color: 'Red' }, styled],
	])('in JSON is read from %j', (row, expected) => {
		expect(skusOf([row])).toEqual([{ index: 0, unused: [], ...expected }]);
	});

	test.each<[object, object]>([
		[{ sku: skuField('list', 640901) }, { by: 'sku_id', id: 640901 }],
		[{ sku: skuField('sku_id', '640901') }, { by: 'sku_id', id: 640901 }],
		[{ sku: skuField('ean', '5000006409017') }, { by: 'ean', ean: '5000006409017' }],
		[{ sku: skuField('sku_number', 'TEE-RED-M') }, { by: 'sku_number', number: 'TEE-RED-M' }],
		[{ sku: skuField('list', ''), ...style, color_name: 'Red' }, styled],
		[{ sku: 640901 }, { by: 'sku_id', id: 640901 }],
	])('in the form is read from %j', (row, expected) => {
		expect(skusOf([row], true)).toEqual([{ index: 0, unused: [], ...expected }]);
	});

	test('is the first of several, which says what does not count', () => {
		const [sku] = skusOf([{ sku_number: 'TEE', product_identifier: 'AW24-AAM', ean: 1, sku_id: '' }]);
		expect(sku).toEqual({ index: 0, by: 'ean', ean: '1', unused: ['sku_number', 'product_identifier'] });
	});

	test('is read together with the other values of its row, whose number counts from 1', () => {
		const rows = { list: [{ ean: '1' }, { ean: '2' }], label: 'Rows', isForm: false };
		expect(parseSkuRows(rows, lineItemMessages, ({ ean }, number) => ({ of: ean, number }))).toEqual([
			{ of: '1', number: 1, sku: { index: 0, by: 'ean', ean: '1', unused: [] } },
			{ of: '2', number: 2, sku: { index: 1, by: 'ean', ean: '2', unused: [] } },
		]);
	});

	test('keeps the place of its row', () => {
		const rows = [{ quantity: 0 }, { quantity: 0, ean: [] }, { ean: '1' }];
		expect(skusOf(rows)).toEqual([{ index: 2, by: 'ean', ean: '1', unused: [] }]);
	});
});

describe('A row without a SKU is refused by its number', () => {
	test.each([{}, { ean: ' ' }, { sku_id: null }, { color: 'Red', size: 'M' }])('of %j', async (bad) => {
		expect((await refusalOf([{ ean: '1' }, bad])).message).toBe('Line item 2 has no SKU');
		expect((await refusalOf([{ ean: '1' }, bad], false, quantityMessages)).message).toBe("Row 2 has no 'SKU'");
	});

	test.each([
		[style, 'Color'],
		[{ ...style, size: '', color: 'Red' }, 'Size'],
	])('of the style in %j', async (bad, label) => {
		expect((await refusalOf([bad])).message).toBe(`Line item 1 has no ${label}`);
	});

	test.each<[object, string]>([
		[{ ean: [] }, "'EAN' in line item 2"],
		[{ ean: '5.01E+12' }, "'EAN' in line item 2"],
		[{ sku_number: '5.01E+12' }, "'SKU Number' in line item 2"],
		[{ ...style, product_identifier: '5.01E+12' }, "'Style' in line item 2"],
		[{ ...style, color: {} }, "'Color' in line item 2"],
		[{ sku_id: 'TEE' }, "'SKU ID' in line item 2"],
		[style, 'Line item 2'],
	])('if it cannot be used (%j)', async (bad, place) => {
		const { message, description } = await refusalOf([{ ean: '1' }, bad]);
		expect(message.startsWith(place)).toBe(true);
		expect(description).not.toBe('');
	});

	test('as its expression found nothing', async () => {
		const { message } = await refusalOf([{ sku: skuField('ean', null) }], true);
		expect(message).toBe("'EAN' in line item 1 is empty or not a single value");
	});

	test.each([null, 'row', [1]])('which is no object but %j', async (row) => {
		const { message, description } = await refusalOf([{ ean: '1' }, row]);
		expect(message).toBe('Line item 2 is not an object');
		expect(description).toContain(lineItemMessages.example);
		expect((await refusalOf([{ ean: '1' }, row], false, quantityMessages)).message).toBe('Row 2 is not an object');
	});
});

test.each([[undefined], [null], ['rows'], [{ ean: '1' }], [7]])(
	'Rows are refused if they are no list but %j',
	async (list) => {
		const { message, description } = await refusalOf(list);
		expect(message).toBe("'Rows' is not a list");
		expect(description).toContain(`[${lineItemMessages.example}]`);
	},
);
