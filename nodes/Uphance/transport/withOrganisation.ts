import { sleep } from 'n8n-workflow';
import { userKey } from '../auth/credential';
import { readSession } from '../auth/session';
import type { OrganisationLock, Turn } from '../organisation/organisationLock';
import { lockFor } from '../organisation/organisationLock';
import type { Organisation } from '../organisation/organisations';
import { setCurrentOrganisation } from '../organisation/setCurrentOrganisation';
import type { ClientState } from './clientState';
import { getAccessToken } from './clientState';
import { sendOnce } from './sendOnce';

/**
 * How sure a request must be that its organisation is current. A checked read goes out at once, because what comes back
 * names its organisation; a forced one registers in any case.
 */
export type Certainty = 'checked' | 'read' | 'write' | 'forced';

/** Returns the lock of the user that the credential names. */
export const lockOf = ({ credential }: ClientState): OrganisationLock => lockFor(userKey(credential));

/** Tells whether somebody can have switched the organisation: only where the user has several. */
export const hasSeveralOrganisations = (state: ClientState): boolean =>
	lockOf(state).hasSeveral || readSession(state.credentialData)?.organisationCount !== 1;

/**
 * Waits until requests for the organisation may be sent, and registers it where that can matter (docs/design.md: One
 * organisation at a time).
 *
 * @throws what the registration throws; the request that wanted the turn was not sent then
 */
export async function acquireOrganisation(
	state: ClientState,
	{ id }: Organisation,
	certainty: Certainty,
): Promise<Turn> {
	const { signal, limits } = state;
	const options = {
		organisationId: id,
		token: getAccessToken(state),
		maxAgeMs: maxRegistrationAge(state, certainty),
		assumeCurrent: certainty !== 'forced' && certainty !== 'write' && !hasSeveralOrganisations(state),
		signal,
		gracePeriodMs: limits.gracePeriodMs,
	};
	return await lockOf(state).acquire(options, async (organisationId) => {
		state.requestedOrganisations.add(organisationId);
		await setCurrentOrganisation(
			organisationId,
			async (path, body) => await sendOnce(state, { method: 'POST', path, body, idempotent: true }),
		);
		return getAccessToken(state);
	});
}

/** Gives a turn back. @param isInFlight an aborted request may still change something: nobody else is let in meanwhile */
export function releaseOrganisation({ limits }: ClientState, turn: Turn, isInFlight: boolean): void {
	if (isInFlight) void sleep(limits.gracePeriodMs).then(turn.release);
	else turn.release();
}

/** Returns how old a registration may be to rely on it, in milliseconds. */
function maxRegistrationAge(state: ClientState, certainty: Certainty): number {
	if (certainty === 'forced') return 0;
	if (certainty === 'checked') return Infinity;
	const { severalOrganisationsTrustMs, singleOrganisationTrustMs } = state.limits;
	return hasSeveralOrganisations(state) ? severalOrganisationsTrustMs : singleOrganisationTrustMs;
}
