import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { getProperty } from '../http/json';
import type { ClientState } from './clientState';
import { raceAbort } from './keyedMutex';

export interface HttpRequest {
	method: Extract<IHttpRequestMethods, 'GET' | 'POST' | 'PUT'>;
	/** Begins with a slash. */
	path: string;
	/** Without blank values. */
	query?: IDataObject;
	body?: IDataObject;
}

/**
 * Sends one request and returns the body of the answer, '' if it has none. n8n signs in where needed and resends it once after a 401. A
 * 201 without a body yields `{ Status: 'Created' }`: the status says it.
 *
 * @throws whatever n8n throws; `parseRequestError` reads it
 */
export async function sendOnce(state: ClientState, { method, path, query, body }: HttpRequest): Promise<unknown> {
	const { context, credentialData, credential, limits, signal } = state;
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
			returnFullResponse: true,
		},
		{ credentialsDecrypted: { id: '', name: '', type: 'uphanceApi', data: credentialData } },
	);
	const full = await raceAbort(response, signal); // a sign-in on the way knows nothing of the signal
	const answer = getProperty(full, 'body');
	const isBlank = answer === undefined || (typeof answer === 'string' && answer.trim() === '');
	if (isBlank) return getProperty(full, 'statusCode') === 201 ? { Status: 'Created' } : '';
	return answer;
}
