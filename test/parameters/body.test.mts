import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
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
