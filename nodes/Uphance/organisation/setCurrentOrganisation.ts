import { UserError } from 'n8n-workflow';
import { getProperty } from '../http/json';
import { isWebPage, serverMessage } from '../http/serverMessage';

/**
 * Makes an organisation the current one of the user (docs/uphance.openapi.yaml: POST /organisations/set_current_org).
 * Nothing else in the package does. It counts only with the documented `{"Status":"Updated"}` or without a body: after
 * any other answer, what follows could go to another organisation.
 *
 * @param post sends a POST with a JSON body and returns the body of the answer
 * @param hide removes secrets from what Uphance says
 * @throws UserError that names any other answer; what `post` throws
 */
export async function setCurrentOrganisation(
	organizationId: number,
	post: (path: string, body: { organizationId: number }) => Promise<unknown>,
	hide = (text: string): string => text,
): Promise<void> {
	const body = await post('/organisations/set_current_org', { organizationId });
	const status = getProperty(body, 'Status');
	// 'Created' is what the client makes of status 201 without a body.
	if (body === undefined || body === '' || status === 'Updated' || status === 'Created') return;
	throw new UserError(`Uphance did not switch to organisation ${organizationId}: ${hide(describeAnswer(body))}`, {
		description: `Nothing was sent to it. Check that this user still belongs to the organisation, and 'API URL' in the credential.`,
	});
}

function describeAnswer(body: unknown): string {
	if (isWebPage(body)) return 'it answered with a web page';
	const said = serverMessage(getProperty(body, 'Status')) || serverMessage(body);
	return said ? `it answered '${said}'` : 'it gave an unexpected answer';
}
