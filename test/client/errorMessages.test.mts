import { unexpectedResponseText } from '../../nodes/Uphance/http/failureText.ts';
import { describe, expect, test } from '@jest/globals';
import type { RequestFailure } from '../../nodes/Uphance/http/failure.ts';
import { parseRequestError } from '../../nodes/Uphance/http/failure.ts';
import { describeError, describeSwitchError, outcomeUnknownText } from '../../nodes/Uphance/transport/errorMessages.ts';
import { serverMessage } from '../../nodes/Uphance/http/serverMessage.ts';
import { invalidPasswordError } from '../../nodes/Uphance/auth/rejection.ts';
import { toSignInError } from '../../nodes/Uphance/auth/oauth.ts';

const now = Date.UTC(2026, 10, 2, 9);
const apiUrl = 'https://api.uphance.com';
const purpose = {
	action: 'list sales orders',
	organisation: 'Uphance Demo (9579)',
	attempts: 5,
	elapsedMs: 120_000,
	apiUrl,
	maxRetryAfterMs: 300_000,
};

describe('What Uphance itself says', () => {
	test.each([
		['nothing', undefined, ''],
		['null', null, ''],
		['an empty text', '', ''],
		['plain text', ' Season is not known \n', 'Season is not known'],
		['a page for people', '<html><body><h1>Bad Gateway</h1></body></html>', ''],
		['a page behind a blank line', '\n<!DOCTYPE html><html lang="en">', ''],
		['XML', '<?xml version="1.0"?><error>No</error>', ''],
		['a part of a page', 'Blocked<br>Call us', ''],
		['text with a sign', 'quantity must be < 5', 'quantity must be < 5'],
		['JSON as text with a tag in it', '{"error":"Not <b>bold</b>"}', 'Not <b>bold</b>'],
		['an error', { error: 'Season is not known' }, 'Season is not known'],
		['an error with a message', { error: { message: 'Season is not known' } }, 'Season is not known'],
		[
			'a list of errors',
			{ errors: ['Season is not known', 'Price is missing'] },
			'Season is not known; Price is missing',
		],
		[
			'errors by field',
			{ errors: { season: ['is not known'], price: ['is missing', 'is blank'] } },
			'season is not known; price is missing; price is blank',
		],
		['errors by field, as text', { errors: { season: 'is not known' } }, 'season is not known'],
		['errors that name the field themselves', { errors: { season: ['season is odd'] } }, 'season is odd'],
		['a message', { message: 'Season is not known' }, 'Season is not known'],
		['a message with an empty error', { error: '', message: 'Season is not known' }, 'Season is not known'],
		['what Doorkeeper says', { error: 'invalid_grant', error_description: 'No.' }, 'invalid_grant; No.'],
		['JSON as text', '{"error":"Season is not known"}', 'Season is not known'],
		['JSON text as text', '"Season is not known"', 'Season is not known'],
		['an empty list', { errors: [] }, ''],
		['the same twice', { error: 'No', message: 'No' }, 'No'],
	])('%s', (_, body, words) => {
		expect(serverMessage(body)).toBe(words);
	});

	test('is cut when it is too long', () => {
		expect(serverMessage('x'.repeat(5000))).toHaveLength(300);
	});
});

const failures: Array<[string, RequestFailure]> = [
	...[301, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504].map((status): [string, RequestFailure] => [
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
		{ status: 429, signInError: toSignInError('sign in', { status: 429 }, { apiUrl }) },
	],
	...[undefined, 302, 429, 500].map((status): [string, RequestFailure] => [
		`a sign-in that ended in ${status}`,
		{ status, signInError: toSignInError('sign in', { status }, { apiUrl }) },
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
		expect(message).toContain('list sales orders');
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

describe('A failure', () => {
	test('is read from what Axios threw', () => {
		const response = { status: 429, headers: { 'retry-after': '7', location: '/x' }, data: { error: 'slow' } };
		expect(parseRequestError({ cause: { response, code: 'ERR_BAD_REQUEST' } })).toEqual({
			status: 429,
			body: { error: 'slow' },
			retryAfter: '7',
			location: '/x',
			code: 'ERR_BAD_REQUEST',
		});
	});

	test('that n8n refused to send is told in its words', () => {
		expect(parseRequestError({ cause: new Error('Domain not allowed') })).toMatchObject({ code: 'Domain not allowed' });
	});

	test.each([[undefined], [null], ['text'], [{}]])('of any other kind (%p) names nothing', (thrown) => {
		expect(Object.values(parseRequestError(thrown)).filter((value) => value !== undefined)).toEqual([]);
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
		...[301, 400, 401, 403, 404, 409, 422, 429].map((status): [string, RequestFailure] => [
			`status ${status}`,
			{ status },
		]),
		['nobody to connect to', { code: 'ECONNREFUSED' }],
		['a name that nobody knows', { code: 'ENOTFOUND' }],
		['what n8n did not send', { code: 'Domain not allowed' }],
		['a refused password', { status: 400, signInError: invalidPasswordError({ status: 400 }) }],
		['a sign-in that broke', { status: 500, signInError: toSignInError('sign in', { status: 500 }, { apiUrl }) }],
	] satisfies Array<[string, RequestFailure]>)('that certainly did not happen (%s) says so', (_, failure) => {
		const { message, description, outcome } = describeError(failure, request, now, creation);
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(description).toMatch(/ The sales order was not created\.$/);
		expect(outcome).toBeUndefined();
	});

	test.each([500, 503, undefined])('whose organisation could not be registered (%s) was never sent', (status) => {
		const switching = {
			...request,
			action: 'register organisation Uphance Demo (9579)',
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
