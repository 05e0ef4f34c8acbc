import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { storedSession } from '../session/session';
import type { SignInForm } from '../session/signInForm';
import type { UphanceContext } from './context';
import { patience } from './patience';

/** One user's way to Uphance during one execution: the credential is decrypted once (n8n-platform.md 2.1). */
export interface Account {
	context: UphanceContext;
	/** n8n renews the session in this very object. */
	credential: ICredentialDataDecryptedObject;
	form: SignInForm;
	signal?: AbortSignal;
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
}

export const accessTokenOf = ({ credential }: Account): string => storedSession(credential)?.accessToken ?? '';

/**
 * Sends a request once; n8n signs in where needed and sends it a second time after a 401.
 *
 * @throws whatever n8n throws; failure.ts reads it
 */
export async function sendOverHttp(account: Account, { method, path, query, body }: Request): Promise<unknown> {
	const { context, credential, form } = account;
	const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
		context,
		'uphanceApi',
		{
			method,
			url: form.apiUrl + path,
			headers: { 'Content-Type': 'application/json' },
			qs: query,
			body,
			json: true,
			timeout: patience.timeout,
		},
		{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data: credential } },
	);
	return answer;
}
