import { expect, test } from '@jest/globals';
import { credentialFingerprint, parseCredential } from '../../nodes/Uphance/auth/credential.ts';
import { isExpired, readSession } from '../../nodes/Uphance/auth/session.ts';

const form = { email: 'ann@example.com', password: 'pass', organisationId: '', expires_in: '', apiUrl: '' };
const session = {
	accessToken: 'token',
	refreshToken: 'refresh',
	expiresAt: 1000,
	organisation: { id: 9579, name: 'Uphance Demo' },
	organisationCount: 1,
	fingerprint: credentialFingerprint(parseCredential(form)),
};
const holding = (sessionToken: unknown) => ({ ...form, sessionToken: sessionToken as string });

test('returns the session when it belongs to the form', () => {
	expect(readSession(holding(JSON.stringify(session)))).toEqual(session);
});

test('returns a session that has ended, because it can be renewed', () => {
	const ended = { ...session, expiresAt: 0 };
	expect(readSession(holding(JSON.stringify(ended)))).toEqual(ended);
});

test.each([
	['email', 'another'],
	['password', 'another'],
	['organisationId', 'another'],
	['expires_in', 3600],
	['apiUrl', 'https://staging.uphance.com'],
])('returns none when %s has changed', (name, changed) => {
	expect(readSession({ ...holding(JSON.stringify(session)), [name]: changed })).toBeUndefined();
});

test.each([
	[''],
	[undefined],
	[null],
	[7],
	['{"accessToken":'],
	['null'],
	['[]'],
	['"token"'],
	['2a87f33253ea6d9475a5b9c85146fd66fe17bf37958ea87b76a450e3c239bc29'],
	[JSON.stringify({ ...session, accessToken: undefined })],
	[JSON.stringify({ ...session, expiresAt: 'soon' })],
	[JSON.stringify({ ...session, accessToken: 7 })],
	[JSON.stringify({ ...session, organisationCount: '1' })],
	[JSON.stringify({ ...session, organisation: undefined })],
	[JSON.stringify({ ...session, organisation: null })],
	[JSON.stringify({ ...session, organisation: {} })],
	[JSON.stringify({ ...session, fingerprint: 'another' })],
])('returns none for %s', (sessionToken) => {
	expect(readSession(holding(sessionToken))).toBeUndefined();
});

test('has ended exactly at its time', () => {
	expect(isExpired(session, 999)).toBe(false);
	expect(isExpired(session, 1000)).toBe(true);
});
