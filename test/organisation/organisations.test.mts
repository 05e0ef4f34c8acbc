import { describe, expect, test } from '@jest/globals';
import type { Organisation } from '../../nodes/Uphance/organisation/organisations.ts';
import {
	formatOrganisation,
	parseOrganisations,
	resolveOrganisation,
} from '../../nodes/Uphance/organisation/organisations.ts';
import { namedOrganisations } from '../../nodes/Uphance/transport/response.ts';

const demo = { id: 9579, name: 'Uphance Demo' };
const one = { id: 1, name: 'One' };
const two = { id: 2, name: 'Two ' };
const numbered = { id: 3, name: '1' };
const list = (organisations: Organisation[], withoutId: string[] = []) => ({ organisations, withoutId });

describe('Which organisation is meant', () => {
	test.each([
		['', [demo], demo],
		['9579', [demo, one], demo],
		['uphance DEMO', [demo, one], demo],
		['two', [one, two], two],
		['1', [numbered, one], one],
	])('%j', (wanted, organisations, chosen) => {
		expect(resolveOrganisation(wanted, list(organisations))).toBe(chosen);
	});

	test.each([
		['', [demo, one, two]],
		['4711', [demo, one, two]],
		['957', [demo, one, two]],
		['Uphance', [demo, one, two]],
	])('%j could mean none or several, so the list is shown', (wanted, organisations) => {
		expect(() => resolveOrganisation(wanted, list(organisations))).toThrow(
			/Uphance Demo \(9579\), One \(1\), Two ? \(2\)/,
		);
	});

	test('a name that two have fails with both', () => {
		const sameName = [one, { id: 9, name: 'ONE' }];
		expect(() => resolveOrganisation('one', list(sameName))).toThrow('One (1), ONE (9)');
	});

	test('a user without any is advised to ask an administrator', () => {
		expect(() => resolveOrganisation('', list([]))).toThrow('no organisation');
	});
});

describe('An organisation without a numeric id', () => {
	test.each([
		['Outlet', list([demo], ['Outlet']), "for the organisation 'Outlet', so it cannot be used"],
		['', list([demo], ['Outlet']), '2 organisations and none is chosen: Uphance Demo (9579), Outlet (without'],
		['', list([], ['Outlet']), "for the organisation 'Outlet', so it cannot be used"],
		['uphance demo', list([demo], ['Uphance Demo']), "2 organisations of this user are called 'uphance demo'"],
		['4711', list([demo], ['Outlet']), 'only to: Uphance Demo (9579), Outlet (without a numeric id)'],
	])('is told when %j could mean it', (wanted, organisations, words) => {
		expect(() => resolveOrganisation(wanted, organisations)).toThrow(words);
	});

	test.each([['9579'], ['UPHANCE demo']])('does not keep %j from being chosen', (wanted) => {
		expect(resolveOrganisation(wanted, list([demo], ['Outlet', '']))).toBe(demo);
	});
});

test('An organisation without a name is shown by its id', () => {
	expect(formatOrganisation({ id: 9579, name: '' })).toBe('9579');
});

describe('An answer of GET /organisations', () => {
	test('is read', () => {
		expect(parseOrganisations({ organisations: [demo] })).toEqual(list([demo]));
		expect(parseOrganisations({ organisations: [] })).toEqual(list([]));
	});

	test.each([
		['an id as text', { id: ' 9579 ', name: 'Uphance Demo' }, list([demo])],
		['no name', { id: 9579 }, list([{ id: 9579, name: '' }])],
		['null as name', { id: 9579, name: null }, list([{ id: 9579, name: '' }])],
		['a number as name', { id: 9579, name: 7 }, list([{ id: 9579, name: '7' }])],
		['an object as name', { id: 9579, name: {} }, list([{ id: 9579, name: '' }])],
		['null as id', { id: null, name: 'Outlet' }, list([], ['Outlet'])],
		['a word as id', { id: 'outlet', name: 'Outlet' }, list([], ['Outlet'])],
		['an empty id', { id: '', name: 'Outlet' }, list([], ['Outlet'])],
		['0 as id', { id: 0, name: 'Outlet' }, list([], ['Outlet'])],
		['an id that JavaScript cannot hold', { id: '12345678901234567890', name: 'Outlet' }, list([], ['Outlet'])],
		['null in place of an organisation', null, list([], [''])],
		['a text in place of an organisation', 'Outlet', list([], [''])],
	])('with %s is read, and the others stay usable', (_, entry, expected) => {
		expect(parseOrganisations({ organisations: [one, entry, two] })).toEqual({
			organisations: [one, ...expected.organisations, two],
			withoutId: expected.withoutId,
		});
	});

	test('counts an organisation that comes twice once', () => {
		expect(parseOrganisations({ organisations: [demo, { ...demo, id: '9579' }] })).toEqual(list([demo]));
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
