import { sleep } from 'n8n-workflow';
import { userKey } from '../auth/credential';
import type { OrganisationLock, Turn } from '../organisation/organisationLock';
import { lockFor } from '../organisation/organisationLock';
import type { Organisation } from '../organisation/organisations';
import { setCurrentOrganisation } from '../organisation/setCurrentOrganisation';
import type { ClientState } from './clientState';
import { getAccessToken } from './clientState';
import { sendOnce } from './sendOnce';

/** Returns the lock of the user that the credential names. */
export const lockOf = ({ credential }: ClientState): OrganisationLock => lockFor(userKey(credential));

/**
 * Waits until requests for the organisation may be sent, and registers it where needed.
 *
 * @param maxAgeMs how old a registration may be to rely on it, in milliseconds; 0 registers in any case
 * @throws what the registration throws; the request that wanted the turn was not sent then
 */
export async function acquireOrganisation(state: ClientState, { id }: Organisation, maxAgeMs: number): Promise<Turn> {
	const { signal, limits } = state;
	const options = {
		organisationId: id,
		token: getAccessToken(state),
		maxAgeMs,
		signal,
		gracePeriodMs: limits.gracePeriodMs,
	};
	return await lockOf(state).acquire(options, async (organisationId) => {
		state.requestedOrganisations.add(organisationId);
		await setCurrentOrganisation(
			organisationId,
			async (path, body) => await sendOnce(state, { method: 'POST', path, body }),
		);
		state.registeredOrganisations.add(organisationId);
		return getAccessToken(state);
	});
}

/** Gives a turn back. @param isInFlight an aborted request may still change something: nobody else is let in meanwhile */
export function releaseOrganisation({ limits }: ClientState, turn: Turn, isInFlight: boolean): void {
	if (isInFlight) void sleep(limits.gracePeriodMs).then(turn.release);
	else turn.release();
}
