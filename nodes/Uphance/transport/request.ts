import type { Organisation } from '../organisation/organisations';
import type { ClientState } from './clientState';
import { findForeignOrganisation, foreignOrganisationError } from './foreignOrganisation';
import type { Answer, ApiRequest } from './sendWithRetry';
import { sendWithRetry } from './sendWithRetry';
import { hasSeveralOrganisations } from './withOrganisation';

/**
 * Sends one request in an organisation, retries it as long as that is safe, and returns the body of the answer. Where
 * somebody can have switched the organisation, a read that found nothing, or whose records do not say where they belong
 * although they should, is asked once more after registering; so is one with records of another organisation.
 *
 * @throws NodeApiError in the user's words, OutcomeUnknownError when something may have been created,
 * NodeOperationError when the execution was cancelled
 */
export async function request(
	state: ClientState,
	apiRequest: ApiRequest,
	organisation?: Organisation,
): Promise<unknown> {
	const answer = await sendWithRetry(state, apiRequest, organisation);
	if (!organisation) return answer.body;
	const foreign = await findForeignOrganisation(state, answer.body, organisation);
	if (foreign === undefined && !isUncertain(state, apiRequest, answer)) return answer.body;
	if (foreign !== undefined && apiRequest.method !== 'GET') {
		throw foreignOrganisationError(state, apiRequest, organisation, foreign);
	}
	const { body } = await sendWithRetry(state, apiRequest, organisation, 'forced');
	const stillForeign = await findForeignOrganisation(state, body, organisation);
	if (stillForeign !== undefined) throw foreignOrganisationError(state, apiRequest, organisation, stillForeign);
	return body;
}

/** Registers an organisation without asking for anything else. @throws NodeApiError in the user's words */
export async function registerOrganisation(state: ClientState, organisation: Organisation): Promise<void> {
	await sendWithRetry(state, undefined, organisation, 'forced');
}

/** Tells whether an answer may be that of another organisation, although no record says so. */
function isUncertain(
	state: ClientState,
	{ allowNotFound, namesOrganisation, records }: ApiRequest,
	answer: Answer,
): boolean {
	if (answer.registered || !hasSeveralOrganisations(state)) return false;
	const found = answer.body === undefined && allowNotFound ? [] : records?.(answer.body);
	if (!found) return false;
	return (
		found.length === 0 ||
		(namesOrganisation === true && !found.every(({ organisation_id: id }) => id !== undefined && id !== null))
	);
}
