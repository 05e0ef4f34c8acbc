import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { SignInError, takeSignInError } from '../auth/errors';
import type { RequestFailure } from '../http/failure';
import { parseRequestError } from '../http/failure';
import { getProperty } from '../http/json';
import type { Turn } from '../organisation/organisationLock';
import type { Organisation } from '../organisation/organisations';
import { formatOrganisation } from '../organisation/organisations';
import type { ClientState } from './clientState';
import { abortError, abortableSleep } from './clientState';
import type { CreationInfo } from './errorMessages';
import { describeError, describeSwitchError } from './errorMessages';
import { createApiError } from './errors';
import { RetriesExhaustedError, attemptError, isOutage, mayHaveSucceeded, retry } from './retry';
import type { HttpRequest } from './sendOnce';
import { sendOnce } from './sendOnce';
import type { Certainty } from './withOrganisation';
import { acquireOrganisation, lockOf, releaseOrganisation } from './withOrganisation';

export interface ApiRequest extends HttpRequest {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	/** 404 means that there is no such record: the body is undefined then, which no JSON can be. */
	allowNotFound?: true;
	/** Returns the records in a body; undefined where it is no such answer. */
	records?: (body: unknown) => IDataObject[] | undefined;
	/** Each of those records says in `organisation_id` to which organisation it belongs. */
	namesOrganisation?: boolean;
	/** Values in the body that must not come back in a message. */
	redact?: string[];
	/** It creates something: an error then says whether that may have happened. */
	creation?: CreationInfo;
	/** Is told how an attempt ended that Uphance may have carried out, even if a later one is refused. */
	onUnclear?: (failure: RequestFailure) => void;
}

export interface Answer {
	body: unknown;
	/** Whether this very request registered its organisation before. */
	registered: boolean;
}

/**
 * Sends a request in an organisation and retries it as long as that is safe. Without a request it only registers.
 *
 * @throws NodeApiError in the user's words; NodeOperationError when the execution was aborted
 */
export async function sendWithRetry(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation?: Organisation,
	certainty = certaintyOf(apiRequest),
): Promise<Answer> {
	const beforeRetry = async (delayMs: number) => {
		await abortableSleep(state, delayMs);
		// Someone may have switched meanwhile, and what is created elsewhere stays there.
		if (apiRequest?.creation) lockOf(state).invalidate();
	};
	const unclear: RequestFailure[] = [];
	const onUnclear = (failure: RequestFailure) => {
		unclear.push(failure);
		apiRequest?.onUnclear?.(failure);
	};
	const limits = state.noRetry ? { ...state.limits, maxAttempts: 1 } : state.limits;
	const attempts = retry(
		limits,
		async () => await attempt(state, apiRequest, organisation, certainty, onUnclear),
		beforeRetry,
		state.deadlineAt,
	);
	return await attempts.catch((error: unknown) => {
		if (error instanceof RetriesExhaustedError) {
			throw toApiError(state, apiRequest, organisation, error, unclear.at(-1));
		}
		throw unclear.length > 0 && state.signal?.aborted ? abortError(state, apiRequest?.creation) : error;
	});
}

/** @throws AttemptError; NodeOperationError when the execution was aborted */
async function attempt(
	state: ClientState,
	apiRequest: ApiRequest | undefined,
	organisation: Organisation | undefined,
	certainty: Certainty,
	onUnclear: (failure: RequestFailure) => void,
): Promise<Answer> {
	const turn = organisation && (await acquireTurn(state, organisation, certainty));
	const registered = turn?.registered ?? false;
	try {
		return { body: apiRequest && (await sendOnce(state, apiRequest)), registered };
	} catch (error) {
		if (state.signal?.aborted) throw abortError(state, apiRequest?.creation);
		const failure = toFailure(state, error);
		if (failure.status === 404 && apiRequest?.allowNotFound) return { body: undefined, registered };
		if (mayHaveSucceeded(failure)) onUnclear(failure);
		throw attemptError(failure, apiRequest?.method === 'GET' || apiRequest?.idempotent === true, false);
	} finally {
		const isInFlight = state.signal?.aborted === true && apiRequest !== undefined && apiRequest.method !== 'GET';
		if (turn) releaseOrganisation(state, turn, isInFlight);
	}
}

/** @throws AttemptError when the organisation could not be registered; NodeOperationError */
async function acquireTurn(state: ClientState, organisation: Organisation, certainty: Certainty): Promise<Turn> {
	try {
		return await acquireOrganisation(state, organisation, certainty);
	} catch (error) {
		if (state.signal?.aborted) throw abortError(state);
		throw attemptError(toFailure(state, error), true, true);
	}
}

function certaintyOf(apiRequest: ApiRequest | undefined): Certainty {
	if (!apiRequest) return 'forced';
	if (apiRequest.method !== 'GET') return 'write';
	return apiRequest.namesOrganisation ? 'checked' : 'read';
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
	{ last, attempts, elapsedMs, maxRetryAfterMs }: RetriesExhaustedError,
	unclear: RequestFailure | undefined,
): Error {
	const { failure, switchingOrganisation } = last;
	const name = organisation ? formatOrganisation(organisation) : '';
	const action = switchingOrganisation || !apiRequest ? `switch to organisation ${name}` : apiRequest.action;
	const { apiUrl } = state.credential;
	const changes = apiRequest !== undefined && apiRequest.method !== 'GET';
	const info = { action, organisation: name, attempts, elapsedMs, apiUrl, maxRetryAfterMs, changes, unclear };
	const describe = switchingOrganisation ? describeSwitchError : describeError;
	const text = describe(failure, info, Date.now(), apiRequest?.creation);
	return createApiError(state, { ...text, isOutage: isOutage(failure) }, failure.status, apiRequest?.redact);
}
