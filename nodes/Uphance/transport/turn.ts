import { acquire } from '../organisation/organisationLock';
import type { Organisation } from '../auth/errors';
import { userKey } from '../auth/credential';
import type { ClientState } from './request';
import { getAccessToken, sendOnce } from './request';
import { limits } from './limits';

/**
 * Waits for this organisation's turn, registers it where needed and returns the call that gives the turn back.
 *
 * @throws what the registration throws; the request that wanted the turn was not sent then
 */
export async function acquireOrganisation(state: ClientState, organisation: Organisation): Promise<() => void> {
	state.justSwitched = false;
	const options = {
		organisation: organisation.id,
		token: getAccessToken(state),
		forceSwitch: !state.activatedOrganisations.has(organisation.id),
		signal: state.signal,
		gracePeriodMs: limits.gracePeriodMs,
	};
	return await acquire(userKey(state.credential), options, async (organizationId) => {
		const path = '/organisations/set_current_org';
		state.requestedOrganisations.add(organizationId);
		await sendOnce(state, { action: 'register the organisation', method: 'POST', path, body: { organizationId } });
		state.activatedOrganisations.add(organizationId);
		state.justSwitched = true;
		return getAccessToken(state);
	});
}
