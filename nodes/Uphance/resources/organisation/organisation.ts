import type { IDataObject } from 'n8n-workflow';
import { fetchAllInEditor } from '../../methods/loadOptions';
import type { ListSearch, LoadOptions } from '../../operations/operation';
import { includesText } from '../../output/values';
import type { LookupConfig } from '../../parameters/locator';

/** uphance-api.md 2.3 */
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

const choice = ({ id, name }: IDataObject) => ({ name: `${String(name)} (${String(id)})`, value: Number(id) });

export const searchOrganisations: ListSearch = async function (filter = '', _token, limits) {
	const choices = (await fetchAllInEditor(this, limits, organisationLookup.recordType)).map(choice);
	return { results: choices.filter(({ name }) => includesText([name], filter)) };
};

export const getOrganisations: LoadOptions = async function (limits) {
	return (await fetchAllInEditor(this, limits, organisationLookup.recordType)).map(choice);
};
