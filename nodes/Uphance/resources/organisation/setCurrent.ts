import { locatorField, parseLocator } from '../../parameters/locator';
import type { Operation } from '../../operations/operation';
import { organisationLookup } from './organisation';

const field = locatorField(
	organisationLookup,
	'organisationId',
	"The organisation to switch to. With 'By ID' you can also enter its name.",
);

/**
 * Switches the current organisation of the user (docs/uphance.openapi.yaml: POST /organisations/set_current_org). Other
 * executions restore the credential's organisation when they end; this one does not.
 */
export const setCurrent: Operation = {
	option: {
		name: 'Set for Custom API Calls',
		value: 'setCurrent',
		action: 'Set the organisation for custom API calls',
		description:
			"Switch the organisation that HTTP Request nodes with this credential use. Uphance nodes ignore it; use their option 'Organisation' instead.",
	},
	writes: true,
	userScoped: true,
	fields: [field],
	async run(item, client) {
		const { value } = parseLocator(field.displayName, this.getNodeParameter(field.name, item));
		const selected = await client.forOrganisation(value);
		await selected.keepOrganisation();
		return { id: selected.organisation.id, name: selected.organisation.name };
	},
};
