import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fetchAllInEditor } from '../../methods/loadOptions';
import { getMany } from '../../operations/getMany';
import type { ListSearch, LoadOptions, Operation, Resource } from '../../operations/operation';
import { formatOrganisation, parseOrganisationRecord } from '../../organisation/organisations';
import { includesText } from '../../output/values';
import type { LookupConfig } from '../../parameters/locator';
import { locatorField, parseLocator } from '../../parameters/locator';

/** Describes organisations (docs/uphance.openapi.yaml: GET /organisations). */
const organisationLookup: LookupConfig = {
	recordType: {
		path: '/organisations',
		listKey: 'organisations',
		singularKey: 'organisation',
		singular: 'organisation',
		plural: 'organisations',
		isUnpaginated: true,
		example: '9579',
	},
	label: 'Organisation',
	listSearchMethod: 'searchOrganisations',
	lookups: [],
	describe: ({ id, name }) => String(name ?? id),
};

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
const searchOrganisations: ListSearch = async function (filter = '', _token, limits) {
	const options = toOptions(await fetchAllInEditor(this, limits, organisationLookup.recordType));
	return { results: options.filter(({ name }) => includesText([name], filter)) };
};

/**
 * Fills the option Organisation with the organisations of the user, as "Name (ID)" or, if one has no name, by its ID.
 *
 * @throws NodeApiError or UserError if a request fails
 */
const getOrganisations: LoadOptions = async function (limits) {
	return toOptions(await fetchAllInEditor(this, limits, organisationLookup.recordType));
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
