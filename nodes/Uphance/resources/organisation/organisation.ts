import type { Findable } from '../../parameters/findable';

/** uphance-api.md 2.3 */
export const organisation: Findable = {
	kind: {
		path: '/organisations',
		listKey: 'organisations',
		key: 'organisation',
		singular: 'organisation',
		plural: 'organisations',
		example: '9579',
	},
	label: 'Organisation',
	search: 'searchOrganisations',
	lookups: [],
	named: ({ name }) => String(name),
};
