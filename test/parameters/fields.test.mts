import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import {
	collection,
	compareAlphabetically,
	dynamicOptions,
	organisationField,
	parseOrganisation,
	simplifyField,
} from '../../nodes/Uphance/parameters/fields.ts';

const field = (displayName: string, name = displayName): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

describe('A collection', () => {
	const fields = [field('Size'), field('agent'), field('Zone'), field('Carrier'), field('SIZE')];

	test('has its fields in the order of the alphabet, whatever their case, and equal ones as they came', () => {
		const { options = [] } = collection('Filters', 'filters', 'filter', fields);
		expect(options.map(({ name }) => name)).toEqual(['agent', 'Carrier', 'Size', 'SIZE', 'Zone']);
		expect(fields.map(({ name }) => name)).toEqual(['Size', 'agent', 'Zone', 'Carrier', 'SIZE']);
	});

	test('begins empty', () => {
		expect(collection('Filters', 'filters', 'filter', [])).toStrictEqual({
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [],
		});
	});
});

test.each([
	['agent', 'Zone', -1],
	['Agent', 'zone', -1],
	['zone', 'Agent', 1],
	['Zone', 'agent', 1],
])('%j and %j compare as %j', (a, b, order) => {
	expect(compareAlphabetically(a, b)).toBe(order);
});

describe('A dropdown that Uphance fills', () => {
	test('has its method, and nothing that it does not need', () => {
		const dropdown = dynamicOptions('Channel', 'channel_id', 'getChannels');
		expect(dropdown).toMatchObject({
			displayName: 'Channel Name or ID',
			name: 'channel_id',
			type: 'options',
			default: '',
		});
		expect(dropdown.typeOptions).toStrictEqual({ loadOptionsMethod: 'getChannels' });
		expect(dropdown).not.toHaveProperty('hint');
	});

	test('is loaded again when another field changes, and may have a hint', () => {
		const settings = { dependsOn: 'customerId.value', hint: 'Choose the customer first' };
		const dropdown = dynamicOptions('Contact', 'contact_id', 'getContacts', settings);
		expect(dropdown.typeOptions).toStrictEqual({
			loadOptionsMethod: 'getContacts',
			loadOptionsDependsOn: ['customerId.value'],
		});
		expect(dropdown.hint).toBe('Choose the customer first');
	});
});

describe('The organisation', () => {
	test('is chosen in a field with a hint', () => {
		expect(organisationField.name).toBe('organisationId');
		expect(organisationField.typeOptions).toStrictEqual({ loadOptionsMethod: 'getOrganisations' });
		expect(organisationField.hint).toContain("credential's own");
	});

	test.each([
		[{}, ''],
		[{ organisationId: '' }, ''],
		[{ organisationId: ' ' }, ''],
		[{ organisationId: 9601 }, '9601'],
		[{ organisationId: ' 9601 ' }, '9601'],
		[{ organisationId: 'Acme' }, 'Acme'],
	])('in %j is %j', (options, organisation) => {
		expect(parseOrganisation(options)).toBe(organisation);
	});

	test.each([[null], [undefined], [[9601]]])(
		'is refused if its expression returns %j: the wrong one would be used',
		(organisationId) => {
			expect(() => parseOrganisation({ organisationId })).toThrow("'Organisation' is empty or not a single value");
		},
	);
});

test('Simplify is on unless somebody switches it off', () => {
	expect(simplifyField).toMatchObject({ name: 'simplify', type: 'boolean', default: true });
});
