import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { RowsParameter } from '../../nodes/Uphance/parameters/rows.ts';
import { readRows, rowsProperties } from '../../nodes/Uphance/parameters/rows.ts';

const parameter: RowsParameter = {
	name: 'lineItems',
	label: 'Line Items',
	row: {
		name: 'lineItem',
		label: 'Line Item',
		columns: [{ displayName: 'Quantity', name: 'quantity', type: 'number', default: 1 }],
	},
	description: 'One row per SKU',
	jsonDescription: 'A list of rows',
};

/** Reads the rows of the third item. Other items have none of the values, and so have their defaults. */
const read = (values: Record<string, unknown>) => {
	const context = {
		getNodeParameter: (name: string, item: number, usual: unknown) =>
			item === 2 && name in values ? values[name] : usual,
	} as unknown as IExecuteFunctions;
	return readRows(context, 2, parameter);
};
const fromJson = (lineItemsJson: unknown) => read({ lineItemsSource: 'json', lineItemsJson });
const fromForm = (list: unknown) =>
	read({ lineItemsSource: 'fields', 'lineItems.lineItem': list, lineItemsJson: '[7]' });

describe('Rows in JSON', () => {
	test.each([
		['[{"ean": "1", "quantity": null}]', [{ ean: '1', quantity: null }]],
		[[{ ean: '1', quantity: null }], [{ ean: '1', quantity: null }]],
		['[]', []],
		['[7, null, "row", [{"ean": "1"}]]', [7, null, 'row', [{ ean: '1' }]]],
		['{"ean": "1"}', { ean: '1' }],
		[{ ean: '1' }, { ean: '1' }],
		[undefined, undefined],
		['null', null],
	])('of %j are %j, with the name of the field', (value, list) => {
		expect(fromJson(value)).toStrictEqual({ list, label: 'Line Items JSON', isForm: false });
	});

	test('are refused with the name of the field if they are no JSON', () => {
		expect(() => fromJson('ean: 1')).toThrow("'Line Items JSON' is not JSON");
	});

	test('have columns without what nobody sees, as a CSV file has it before the first', () => {
		const { list } = fromJson([{ '\uFEFFean': '1', 'quan\u00ADtity': 2, unit_price: '4.50' }, { ean: '2' }]);
		expect(list).toMatchObject([{ ean: '1', quantity: 2, unit_price: '4.50' }, { ean: '2' }]);
	});

	test('keep the column whose name is written right', () => {
		expect(fromJson([{ ean: 'right', '\uFEFFean': 'other' }]).list).toMatchObject([{ ean: 'right' }]);
		expect(fromJson([{ '\uFEFFean': 'other', ean: 'right' }]).list).toMatchObject([{ ean: 'right' }]);
	});

	test('stay as they were for the other nodes', () => {
		const row = Object.freeze({ '\uFEFFean': '1' });
		fromJson([row]);
		expect(row).toStrictEqual({ '\uFEFFean': '1' });
	});
});

describe('Rows of the form', () => {
	test.each([
		[[{ quantity: 2 }], [{ quantity: 2 }]],
		[[{ quantity: 0, unit_price: '' }], [{ quantity: 0, unit_price: '' }]],
		[[], []],
		[
			[7, null],
			[7, null],
		],
		[{ quantity: 2 }, { quantity: 2 }],
		['[]', '[]'],
		[null, null],
	])('of %j are %j, with the name of the form', (value, list) => {
		expect(fromForm(value)).toStrictEqual({ list, label: 'Line Items', isForm: true });
	});

	test('are none if nobody added one', () => {
		expect(read({ lineItemsSource: 'fields' })).toStrictEqual({ list: [], label: 'Line Items', isForm: true });
	});

	test('have undefined where an expression found nothing, so that it is not taken for an empty cell', () => {
		expect(fromForm([{ quantity: null, unit_price: undefined, ean: '1' }]).list).toStrictEqual([
			{ quantity: undefined, unit_price: undefined, ean: '1' },
		]);
	});
});

describe('The fields of rows', () => {
	const fields = rowsProperties(parameter);

	test('are the source, the form and the JSON, of which the source shows one', () => {
		expect(fields.map(({ name, type, displayOptions }) => ({ name, type, displayOptions }))).toStrictEqual([
			{ name: 'lineItemsSource', type: 'options', displayOptions: undefined },
			{ name: 'lineItems', type: 'fixedCollection', displayOptions: { show: { lineItemsSource: ['fields'] } } },
			{ name: 'lineItemsJson', type: 'json', displayOptions: { show: { lineItemsSource: ['json'] } } },
		]);
	});

	test('begin as an empty form', () => {
		expect(fields.map((field) => field.default)).toStrictEqual(['fields', {}, '[]']);
		expect(fields[0]?.options?.map((option) => 'value' in option && option.value)).toStrictEqual(['fields', 'json']);
	});

	test('are called like the rows', () => {
		expect(fields.map(({ displayName }) => displayName)).toStrictEqual([
			'Line Items From',
			'Line Items',
			'Line Items JSON',
		]);
		expect(fields.map(({ description }) => description)).toStrictEqual([
			'Where the line items come from',
			'One row per SKU',
			'A list of rows',
		]);
	});

	test('take several rows, which can be moved, with the columns of a row', () => {
		const [, form] = fields;
		expect(form?.typeOptions).toStrictEqual({ multipleValues: true, sortable: true });
		expect(form?.placeholder).toBe('Add line item');
		expect(form?.options).toStrictEqual([
			{ name: 'lineItem', displayName: 'Line Item', values: parameter.row.columns },
		]);
	});
});
