import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseText } from './parse';

/** A menu of fields that can be added, sorted by what people read. @param noun completes "Add …" */
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
	options: [...fields].sort((one, other) => compareAlphabetically(one.displayName, other.displayName)),
});

/** Without Intl, which takes longer to begin than all else that happens while n8n loads the nodes. */
export const compareAlphabetically = (one: string, other: string): number =>
	one.toLowerCase() < other.toLowerCase() ? -1 : 1;

/** A field whose choices Uphance knows, with the label and description that n8n wants of all of them. */
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

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const organisationField = dynamicOptions('Organisation', 'organisationId', 'getOrganisations', {
	hint: "Where to work, if it is not the credential's own organisation. With an expression, one workflow can loop over several.",
});

/** Empty for the credential's own. @throws UserError for an expression that yields nothing: the wrong one would be used */
export const parseOrganisation = (options: IDataObject): string =>
	organisationField.name in options ? parseText('Organisation', options[organisationField.name]) : '';
