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
	/** Sending it twice does what sending it once does; true for every GET. */
	idempotent?: true;
}

/**
 * Sends one request and returns the body of the answer, '' if it has none. n8n signs in where needed and resends it once
 * after a 401. A 201 without a body yields `{ Status: 'Created' }`: the status says it. If the request may be repeated,
 * an answer that broke off is an error.
 *
 * @throws whatever n8n throws; `parseRequestError` reads it
 */
export async function sendOnce(state: ClientState, request: HttpRequest): Promise<unknown> {
	const { method, path, query, body, idempotent = method === 'GET' } = request;
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
	const isBrokenOff = isBlank ? method === 'GET' : typeof answer === 'string' && /^\s*[{[]/.test(answer);
	if (isBrokenOff && idempotent) throw brokenAnswerError(getProperty(full, 'statusCode'));
	if (isBlank) return getProperty(full, 'statusCode') === 201 ? { Status: 'Created' } : '';
	return answer;
}

/**
 * Returns an error like that of Axios for a connection that ends within an answer. n8n returns JSON that cannot be
 * parsed as text, also where a compressed answer ended too early (n8n-core's request helpers).
 */
const brokenAnswerError = (status: unknown): Error =>
	Object.assign(new Error('The answer broke off'), { code: 'ERR_BAD_RESPONSE', response: { status, headers: {} } });
