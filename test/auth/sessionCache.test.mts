import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { InvalidPasswordError } from '../../nodes/Uphance/auth/errors.ts';
import type { Session } from '../../nodes/Uphance/auth/session.ts';
import {
	invalidPassword,
	latestSession,
	rememberInvalidPassword,
	rememberSession,
} from '../../nodes/Uphance/auth/sessionCache.ts';

const minute = 60_000;
const hour = 60 * minute;
const started = Date.UTC(2026, 10, 2, 9);
const rejected = new InvalidPasswordError({ message: 'No', description: 'Correct it.' });

/** Each test has a fingerprint of its own, because the process keeps what it remembers. */
let tests = 0;
let session: Session;
const at = (milliseconds: number) => void jest.spyOn(Date, 'now').mockReturnValue(started + milliseconds);

beforeEach(() => {
	const organisation = { id: 9579, name: 'Uphance Demo' };
	const fingerprint = `form ${++tests}`;
	session = { accessToken: 'token', expiresAt: 0, organisation, organisationCount: 1, fingerprint };
	at(0);
});
afterEach(() => void jest.restoreAllMocks());

describe('The newest session', () => {
	test('is known by its fingerprint alone', () => {
		expect(latestSession(session.fingerprint)).toBeUndefined();
		rememberSession(session);
		const newer = { ...session, accessToken: 'newer' };
		rememberSession(newer);
		expect(latestSession(session.fingerprint)).toBe(newer);
		expect(latestSession('another')).toBeUndefined();
	});

	test('is forgotten an hour after somebody asked for it last', () => {
		rememberSession(session);
		at(hour - 1);
		expect(latestSession(session.fingerprint)).toBe(session);
		at(2 * hour - 2);
		expect(latestSession(session.fingerprint)).toBe(session);
		at(3 * hour - 2);
		expect(latestSession(session.fingerprint)).toBeUndefined();
	});

	test('is forgotten when the clock was set back', () => {
		rememberSession(session);
		at(-1);
		expect(latestSession(session.fingerprint)).toBeUndefined();
	});
});

describe('A rejected password', () => {
	test('is not sent for a minute', () => {
		expect(invalidPassword(session.fingerprint)).toBeUndefined();
		rememberInvalidPassword(session.fingerprint, rejected);
		at(minute - 1);
		expect(invalidPassword(session.fingerprint)).toBe(rejected);
		expect(invalidPassword('another')).toBeUndefined();
		at(minute);
		expect(invalidPassword(session.fingerprint)).toBeUndefined();
	});

	test('is sent again when the clock was set back', () => {
		rememberInvalidPassword(session.fingerprint, rejected);
		at(-1);
		expect(invalidPassword(session.fingerprint)).toBeUndefined();
	});

	test('is forgotten when a sign-in succeeds', () => {
		rememberInvalidPassword(session.fingerprint, rejected);
		rememberSession(session);
		expect(invalidPassword(session.fingerprint)).toBeUndefined();
	});
});
