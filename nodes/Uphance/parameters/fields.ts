import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseText } from './parse';

/**
 * Returns a collection of optional fields, sorted by display name.
 *
 * @param noun completes the button "Add …", e.g. "filter"
 */
export const collection = (
	displayName: string,
	name: string,
	noun: string,
	fields: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: `Add ${noun}`,
	default: {},
	options: [...fields].sort((a, b) => compareAlphabetically(a.displayName, b.displayName)),
});

/** Compares for Array.sort, ignoring case. Does not use Intl: loading it would dominate the load time of the package. */
export const compareAlphabetically = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);

/**
 * Returns a dropdown that is filled from Uphance. n8n's lint prescribes the suffix "Name or ID" and the description.
 *
 * @param loadOptionsMethod name of a method in the `loadOptions` of a resource
 * @param settings `dependsOn` is the path of a parameter; a change of it reloads the dropdown
 */
export const dynamicOptions = (
	label: string,
	name: string,
	loadOptionsMethod: string,
	settings: { dependsOn?: string; hint?: string } = {},
): INodeProperties => ({
	displayName: `${label} Name or ID`,
	name,
	type: 'options',
	typeOptions: { loadOptionsMethod, ...(settings.dependsOn && { loadOptionsDependsOn: [settings.dependsOn] }) },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	...(settings.hint && { hint: settings.hint }),
});

/** The Simplify switch. n8n's lint prescribes its texts and its default. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The option that selects another organisation than the credential's. */
export const organisationField = dynamicOptions('Organisation', 'organisationId', 'getOrganisations', {
	hint: "Organisation to use instead of the credential's own. With an expression, one workflow can loop over several.",
});

/**
 * Returns the ID or name of the organisation, or '' for the credential's own.
 *
 * @param options the values of the node's Options
 * @throws UserError if the expression returns no single value, so that the node never uses the wrong organisation
 */
export const parseOrganisation = (options: IDataObject): string =>
	organisationField.name in options ? parseText('Organisation', options[organisationField.name]) : '';
