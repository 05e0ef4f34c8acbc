import { takeTurn } from '../organisation/organisationLock';
import type { Organisation } from '../auth/errors';
import { userOf } from '../auth/credential';
import type { Account } from './request';
import { accessTokenOf, sendOverHttp } from './request';
import { patience } from './limits';

/**
 * Waits for this organisation's turn, registers it where needed and returns the call that gives the turn back.
 *
 * @throws what the registration throws; the request that wanted the turn was not sent then
 */
export async function turnIn(account: Account, organisation: Organisation): Promise<() => void> {
	account.justRegistered = false;
	const wish = {
		organisation: organisation.id,
		token: accessTokenOf(account),
		anew: !account.registered.has(organisation.id),
		signal: account.signal,
		settle: patience.settle,
	};
	return await takeTurn(userOf(account.form), wish, async (organizationId) => {
		const path = '/organisations/set_current_org';
		account.asked.add(organizationId);
		await sendOverHttp(account, { doing: 'register the organisation', method: 'POST', path, body: { organizationId } });
		account.registered.add(organizationId);
		account.justRegistered = true;
		return accessTokenOf(account);
	});
}
