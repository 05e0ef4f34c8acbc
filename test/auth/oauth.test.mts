import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { InvalidPasswordError, SignInError } from '../../nodes/Uphance/auth/errors.ts';
import type { SignInRequest } from '../../nodes/Uphance/auth/oauth.ts';
import { createSender, passwordGrant, refreshTokenGrant, toSignInError } from '../../nodes/Uphance/auth/oauth.ts';

const now = Date.UTC(2026, 10, 2, 9);
const week = 604_800_000;
const apiUrl = 'https://api.uphance.com';
const signIn = { action: 'sign in', body: { grant_type: 'password' } };
const credential = { apiUrl, email: 'ann@example.com', password: 's3cret', organisationId: '' };

afterEach(() => void jest.restoreAllMocks());

/** Sends one request of a sign-in to a server that answers this, or throws it, and returns what was sent. */
async function sent(request: SignInRequest, answer: unknown) {
	const requests: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		requests.push(options);
		if (answer instanceof Error) throw answer;
		return answer;
	};
	const done = await createSender(credential, { helpers: { httpRequest } })(request).catch((error: unknown) => error);
	return { done, requests };
}

const failing = (status: number, data: unknown) => Object.assign(new Error('No'), { response: { status, data } });

describe('A request of a sign-in', () => {
	const common = { disableFollowRedirect: true, json: true, timeout: 30_000 };

	test('with a body is a POST that follows no redirect', async () => {
		const body = { email: 'ann@example.com' };
		const { done, requests } = await sent({ action: 'sign in', path: '/oauth/token', body }, { access_token: 'a' });
		expect(done).toEqual({ access_token: 'a' });
		expect(requests).toEqual([
			{
				...common,
				method: 'POST',
				url: 'https://api.uphance.com/oauth/token',
				headers: { 'Content-Type': 'application/json' },
				body,
			},
		]);
	});

	test('without a body is a GET, with the token', async () => {
		const request = { action: 'list the organisations', path: '/organisations', accessToken: 't0ken' };
		const { requests } = await sent(request, []);
		expect(requests).toEqual([
			{
				...common,
				method: 'GET',
				url: 'https://api.uphance.com/organisations',
				headers: { 'Content-Type': 'application/json', Authorization: 'Bearer t0ken' },
				body: undefined,
			},
		]);
	});

	test('that fails says so, without what it carried', async () => {
		const body = { refresh_token: 'refr3sh' };
		const request = { action: 'switch to the organisation', path: '/x', accessToken: 't0ken', body };
		const { done } = await sent(request, failing(403, { error: 's3cret t0ken refr3sh' }));
		expect(done).toBeInstanceOf(SignInError);
		expect(done).toMatchObject({
			message: 'Uphance does not allow this user to switch to the organisation: *** *** ***',
			failure: { status: 403 },
		});
	});

	test('that fails without a body says so too', async () => {
		const { done } = await sent({ action: 'list the organisations', path: '/organisations' }, failing(500, 'Busy'));
		expect(done).toBeInstanceOf(SignInError);
		expect(done).toMatchObject({ message: 'Uphance could not list the organisations (status 500): Busy' });
	});
});

/** Asks for a token where Uphance answers this, or fails so. */
async function granted(
	grant: (send: (request: SignInRequest) => Promise<unknown>) => Promise<unknown>,
	answer: unknown,
) {
	jest.spyOn(Date, 'now').mockReturnValue(now);
	const requests: SignInRequest[] = [];
	const done = await grant(async (request) => {
		requests.push(request);
		if (answer instanceof Error) throw answer;
		return answer;
	}).catch((error: unknown) => error);
	return { done, requests };
}

const byPassword = async (answer: unknown, more: { expiresIn?: number } = {}) =>
	await granted(async (send) => await passwordGrant(send, { ...credential, ...more }), answer);
const byRefreshToken = async (answer: unknown) =>
	await granted(async (send) => await refreshTokenGrant(send, 'refr3sh'), answer);

const token = { accessToken: 'a', refreshToken: undefined, expiresAt: now + week };

describe('A token', () => {
	test.each<[string, IDataObject, IDataObject]>([
		['lives a week when Uphance does not say how long', { access_token: 'a' }, token],
		['lives as long as Uphance says', { access_token: 'a', expires_in: 60 }, { ...token, expiresAt: now + 60_000 }],
		[
			'lives as long as Uphance says in a text',
			{ access_token: 'a', expires_in: '1' },
			{ ...token, expiresAt: now + 1000 },
		],
		['lives a week when it has ended', { access_token: 'a', expires_in: 0 }, token],
		['lives a week when it ended before', { access_token: 'a', expires_in: -60 }, token],
		['lives a week when it never ends', { access_token: 'a', expires_in: Infinity }, token],
		['lives a week when its end is no number', { access_token: 'a', expires_in: 'soon' }, token],
		['has a refresh token', { access_token: 'a', refresh_token: 'r' }, { ...token, refreshToken: 'r' }],
		['has no white space around it', { access_token: ' a\n', refresh_token: ' r\n' }, { ...token, refreshToken: 'r' }],
	])('%s', async (_, answer, expected) => {
		expect((await byPassword(answer)).done).toEqual(expected);
		expect((await byRefreshToken(answer)).done).toEqual(expected);
	});
});

describe('With the password', () => {
	test('a token is asked for', async () => {
		const { requests } = await byPassword({ access_token: 'a' });
		const body = { email: 'ann@example.com', password: 's3cret', grant_type: 'password' };
		expect(requests).toEqual([{ action: 'sign in', path: '/oauth/token', body }]);
	});

	test('a token is asked for that lives as long as the user wants', async () => {
		const { requests } = await byPassword({ access_token: 'a' }, { expiresIn: 3600 });
		expect(requests[0]?.body).toMatchObject({ grant_type: 'password', expires_in: 3600 });
	});

	test.each([
		{ error: 'invalid_grant' },
		{ error: 'invalid_grant', errors: null },
		{ error: 'invalid_grant', access_token: '' },
	])('the password is blamed when Uphance answers %j with a status that means success', async (answer) => {
		expect((await byPassword(answer)).done).toBeInstanceOf(InvalidPasswordError);
	});

	test.each([
		[{ error: 'Locked, s3cret' }, 'Locked, ***'],
		[{ errors: ['Locked'] }, 'Locked'],
		[{ error: null, errors: ['Locked'] }, 'Locked'],
	])('the reason is told when Uphance answers %j with a status that means success', async (answer, words) => {
		const { done } = await byPassword(answer);
		expect(done).toBeInstanceOf(SignInError);
		expect(done).toMatchObject({ message: `Uphance refused to sign in: ${words}`, failure: { status: 200 } });
	});

	test.each([
		[undefined],
		[null],
		[''],
		['a'],
		['<html></html>'],
		[[]],
		[{}],
		[{ access_token: ' ' }],
		[{ access_token: 7 }],
		[{ access_token: null, message: 'Welcome' }],
		[{ error: '' }],
		[{ errors: false }],
		[{ error: {} }],
	])('the answer is unexpected when it is %j', async (answer) => {
		expect((await byPassword(answer)).done).toMatchObject({
			message: "Uphance gave an unexpected answer when asked to sign in; check 'API URL'",
		});
	});

	test('a request that fails ends the sign-in', async () => {
		const error = new Error('No');
		expect((await byPassword(error)).done).toBe(error);
	});
});

describe('With the refresh token', () => {
	test('a token is asked for', async () => {
		const { requests } = await byRefreshToken({ access_token: 'a' });
		const body = { grant_type: 'refresh_token', refresh_token: 'refr3sh' };
		expect(requests).toEqual([{ action: 'renew the session', path: '/oauth/token', body }]);
	});

	test.each([[new Error('No')], [{ error: 'invalid_grant' }], [undefined], ['<html></html>']])(
		'there is none when Uphance answers %s, and the password comes next',
		async (answer) => expect((await byRefreshToken(answer)).done).toBeUndefined(),
	);
});

describe('The error of a request that failed', () => {
	const errorOf = (action: string, status: number, body?: unknown) =>
		toSignInError(action === 'sign in' ? signIn : { action }, { status, body }, { apiUrl }, ['s3cret']);
	const advice = 'Open the Uphance credential, check what you entered and save.';

	test('is the rejection of what the credential says, if it is one', () => {
		expect(errorOf('sign in', 400)).toBeInstanceOf(InvalidPasswordError);
		const renewal = { action: 'sign in', body: { grant_type: 'refresh_token' } };
		expect(toSignInError(renewal, { status: 400 }, { apiUrl }, [])).not.toBeInstanceOf(InvalidPasswordError);
		expect(errorOf('renew the session', 400)).not.toBeInstanceOf(InvalidPasswordError);
		expect(errorOf('list the organisations', 401)).not.toBeInstanceOf(InvalidPasswordError);
	});

	test.each([400, 422])('sends to the credential after status %i', (status) => {
		expect(errorOf('register the organisation', status, 'No s3cret')).toMatchObject({
			message: 'Uphance refused to register the organisation: No ***',
			description: advice,
			failure: { status },
		});
	});

	test.each([401, 403, 404, 500])('has the usual advice after status %i', (status) => {
		expect(errorOf('register the organisation', status).description).not.toBe(advice);
	});

	test('tells of a firewall after a web page', () => {
		expect(errorOf('sign in', 400, '<html></html>').description).toContain('firewall');
	});

	test.each<[string | undefined, string]>([
		['ECONNREFUSED', `Uphance (sign in); check the internet connection of n8n and 'API URL' (${apiUrl})`],
		[
			'ETIMEDOUT',
			`Uphance did not answer in time (sign in); check the internet connection of n8n and 'API URL' (${apiUrl})`,
		],
		[undefined, `Uphance (sign in); check the internet connection of n8n and 'API URL' (${apiUrl})`],
		['EPROTO', `Could not connect to Uphance securely (sign in); check 'API URL' (${apiUrl})`],
		['ERR_SSL_WRONG_VERSION_NUMBER', `Could not connect to Uphance securely (sign in); check 'API URL' (${apiUrl})`],
	])('names the address in its message after no answer (%s), for n8n shows no more in a test', (code, words) => {
		const { message } = toSignInError(signIn, { code }, { apiUrl }, []);
		expect(message.endsWith(words)).toBe(true);
	});

	test.each([
		[{ status: 404 }, 'Uphance found nothing when asked to sign in'],
		[{ status: 302 }, 'Uphance sent the request to another address when asked to sign in'],
		[
			{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
			'Could not connect to Uphance securely (sign in): its certificate is for another host',
		],
	])('names the address in its message where somebody else answers: %j', (failure, words) => {
		expect(toSignInError(signIn, failure, { apiUrl }, []).message).toBe(`${words}; check 'API URL' (${apiUrl})`);
	});

	test.each([
		[{ code: 'CERT_HAS_EXPIRED' }, ': its certificate has expired'],
		[{ code: 'INVALID_CA' }, ': n8n does not trust its certificate'],
		[{ code: 'Domain not allowed' }, 'n8n did not send the request to Uphance (sign in)'],
		[{ status: 503 }, '(status 503)'],
		[{ status: 403, body: '<html></html>' }, '(status 403)'],
	])('names no address in its message where that is not the cause: %j', (failure, words) => {
		expect(toSignInError(signIn, failure, { apiUrl }, []).message.endsWith(words)).toBe(true);
	});

	test('says how long to wait only when nobody waits so long', () => {
		const error = (retryAfter: string) => toSignInError(signIn, { status: 429, retryAfter }, { apiUrl }, []);
		expect(error('300').message).toBe('Uphance rate limit reached');
		expect(error('301').message).toContain('asked to wait 5 minutes');
	});
});
