import type { IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import type { RequestFailure } from '../http/failure';
import { parseRequestError } from '../http/failure';
import { textForFailure } from '../http/failureText';
import { asString, getProperty } from '../http/json';
import { defaultLimits, fixedLimits } from '../http/limits';
import { isWebPage, redact } from '../http/serverMessage';
import type { CredentialData } from './credential';
import { SignInError, unexpectedResponseError } from './errors';
import { rejectionError } from './rejection';
import type { Session } from './session';

/** The seven days that Uphance documents, for an answer that does not say how long its token lives. */
const defaultExpiresInSeconds = 604_800;

/** One request of a sign-in: a POST if it has a body, else a GET. */
export interface SignInRequest {
	/** Completes "Uphance could not …", e.g. "sign in". */
	action: string;
	/** Begins with a slash. */
	path: string;
	accessToken?: string;
	body?: IDataObject;
}

/**
 * Sends one request of a sign-in and returns the body of the answer.
 *
 * @throws SignInError. n8n's own error must not escape: it carries what was sent
 */
export type SendRequest = (request: SignInRequest) => Promise<unknown>;

export type Token = Pick<Session, 'accessToken' | 'refreshToken' | 'expiresAt'>;

/** Returns a function that sends the requests of a sign-in to the API of a credential. */
export function createSender(credential: CredentialData, { helpers }: IHttpRequestHelper): SendRequest {
	return async (request) => {
		const { path, accessToken, body } = request;
		try {
			const answer: unknown = await helpers.httpRequest({
				method: body ? 'POST' : 'GET',
				url: credential.apiUrl + path,
				headers: {
					'Content-Type': 'application/json',
					...(accessToken && { Authorization: `Bearer ${accessToken}` }),
				},
				body,
				disableFollowRedirect: true,
				json: true,
				timeout: fixedLimits.signInTimeoutMs,
			});
			return answer;
		} catch (error) {
			const secrets = [credential.password, accessToken, asString(body?.refresh_token)];
			throw toSignInError(request, parseRequestError(error), credential, secrets);
		}
	};
}

/**
 * Asks for a token with the refresh token (docs/uphance.openapi.yaml: POST /oauth/token). Returns undefined whenever
 * that yields none: another process may have used the refresh token, and the password comes next.
 */
export async function refreshTokenGrant(send: SendRequest, refreshToken: string): Promise<Token | undefined> {
	const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
	return parseToken(await send({ action: 'renew the session', path: '/oauth/token', body }).catch(() => undefined));
}

/**
 * Asks for a token with the password (docs/uphance.openapi.yaml: POST /oauth/token).
 *
 * @throws InvalidPasswordError if Uphance rejects email or password; SignInError if anything else goes wrong
 */
export async function passwordGrant(send: SendRequest, credential: CredentialData): Promise<Token> {
	const { email, password, expiresIn } = credential;
	const body = { email, password, grant_type: 'password', ...(expiresIn && { expires_in: expiresIn }) };
	const answer = await send({ action: 'sign in', path: '/oauth/token', body });
	const token = parseToken(answer);
	if (token) return token;
	const saysError = Boolean(getProperty(answer, 'error') ?? getProperty(answer, 'errors'));
	const rejection = saysError ? rejectionError({ status: 200, body: answer }, credential, [password]) : undefined;
	throw rejection ?? unexpectedResponseError('sign in');
}

/**
 * Returns the error of a request of a sign-in that failed. Only one that carries the password can be refused because of it.
 *
 * @param secrets what the request carried
 */
export function toSignInError(
	{ action, body }: Pick<SignInRequest, 'action' | 'body'>,
	failure: RequestFailure,
	credential: Pick<CredentialData, 'apiUrl' | 'expiresIn'>,
	secrets: Array<string | undefined>,
): SignInError {
	const rejection = body?.grant_type === 'password' ? rejectionError(failure, credential, secrets) : undefined;
	if (rejection) return rejection;
	const request = {
		action,
		organisation: '',
		attempts: 1,
		elapsedMs: 0,
		apiUrl: credential.apiUrl,
		maxRetryAfterMs: defaultLimits.maxRetryAfterMs,
	};
	// n8n's test of a credential shows the message alone (its credentials-tester.service), so it says what to check.
	const { message, description, toCheck } = textForFailure(failure, request, Date.now());
	const isRefused = (failure.status === 400 || failure.status === 422) && !isWebPage(failure.body);
	return new SignInError(
		{
			message: redact(message, secrets) + (toCheck === undefined ? '' : `; check ${toCheck} (${credential.apiUrl})`),
			description: isRefused ? 'Open the Uphance credential, check what you entered and save.' : description,
		},
		failure,
	);
}

function parseToken(body: unknown): Token | undefined {
	const accessToken = asString(getProperty(body, 'access_token'))?.trim();
	if (!accessToken) return undefined;
	const seconds = Number(getProperty(body, 'expires_in'));
	const livesSeconds = seconds > 0 && Number.isFinite(seconds) ? seconds : defaultExpiresInSeconds;
	return {
		accessToken,
		refreshToken: asString(getProperty(body, 'refresh_token'))?.trim(),
		expiresAt: Date.now() + livesSeconds * 1000,
	};
}
