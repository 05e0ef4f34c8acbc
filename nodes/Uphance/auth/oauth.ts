import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { RequestFailure } from '../http/failure';
import { parseRequestError } from '../http/failure';
import { textForFailure } from '../http/failureText';
import { defaultLimits, fixedLimits } from '../http/limits';
import type { CredentialData } from './credential';
import { SignInError, invalidPasswordError, unexpectedResponseError } from './errors';
import type { Session } from './session';

/** The seven days that Uphance documents, for an answer that does not say how long its token lives. */
const defaultExpiresInSeconds = 604_800;

/**
 * Sends one request of a sign-in and returns the body of the answer.
 *
 * @throws SignInError, never n8n's own error, which carries what was sent
 */
export type SendRequest = (action: string, path: string, options: Omit<IHttpRequestOptions, 'url'>) => Promise<unknown>;

export type Token = Pick<Session, 'accessToken' | 'refreshToken' | 'expiresAt'>;

export const bearerHeader = (accessToken: string) => ({ headers: { Authorization: `Bearer ${accessToken}` } });

export function createSender({ apiUrl }: CredentialData, { helpers }: IHttpRequestHelper): SendRequest {
	return async (action, path, options) => {
		try {
			const body: unknown = await helpers.httpRequest({
				...options,
				url: apiUrl + path,
				headers: { 'Content-Type': 'application/json', ...options.headers },
				disableFollowRedirect: true,
				json: true,
				timeout: fixedLimits.signInTimeoutMs,
			});
			return body;
		} catch (error) {
			throw toSignInError(action, parseRequestError(error), apiUrl);
		}
	};
}

/**
 * Asks for a token with the refresh token (docs/uphance.openapi.yaml: POST /oauth/token). Returns undefined when
 * Uphance rejects it, for whatever reason: another process may have used it up, and the password comes next.
 */
export async function refreshTokenGrant(send: SendRequest, refreshToken: string): Promise<Token | undefined> {
	const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
	const answer = await send('renew the session', '/oauth/token', { method: 'POST', body }).catch(() => undefined);
	return answer === undefined ? undefined : parseToken(answer);
}

/** Asks for a token with the password (docs/uphance.openapi.yaml: POST /oauth/token). @throws SignInError */
export async function passwordGrant(send: SendRequest, credential: CredentialData): Promise<Token> {
	const { email, password, expiresIn } = credential;
	const body = { email, password, grant_type: 'password', ...(expiresIn && { expires_in: expiresIn }) };
	return parseToken(await send('sign in', '/oauth/token', { method: 'POST', body }));
}

/** 400, 401 or 403 for a sign-in means its password; which of them Uphance uses is unknown. */
export function toSignInError(action: string, failure: RequestFailure, apiUrl: string): SignInError {
	if (action === 'sign in' && [400, 401, 403].includes(failure.status ?? 0)) return invalidPasswordError(failure);
	const { maxDelayMs } = defaultLimits;
	const request = { action, organisation: '', attempts: 1, elapsedMs: 0, apiUrl, maxDelayMs };
	return new SignInError(textForFailure(failure, request, Date.now()), failure);
}

function parseToken(body: unknown): Token {
	if (typeof body !== 'object' || body === null || !('access_token' in body)) throw unexpectedResponseError('sign in');
	const seconds = 'expires_in' in body ? Number(body.expires_in) : NaN;
	const refreshToken = 'refresh_token' in body ? body.refresh_token : undefined;
	return {
		accessToken: String(body.access_token),
		refreshToken: typeof refreshToken === 'string' ? refreshToken.trim() : undefined,
		expiresAt: Date.now() + (Number.isFinite(seconds) ? seconds : defaultExpiresInSeconds) * 1000,
	};
}
