import { refusedAnswer } from './errors';
import type { Session } from './session';
import type { SignInForm } from './credential';
import type { Send } from './oauth';

/** What Uphance documents for an answer that does not say how long its token lives (uphance-api.md 2.1). */
const usualSeconds = 604_800;

export type Token = Pick<Session, 'accessToken' | 'refreshToken' | 'expiresAt'>;

/** Undefined when Uphance refuses, for whatever reason: the password is then tried (another process may have used it up). */
export async function byRefreshToken(send: Send, refreshToken: string): Promise<Token | undefined> {
	try {
		const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
		return tokenIn(await send('renew the session', '/oauth/token', { method: 'POST', body }));
	} catch {
		return undefined;
	}
}

export async function byPassword(send: Send, form: SignInForm): Promise<Token> {
	const { email, password, expiresIn } = form;
	const body = { email, password, grant_type: 'password', ...(expiresIn && { expires_in: expiresIn }) };
	return tokenIn(await send('sign in', '/oauth/token', { method: 'POST', body }));
}

function tokenIn(answer: unknown): Token {
	if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) throw refusedAnswer('sign in');
	const seconds = 'expires_in' in answer ? Number(answer.expires_in) : NaN;
	const refreshToken = 'refresh_token' in answer ? answer.refresh_token : undefined;
	return {
		accessToken: String(answer.access_token),
		refreshToken: typeof refreshToken === 'string' ? refreshToken.trim() : undefined,
		expiresAt: Date.now() + (Number.isFinite(seconds) ? seconds : usualSeconds) * 1000,
	};
}
