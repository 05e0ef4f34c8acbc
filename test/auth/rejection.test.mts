import { describe, expect, test } from '@jest/globals';
import { InvalidPasswordError, SignInError } from '../../nodes/Uphance/auth/errors.ts';
import { rejectionError } from '../../nodes/Uphance/auth/rejection.ts';
import type { RequestFailure } from '../../nodes/Uphance/http/failure.ts';

const doorkeepers =
	'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';
const reject = (failure: RequestFailure, expiresIn?: number) =>
	rejectionError(failure, { expiresIn }, ['s3cret', undefined]);

describe('The password is blamed', () => {
	test.each<[string, RequestFailure]>([
		['400 without a body', { status: 400 }],
		['401 without a body', { status: 401 }],
		['400 with an empty body', { status: 400, body: ' \n' }],
		['401 with an empty object', { status: 401, body: {} }],
		['401 with an empty object as text', { status: 401, body: '{}' }],
		['400 with null as text', { status: 400, body: 'null' }],
		['400 with its name', { status: 400, body: { error: 'Bad Request' } }],
		['401 with its name', { status: 401, body: { error: 'Unauthorized' } }],
		['401 with its name as text', { status: 401, body: 'unauthorized' }],
		...[200, 400, 401, 403, 422, 423].map((status): [string, RequestFailure] => [
			`invalid_grant with status ${status}`,
			{ status, body: { error: 'invalid_grant' } },
		]),
		['invalid_grant as text', { status: 400, body: '{"error":"invalid_grant"}' }],
		['what Doorkeeper says', { status: 400, body: { error: 'invalid_grant', error_description: doorkeepers } }],
		['no text as a reason', { status: 400, body: { error: 'invalid_grant', error_description: { a: 'b' } } }],
	])('after %s, without more words', (_, failure) => {
		const error = reject(failure);
		expect(error).toBeInstanceOf(InvalidPasswordError);
		expect(error).toMatchObject({
			message: 'Uphance did not accept the email or password',
			description: 'Open the credential, correct it and save. Later executions then work.',
			failure: { status: failure.status },
		});
	});

	test.each([
		['Account locked.', 'Account locked'],
		['Account locked. Try v1.2', 'Account locked. Try v1.2'],
		['s3cret is wrong', '*** is wrong'],
		[`Code 7: ${doorkeepers}`, `Code 7: ${doorkeepers.slice(0, -1)}`],
	])('after invalid_grant, with what Uphance says: %j', (description, words) => {
		const error = reject({ status: 401, body: { error: 'invalid_grant', error_description: description } }, 3600);
		expect(error).toBeInstanceOf(InvalidPasswordError);
		expect(error?.description).toBe(
			`Open the credential, correct it and save. Later executions then work. Uphance says: ${words}.`,
		);
	});

	test('after 400 without a reason, and the session length may be the cause', () => {
		expect(reject({ status: 400 }, 3600)?.description).toBe(
			"Open the credential, correct it and save. Later executions then work. 'Session Length (Seconds)' is 3600. If Uphance does not accept it, enter less or leave it empty.",
		);
		expect(reject({ status: 401 }, 3600)?.description).not.toContain('Session Length');
	});
});

describe('The password is not blamed', () => {
	test.each<[string, RequestFailure, string]>([
		...[200, 400, 401, 403, 422, 423].map((status): [string, RequestFailure, string] => [
			`status ${status} with a reason`,
			{ status, body: { error: 'Account locked' } },
			': Account locked',
		]),
		['a reason as text', { status: 401, body: 'Too many attempts' }, ': Too many attempts'],
		['the name of another status', { status: 400, body: { error: 'Unauthorized' } }, ': Unauthorized'],
		[
			'a name with a reason',
			{ status: 401, body: { error: 'Unauthorized', message: 'Locked' } },
			': Unauthorized; Locked',
		],
		['a reason with a secret', { status: 400, body: { error: 'No s3cret' } }, ': No ***'],
		['JSON that breaks off, 400', { status: 400, body: '{"error":"acc' }, ' (status 400)'],
		['JSON that breaks off, 401', { status: 401, body: '{"error":"invalid_grant' }, ' (status 401)'],
	])('after %s', (_, failure, reason) => {
		const error = reject(failure);
		expect(error).toBeInstanceOf(SignInError);
		expect(error).not.toBeInstanceOf(InvalidPasswordError);
		expect(error).toMatchObject({
			message: `Uphance refused to sign in${reason}`,
			description: 'Open the credential and correct what it names, or ask your Uphance administrator.',
			failure: { status: failure.status },
		});
	});

	test('when a session length is set, which may be the cause', () => {
		expect(reject({ status: 422, body: 'No' }, 3600)?.description).toBe(
			"Open the credential and correct what it names, or ask your Uphance administrator. 'Session Length (Seconds)' is 3600. If Uphance does not accept it, enter less or leave it empty.",
		);
	});

	test('when Uphance names the session length', () => {
		const body = { errors: { expires_in: ['is too long'] } };
		const error = reject({ status: 422, body }, 9_999_999);
		expect(error).not.toBeInstanceOf(InvalidPasswordError);
		expect(error).toMatchObject({
			message: "Uphance did not accept 'Session Length (Seconds)': expires_in is too long",
			description: 'It is 9999999. Open the credential, enter less or leave it empty, and save.',
			failure: { status: 422 },
		});
		expect(reject({ status: 422, body })?.message).toBe('Uphance refused to sign in: expires_in is too long');
	});
});

describe('It is no rejection', () => {
	test.each([200, 403, 422, 423])('after status %i without a reason', (status) => {
		expect(reject({ status })).toBeUndefined();
		expect(reject({ status, body: '{"error":"acc' })).toBeUndefined();
	});

	test.each([undefined, 0, 302, 404, 408, 429, 500, 503])('after status %s, whatever it says', (status) => {
		expect(reject({ status, body: { error: 'invalid_grant' } })).toBeUndefined();
	});

	test.each([200, 400, 401, 403])('after a web page with status %i', (status) => {
		expect(reject({ status, body: '<html>invalid_grant</html>' })).toBeUndefined();
	});
});
