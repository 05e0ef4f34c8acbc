import type { Organisation, OrganisationList } from '../organisation/organisations';
import { countOrganisations, formatOrganisation, parseOrganisations } from '../organisation/organisations';
import type { ClientState } from './clientState';
import { unexpectedResponseText } from './errorMessages';
import { createApiError } from './errors';
import { namedOrganisations } from './response';
import type { ApiRequest } from './sendWithRetry';
import { sendWithRetry } from './sendWithRetry';
import { lockOf } from './withOrganisation';

/** Lists the organisations of the user. @throws NodeApiError in the user's words */
export async function listOrganisations(state: ClientState): Promise<OrganisationList> {
	const action = 'list the organisations';
	const { body } = await sendWithRetry(state, { action, method: 'GET', path: '/organisations' });
	const list = parseOrganisations(body);
	if (!list) throw createApiError(state, unexpectedResponseText(action));
	if (countOrganisations(list) > 1) lockOf(state).hasSeveral = true;
	return list;
}

/**
 * Returns the id of another organisation of this user that a record in an answer names; undefined if none does. An id
 * that is none of the user's organisations is logged and not refused: no source says that `organisation_id` always means
 * this. If Uphance cannot be asked, the id counts as another organisation, so that no record is output.
 */
export async function findForeignOrganisation(
	state: ClientState,
	body: unknown,
	organisation: Organisation,
): Promise<string | undefined> {
	const ids = namedOrganisations(body).filter((id) => id !== String(organisation.id));
	const unknownIds = ids.filter((id) => !state.foreignIds.has(id));
	// Asked anew for ids not seen before: the user may have got another organisation since the last time.
	if (unknownIds.length > 0) await classify(state, unknownIds);
	const foreign = ids.find((id) => state.foreignIds.get(id) !== false);
	if (foreign === undefined) return undefined;
	if (state.foreignIds.get(foreign)) lockOf(state).hasSeveral = true;
	lockOf(state).invalidate();
	return foreign;
}

/** Notes of each id whether it is an organisation of this user; notes nothing if Uphance cannot be asked. */
async function classify(state: ClientState, ids: string[]): Promise<void> {
	const list = await listOrganisations(state).catch(() => undefined);
	if (!list) return;
	const isLogged = [...state.foreignIds.values()].includes(false);
	for (const id of ids)
		state.foreignIds.set(
			id,
			list.organisations.some((each) => String(each.id) === id),
		);
	const other = ids.find((id) => state.foreignIds.get(id) === false);
	if (isLogged || other === undefined) return;
	state.context.logger.warn(`Uphance: organisation_id ${other} is none of this user's organisations`);
}

/** Describes an answer that `findForeignOrganisation` found something in. */
export function foreignOrganisationError(
	state: ClientState,
	{ creation }: ApiRequest,
	organisation: Organisation,
	foreign: string,
): Error {
	const instead = `organisation ${foreign} instead of ${formatOrganisation(organisation)}`;
	if (!state.foreignIds.has(foreign)) {
		const unanswered = `Uphance did not say whether this user has organisation ${foreign}.`;
		return createApiError(
			state,
			creation
				? {
						message: `Uphance created ${creation.noun}, perhaps in ${instead}`,
						description: `${unanswered} Look for it in Uphance before you run this again.`,
					}
				: { message: `Uphance answered with records of ${instead}`, description: `${unanswered} Try again later.` },
		);
	}
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
