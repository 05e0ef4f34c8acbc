import type { IDataObject } from 'n8n-workflow';
import { dynamicOptions } from './dropdown';
import { parseText } from './parse';

export const organisationField = dynamicOptions('Organisation', 'organisationId', 'getOrganisations', {
	hint: "Where to work, if it is not the credential's own organisation. With an expression, one workflow can loop over several.",
});

/** Empty for the credential's own. @throws UserError for an expression that yields nothing: the wrong one would be used */
export const parseOrganisation = (options: IDataObject): string =>
	organisationField.name in options ? parseText('Organisation', options[organisationField.name]) : '';
