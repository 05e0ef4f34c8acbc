import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OutputConfig } from '../../nodes/Uphance/output/output.ts';
import { addFields, includeFields, outputParameters, parseIncludeFields } from '../../nodes/Uphance/output/output.ts';
import type { RowMode, RowModes } from '../../nodes/Uphance/output/rows.ts';
import { itemPerField, parseRowMode, showForWholeRecord } from '../../nodes/Uphance/output/rows.ts';
import { toRecords } from '../../nodes/Uphance/output/values.ts';
import { clientOf } from '../clientInMemory.mts';

const recordType = {
	path: '/sales_orders',
	listKey: 'sales_orders',
	singularKey: 'sales_order',
	singular: 'sales order',
	plural: 'sales orders',
};

/** Rows of the lines that a record has under a name. */
const rowMode = (name: string): RowMode => ({
	name,
	singular: name.toLowerCase(),
	plural: `${name.toLowerCase()}s`,
	description: (singular) => `${name} of the ${singular}`,
	rows: (record) => toRecords(record[name]).map((line) => ({ json: { of: record.id }, sources: [line, record] })),
});
const line = rowMode('Line');
const sku = rowMode('SKU');
const lookUp: INodeProperties = { displayName: 'Look Up Names', name: 'lookUp', type: 'boolean', default: true };
const lookup: NonNullable<RowModes['lookup']> = {
	option: lookUp,
	fillIn: async (client, rows) => rows.forEach((row) => (row.name = client.organisation.name)),
	hint: (rows, plural) => (rows.length > 0 ? `${rows.length} rows of ${plural} lack it` : undefined),
};
const simplify = ({ id, total }: IDataObject): IDataObject => ({ id, total: total ?? null });
const record = {
	id: 1,
	total: '5',
	notes: 'x',
	Line: [{ color: 'red' }, { notes: 'of the line' }],
	SKU: [{ size: 'S' }],
};

/** What the third item selects. Other items have none of the values. */
function select(
	config: OutputConfig,
	values: Record<string, unknown> = {},
	isSimplified = true,
	hints: unknown[] = [],
) {
	const context = {
		addExecutionHints: (hint: unknown) => void hints.push(hint),
		getNodeParameter: (name: string, item: number, usual: unknown) =>
			item === 2 && name in values ? values[name] : usual,
	} as unknown as IExecuteFunctions;
	return outputParameters(recordType, config, isSimplified).select(context, 2);
}

const itemsOf = (config: OutputConfig, values?: Record<string, unknown>, isSimplified?: boolean) =>
	select(config, values, isSimplified).toItems?.(record);

const both: OutputConfig = { simplify, itemPer: { line, sku, lookup } };

describe('The output', () => {
	test('is a simplified record, by default', () => {
		expect(itemsOf(both)).toEqual([{ id: 1, total: '5' }]);
		expect(itemsOf({ simplify }, {}, false)).toBeUndefined();
	});

	test('is a simplified record if the switch is on, and otherwise the record as it is', () => {
		expect(itemsOf({ simplify }, { simplify: true }, false)).toEqual([{ id: 1, total: '5' }]);
		expect(itemsOf({ simplify }, { simplify: false })).toBeUndefined();
		expect(() => itemsOf({ simplify }, { simplify: 'maybe' })).toThrow("'Simplify' is neither true nor false");
	});

	test('is the record as it is where it has few fields', () => {
		expect(itemsOf({}, { simplify: true, itemPer: 'line', options: { includeFields: 'notes' } })).toBeUndefined();
		expect(itemsOf({ itemPer: { sku } }, { simplify: true })).toBeUndefined();
	});

	test.each([true, false])('is one item per row, whatever Simplify says (%j)', (isOn) => {
		expect(itemsOf(both, { itemPer: 'line', simplify: isOn })).toEqual([{ of: 1 }, { of: 1 }]);
		expect(itemsOf(both, { itemPer: 'sku', simplify: isOn })).toEqual([{ of: 1 }]);
	});

	test('names the way in which records are split, if they are', () => {
		expect(select(both, { itemPer: 'line' }).rowMode).toBe(line);
		expect(select(both, { itemPer: 'record' }).rowMode).toBeUndefined();
		expect(select({ simplify }, { itemPer: 'line' }).rowMode).toBeUndefined();
	});

	test('also has the fields that the user names, from the innermost that has them', () => {
		const options = { includeFields: ' notes, ,missing,of' };
		expect(itemsOf(both, { options })).toEqual([{ id: 1, total: '5', notes: 'x', missing: null, of: null }]);
		expect(itemsOf(both, { itemPer: 'line', options })).toEqual([
			{ of: 1, notes: 'x', missing: null },
			{ of: 1, notes: 'of the line', missing: null },
		]);
	});

	test('does not read the names for whole records', () => {
		expect(itemsOf(both, { simplify: false, options: { includeFields: {} } })).toBeUndefined();
		expect(() => itemsOf(both, { options: { includeFields: {} } })).toThrow("'Also Return'");
	});
});

describe('What can be looked up', () => {
	/** What becomes of some items, and what the user is told. */
	const completed = async (
		config: OutputConfig,
		values: Record<string, unknown>,
		items: IDataObject[] = [{ of: 1 }],
	) => {
		const hints: unknown[] = [];
		const keys: string[] = [];
		const client = clientOf(() => undefined, {
			cachedForExecution: async (key, read) => {
				keys.push(key);
				return await read();
			},
		});
		await select(config, values, true, hints).complete(client, items);
		return { items, hints, keys };
	};
	const isOn = { lookUp: true };
	const isOff = { lookUp: false };

	test('is filled in for rows of SKUs when the user wants it', async () => {
		expect(await completed(both, { itemPer: 'sku', options: isOn })).toEqual({
			items: [{ of: 1, name: 'Uphance Demo' }],
			hints: [],
			keys: [],
		});
	});

	test('is told in a hint, once per execution, to who did not add the switch', async () => {
		const message = '1 rows of sales orders lack it';
		expect(await completed(both, { itemPer: 'sku' })).toEqual({
			items: [{ of: 1 }],
			hints: [{ message, location: 'outputPane' }],
			keys: [message],
		});
	});

	test.each<[string, OutputConfig, Record<string, unknown>]>([
		['the switch is off', both, { itemPer: 'sku', options: isOff }],
		['the rows are lines', both, { itemPer: 'line', options: isOn }],
		['the rows are lines and the switch was not added', both, { itemPer: 'line' }],
		['records are whole', both, { itemPer: 'record', options: isOn }],
		['records are whole and the switch was not added', both, { itemPer: 'record' }],
		['there is nothing to look up', { itemPer: { line, sku } }, { itemPer: 'sku' }],
		['there are no rows', { simplify }, { options: isOn }],
	])('is neither looked up nor told when %s', async (_, config, values) => {
		expect(await completed(config, values)).toEqual({ items: [{ of: 1 }], hints: [], keys: [] });
	});

	test('is not told when the rows lack nothing', async () => {
		expect(await completed(both, { itemPer: 'sku' }, [])).toEqual({ items: [], hints: [], keys: [] });
	});

	test('is refused when the switch is neither on nor off, but only for rows of SKUs', () => {
		const options = { lookUp: 'maybe' };
		expect(() => select(both, { itemPer: 'sku', options })).toThrow("'Look Up Names'");
		expect(select(both, { itemPer: 'line', options }).rowMode).toBe(line);
	});
});

describe('The fields', () => {
	const names = (config: OutputConfig) => {
		const { fields, options } = outputParameters(recordType, config, true);
		return [fields.map(({ name }) => name), options.map(({ name }) => name)];
	};

	test.each<[string, OutputConfig, string[][]]>([
		[
			'simplified records and rows with a look-up',
			both,
			[
				['itemPer', 'simplify'],
				['includeFields', 'lookUp'],
			],
		],
		['rows', { itemPer: { line, sku } }, [['itemPer'], ['includeFields']]],
		['simplified records', { simplify }, [['simplify'], ['includeFields']]],
		['neither', {}, [[], []]],
	])('for %s', (_, config, expected) => expect(names(config)).toStrictEqual(expected));

	test('have Simplify as it is by default, and only for whole records where there are rows', () => {
		const [, withRows] = outputParameters(recordType, both, false).fields;
		expect(withRows).toMatchObject({ name: 'simplify', default: false });
		expect(withRows?.displayOptions).toEqual({ show: { itemPer: ['record'] } });
		const [alone] = outputParameters(recordType, { simplify }, true).fields;
		expect(alone).toMatchObject({ name: 'simplify', default: true });
		expect(alone).not.toHaveProperty('displayOptions');
	});

	test('have the description that another operation gives the rows', () => {
		const [field] = outputParameters(recordType, both, true, { description: 'Another' }).fields;
		expect(field).toMatchObject({ name: 'itemPer', default: 'record', description: 'Another' });
	});
});

describe('The menu of rows', () => {
	test('has the record by its name, its lines and their SKUs', () => {
		expect(itemPerField(recordType, { line, sku })).toEqual({
			displayName: 'Return One Item Per',
			name: 'itemPer',
			type: 'options',
			default: 'record',
			options: [
				{ name: 'Sales Order', value: 'record' },
				{ name: 'Line', value: 'line', description: 'Line of the sales order' },
				{ name: 'SKU', value: 'sku', description: 'SKU of the sales order' },
			],
		});
	});

	test('has no lines where there are none', () => {
		const { options = [] } = itemPerField({ singular: 'box' }, { sku });
		expect(options.map(({ name }) => name)).toEqual(['Box', 'SKU']);
	});

	test('hides a field that rows do not heed', () => {
		expect(showForWholeRecord(lookUp)).toEqual({ ...lookUp, displayOptions: { show: { itemPer: ['record'] } } });
	});

	test('selects what its values say', () => {
		expect(parseRowMode({ line, sku }, 'record')).toBeUndefined();
		expect(parseRowMode({ line, sku }, 'line')).toBe(line);
		expect(parseRowMode({ line, sku }, 'sku')).toBe(sku);
		expect(parseRowMode({ sku }, 'sku')).toBe(sku);
	});

	test.each<[RowModes, unknown, string]>([
		[{ line, sku }, 'SKU', 'record, line, sku'],
		[{ line, sku }, undefined, 'record, line, sku'],
		[{ sku }, 'line', 'record, sku'],
	])('refuses what an expression returns and it does not have', (modes, value, values) => {
		expect(() => parseRowMode(modes, value)).toThrow(
			expect.objectContaining({
				message: `'Return One Item Per' must be one of ${values}, not '${String(value)}'`,
				description: 'Choose from the list, or correct the expression.',
			}),
		);
	});
});

describe('Also Return', () => {
	test.each([
		[{}, []],
		[{ includeFields: '' }, []],
		[{ includeFields: ' , ' }, []],
		[{ includeFields: ' a ,b,, c d ' }, ['a', 'b', 'c d']],
		[{ includeFields: 7 }, ['7']],
	])('of %j names %j', (options, names) => expect(parseIncludeFields(options)).toStrictEqual(names));

	test.each([[undefined], [null], [['a']]])('is refused when its expression returns %j', (value) => {
		expect(() => parseIncludeFields({ [includeFields.name]: value })).toThrow("'Also Return'");
	});

	test('returns the item itself when nothing is named', () => {
		const json = { id: 1 };
		expect(addFields([], { json, sources: [] })).toBe(json);
	});

	test('adds what the first source has, also null, and keeps what the item has', () => {
		const sources: IDataObject[] = [
			{ a: null, id: 2 },
			{ a: 1, b: 2, constructor: 3 },
		];
		expect(addFields(['a', 'b', 'c', 'id', 'constructor', 'valueOf'], { json: { id: 1 }, sources })).toStrictEqual({
			id: 1,
			a: null,
			b: 2,
			c: null,
			constructor: 3,
			valueOf: null,
		});
	});
});
