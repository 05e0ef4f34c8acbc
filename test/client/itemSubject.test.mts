import { describe, expect, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import {
	additionalText,
	describeOtherItems,
	failuresHint,
	itemPrefix,
	locatorText,
} from '../../nodes/Uphance/operations/itemSubject.ts';

/** A context that knows these values for the third item; elsewhere a parameter has its default. */
const contextWith = (values: Record<string, unknown>) =>
	({
		getNodeParameter: (name: string, item: number, usual?: unknown) =>
			item === 2 && name in values ? values[name] : usual,
	}) as unknown as IExecuteFunctions;

describe('The beginning of a message', () => {
	const context = contextWith({});
	const named = (reference: string, otherName = '') => ({
		noun: 'order',
		reference: () => reference,
		otherName: () => otherName,
	});
	const first = { item: 0, items: 1 };
	const second = { item: 1, items: 4 };
	const unreadable = () => {
		throw new Error('No');
	};

	test.each([
		[
			'the place and the reference of one of several items',
			named('PO-8802', 'Ann'),
			second,
			'Order 2 of 4 (PO-8802): ',
		],
		['the reference of an only item', named('PO-8802'), first, 'Order (PO-8802): '],
		['another name where there is no reference', named('', 'Ann'), second, 'Order 2 of 4 (Ann): '],
		['no other name of an only item', named('', 'Ann'), first, ''],
		['the place where there is no name', named(''), second, 'Order 2 of 4: '],
		['the place where nothing can be named', { noun: 'item' }, second, 'Item 2 of 4: '],
		['nothing of an only item that cannot be named', { noun: 'item' }, first, ''],
		['no reference that the message has', named('PO-1'), second, 'Order 2 of 4: '],
		['no reference of an only item that the message has', named('PO-1'), first, ''],
		[
			'another name where the reference cannot be read',
			{ ...named('', 'Ann'), reference: unreadable },
			second,
			'Order 2 of 4 (Ann): ',
		],
		['no name that cannot be read', { noun: 'order', otherName: unreadable }, second, 'Order 2 of 4: '],
		['80 characters of a name', named('x'.repeat(80)), first, `Order (${'x'.repeat(80)}): `],
		['the beginning of a longer name', named('x'.repeat(81)), first, `Order (${'x'.repeat(79)}…): `],
	])('tells %s', (_, subject, position, prefix) => {
		expect(itemPrefix(context, subject, position, 'Uphance refused PO-1')).toBe(prefix);
	});

	test('is read of the item that failed', () => {
		const subject = {
			noun: 'order',
			reference: (from: IExecuteFunctions, item: number) => `${from === context} ${item}`,
		};
		expect(itemPrefix(context, subject, { item: 1, items: 3 }, 'No')).toBe('Order 2 of 3 (true 1): ');
	});
});

describe('What happened to the items around the failed one', () => {
	const subject = { noun: 'order', adviceBeforeRerun: 'Look for them first.' };

	test.each<[number, number, number, boolean, string]>([
		[0, 1, 0, true, ''],
		[0, 1, 0, false, ''],
		[0, 2, 0, true, 'The one after it was not run.'],
		[0, 3, 0, true, 'The 2 after it were not run.'],
		[0, 3, 0, false, ''],
		[1, 2, 0, true, 'No order before it succeeded.'],
		[1, 2, 1, true, 'The order before it succeeded. Look for them first.'],
		[1, 2, 1, false, 'The order before it succeeded.'],
		[2, 4, 2, true, 'The 2 orders before it succeeded. The one after it was not run. Look for them first.'],
		[2, 4, 2, false, 'The 2 orders before it succeeded.'],
		[3, 4, 2, false, '2 of the 3 orders before it succeeded.'],
		[2, 5, 0, true, 'No order before it succeeded. The 2 after it were not run.'],
	])('item %i of %i, %i before it done, the rest not run: %s', (item, items, done, stops, text) => {
		expect(describeOtherItems(subject, { item, items }, done, stops)).toBe(text);
	});

	test('has no advice where the subject has none', () => {
		expect(describeOtherItems({ noun: 'order' }, { item: 1, items: 2 }, 1, true)).toBe(
			'The order before it succeeded.',
		);
	});
});

test.each([
	[['No'], 1, '1 of 1 order failed: No'],
	[['No'], 3, '1 of 3 orders failed: No'],
	[['No', 'Never'], 3, "2 of 3 orders failed: No (and 1 more, see 'error')"],
	[['No', 'Never', 'No'], 3, "3 of 3 orders failed: No (and 2 more, see 'error')"],
])('tells below the output of failures %j of %i', (failures, items, hint) => {
	expect(failuresHint('order', failures, items)).toBe(hint);
});

describe('A value of Additional Fields', () => {
	const read = (additionalFields: Record<string, unknown>, item = 2) =>
		additionalText(contextWith({ additionalFields }), item, 'ref');

	test.each<[string, Record<string, unknown>, string]>([
		['a text', { ref: ' PO-1 ' }, 'PO-1'],
		['a number', { ref: 7 }, '7'],
		['from Additional JSON first', { ref: 'PO-1', additionalJson: '{"ref":"PO-2"}' }, 'PO-2'],
		['a number from Additional JSON', { ref: 'PO-1', additionalJson: '{"ref":0}' }, '0'],
		['the field where Additional JSON has none', { ref: 'PO-1', additionalJson: '{"other":"PO-2"}' }, 'PO-1'],
		['the field where Additional JSON has null', { ref: 'PO-1', additionalJson: '{"ref":null}' }, 'PO-1'],
		['empty where it is no single value', { ref: ['PO-1'] }, ''],
		['empty where it is true', { ref: true }, ''],
		['empty where it was not added', {}, ''],
	])('is %s', (_, fields, text) => {
		expect(read(fields)).toBe(text);
	});

	test('is empty where another item has it', () => {
		expect(read({ ref: 'PO-1' }, 1)).toBe('');
	});

	test('cannot be read if Additional JSON is no JSON', () => {
		expect(() => read({ ref: 'PO-1', additionalJson: '{' })).toThrow('Additional JSON');
	});
});

describe('What a resource locator shows', () => {
	const read = (customerId: unknown, noun?: string) => locatorText(contextWith({ customerId }), 2, 'customerId', noun);

	test.each<[string, unknown, string]>([
		['is the name that was chosen from the list', { mode: 'list', value: '7', cachedResultName: 'Harbour' }, 'Harbour'],
		['is the value where the list gave no name', { mode: 'list', value: '7' }, '7'],
		['is the value where the name is empty', { mode: 'list', value: '7', cachedResultName: '' }, '7'],
		['is the value that was typed', { mode: 'id', value: 7, cachedResultName: 'Harbour' }, '7'],
		['is a value without a mode', 'Harbour', 'Harbour'],
		['is a number without a mode', 7, '7'],
		['is empty where the value is', { mode: 'id', value: ' ' }, ''],
		['is empty where the value is no single one', { mode: 'id', value: ['7'] }, ''],
		['is empty where there is none', undefined, ''],
	])('%s', (_, locator, text) => {
		expect(read(locator)).toBe(text);
		expect(read(locator, 'customer')).toBe(text === '' ? '' : `customer ${text}`);
	});
});
