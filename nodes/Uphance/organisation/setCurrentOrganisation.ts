import { UserError } from 'n8n-workflow';
import { getProperty } from '../http/json';
import { serverMessage } from '../http/serverMessage';

/**
 * Makes an organisation the current one of the user at Uphance (docs/uphance.openapi.yaml:
 * POST /organisations/set_current_org). The only place that does. It counts only if Uphance says so, with the documented
 * `{"Status":"Updated"}` or without a body: everything that follows would go to another organisation otherwise.
 *
 * @param post sends a POST with a JSON body and returns the answer's body
 * @throws UserError for any other answer; what `post` throws
 */
export async function setCurrentOrganisation(
	organizationId: number,
	post: (path: string, body: { organizationId: number }) => Promise<unknown>,
): Promise<void> {
	const body = await post('/organisations/set_current_org', { organizationId });
	if (body === undefined || body === null || body === '' || getProperty(body, 'Status') === 'Updated') return;
	const reason =
		String(getProperty(body, 'Status') ?? '') || serverMessage(body) || 'an answer that is none of its own';
	throw new UserError(`Uphance did not switch to organisation ${organizationId}: ${reason}`, {
		description: `Nothing was sent to it. Check that this user still belongs to the organisation, and 'API URL' in the credential.`,
	});
}
