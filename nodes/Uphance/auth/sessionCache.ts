import { fixedLimits } from '../http/limits';
import type { InvalidPasswordError } from './errors';
import type { Session } from './session';

interface Entry<T> {
	value: T;
	/** Unix time in milliseconds, as `until`. */
	since: number;
	until: number;
}

/** The newest session of each fingerprint. */
const sessions = new Map<string, Entry<Session>>();
/** Why a password was rejected, by fingerprint. */
const invalidPasswords = new Map<string, Entry<InvalidPasswordError>>();

/**
 * Keeps the newest session of a fingerprint, so that executions that start at once with an older one sign in once. A
 * session that nobody asks for is dropped after a while: a deleted credential must not leave its tokens in memory.
 */
export function rememberSession(session: Session): void {
	sessions.set(session.fingerprint, entryFor(session, fixedLimits.sessionIdleMs));
	invalidPasswords.delete(session.fingerprint);
}

/** Returns the newest session of a fingerprint; undefined if there is none. */
export function latestSession(fingerprint: string): Session | undefined {
	const session = valid(sessions, fingerprint);
	if (session) rememberSession(session);
	return session;
}

/** Keeps a rejected password from being sent for a while: every item of every workflow would, until Uphance locks the user. */
export function rememberInvalidPassword(fingerprint: string, error: InvalidPasswordError): void {
	invalidPasswords.set(fingerprint, entryFor(error, fixedLimits.invalidPasswordLockoutMs));
}

/** Returns why the password was rejected a moment ago; undefined if it may be sent. */
export const invalidPassword = (fingerprint: string): InvalidPasswordError | undefined =>
	valid(invalidPasswords, fingerprint);

/** Drops ended entries. Each look-up calls it, so none stays for long. @param now Unix time in milliseconds */
function dropEnded(now: number): void {
	for (const entries of [sessions, invalidPasswords]) {
		for (const [fingerprint, { since, until }] of entries) {
			const isClockBack = since > now; // the clock was set back since, so the age is not known
			if (until <= now || isClockBack) entries.delete(fingerprint);
		}
	}
}

function entryFor<T>(value: T, milliseconds: number): Entry<T> {
	const since = Date.now();
	return { value, since, until: since + milliseconds };
}

function valid<T>(entries: Map<string, Entry<T>>, fingerprint: string): T | undefined {
	dropEnded(Date.now());
	return entries.get(fingerprint)?.value;
}
