import { describe, expect, test } from '@jest/globals';
import { addressLabel, contactLabel } from '../../nodes/Uphance/resources/customer/loadOptions.ts';
import { pickDefaults, missingFields } from '../../nodes/Uphance/resources/order/customerDefaults.ts';

describe('In a dropdown', () => {
	test.each([
		[{ first_name: 'Jo', last_name: 'Smith', position: 'Buyer' }, 'Jo Smith, Buyer'],
		[{ first_name: 'Jo', last_name: null, position: '' }, 'Jo'],
		[{ first_name: ' ', email: 'jo@x.com', position: null }, 'jo@x.com'],
		[{}, ''],
	])('the contact %j reads %j', (contact, label) => {
		expect(contactLabel(contact)).toBe(label);
	});

	const address = { line_1: '1 High St', city: 'London' };
	test.each([
		[address, '1 High St, London'],
		[
			{ ...address, default_for_shipping: true, default_for_billing: false },
			'1 High St, London (default for shipping)',
		],
		[
			{ ...address, default_for_shipping: true, default_for_billing: true },
			'1 High St, London (default for shipping and billing)',
		],
		[{ line_1: '', line_2: 'Unit 4', city: null }, 'Unit 4'],
	])('the address %j reads %j', (each, label) => {
		expect(addressLabel(each)).toBe(label);
	});
});

describe('The defaults of a customer', () => {
	const customer = {
		people: [
			{ id: 1, billing: false, shipping: true },
			{ id: 2, billing: true, shipping: true },
		],
		addresses: [
			{ id: 3, default_for_shipping: false, default_for_billing: true },
			{ id: 4, default_for_shipping: true, default_for_billing: false },
		],
	};
	const names = missingFields({});

	test('are those that its record marks', () => {
		expect(pickDefaults(customer, names)).toEqual({
			billing_contact_id: 2,
			shipping_contact_id: 1,
			billing_address_id: 3,
			shipping_address_id: 4,
		});
	});

	test('are none where nothing is marked', () => {
		expect(pickDefaults({ people: [{ id: 1 }] }, names)).toEqual({});
		expect(pickDefaults({ people: null }, names)).toEqual({});
	});

	test('are needed only for what nothing else fills in', () => {
		const empty = missingFields({ billing_contact_id: 7 }, { shipping_address_id: null });
		expect(empty).toEqual(['shipping_contact_id', 'billing_address_id']);
		expect(pickDefaults(customer, empty)).toEqual({ shipping_contact_id: 1, billing_address_id: 3 });
	});
});
