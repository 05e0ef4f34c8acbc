import { fixedLimits } from '../http/limits';
import type { InvalidPasswordError } from './errors';
import type { Session } from './session';

interface Entry<T> {
	value: T;
	/** Milliseconds of the clock. */
	until: number;
}

const sessions = new Map<string, Entry<Session>>();
const invalidPasswords = new Map<string, Entry<InvalidPasswordError>>();

/**
 * Keeps the newest session of a fingerprint, so that executions that start at once with an older one sign in once. It
 * is forgotten when nobody asked for it for a while: a deleted credential must not leave its tokens in memory.
 */
export function rememberSession(session: Session): void {
	sessions.set(session.fingerprint, { value: session, until: Date.now() + fixedLimits.sessionIdleMs });
	invalidPasswords.delete(session.fingerprint);
}

/** Returns the newest session of a fingerprint; undefined when there is none. */
export function latestSession(fingerprint: string): Session | undefined {
	const session = valid(sessions, fingerprint);
	if (session) rememberSession(session);
	return session;
}

/** Keeps a password from being sent again for a while: every item of every workflow would, until the user is locked out. */
export function rememberInvalidPassword(fingerprint: string, error: InvalidPasswordError): void {
	invalidPasswords.set(fingerprint, { value: error, until: Date.now() + fixedLimits.invalidPasswordLockoutMs });
}

/** Returns why the password was rejected a moment ago; undefined when it may be sent. */
export const invalidPassword = (fingerprint: string): InvalidPasswordError | undefined =>
	valid(invalidPasswords, fingerprint);

/** Drops what has ended. Every request of every credential calls it, so nothing stays for long. */
export function dropEnded(now: number): void {
	for (const entries of [sessions, invalidPasswords]) {
		for (const [fingerprint, { until }] of entries) if (until <= now) entries.delete(fingerprint);
	}
}

function valid<T>(entries: Map<string, Entry<T>>, fingerprint: string): T | undefined {
	dropEnded(Date.now());
	return entries.get(fingerprint)?.value;
}
