import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { typedText } from './typedText';

export const organisationField: INodeProperties = {
	displayName: 'Organisation Name or ID',
	name: 'organisationId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getOrganisations' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: "Where to work, if it is not the credential's own organisation. With an expression, one workflow can loop over several.",
};

/** Empty for the credential's own. @throws UserError for an expression that yields nothing: the wrong one would be used */
export const organisationIn = (options: IDataObject): string =>
	organisationField.name in options ? typedText('Organisation', options[organisationField.name]) : '';
