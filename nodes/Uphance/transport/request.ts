import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { readSession } from '../auth/session';
import type { CredentialData } from '../auth/credential';
import type { UphanceContext } from './client';
import { limits } from './limits';
import { raceAbort } from './keyedMutex';

/** One user's way to Uphance during one execution: the credential is decrypted once (n8n-platform.md 2.1). */
export interface ClientState {
	context: UphanceContext;
	/** n8n renews the session in this very object. */
	credentialData: ICredentialDataDecryptedObject;
	credential: CredentialData;
	/** Ends all waiting: when the execution is cancelled or, where n8n gives no signal, when the time is up. */
	signal?: AbortSignal;
	/** Whether the signal means that time is up. */
	hasDeadline: boolean;
	/** A webhook makes one try: Uphance delivers again for 48 hours. */
	noRetry: boolean;
	/** Whether the organisation registered last stays registered when the execution ends. */
	keepOrganisation: boolean;
	/** Organisations this execution has asked to register, whether or not an answer came. */
	requestedOrganisations: Set<number>;
	/** Organisations this execution has registered: the first request for each registers it anew. */
	activatedOrganisations: Set<number>;
	/** Whether the request under way, or the last one, was preceded by a registration of its own. */
	justSwitched: boolean;
}

export interface ApiRequest {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT'>;
	path: string;
	/** Blank values must have been left out. */
	query?: IDataObject;
	body?: IDataObject;
	/** Sending it twice does what sending it once does; true for every GET. */
	idempotent?: true;
	/** 404 means that there is no such record: the answer is null then. */
	allowNotFound?: true;
	/** Values in the body that must not come back in a message. */
	redact?: string[];
	/** It creates something: a failure then says whether that may have happened. */
	creation?: CreationInfo;
}

export interface CreationInfo {
	/** e.g. "the sales order" */
	noun: string;
	/** What to do when nobody knows whether it was created. */
	adviceIfUnknown: string;
	/** What to do when Uphance refused the values. */
	adviceIfRejected: string;
}

export const getAccessToken = ({ credentialData }: ClientState): string =>
	readSession(credentialData)?.accessToken ?? '';

/**
 * Sends a request once; n8n signs in where needed and sends it a second time after a 401.
 *
 * @throws whatever n8n throws; failure.ts reads it
 */
export async function sendOnce(state: ClientState, { method, path, query, body }: ApiRequest): Promise<unknown> {
	const { context, credentialData, credential, signal } = state;
	signal?.throwIfAborted();
	const response: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
		context,
		'uphanceApi',
		{
			method,
			url: credential.apiUrl + path,
			headers: { 'Content-Type': 'application/json' },
			qs: query,
			body,
			json: true,
			arrayFormat: 'brackets',
			timeout: limits.requestTimeoutMs,
			abortSignal: signal,
		},
		{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data: credentialData } },
	);
	return await raceAbort(response, signal); // a sign-in on the way knows nothing of the signal
}
