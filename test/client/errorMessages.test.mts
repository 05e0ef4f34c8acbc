import { describe, expect, test } from '@jest/globals';
import { UserError } from 'n8n-workflow';
import { toSignInError } from '../../nodes/Uphance/auth/oauth.ts';
import { invalidPasswordError } from '../../nodes/Uphance/auth/rejection.ts';
import type { RequestFailure } from '../../nodes/Uphance/http/failure.ts';
import type { ErrorText } from '../../nodes/Uphance/http/failureText.ts';
import {
	describeError,
	describeSwitchError,
	outcomeUnknownText,
	rejectedText,
	unexpectedResponseText,
} from '../../nodes/Uphance/transport/errorMessages.ts';

const now = Date.UTC(2026, 10, 2, 9);
const apiUrl = 'https://api.uphance.com';
const signIn = { action: 'sign in', body: { grant_type: 'password' } };
const purpose = {
	action: 'list sales orders',
	organisation: 'Uphance Demo (9579)',
	attempts: 5,
	elapsedMs: 120_000,
	apiUrl,
	maxRetryAfterMs: 300_000,
};

const failures: Array<[string, RequestFailure]> = [
	...[301, 302, 400, 401, 403, 404, 407, 409, 422, 429, 500, 502, 503, 504].map((status): [string, RequestFailure] => [
		`status ${status}`,
		{ status },
	]),
	...[
		'ECONNRESET',
		'ECONNABORTED',
		'ETIMEDOUT',
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'EPROTO',
		undefined,
	].map((code): [string, RequestFailure] => [`no answer, ${code}`, { code }]),
	['the page of a firewall', { status: 403, body: '<html><body>Blocked</body></html>' }],
	['429 for a while', { status: 429, retryAfter: '3' }],
	['429 for long', { status: 429, retryAfter: '3600' }],
	['a redirect to a host', { status: 302, location: 'https://ann:s3cret@evil.example/x?token=s3cret' }],
	['a refused password', { status: 400, signInError: invalidPasswordError({ status: 400 }) }],
	[
		'a sign-in that was asked to wait',
		{ status: 429, signInError: toSignInError(signIn, { status: 429 }, { apiUrl }, []) },
	],
	...[undefined, 302, 429, 500].map((status): [string, RequestFailure] => [
		`a sign-in that ended in ${status}`,
		{ status, signInError: toSignInError(signIn, { status }, { apiUrl }, []) },
	]),
];

describe('Every sentence', () => {
	test.each(failures)('for %s says what happened and what to do next, without blame or secrets', (_, failure) => {
		const { message, description } = describeError(failure, purpose, now);
		expect(message).toMatch(/^[A-Z]/);
		expect(message).not.toMatch(/[.!]$/);
		expect(message).toContain('Uphance');
		expect(description).toMatch(/\.$/);
		expect(`${message} ${description}`).not.toMatch(/\b(errors?|problems?|fail(ed|s|ures?)?|mistakes?|invalid)\b/i);
		expect(`${message} ${description}`).not.toContain('s3cret');
		expect(`${message} ${description}`).not.toMatch(/undefined|null|\[object|NaN| {2}/);
	});

	test('says the same of an unexpected answer', () => {
		const { message, description } = unexpectedResponseText('list sales orders');
		expect(`${message} ${description}`).not.toMatch(/\b(error|problem|fail(ed|ure)?|mistake|invalid)\b/i);
		expect(message).toBe('Uphance gave an unexpected answer when asked to list sales orders');
		expect(description).toContain("'API URL'");
	});

	test.each([
		[{ status: 503 }, true],
		[{ status: 302 }, true],
		[{ code: 'ECONNRESET' }, true],
		[{ status: 422 }, false],
		[{ status: 429 }, false],
	])('for %j says of a change whether it may have happened: %s', (failure, mayHaveHappened) => {
		const { description } = describeError(failure, { ...purpose, changes: true }, now);
		expect(description.endsWith(' It may have happened all the same: look in Uphance.')).toBe(mayHaveHappened);
		expect(describeError(failure, purpose, now).description).not.toContain('may have happened');
		const earlier = { ...purpose, unclear: { status: 503 } };
		expect(describeError(failure, { ...earlier, changes: true }, now).description).toContain('may have happened');
		expect(describeError(failure, earlier, now).description).not.toContain('may have happened');
	});

	test.each([
		[{ status: 503 }, 'Tried 5 times in 2 minutes'],
		[{ status: 429 }, 'Tried 5 times in 2 minutes'],
		[{ code: 'ECONNRESET' }, 'Tried 5 times in 2 minutes'],
	])('for %j says how often it was tried', (failure, words) => {
		expect(describeError(failure, purpose, now).description).toContain(words);
		expect(describeError(failure, { ...purpose, attempts: 1 }, now).description).not.toContain('Tried');
	});

	test.each([
		['SELF_SIGNED_CERT_IN_CHAIN', 'does not trust', 'NODE_EXTRA_CA_CERTS'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'does not trust', 'NODE_EXTRA_CA_CERTS'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'does not trust', 'NODE_EXTRA_CA_CERTS'],
		['INVALID_CA', 'does not trust', 'NODE_EXTRA_CA_CERTS'],
		['CERT_HAS_EXPIRED', 'has expired', 'clock'],
		['CERT_NOT_YET_VALID', 'not valid yet', 'clock'],
		['HOSTNAME_MISMATCH', 'for another host', apiUrl],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'securely (list sales orders)', 'https'],
	])('for %s names the problem of the connection instead of a missing internet connection', (code, words, advice) => {
		const { message, description } = describeError({ code }, purpose, now);
		expect(message).toContain(words);
		expect(description).toContain(advice);
		expect(description).toContain(code);
		expect(description).not.toContain('internet');
	});

	test.each([400, 401, 403])('for a web page with status %i tells of a firewall, whoever is signed in', (status) => {
		const { message, description } = describeError({ status, body: '<html>Blocked</html>' }, purpose, now);
		expect(message).toBe(`Uphance answered with a web page when asked to list sales orders (status ${status})`);
		expect(description).toContain('firewall');
	});

	test('names the end of a long wait', () => {
		const { message } = describeError({ status: 429, retryAfter: '3600' }, purpose, now);
		expect(message).toContain('2026-11-02 10:00 UTC');
	});

	test('names the host of a redirect', () => {
		const location = 'https://evil.example/x';
		expect(describeError({ status: 302, location }, purpose, now).message).toContain('evil.example');
	});

	test('for a refused password is the one of the sign-in', () => {
		const { message } = describeError(
			{ status: 400, signInError: invalidPasswordError({ status: 400 }) },
			purpose,
			now,
		);
		expect(message).toBe('Uphance did not accept the email or password');
	});
});

describe('A creation', () => {
	const creation = {
		noun: 'the sales order',
		adviceIfUnknown: "Look for purchase order ref 'PO-77' in Uphance before you run this again.",
		adviceIfRejected: "'Season Name' must be spelled as in Uphance.",
	};
	const request = { ...purpose, action: 'create the sales order', attempts: 1 };

	test('that was not answered may have happened', () => {
		expect(describeError({ code: 'ECONNRESET' }, request, now, creation)).toEqual({
			message: 'Uphance did not answer, so the sales order may have been created',
			description: creation.adviceIfUnknown,
			outcome: 'unknown',
		});
	});

	test.each([500, 502, 503, 504])('that ended in status %i may have happened too', (status) => {
		const { message, description, outcome } = describeError({ status }, request, now, creation);
		expect(message).toContain('may have been created');
		expect(message).toContain(String(status));
		expect(description).toContain(creation.adviceIfUnknown);
		expect(outcome).toBe('unknown');
	});

	test('that was redirected may have happened too, and the message names the host and what to check', () => {
		const redirect = { status: 302, location: 'https://ann:s3cret@app.example/orders/1?token=s3cret' };
		const unknown = {
			message: 'Uphance sent the request to another address (app.example), so the sales order may have been created',
			description: `${creation.adviceIfUnknown} If Uphance does not have it, check 'API URL' in the credential.`,
			outcome: 'unknown',
		};
		expect(describeError(redirect, request, now, creation)).toEqual(unknown);
		const { message, description } = rejectedText(creation, '', redirect);
		expect(message).toBe(unknown.message);
		expect(description.startsWith(unknown.description)).toBe(true);
		expect(outcomeUnknownText(creation, 300).description).toBe(unknown.description);
		expect(outcomeUnknownText(creation, 299).description).toBe(creation.adviceIfUnknown);
		expect(outcomeUnknownText(creation, 400).description).toBe(creation.adviceIfUnknown);
	});

	test('says that the outcome is unknown when the answer is unreadable', () => {
		const { message, description, outcome } = outcomeUnknownText(creation, 201);
		expect(message).toContain('may have been created');
		expect(description).toContain(creation.adviceIfUnknown);
		expect(outcome).toBe('unknown');
	});

	test('that was refused names the field and what to do, and that it was not created', () => {
		const body = { errors: { season: ['is not known'] } };
		const { message, description } = describeError({ status: 422, body }, request, now, creation);
		expect(message).toMatch(/^Uphance refused .*the sales order: season is not known$/);
		expect(description).toBe("'Season Name' must be spelled as in Uphance. The sales order was not created.");
	});

	test.each([
		...[307, 308, 400, 401, 403, 404, 409, 422, 429].map((status): [string, RequestFailure] => [
			`status ${status}`,
			{ status },
		]),
		['nobody to connect to', { code: 'ECONNREFUSED' }],
		['a name that nobody knows', { code: 'ENOTFOUND' }],
		['what n8n did not send', { code: 'Domain not allowed' }],
		['a refused password', { status: 400, signInError: invalidPasswordError({ status: 400 }) }],
		['a sign-in that broke', { status: 500, signInError: toSignInError(signIn, { status: 500 }, { apiUrl }, []) }],
	] satisfies Array<[string, RequestFailure]>)('that certainly did not happen (%s) says so', (_, failure) => {
		const { message, description, outcome } = describeError(failure, request, now, creation);
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(description).toMatch(/ The sales order was not created\.$/);
		expect(outcome).toBeUndefined();
	});

	test('that Uphance refused in an answer that counts as success says so', () => {
		expect(rejectedText(creation, 'Season is not known')).toEqual({
			message: 'Uphance refused the sales order: Season is not known',
			description: "'Season Name' must be spelled as in Uphance. The sales order was not created.",
		});
		expect(rejectedText(creation, '').message).toBe('Uphance refused the sales order');
	});

	test.each<[string, (unclear: RequestFailure) => ErrorText, string]>([
		[
			'was refused',
			(unclear) => describeError({ status: 409 }, { ...request, unclear }, now, creation),
			'(status 409).',
		],
		[
			'was not sent',
			(unclear) => describeSwitchError({ code: 'ECONNREFUSED' }, { ...request, unclear }, now, creation),
			'Could not reach Uphance (create the sales order).',
		],
		[
			'was refused with 200',
			(unclear) => rejectedText(creation, 'It exists. See it.', unclear),
			'order: It exists. See it.',
		],
	])('whose last attempt %s may have happened in an earlier one', (_, describe, ended) => {
		for (const [unclear, words] of [
			[{ status: 503 }, 'answered with status 503'],
			[{ code: 'ECONNRESET' }, 'did not answer'],
		] as const) {
			const { message, description, outcome } = describe(unclear);
			expect(message).toBe(`Uphance ${words}, so the sales order may have been created`);
			expect(description.startsWith(`${creation.adviceIfUnknown} The last attempt ended differently: `)).toBe(true);
			expect(description.endsWith(ended)).toBe(true);
			expect(outcome).toBe('unknown');
		}
	});

	test('whose last attempt was not answered is told as that', () => {
		const { message, description } = describeError({ status: 503 }, { ...request, unclear: {} }, now, creation);
		expect(message).toContain('answered with status 503');
		expect(description).toBe(creation.adviceIfUnknown);
	});

	test.each([
		[undefined, 'did not answer'],
		[200, 'gave an unreadable answer'],
		[299, 'gave an unreadable answer'],
		[300, 'sent the request to another address'],
		[399, 'sent the request to another address'],
		[400, 'answered with status 400'],
	])('with status %s may have happened: Uphance %s', (status, words) => {
		expect(outcomeUnknownText(creation, status).message).toBe(
			`Uphance ${words}, so the sales order may have been created`,
		);
	});

	test.each([400, 422])('with status %i is told as refused, in the words of Uphance', (status) => {
		const { message } = describeError({ status, body: { error: 'No' } }, request, now, creation);
		expect(message).toBe('Uphance refused the sales order: No');
	});

	test.each([401, 403, 404])('with status %i is told as what was asked for', (status) => {
		const { message } = describeError({ status }, request, now, creation);
		expect(message).not.toContain('refused');
	});

	test.each([500, 503, undefined])('whose organisation could not be registered (%s) was never sent', (status) => {
		const switching = {
			...request,
			action: 'switch to organisation Uphance Demo (9579)',
		};
		const { message, description, outcome } = describeSwitchError({ status }, switching, now, creation);
		expect(message).not.toContain('may have been');
		expect(description).toContain('The sales order was not created.');
		expect(outcome).toBeUndefined();
	});

	test('is not mentioned when something is read', () => {
		for (const [, failure] of failures) {
			const { message, description, outcome } = describeError(failure, purpose, now);
			expect(`${message} ${description}`).not.toContain('created');
			expect(outcome).toBeUndefined();
		}
	});
});

describe('An organisation that could not be registered', () => {
	const request = { ...purpose, action: 'switch to organisation Uphance Demo (9579)', attempts: 1 };
	const creation = { noun: 'the sales order', adviceIfUnknown: 'Look for it.', adviceIfRejected: 'Correct it.' };

	test.each([400, 403, 404, 422])('with status %i was refused, in the words of Uphance', (status) => {
		expect(describeSwitchError({ status, body: { error: 'No' } }, request, now)).toEqual({
			message: 'Uphance refused to switch to organisation Uphance Demo (9579): No',
			description: 'Check that this user still belongs to it, and the organisation in the credential or under Options.',
		});
	});

	test.each([undefined, 302, 401, 409, 429, 500])('with status %s was not refused', (status) => {
		const { message } = describeSwitchError({ status }, request, now);
		expect(message).not.toContain('refused');
	});

	test('because of the sign-in tells of the sign-in', () => {
		const signInError = invalidPasswordError({ status: 400 });
		const { message, description } = describeSwitchError({ status: 400, signInError }, request, now, creation);
		expect(message).toBe(signInError.message);
		expect(description).toBe(`${signInError.description} The sales order was not created.`);
	});

	test('says of a creation that it did not happen', () => {
		expect(describeSwitchError({ status: 422 }, request, now, creation).description).toMatch(
			/under Options\. The sales order was not created\.$/,
		);
	});
});

describe('A sign-in that failed', () => {
	const signInError = toSignInError(signIn, { status: 403, body: { error: 'No' } }, { apiUrl }, []);

	test('is told in its own words', () => {
		const text = { message: signInError.message, description: signInError.description };
		expect(describeError({ status: 403, signInError }, purpose, now)).toEqual(text);
	});

	test('is told without advice when it has none', () => {
		const error = new UserError('No');
		expect(describeError({ signInError: error }, purpose, now)).toEqual({ message: 'No', description: '' });
	});

	test('because of the rate limit tells how long to wait', () => {
		const failure = { status: 429, retryAfter: '3600', signInError };
		expect(describeError(failure, purpose, now).message).toContain('asked to wait 60 minutes');
	});
});
