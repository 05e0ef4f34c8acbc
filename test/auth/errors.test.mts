import { describe, expect, test } from '@jest/globals';
import { UserError } from 'n8n-workflow';
import {
	InvalidPasswordError,
	SignInError,
	finalSignInError,
	invalidApiUrlError,
	missingFieldError,
	rememberSignInError,
	takeSignInError,
	unexpectedResponseError,
} from '../../nodes/Uphance/auth/errors.ts';

const text = { message: 'No', description: 'Do this.' };
const failed = (status?: number) => new SignInError(text, { status });

test('keeps of a failure what decides about a retry, and no body, which may repeat the password', () => {
	const failure = { status: 429, code: 'X', retryAfter: '7', body: 's3cret', location: 's3cret' };
	expect(new SignInError(text, failure)).toMatchObject(text);
	expect(new SignInError(text, failure).failure).toEqual({ status: 429, code: 'X', retryAfter: '7' });
	expect(new SignInError(text).failure).toEqual({});
});

describe('The error', () => {
	test('of an API URL names it, unless it holds an @', () => {
		expect(invalidApiUrlError('http://evil.example')).toMatchObject({
			message: "'API URL' must start with https: 'http://evil.example'",
			description: expect.stringContaining('https://api.uphance.com'),
		});
		expect(invalidApiUrlError('https://ann:s3cret@evil.example')).toMatchObject({
			message: "'API URL' must not contain '@'",
			description: expect.stringContaining('https://api.uphance.com'),
		});
	});

	test('of an empty field names the field', () => {
		expect(missingFieldError('Email')).toMatchObject({
			message: "'Email' is empty in the Uphance credential",
			description: 'Open the credential, fill it in and save.',
			failure: {},
		});
	});

	test('of an unexpected answer names what was asked and the API URL', () => {
		expect(unexpectedResponseError('sign in')).toMatchObject({
			message: "Uphance gave an unexpected answer when asked to sign in; check 'API URL'",
			description: expect.stringContaining("'API URL'"),
			failure: { status: 200 },
		});
	});
});

test('gives the error of the last sign-in of a credential object once', () => {
	const [credential, another, first, last] = [{}, {}, failed(500), failed(503)];
	rememberSignInError(credential, first);
	rememberSignInError(credential, last);
	expect(takeSignInError(another)).toBeUndefined();
	expect(takeSignInError(credential)).toBe(last);
	expect(takeSignInError(credential)).toBeUndefined();
});

describe('A sign-in is not tried again in the same execution', () => {
	test.each([
		...[300, 302, 400, 401, 403, 404, 407, 409, 422, 423, 428, 430, 499].map((status) => failed(status)),
		new InvalidPasswordError(text, { status: 400 }),
		new UserError('No such organisation'),
	])('after an error that another try would give again (%j)', (error) => {
		const credential = {};
		rememberSignInError(credential, error);
		expect(finalSignInError(credential)).toBe(error);
		expect(takeSignInError(credential)).toBe(error);
		expect(finalSignInError(credential)).toBe(error);
		expect(finalSignInError({})).toBeUndefined();
	});
});

test.each([undefined, 200, 299, 408, 429, 500, 503])('a sign-in is tried again after status %s', (status) => {
	const credential = {};
	rememberSignInError(credential, failed(status));
	expect(finalSignInError(credential)).toBeUndefined();
});
