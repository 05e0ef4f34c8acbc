import { UserError } from 'n8n-workflow';
import { SignInError, takeSignInError } from '../auth/errors';
import { parseRequestError } from '../http/failure';
import type { RequestFailure } from '../http/failure';
import { getProperty } from '../http/json';
import type { Turn } from '../organisation/organisationLock';
import type { Organisation } from '../organisation/organisations';
import { formatOrganisation } from '../organisation/organisations';
import type { ClientState } from './clientState';
import { abortError, abortableSleep } from './clientState';
import type { CreationInfo } from './errorMessages';
import { describeError, describeSwitchError } from './errorMessages';
import { createApiError } from './errors';
import { findForeignOrganisation } from './response';
import { RetriesExhaustedError, attemptError, retry } from './retry';
import type { HttpRequest } from './sendOnce';
import { sendOnce } from './sendOnce';
import { acquireOrganisation, lockOf, releaseOrganisation } from './withOrganisation';

export interface ApiRequest extends HttpRequest {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	/** Sending it twice does what sending it once does; true for every GET. */
	idempotent?: true;
	/** 404 means that there is no such record: the body is undefined then, which no JSON can be. */
	allowNotFound?: true;
	/** Tells of a body whether it holds no record, where another organisation may be the reason. */
	isEmpty?: (body: unknown) => boolean;
	/** Values in the body that must not come back in a message. */
	redact?: string[];
	/** It creates something: an error then says whether that may have happened. */
	creation?: CreationInfo;
}

interface Answer {
	body: unknown;
	/** Whether this very request registered its organisation before. */
	registered: boolean;
}

/**
 * Sends one request in an organisation, retries it as long as that is safe, and returns the body of the answer. What
 * found nothing, and a read whose answer names another organisation, is asked once more after registering again:
 * someone may have switched.
 *
 * @throws NodeApiError in the user's words, OutcomeUnknownError when something may have been created,
 * NodeOperationError when the execution was cancelled
 */
export async function request(
	state: ClientState,
	apiRequest: ApiRequest,
	organisation?: Organisation,
): Promise<unknown> {
	const { body, registered } = await requestWithRetry(state, apiRequest, organisation);
	if (!organisation) return body;
	const foundNothing = body === undefined ? apiRequest.allowNotFound : apiRequest.isEmpty?.(body);
	const isForeign = findForeignOrganisation(body, organisation.id) !== undefined;
	const askAgain = isForeign ? apiRequest.method === 'GET' : foundNothing && !registered;
	if (isForeign || askAgain) lockOf(state).invalidate();
	const last = askAgain ? (await requestWithRetry(state, apiRequest, organisation)).body : body;
	const foreign = findForeignOrganisation(last, organisation.id);
	if (foreign !== undefined) throw foreignOrganisationError(state, apiRequest, organisation, foreign);
	return last;
}

/** Registers an organisation without asking for anything else. @throws NodeApiError in the user's words */
export async function registerOrganisation(state: ClientState, organisation: Organisation): Promise<void> {
	state.registeredOrganisations.delete(organisation.id);
	await requestWithRetry(state, undefined, organisation);
}

async function requestWithRetry(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
): Promise<Answer> {
	const beforeRetry = async (delayMs: number) => {
		await abortableSleep(state, delayMs);
		// Someone may have switched meanwhile, and what is created elsewhere stays there.
		if (apiRequest?.creation) lockOf(state).invalidate();
	};
	const limits = state.noRetry ? { ...state.limits, maxAttempts: 1 } : state.limits;
	return await retry(limits, async () => await attempt(state, apiRequest, organisation), beforeRetry).catch(
		(error: unknown) => {
			throw error instanceof RetriesExhaustedError ? toApiError(state, apiRequest, organisation, error) : error;
		},
	);
}

/** @throws AttemptError; NodeOperationError when the execution was aborted */
async function attempt(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
): Promise<Answer> {
	const turn = organisation && (await takeTurn(state, organisation));
	const registered = turn?.registered ?? false;
	try {
		return { body: apiRequest && (await sendOnce(state, apiRequest)), registered };
	} catch (error) {
		if (state.signal?.aborted) throw abortError(state, apiRequest?.creation);
		const failure = toFailure(state, error);
		if (failure.status === 404 && apiRequest?.allowNotFound) return { body: undefined, registered };
		throw attemptError(failure, apiRequest?.method === 'GET' || apiRequest?.idempotent === true, false);
	} finally {
		const isInFlight = state.signal?.aborted === true && apiRequest !== undefined && apiRequest.method !== 'GET';
		if (turn) releaseOrganisation(state, turn, isInFlight);
	}
}

/** @throws AttemptError when the organisation could not be registered; NodeOperationError */
async function takeTurn(state: ClientState, organisation: Organisation): Promise<Turn> {
	const maxAgeMs = state.registeredOrganisations.has(organisation.id) ? Infinity : 0;
	try {
		return await acquireOrganisation(state, organisation, maxAgeMs);
	} catch (error) {
		if (state.signal?.aborted) throw abortError(state);
		throw attemptError(toFailure(state, error), true, true);
	}
}

/** Prefers the error of a sign-in that failed before the request, which n8n wraps. */
function toFailure({ credentialData }: ClientState, error: unknown): RequestFailure {
	const cause = getProperty(error, 'cause') ?? error;
	const signInError = takeSignInError(credentialData) ?? (cause instanceof UserError ? cause : undefined);
	if (!signInError) return parseRequestError(error);
	const { status, code, retryAfter } = signInError instanceof SignInError ? signInError.failure : {};
	return { signInError, status, code, retryAfter };
}

function toApiError(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
	{ last, attempts, elapsedMs }: RetriesExhaustedError,
): Error {
	const { failure, switchingOrganisation } = last;
	const name = organisation ? formatOrganisation(organisation) : '';
	const action = switchingOrganisation || !apiRequest ? `register organisation ${name}` : apiRequest.action;
	const { credential, limits } = state;
	const info = {
		action,
		organisation: name,
		attempts,
		elapsedMs,
		apiUrl: credential.apiUrl,
		maxDelayMs: limits.maxDelayMs,
	};
	const describe = switchingOrganisation ? describeSwitchError : describeError;
	const text = describe(failure, info, Date.now(), apiRequest?.creation);
	return createApiError(state, text, failure.status, apiRequest?.redact);
}

function foreignOrganisationError(
	state: ClientState,
	{ creation }: ApiRequest,
	organisation: Organisation,
	foreign: number | string,
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
