import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { fetchAllInEditor } from '../../methods/loadOptions';
import type { ListSearch, LoadOptions } from '../../operations/operation';
import { formatOrganisation, parseOrganisationRecord } from '../../organisation/organisations';
import { includesText } from '../../output/values';
import type { LookupConfig } from '../../parameters/locator';

/** Describes organisations (docs/uphance.openapi.yaml: GET /organisations). */
export const organisationLookup: LookupConfig = {
	recordType: {
		path: '/organisations',
		listKey: 'organisations',
		singularKey: 'organisation',
		singular: 'organisation',
		plural: 'organisations',
		comesWhole: true,
		example: '9579',
	},
	label: 'Organisation',
	listSearchMethod: 'searchOrganisations',
	lookups: [],
	describe: ({ id, name }) => String(name ?? id),
};

/** Leaves out organisations without a numeric id, which cannot be registered. */
function toOptions(records: IDataObject[]): INodePropertyOptions[] {
	const organisations = records.map(parseOrganisationRecord).filter((each) => each !== undefined);
	return organisations.map((each) => ({ name: formatOrganisation(each), value: each.id }));
}

/**
 * Fills the resource locator of organisations with those of the user. Searches in "Name (ID)", ignoring case.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export const searchOrganisations: ListSearch = async function (filter = '', _token, limits) {
	const options = toOptions(await fetchAllInEditor(this, limits, organisationLookup.recordType));
	return { results: options.filter(({ name }) => includesText([name], filter)) };
};

/**
 * Fills the option Organisation with the organisations of the user, as "Name (ID)" or, if one has no name, by its ID.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export const getOrganisations: LoadOptions = async function (limits) {
	return toOptions(await fetchAllInEditor(this, limits, organisationLookup.recordType));
};
