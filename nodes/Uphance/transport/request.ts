import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { storedSession } from '../auth/session';
import type { SignInForm } from '../auth/credential';
import type { UphanceContext } from './context';
import { patience } from './limits';
import { unlessAborted } from './unlessAborted';

/** One user's way to Uphance during one execution: the credential is decrypted once (n8n-platform.md 2.1). */
export interface Account {
	context: UphanceContext;
	/** n8n renews the session in this very object. */
	credential: ICredentialDataDecryptedObject;
	form: SignInForm;
	/** Ends all waiting: when the execution is cancelled or, where n8n gives no signal, when the time is up. */
	signal?: AbortSignal;
	/** Whether the signal means that time is up. */
	unattended: boolean;
	/** A webhook makes one try: Uphance delivers again for 48 hours. */
	oneTry: boolean;
	/** Whether the organisation registered last stays registered when the execution ends. */
	stays: boolean;
	/** Organisations this execution has asked to register, whether or not an answer came. */
	asked: Set<number>;
	/** Organisations this execution has registered: the first request for each registers it anew. */
	registered: Set<number>;
	/** Whether the request under way, or the last one, was preceded by a registration of its own. */
	justRegistered: boolean;
}

export interface Request {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	doing: string;
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT'>;
	path: string;
	/** Blank values must have been left out. */
	query?: IDataObject;
	body?: IDataObject;
	/** Sending it twice does what sending it once does; true for every GET. */
	harmless?: true;
	/** 404 means that there is no such record: the answer is null then. */
	mayBeMissing?: true;
	/** Values in the body that must not come back in a message. */
	secrets?: string[];
	/** It creates something: a failure then says whether that may have happened. */
	creates?: Creating;
}

export interface Creating {
	/** e.g. "the sales order" */
	what: string;
	/** What to do when nobody knows whether it was created. */
	whenUnknown: string;
	/** What to do when Uphance refused the values. */
	whenRefused: string;
}

export const accessTokenOf = ({ credential }: Account): string => storedSession(credential)?.accessToken ?? '';

/**
 * Sends a request once; n8n signs in where needed and sends it a second time after a 401.
 *
 * @throws whatever n8n throws; failure.ts reads it
 */
export async function sendOverHttp(account: Account, { method, path, query, body }: Request): Promise<unknown> {
	const { context, credential, form, signal } = account;
	signal?.throwIfAborted();
	const answering: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
		context,
		'uphanceApi',
		{
			method,
			url: form.apiUrl + path,
			headers: { 'Content-Type': 'application/json' },
			qs: query,
			body,
			json: true,
			arrayFormat: 'brackets',
			timeout: patience.timeout,
			abortSignal: signal,
		},
		{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data: credential } },
	);
	return await unlessAborted(answering, signal); // a sign-in on the way knows nothing of the signal
}
