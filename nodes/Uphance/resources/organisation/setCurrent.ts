import { locatorField, parseLocator } from '../../parameters/locator';
import type { Operation } from '../../operations/operation';
import { organisationLookup } from './organisation';

const field = locatorField(
	organisationLookup,
	'organisationId',
	'The organisation to switch to; by ID its name will do too',
);

/** POST /organisations/set_current_org, kept when the execution ends (uphance-api.md 2.4, users.md D2). */
export const setCurrent: Operation = {
	option: {
		name: 'Set for Custom API Calls',
		value: 'setCurrent',
		action: 'Set the organisation for custom API calls',
		description:
			"Switch the organisation that HTTP Request nodes with this credential use. Uphance nodes ignore it; they have 'Organisation' under Options.",
	},
	writes: true,
	userScoped: true,
	fields: [field],
	async run(item, client) {
		const { value } = parseLocator(field.displayName, this.getNodeParameter(field.name, item));
		const chosen = await client.forOrganisation(value);
		await chosen.keepOrganisation();
		return { id: chosen.organisation.id, name: chosen.organisation.name };
	},
};
