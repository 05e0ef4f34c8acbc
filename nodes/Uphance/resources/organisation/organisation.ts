import type { IDataObject } from 'n8n-workflow';
import { fetchAllInEditor } from '../../methods/loadOptions';
import type { ListSearch, LoadOptions } from '../../operations/operation';
import type { LookupConfig } from '../../parameters/locator';

/** Describes organisations (docs/uphance.openapi.yaml: GET /organisations). */
export const organisationLookup: LookupConfig = {
	recordType: {
		path: '/organisations',
		listKey: 'organisations',
		singularKey: 'organisation',
		singular: 'organisation',
		plural: 'organisations',
		example: '9579',
	},
	label: 'Organisation',
	listSearchMethod: 'searchOrganisations',
	lookups: [],
	describe: ({ name }) => String(name),
};

const toOption = ({ id, name }: IDataObject) => ({ name: `${String(name)} (${String(id)})`, value: Number(id) });

/**
 * Fills the resource locator of organisations with those of the user. Searches in "Name (ID)", ignoring case.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export const searchOrganisations: ListSearch = async function (filter = '', _token, limits) {
	const options = (await fetchAllInEditor(this, limits, organisationLookup.recordType)).map(toOption);
	return { results: options.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

/**
 * Fills the option Organisation with the organisations of the user, as "Name (ID)".
 *
 * @throws NodeApiError or UserError if a request fails
 */
export const getOrganisations: LoadOptions = async function (limits) {
	return (await fetchAllInEditor(this, limits, organisationLookup.recordType)).map(toOption);
};
