import type { INodeProperties } from 'n8n-workflow';
import { getMany } from '../../operations/getMany';
import type { Operation, Resource } from '../../operations/operation';
import { locatorField, parseLocator } from '../../parameters/locator';
import { getOrganisations, organisationLookup, searchOrganisations } from './organisation';

const field = locatorField(
	organisationLookup,
	'organisationId',
	"The organisation to switch to. With 'By ID' you can also enter its name.",
);

const notice: INodeProperties = {
	displayName:
		"Do not rely on it for writes: another workflow, or a person, with the same Uphance user can switch the organisation before the next node runs. A Custom API Call that creates or changes something can then reach the wrong organisation. Use operations of the Uphance node with 'Organisation Name or ID' under Options instead, or create one Uphance user for each organisation.",
	name: 'setCurrentNotice',
	type: 'notice',
	default: '',
};

/**
 * Switches the current organisation of the user (docs/uphance.openapi.yaml: POST /organisations/set_current_org). Other
 * executions restore the credential's organisation when they end; this one does not. It has no Preview Only: it sends a
 * registration and nothing else, and look-ups that a preview needs register an organisation too.
 */
const setCurrent: Operation = {
	option: {
		name: 'Set for Custom API Calls',
		value: 'setCurrent',
		action: 'Set the organisation for custom API calls',
		description:
			'Switch the organisation that HTTP Request nodes with this credential use. Others can switch it again, so use Uphance operations for writes.',
	},
	userScoped: true,
	fields: [notice, field],
	async run(item, client) {
		const { value } = parseLocator(field.displayName, this.getNodeParameter(field.name, item));
		const selected = await client.forOrganisation(value);
		await selected.keepOrganisation();
		const { id, name } = selected.organisation;
		return { id, name: name || null };
	},
};

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
