import type { LookupConfig } from '../../parameters/findable';

/** uphance-api.md 2.3 */
export const organisation: LookupConfig = {
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
