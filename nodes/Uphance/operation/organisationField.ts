import type { INodeProperties } from 'n8n-workflow';

export const organisationField: INodeProperties = {
	displayName: 'Organisation',
	name: 'organisationId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 9579',
	description:
		"ID or name of the organisation to work in, if it is not the credential's. With an expression, one workflow can loop over several.",
};
