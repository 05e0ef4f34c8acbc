import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { CredentialData } from './credential';
import type { SignInError } from './errors';
import { invalidPasswordError, signInStepError, unexpectedResponseError } from './errors';
import type { Session } from './session';

/** Milliseconds for each request of a sign-in. */
const requestTimeoutMs = 30_000;

/** Sends one request of a sign-in. @throws SignInRefused, never n8n's own error, which carries what was sent */
export type SendRequest = (action: string, path: string, options: Omit<IHttpRequestOptions, 'url'>) => Promise<unknown>;

export const bearerHeader = (accessToken: string) => ({ headers: { Authorization: `Bearer ${accessToken}` } });

export function createSender({ apiUrl }: CredentialData, { helpers }: IHttpRequestHelper): SendRequest {
	return async (action, path, options) => {
		try {
			const response: unknown = await helpers.httpRequest({
				...options,
				url: apiUrl + path,
				headers: { 'Content-Type': 'application/json', ...options.headers },
				disableFollowRedirect: true,
				json: true,
				timeout: requestTimeoutMs,
			});
			return response;
		} catch (error) {
			throw toSignInError(action, error);
		}
	};
}

/** Status 400, 401 or 403 for a sign-in means its password; which of them Uphance uses is unknown (uphance-api.md 2.8). */
function toSignInError(action: string, error: unknown): SignInError {
	const response = parseErrorResponse(error);
	const isPassword = action === 'sign in' && [400, 401, 403].includes(response.status ?? 0);
	return isPassword ? invalidPasswordError(response) : signInStepError(action, response);
}

function parseErrorResponse(error: unknown): SignInError['failure'] {
	if (typeof error !== 'object' || error === null) return {};
	const response = 'response' in error && typeof error.response === 'object' ? error.response : null;
	return {
		status: response && 'status' in response ? Number(response.status) : undefined,
		headers: response && 'headers' in response ? response.headers : undefined,
		// n8n itself refuses some requests, e.g. to a domain that the credential does not allow: then its words say why.
		code:
			'code' in error ? String(error.code) : response === null && error instanceof Error ? error.message : undefined,
	};
}

/** What Uphance documents for an answer that does not say how long its token lives (uphance-api.md 2.1). */
const defaultExpiresInSeconds = 604_800;

export type Token = Pick<Session, 'accessToken' | 'refreshToken' | 'expiresAt'>;

/** Undefined when Uphance refuses, for whatever reason: the password is then tried (another process may have used it up). */
export async function refreshTokenGrant(send: SendRequest, refreshToken: string): Promise<Token | undefined> {
	try {
		const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
		return parseToken(await send('renew the session', '/oauth/token', { method: 'POST', body }));
	} catch {
		return undefined;
	}
}

export async function passwordGrant(send: SendRequest, credential: CredentialData): Promise<Token> {
	const { email, password, expiresIn } = credential;
	const body = { email, password, grant_type: 'password', ...(expiresIn && { expires_in: expiresIn }) };
	return parseToken(await send('sign in', '/oauth/token', { method: 'POST', body }));
}

function parseToken(response: unknown): Token {
	if (typeof response !== 'object' || response === null || !('access_token' in response))
		throw unexpectedResponseError('sign in');
	const seconds = 'expires_in' in response ? Number(response.expires_in) : NaN;
	const refreshToken = 'refresh_token' in response ? response.refresh_token : undefined;
	return {
		accessToken: String(response.access_token),
		refreshToken: typeof refreshToken === 'string' ? refreshToken.trim() : undefined,
		expiresAt: Date.now() + (Number.isFinite(seconds) ? seconds : defaultExpiresInSeconds) * 1000,
	};
}
