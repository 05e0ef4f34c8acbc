import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { getOrganisations, organisationLookup, searchOrganisations } from './organisation';
import { setCurrent } from './setCurrent';

/** The resource Organisation. Its operations belong to the user, so no organisation can be selected for them. */
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
