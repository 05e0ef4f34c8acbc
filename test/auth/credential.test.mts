import { describe, expect, test } from '@jest/globals';
import { credentialFingerprint, parseCredential, userKey } from '../../nodes/Uphance/auth/credential.ts';

const typed = { email: ' Ann@Example.com ', password: ' pass ', organisationId: ' 9579 ', expires_in: '', apiUrl: '' };

test('loses blanks at its ends, but for the password', () => {
	expect(parseCredential(typed)).toEqual({
		apiUrl: 'https://api.uphance.com',
		email: 'Ann@Example.com',
		password: ' pass ',
		organisationId: '9579',
		expiresIn: undefined,
	});
});

test.each([
	['', undefined],
	[0, undefined],
	[-5, undefined],
	[1.5, undefined],
	['soon', undefined],
	[3600, 3600],
	['3600', 3600],
])('a session length of %j counts as %j', (expires_in, expiresIn) => {
	expect(parseCredential({ ...typed, expires_in }).expiresIn).toBe(expiresIn);
});

test('accepts an organisation entered as a number', () => {
	expect(parseCredential({ ...typed, organisationId: 9579 }).organisationId).toBe('9579');
});

describe('The address of the API', () => {
	test.each([
		'https://api.uphance.com',
		'https://uphance.example:8443/v1',
		'http://localhost:4010',
		'http://LOCALHOST',
		'http://127.0.0.1:4010',
		'http://127.1.2.3',
		'http://[::1]:4010',
	])('%s is accepted', (apiUrl) => {
		expect(parseCredential({ ...typed, apiUrl }).apiUrl).toBe(apiUrl);
	});

	test.each(['https://api.uphance.com/', ' https://api.uphance.com// '])('%j is cleaned', (apiUrl) => {
		expect(parseCredential({ ...typed, apiUrl }).apiUrl).toBe('https://api.uphance.com');
	});

	test.each([
		'http://api.uphance.com',
		'http://localhost.evil.com',
		'http://127.0.0.1.evil.com',
		'http://localhost@evil.com',
		'http://evil.com#localhost',
		'http://10.0.0.1',
		'http://0.0.0.0',
		'ftp://localhost',
		'file:///etc/passwd',
		'api.uphance.com',
		'//api.uphance.com',
		'nonsense',
	])('%s is refused', (apiUrl) => {
		expect(() => parseCredential({ ...typed, apiUrl })).toThrow("'API URL'");
	});

	test.each([
		'http://ann:s3cret@evil.com',
		'http://ann:pa@s3cret@evil.com',
		'ann:s3cret@evil.com',
		'http:/ann:s3cret@evil.com',
		'https://ann:s3cret@api.uphance.com',
		'http://ann:s3cret@localhost:4010',
	])('with a login (%s) is refused, and the login is not shown', (apiUrl) => {
		const read = () => parseCredential({ ...typed, apiUrl });
		expect(read).toThrow("'API URL'");
		expect(read).not.toThrow('s3cret');
	});
});

describe('A fingerprint', () => {
	const form = parseCredential({ ...typed, expires_in: 60 });

	test.each([
		['apiUrl', 'another'],
		['email', 'another'],
		['password', 'another'],
		['organisationId', 'another'],
		['expiresIn', 3600],
		['expiresIn', undefined],
	])('changes with %s (%s)', (name, value) => {
		expect(credentialFingerprint({ ...form, [name]: value })).not.toBe(credentialFingerprint(form));
	});

	test.each([
		['60', 60],
		['', 0],
		['', 'soon'],
	])('is the same for a session length of %j and %j', (one, other) => {
		const fingerprint = (expires_in: string | number) =>
			credentialFingerprint(parseCredential({ ...typed, expires_in }));
		expect(fingerprint(one)).toBe(fingerprint(other));
	});

	test('contains nothing of what it is made from', () => {
		expect(credentialFingerprint(form)).toMatch(/^[0-9a-f]{64}$/);
	});

	test('differs when the same characters are in other fields', () => {
		expect(credentialFingerprint({ ...form, email: 'a', password: 'bc' })).not.toBe(
			credentialFingerprint({ ...form, email: 'ab', password: 'c' }),
		);
	});
});

test('a user is the same in any spelling of the e-mail and on any path, and another on another host', () => {
	const user = (email: string, apiUrl: string) => userKey(parseCredential({ ...typed, email, apiUrl }));
	const ann = user('ann@example.com', 'https://api.uphance.com');
	expect(user(' ANN@example.com', 'https://api.uphance.com/v1/')).toBe(ann);
	expect(user('ann@example.com', 'https://API.uphance.com:443')).toBe(ann);
	expect(user('ann@example.com', 'https://staging.uphance.com')).not.toBe(ann);
	expect(user('bob@example.com', 'https://api.uphance.com')).not.toBe(ann);
});
