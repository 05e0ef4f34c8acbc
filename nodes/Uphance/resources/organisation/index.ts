import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { getOrganisations, organisationLookup, searchOrganisations } from './organisation';
import { setCurrent } from './setCurrent';

/** What the user of the credential belongs to (uphance-api.md 2.3). */
export const organisation: Resource = {
	option: {
		name: 'Organisation',
		value: 'organisation',
		description: 'A company in Uphance that this user belongs to',
	},
	operations: [
		{ ...getMany({ recordType: organisationLookup.recordType, filters: [] }), userScoped: true },
		setCurrent,
	],
	listSearch: { searchOrganisations },
	loadOptions: { getOrganisations },
};
