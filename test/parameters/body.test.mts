import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import type { BodyField } from '../../nodes/Uphance/parameters/body.ts';
import { buildBody, toProperties } from '../../nodes/Uphance/parameters/body.ts';
import { collection } from '../../nodes/Uphance/parameters/fields.ts';
import { failureOf } from '../failure.mts';

const field = (displayName: string, name: string, as: BodyField['type']): BodyField => ({
	field: { displayName, name, type: 'string', default: '' },
	type: as,
});

const fields = [
	field('Season Name', 'season_name', 'text'),
	field('Billing Contact ID', 'billing_contact_id', 'id'),
	field('Start Ship Date', 'startShipDate', 'day'),
	field('Shipping Cost', 'shipping_cost', 'amount'),
	field('Total Tax', 'total_tax', 'amountText'),
];
const body = (values: IDataObject) => buildBody(fields, values, 'Europe/Amsterdam');

describe('A body', () => {
	test('has the values as Uphance shows them, in the order of the fields', () => {
		const values = {
			total_tax: '10',
			shipping_cost: '15',
			startShipDate: '2019-06-06T00:00:00',
			billing_contact_id: '51678',
			season_name: 'UPHANCE2023',
		};
		expect(JSON.stringify(body(values))).toBe(
			'{"season_name":"UPHANCE2023","billing_contact_id":51678,"startShipDate":"2019-06-06","shipping_cost":15,"total_tax":"10"}',
		);
	});

	test('has them too when expressions yield numbers', () => {
		const values = { season_name: 2023, billing_contact_id: 51678, shipping_cost: 4.5, total_tax: 10.5 };
		expect(body(values)).toStrictEqual({
			season_name: '2023',
			billing_contact_id: 51678,
			shipping_cost: 4.5,
			total_tax: '10.5',
		});
	});

	test.each(['', ' ', '\n\t'])('omits values that were left blank (%j)', (blank) => {
		const names = fields.map(({ field: { name } }) => name);
		expect(body(Object.fromEntries(names.map((name) => [name, blank])))).toStrictEqual({});
	});

	test('keeps a zero', () => {
		expect(body({ shipping_cost: '0', total_tax: '0' })).toStrictEqual({ shipping_cost: 0, total_tax: '0' });
		expect(body({ shipping_cost: 0, total_tax: 0 })).toStrictEqual({ shipping_cost: 0, total_tax: '0' });
	});

	test('has texts without blanks around them', () => {
		expect(body({ season_name: ' AW 24 ' })).toStrictEqual({ season_name: 'AW 24' });
	});

	test('omits what is no field, and is empty when nothing was filled in', () => {
		expect(body({ additionalJson: '{}', constructor: 'x' })).toStrictEqual({});
		expect(body({})).toStrictEqual({});
	});

	test('has the day in the timezone of the workflow', () => {
		expect(body({ startShipDate: '2026-11-01T23:00:00Z' })).toStrictEqual({ startShipDate: '2026-11-02' });
	});

	test('leaves the values as they were', () => {
		const values = Object.freeze({ season_name: ' AW24 ', shipping_cost: '15' });
		body(values);
		expect(values).toEqual({ season_name: ' AW24 ', shipping_cost: '15' });
	});
});

describe('A value goes out as its type', () => {
	const allTypes = ['text', 'code', 'currency', 'id', 'day', 'moment', 'percent', 'amount', 'amountText'] as const;
	const of = (type: BodyField['type'], value: unknown) =>
		buildBody([field('Field', 'name', type)], { name: value } as IDataObject, 'Europe/Amsterdam').name;
	const named = (value: unknown) => ({ __rl: true, mode: 'name', value });
	const noon = tryToParseDateTime('2026-11-01T12:00:00', 'America/New_York');

	test.each<[BodyField['type'], unknown, unknown]>([
		['text', 'Caf\u00E9\u200E ', 'Caf\u00E9\u200E'],
		['text', 7, '7'],
		['text', named(' FedEx '), 'FedEx'],
		['text', named(7), '7'],
		['code', 'PO\u200E-7 ', 'PO-7'],
		['code', 7, '7'],
		['currency', ' EUR ', 'EUR'],
		['id', '51678', 51678],
		['id', 51678, 51678],
		['id', named(51678), 51678],
		['day', '2026-12-01', '2026-12-01'],
		['day', new Date(Date.UTC(2026, 10, 1, 23)), '2026-11-02'],
		['day', noon, '2026-11-01'],
		['moment', '2026-12-01T12:00:00', '2026-12-01T12:00:00+01:00'],
		['moment', new Date(Date.UTC(2026, 11, 1, 11)), '2026-12-01T11:00:00Z'],
		['percent', '12.125', 12.125],
		['percent', 12.5, 12.5],
		['amount', '4.50', 4.5],
		['amount', 1.125, 1.125],
		['amountText', '4.50', '4.50'],
		['amountText', 1.125, '1.125'],
	])('%s: %j as %j', (type, value, sent) => {
		expect(of(type, value)).toStrictEqual(sent);
	});

	test.each(allTypes)('%s: not at all if it is blank', (type) => {
		for (const blank of ['', ' ', '\u200B', named(''), named(' ')]) expect(of(type, blank)).toBeUndefined();
	});

	test.each(allTypes)('%s: not if an expression found nothing or a list, which is refused', (type) => {
		for (const nothing of [undefined, null, true, ['4'], named(undefined), named(null), {}]) {
			expect(() => of(type, nothing)).toThrow(/^'Field' /);
		}
	});

	test.each<[BodyField['type'], unknown]>([
		['code', '5.01E+12'],
		['id', 'Mary'],
		['id', 1.5],
		['day', 7],
		['day', 'tomorrow'],
		['moment', 'tomorrow'],
		['percent', '12,5'],
		['percent', NaN],
		['amount', '1.250'],
		['amount', -1],
		['amountText', '1.250'],
		['amountText', NaN],
	])('%s: not as %j, which is refused', (type, value) => {
		expect(() => of(type, value)).toThrow(/^'Field' /);
	});
});

describe('Amounts with three digits after a dot', () => {
	const priced = [...fields, field('Currency', 'currency_code', 'currency')];
	const amounts = { shipping_cost: '1.250', total_tax: '2.500' };
	const read = (values: IDataObject, of = priced) => buildBody(of, values, 'Europe/Amsterdam');

	test('are taken where the currency of the same body has them', () => {
		expect(read({ ...amounts, currency_code: ' kwd ' })).toStrictEqual({
			shipping_cost: 1.25,
			total_tax: '2.500',
			currency_code: 'kwd',
		});
	});

	test.each([{}, { currency_code: 'EUR' }, { currency_code: '' }])('are refused as ambiguous with %j', (currency) => {
		expect(() => read({ ...amounts, ...currency })).toThrow("'Shipping Cost' is ambiguous");
	});

	test('are refused where a body has no currency', () => {
		expect(() => read({ ...amounts, currency_code: 'KWD' }, fields)).toThrow('ambiguous');
	});
});

describe('Refused with the name of the field', () => {
	test.each([
		['Billing Contact ID', { billing_contact_id: 'Mary' }],
		['Start Ship Date', { startShipDate: '31/12/2026' }],
		['Shipping Cost', { shipping_cost: '4,50' }],
		['Total Tax', { total_tax: '1.234,50' }],
		['Season Name', { season_name: null }],
		['Season Name', { season_name: undefined }],
		['Season Name', { season_name: ['AW24'] }],
		['Billing Contact ID', { billing_contact_id: {} }],
		['Start Ship Date', { startShipDate: null }],
		['Shipping Cost', { shipping_cost: true }],
	])('%s in %j', async (label, values) => {
		const { message, description } = await failureOf(Promise.resolve().then(() => body(values)));
		expect(message).toContain(`'${label}'`);
		expect(description).not.toBe('');
	});
});

test('Menus sort fields by display name, and leave the list itself unchanged', () => {
	const names = fields.map(({ field: { displayName } }) => displayName);
	const { options = [] } = collection('Additional Fields', 'additionalFields', 'field', toProperties(fields));
	expect(options.map((option) => 'displayName' in option && option.displayName)).toEqual([...names].sort());
	expect(fields.map(({ field: { displayName } }) => displayName)).toEqual(names);
});
