import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import type { CredentialData } from '../auth/credential';
import { readSession } from '../auth/session';
import { fixedLimits } from '../http/limits';
import type { Limits } from '../http/limits';
import { cancelledError, deadlineError } from './errors';

/** Wherever n8n lets a node talk to Uphance. */
export type UphanceContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** What all clients of one execution share. The credential is decrypted once: that costs as much as a third of a page. */
export interface ClientState {
	readonly context: UphanceContext;
	/** n8n renews the session in this very object. */
	readonly credentialData: ICredentialDataDecryptedObject;
	readonly credential: CredentialData;
	readonly limits: Readonly<Limits>;
	/** Ends all waiting: when the execution is cancelled or, where n8n gives no signal, at the deadline. */
	readonly signal?: AbortSignal;
	/** The deadline, in milliseconds of the clock. Undefined if the signal is none. */
	readonly deadlineAt?: number;
	/** A webhook makes one attempt: Uphance delivers again for 48 hours. */
	readonly noRetry: boolean;
	/** If set, `restoreOrganisation` leaves the organisation registered last as it is. */
	keepOrganisation: boolean;
	/** Ids of organisations this execution asked to register, whether or not an answer came. */
	readonly requestedOrganisations: Set<number>;
	/** By an `organisation_id` that was not asked for: whether it is another organisation of this user. */
	readonly foreignIds: Map<string, boolean>;
}

/** Returns the access token of the session; empty when there is none. */
export const getAccessToken = ({ credentialData }: ClientState): string =>
	readSession(credentialData)?.accessToken ?? '';

/** Throws the error of an aborted execution: cancelled by the user, or past its deadline. */
export function throwIfAborted(state: ClientState): void {
	if (state.signal?.aborted) throw abortError(state);
}

export const abortError = (state: ClientState, creation?: Parameters<typeof cancelledError>[1]): Error =>
	state.deadlineAt === undefined ? cancelledError(state, creation) : deadlineError(state);

/** Returns what a promise yields. @throws NodeOperationError if the execution was aborted meanwhile */
export const orAbortError = async <T>(state: ClientState, promise: Promise<T>): Promise<T> =>
	await promise.catch((error: unknown) => {
		throw state.signal?.aborted && !(error instanceof NodeOperationError) ? abortError(state) : error;
	});

/**
 * Waits in steps, because n8n's lint allows no timer that could be cleared: a cancelled execution ends within one.
 *
 * @throws NodeOperationError as soon as the execution is aborted
 */
export async function abortableSleep(state: ClientState, milliseconds: number): Promise<void> {
	const end = performance.now() + milliseconds; // the clock of Date may be set back meanwhile
	for (let left = milliseconds; left > 0; left = end - performance.now()) {
		await sleep(Math.min(left, fixedLimits.sleepStepMs));
		throwIfAborted(state);
	}
}
