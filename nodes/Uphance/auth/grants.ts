import { unexpectedResponseError } from './errors';
import type { Session } from './session';
import type { CredentialData } from './credential';
import type { SendRequest } from './oauth';

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
