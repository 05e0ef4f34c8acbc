import { describe, expect, test } from '@jest/globals';
import type { SkuBy } from '../../nodes/Uphance/resources/sku/skuFields.ts';
import { parseSkuReferences } from '../../nodes/Uphance/resources/sku/skuReference.ts';
import { lineItemMessages } from '../../nodes/Uphance/resources/order/lineItemFields.ts';
import { quantityMessages } from '../../nodes/Uphance/resources/stockOperation/quantities.ts';
import { failureOf } from '../n8n.mts';

type By = Exclude<SkuBy, 'sku_id'>;
const refusalOf = async (rows: unknown[], by: By, words = lineItemMessages) =>
	await failureOf(Promise.resolve().then(() => parseSkuReferences(rows, by, words)));

const style = { product_identifier: 'AW24-AAM', size: 'M', quantity: 1 };

describe('The SKU of a row', () => {
	test.each<[By, unknown, unknown]>([
		['ean', { ean: ' 5000006409017 ', quantity: 1 }, { ean: '5000006409017' }],
		['ean', { ean: 5000006409017, quantity: '2' }, { ean: '5000006409017' }],
		['sku_number', { sku_number: 'TEE-RED-M', quantity: -1 }, { number: 'TEE-RED-M' }],
		['product_identifier', { ...style, color_name: 'Red' }, { style: 'AW24-AAM', color: 'Red', size: 'M' }],
		['product_identifier', { ...style, color: 'Red' }, { style: 'AW24-AAM', color: 'Red', size: 'M' }],
		[
			'product_identifier',
			{ ...style, color: 'Red', color_name: null },
			{ style: 'AW24-AAM', color: 'Red', size: 'M' },
		],
	])('by %s is read from %j', (by, row, wanted) => {
		expect(parseSkuReferences([row], by, lineItemMessages)).toEqual([{ index: 0, by, ...(wanted as object) }]);
	});

	test.each([0, '0', ' 0.0 ', '', null, undefined, 'many', NaN, true])(
		'is nothing with the quantity %j',
		(quantity) => {
			expect(parseSkuReferences([{ ean: '1', quantity }, { quantity }], 'ean', lineItemMessages)).toEqual([]);
		},
	);

	test('keeps the place of its row', () => {
		const rows = [{ quantity: 0 }, null, 'row', { ean: '1', quantity: 1 }];
		expect(parseSkuReferences(rows, 'ean', lineItemMessages)).toEqual([{ index: 3, by: 'ean', ean: '1' }]);
	});
});

describe('A row without a SKU is refused by its number', () => {
	const good = { ean: '1', sku_number: '1', quantity: 1 };

	test.each<[By, object, string]>([
		['ean', {}, 'EAN'],
		['ean', { ean: ' ' }, 'EAN'],
		['ean', { ean: null }, 'EAN'],
		['sku_number', {}, 'SKU Number'],
	])('by %s, of %j', async (by, cells, label) => {
		const bad = { quantity: 1, ...cells };
		expect((await refusalOf([good, bad], by)).message).toBe(`Line item 2 has no ${label}`);
		expect((await refusalOf([good, bad], by, quantityMessages)).message).toBe(`Row 2 has no '${label}'`);
	});

	test.each([
		[{ ...style, product_identifier: '', color: 'Red' }, 'Product Identifier'],
		[style, 'Color'],
		[{ ...style, size: '', color: 'Red' }, 'Size'],
	])('by style, of %j', async (bad, label) => {
		expect((await refusalOf([bad], 'product_identifier')).message).toBe(`Line item 1 has no ${label}`);
	});

	test('as its expression found nothing', async () => {
		const { message } = await refusalOf([{ ean: undefined, quantity: 1 }], 'ean');
		expect(message).toBe("'EAN' in line item 1 is empty or not a single value");
	});
});
