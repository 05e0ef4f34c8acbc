import { getMany } from '../../operations/getMany';
import type { Resource } from '../../operations/operation';
import { organisation as findable } from './organisation';
import { getOrganisations, searchOrganisations } from './search';
import { setCurrent } from './setCurrent';

/** What the user of the credential belongs to (uphance-api.md 2.3). */
export const organisation: Resource = {
	option: {
		name: 'Organisation',
		value: 'organisation',
		description: 'A company in Uphance that this user belongs to',
	},
	operations: [{ ...getMany({ recordType: findable.recordType, filters: [] }), userScoped: true }, setCurrent],
	listSearch: { searchOrganisations },
	loadOptions: { getOrganisations },
};
