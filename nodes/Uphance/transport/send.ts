import { sleep } from 'n8n-workflow';
import { userKey } from '../auth/credential';
import type { Organisation } from '../auth/errors';
import { formatOrganisation, takeSignInError } from '../auth/errors';
import type { RequestFailure } from '../http/failure';
import { parseRequestError } from '../http/failure';
import { acquire, invalidate } from '../organisation/organisationLock';
import { describeError } from './errorMessages';
import { cancelled, createApiError } from './errors';
import { limits } from './limits';
import type { ApiRequest, ClientState } from './request';
import { getAccessToken, sendOnce } from './request';
import { findForeignOrganisation } from './response';
import { retryDelay } from './retry';

/**
 * Sends one request in an organisation, repeats it as long as that is safe, and returns the answer's body.
 * Reading an answer that names another organisation is repeated once after registering again (design 4), and so is
 * whatever found nothing: someone may have switched to an organisation that does not have it.
 *
 * @throws NodeApiError in the user's words, OutcomeUnknown when something may have been created; NodeOperationError when
 * the execution was cancelled
 */
export async function request(
	state: ClientState,
	apiRequest: ApiRequest,
	organisation?: Organisation,
): Promise<unknown> {
	let body = await sendWithRetry(state, apiRequest, organisation);
	if (body === null && apiRequest.allowNotFound && organisation && invalidateOrganisation(state)) {
		body = await sendWithRetry(state, apiRequest, organisation);
	}
	if (!organisation || findForeignOrganisation(body, organisation.id) === undefined) return body;
	invalidate(userKey(state.credential));
	const retried = apiRequest.method === 'GET' ? await sendWithRetry(state, apiRequest, organisation) : body;
	const foreignOrganisation = findForeignOrganisation(retried, organisation.id);
	if (foreignOrganisation === undefined) return retried;
	const advice =
		'Someone works with the same Uphance user in another organisation. Use an Uphance user made for n8n only, one for each organisation.';
	throw createApiError(
		state,
		apiRequest.creation
			? {
					message: `Uphance created ${apiRequest.creation.noun} in organisation ${foreignOrganisation} instead of ${formatOrganisation(organisation)}`,
					description: `Delete it there before you run this again. ${advice}`,
				}
			: {
					message: `Uphance answered with records of organisation ${foreignOrganisation} instead of ${formatOrganisation(organisation)}`,
					description: advice,
				},
	);
}

/** False when the last request registered its organisation: asking again would bring nothing new then. */
export function invalidateOrganisation(state: ClientState): boolean {
	if (!state.justSwitched) invalidate(userKey(state.credential));
	return !state.justSwitched;
}

/** Registers an organisation anew without asking for anything else. @throws NodeApiError in the user's words */
export async function activateOrganisation(state: ClientState, organisation: Organisation): Promise<void> {
	state.activatedOrganisations.delete(organisation.id);
	await sendWithRetry(state, undefined, organisation);
}

async function sendWithRetry(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
): Promise<unknown> {
	const started = Date.now();
	for (let attempts = 1; ; attempts++) {
		const outcome = await attempt(state, apiRequest, organisation);
		if (!('failure' in outcome)) return outcome.body;
		const { failure, idempotent, action, switchingOrganisation } = outcome;
		if (failure.status === 404 && apiRequest?.allowNotFound && !switchingOrganisation) return null;
		const now = Date.now();
		const wait = state.noRetry ? undefined : retryDelay(failure, attempts, idempotent, now, Math.random());
		if (wait === undefined) {
			const where = organisation ? formatOrganisation(organisation) : '';
			const info = {
				action,
				switchingOrganisation,
				creation: apiRequest?.creation,
				organisation: where,
				attempts,
				elapsedMs: now - started,
				apiUrl: state.credential.apiUrl,
			};
			throw createApiError(state, describeError(failure, info, now), failure.status, apiRequest?.redact);
		}
		await abortableSleep(state, wait);
		// Someone may have switched meanwhile, and what is created elsewhere stays there.
		if (apiRequest?.creation) invalidate(userKey(state.credential));
	}
}

type Outcome =
	| { body: unknown }
	| { failure: RequestFailure; idempotent: boolean; action: string; switchingOrganisation: boolean };

async function attempt(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
): Promise<Outcome> {
	let release: (() => void) | undefined;
	try {
		release = organisation && (await acquireOrganisation(state, organisation));
		return { body: apiRequest && (await sendOnce(state, apiRequest)) };
	} catch (error) {
		if (state.signal?.aborted) throw cancelled(state, release && apiRequest?.creation);
		const failure = parseRequestError(error, takeSignInError(state.credentialData));
		return !apiRequest || (organisation && !release)
			? {
					failure,
					idempotent: true,
					action: `register organisation ${organisation ? formatOrganisation(organisation) : ''}`,
					switchingOrganisation: true,
				}
			: {
					failure,
					idempotent: apiRequest.method === 'GET' || apiRequest.idempotent === true,
					action: apiRequest.action,
					switchingOrganisation: false,
				};
	} finally {
		const maybeInFlight = state.signal?.aborted && apiRequest && apiRequest.method !== 'GET';
		if (release && maybeInFlight) void sleep(limits.gracePeriodMs).then(release);
		else release?.();
	}
}

/** In steps, because n8n allows no timer that could be cleared: a cancelled execution ends within one of them. */
export async function abortableSleep(state: ClientState, milliseconds: number): Promise<void> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0; left = end - Date.now()) {
		await sleep(Math.min(left, 200));
		if (state.signal?.aborted) throw cancelled(state);
	}
}

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
