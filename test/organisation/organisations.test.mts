import { describe, expect, test } from '@jest/globals';
import { resolveOrganisation, parseOrganisations } from '../../nodes/Uphance/organisation/organisations.ts';
import { namedOrganisations } from '../../nodes/Uphance/transport/response.ts';

const demo = { id: 9579, name: 'Uphance Demo' };
const one = { id: 1, name: 'One' };
const two = { id: 2, name: 'Two ' };
const numbered = { id: 3, name: '1' };

describe('Which organisation is meant', () => {
	test.each([
		['', [demo], demo],
		['9579', [demo, one], demo],
		['uphance DEMO', [demo, one], demo],
		['two', [one, two], two],
		['1', [numbered, one], one],
	])('%j', (wanted, organisations, chosen) => {
		expect(resolveOrganisation(wanted, organisations)).toBe(chosen);
	});

	test.each([
		['', [demo, one, two]],
		['4711', [demo, one, two]],
		['957', [demo, one, two]],
		['Uphance', [demo, one, two]],
	])('%j could be none or several, so the list is shown', (wanted, organisations) => {
		expect(() => resolveOrganisation(wanted, organisations)).toThrow(/Uphance Demo \(9579\), One \(1\), Two ? \(2\)/);
	});

	test('a name that two bear is asked about', () => {
		const twins = [one, { id: 9, name: 'ONE' }];
		expect(() => resolveOrganisation('one', twins)).toThrow('One (1), ONE (9)');
	});

	test('a user without any is sent to an administrator', () => {
		expect(() => resolveOrganisation('', [])).toThrow('no organisation');
	});
});

describe('An answer of GET /organisations', () => {
	test('is read', () => {
		expect(parseOrganisations({ organisations: [demo] })).toEqual([demo]);
		expect(parseOrganisations({ organisations: [] })).toEqual([]);
	});

	test.each([
		[undefined],
		[null],
		[''],
		['<html>'],
		[[demo]],
		[{}],
		[{ organisations: null }],
		[{ organisations: demo }],
		[{ organisations: [demo, null] }],
		[{ organisations: [{ id: '9579', name: 'Uphance Demo' }] }],
		[{ organisations: [{ id: 9579 }] }],
	])('is not %j', (body) => {
		expect(parseOrganisations(body)).toBeUndefined();
	});
});

describe('A foreign record', () => {
	test.each([
		['a list', { sales_orders: [{ organisation_id: 9579 }, { organisation_id: 1 }] }],
		['a single record', { sales_order: { organisation_id: 1 } }],
		['a bare record', { id: 7, organisation_id: 1 }],
		['an id as text', { sales_orders: [{ organisation_id: '1' }] }],
	])('in %s is seen', (_, answer) => {
		expect(namedOrganisations(answer)).toContain('1');
	});

	test.each([
		['its own', { sales_orders: [{ organisation_id: 9579 }, { organisation_id: '9579' }] }],
		['records that name none', { customers: [{ id: 1 }, { id: 2, organisation_id: null }] }],
		['an empty list', { sales_orders: [], meta: { current_page: 1 } }],
		['no answer', undefined],
		['text', 'organisation_id'],
	])('is not seen in %s', (_, answer) => {
		expect(namedOrganisations(answer).filter((id) => id !== '9579')).toEqual([]);
	});
});
