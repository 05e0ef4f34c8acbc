import { unexpectedResponseText } from '../http/failureText';
import type { Organisation } from '../organisation/organisations';
import { formatOrganisation, parseOrganisations } from '../organisation/organisations';
import type { ClientState } from './clientState';
import { createApiError } from './errors';
import { namedOrganisations } from './response';
import type { ApiRequest } from './sendWithRetry';
import { sendWithRetry } from './sendWithRetry';
import { lockOf } from './withOrganisation';

/** Lists the organisations of the user. @throws NodeApiError in the user's words */
export async function listOrganisations(state: ClientState): Promise<Organisation[]> {
	const action = 'list the organisations';
	const { body } = await sendWithRetry(state, { action, method: 'GET', path: '/organisations' });
	const organisations = parseOrganisations(body);
	if (!organisations) throw createApiError(state, unexpectedResponseText(action));
	if (organisations.length > 1) lockOf(state).hasSeveral = true;
	return organisations;
}

/**
 * Returns the id of another organisation of this user that a record in an answer names; undefined when none does. An id
 * that is none of the user's organisations is logged and not refused: nobody knows that the field always means this.
 */
export async function findForeignOrganisation(
	state: ClientState,
	body: unknown,
	organisation: Organisation,
): Promise<string | undefined> {
	for (const id of namedOrganisations(body)) {
		if (id === String(organisation.id) || !(await isForeign(state, id))) continue;
		lockOf(state).hasSeveral = true;
		lockOf(state).invalidate();
		return id;
	}
	return undefined;
}

/** Asks Uphance once per execution and id. Where it cannot be asked, the id counts as foreign: no record is emitted then. */
async function isForeign(state: ClientState, id: string): Promise<boolean> {
	const verdict =
		state.foreignIds.get(id) ??
		listOrganisations(state).then(
			(organisations) => {
				const belongs = organisations.some((each) => String(each.id) === id);
				if (!belongs) state.context.logger.warn(`Uphance: organisation_id ${id} is none of this user's organisations`);
				return belongs;
			},
			() => true,
		);
	state.foreignIds.set(id, verdict);
	return await verdict;
}

/** Describes an answer with records of another organisation of this user. */
export function foreignOrganisationError(
	state: ClientState,
	{ creation }: ApiRequest,
	organisation: Organisation,
	foreign: string,
): Error {
	const instead = `organisation ${foreign} instead of ${formatOrganisation(organisation)}`;
	const advice =
		'Someone works with the same Uphance user in another organisation. Use an Uphance user made for n8n only, one for each organisation.';
	return createApiError(
		state,
		creation
			? {
					message: `Uphance created ${creation.noun} in ${instead}`,
					description: `Delete it there before you run this again. ${advice}`,
				}
			: { message: `Uphance answered with records of ${instead}`, description: advice },
	);
}
