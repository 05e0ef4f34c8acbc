import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { assertNoOtherName } from '../../nodes/Uphance/parameters/columnNames.ts';
import { failureOf } from '../failure.mts';

const check = (name: 'quantity' | 'unit_price', row: IDataObject) => assertNoOtherName(row, name, 'line item 7');
const refusalOf = async (name: 'quantity' | 'unit_price', row: IDataObject) =>
	await failureOf(Promise.resolve().then(() => check(name, row)));

describe('A column that is meant, but called otherwise, is refused with the right name', () => {
	test.each([
		'qty',
		'QTY',
		' Qty.',
		'Quantity',
		'quantiy',
		'order qty',
		'ordered_quantity',
		'orderQuantity',
		'pieces',
		'pcs',
		'units',
		'\uFEFFqty',
	])('quantity: %j', async (column) => {
		const { message, description } = await refusalOf('quantity', { ean: '1', [column]: 3 });
		expect(message).toMatch(/^".+" in line item 7 must be called "quantity"$/);
		expect(message.toLowerCase()).toContain(column.replace('\uFEFF', '').trim().toLowerCase());
		expect(description).toMatch(/^Rename the column\. Nothing was sent/);
	});

	test.each([
		'price',
		'Unit Price',
		'unitPrice',
		'unti_price',
		'unit price (EUR)',
		'item_price',
		'price_each',
		'price per unit',
		'price ex VAT',
		'sale_price',
		'selling price',
		'wholesale_price',
		'net_price',
		'price_eur',
		'WSP',
		'rate',
	])('unit_price: %j', async (column) => {
		const { message, description } = await refusalOf('unit_price', { ean: '1', [column]: '4.50' });
		expect(message).toBe(`"${column}" in line item 7 must be called "unit_price"`);
		expect(description).toContain('To let Uphance set the price');
	});
});

describe('A column is not refused', () => {
	test.each<['quantity' | 'unit_price', IDataObject]>([
		['quantity', { quantity: 3, qty: 4 }],
		['quantity', { quantity: null, qty: 4 }],
		['unit_price', { unit_price: '', price: 4 }],
	])('if the one with the right name is there too (%s in %j)', (name, row) => {
		expect(() => check(name, row)).not.toThrow();
	});

	test.each([
		'retail_price',
		'price_rrp',
		'price_old',
		'compare at price',
		'rrp',
		'cost_price',
		'total_price',
		'line price',
		'price_list',
		'discount',
		'qty',
		'ean',
	])('as a price if it means something else (%j)', (column) => {
		expect(() => check('unit_price', { [column]: 4 })).not.toThrow();
	});

	test.each([
		'quantity_shipped',
		'shipped quantity',
		'max_qty',
		'q',
		'qx',
		'qxyz',
		'unit',
		'pieces per box',
		'price',
		'ean',
	])('as a quantity if it means something else (%j)', (column) => {
		expect(() => check('quantity', { [column]: 4 })).not.toThrow();
	});

	test.each([null, undefined, '', ' ', {}])('if it has no value (%j)', (value) => {
		expect(() => check('quantity', { ean: '1', qty: value } as IDataObject)).not.toThrow();
	});
});
