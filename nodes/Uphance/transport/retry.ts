import type { RequestFailure } from '../http/failure';
import { isErrnoCode, parseRetryAfter } from '../http/failure';
import type { Limits } from '../http/limits';

type RetryLimits = Pick<
	Limits,
	'maxAttempts' | 'initialDelayMs' | 'maxDelayMs' | 'rateLimitBackoffMs' | 'maxRetryAfterMs'
>;

/** Answers of a server or proxy that is down or too busy. Of 520 to 529, the codes of Cloudflare, the others are lasting. */
const outageStatuses = new Set([408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 529]);

/** Codes of connections that broke or never came about. A rejected certificate is not among them. */
const retryableErrorCodes =
	/^(ECONNABORTED|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ERR_BAD_RESPONSE|ERR_NETWORK|ETIMEDOUT)$/;

/** Codes of answers that cannot be unpacked, or are no HTTP. */
const brokenAnswerCodes = /^(Z|HPE)_/;

// EPROTO is of what Node.js could not encrypt (its crypto_tls.cc). ERR_SSL_… is missing: it can be of the answer, too.
/** Codes that say the request was never sent: no connection, a certificate that was rejected, or no encryption. */
const notSentCodes =
	/^(EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$|CERT|SIGNATURE|ERR_TLS/;

/** One attempt of a request failed. */
class AttemptError extends Error {
	constructor(
		readonly failure: RequestFailure,
		readonly idempotent: boolean,
		readonly switchingOrganisation: boolean,
	) {
		super();
	}
}

/** All attempts of a request failed. */
export class RetriesExhaustedError extends Error {
	constructor(
		readonly last: AttemptError,
		readonly attempts: number,
		/** Milliseconds that all attempts took together. */
		readonly elapsedMs: number,
		/** The longest Retry-After that would have been waited for, in milliseconds. */
		readonly maxRetryAfterMs: number,
	) {
		super();
	}
}

/**
 * Makes what an attempt throws so that it may be repeated.
 *
 * @param idempotent whether sending it again does what sending it once does
 * @param switchingOrganisation the organisation could not be registered, so the request itself was not sent
 */
export const attemptError = (failure: RequestFailure, idempotent: boolean, switchingOrganisation: boolean): Error =>
	new AttemptError(failure, idempotent, switchingOrganisation);

/**
 * Repeats an attempt for as long as that is safe.
 *
 * @param attempt throws an `attemptError` when it failed
 * @param beforeRetry waits the milliseconds it is given
 * @param endsAt when nobody waits any more, in milliseconds of the clock: a wait that ends later is not begun
 * @throws RetriesExhaustedError; anything else that `attempt` or `beforeRetry` throws
 */
export async function retry<T>(
	limits: RetryLimits,
	attempt: () => Promise<T>,
	beforeRetry: (delayMs: number) => Promise<void>,
	endsAt = Infinity,
): Promise<T> {
	const started = Date.now();
	for (let attempts = 1; ; attempts++) {
		const outcome = await attempt().then(
			(value) => ({ value }),
			(error: unknown) => ({ error }),
		);
		if ('value' in outcome) return outcome.value;
		const { error } = outcome;
		if (!(error instanceof AttemptError)) throw error;
		const now = Date.now();
		const delayMs = retryDelay(limits, error.failure, attempts, error.idempotent, now, Math.random());
		if (delayMs === undefined || now + delayMs >= endsAt) {
			const maxRetryAfterMs = Math.min(limits.maxRetryAfterMs, endsAt - now);
			throw new RetriesExhaustedError(error, attempts, now - started, maxRetryAfterMs);
		}
		await beforeRetry(delayMs);
	}
}

/**
 * Returns the milliseconds to wait before the request is sent again, or undefined when it must not be. A 429 was not
 * processed, so any request may be repeated. After another failure of a server or a connection that is open, so only an
 * idempotent request may be (docs/design.md: what may be repeated).
 *
 * @param attempts how often it was sent already, from 1
 * @param now the clock in milliseconds, for a Retry-After that is a date
 * @param random between 0 and 1, so that executions that were rejected together do not come back together
 */
export function retryDelay(
	limits: RetryLimits,
	failure: RequestFailure,
	attempts: number,
	idempotent: boolean,
	now: number,
	random: number,
): number | undefined {
	if (attempts >= limits.maxAttempts || !isRetryable(failure, idempotent)) return undefined;
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs) {
		return retryAfterMs > limits.maxRetryAfterMs ? undefined : retryAfterMs + (random * limits.initialDelayMs) / 4;
	}
	if (failure.status === 429) return rateLimitDelay(limits, attempts) * (1 + random / 4);
	return Math.min(limits.initialDelayMs * 2 ** (attempts - 1), limits.maxDelayMs) * (0.5 + random / 2);
}

/** Returns the wait after an attempt. It trebles from attempt to attempt, and all of them together are the backoff. */
function rateLimitDelay({ rateLimitBackoffMs, maxAttempts }: RetryLimits, attempts: number): number {
	const allParts = (3 ** (maxAttempts - 1) - 1) / 2; // 1 + 3 + 9 + …
	return (rateLimitBackoffMs * 3 ** (attempts - 1)) / allParts;
}

/** Tells whether the request may have been carried out, although no answer says so. */
export function mayHaveSucceeded({ status, code, signInError }: RequestFailure): boolean {
	if (signInError) return false;
	if (status === undefined) return isErrnoCode(code) && !notSentCodes.test(code ?? '');
	return status >= 500 || status === 408 || isBrokenOff(status) || isRedirectAfterDone(status);
}

/** Tells whether Uphance could not be reached or was too busy, so that other requests would very likely fail too. */
export function isOutage({ status, code, signInError }: RequestFailure): boolean {
	if (status !== undefined) return outageStatuses.has(status) || (!signInError && isBrokenOff(status));
	return retryableErrorCodes.test(code ?? '') || brokenAnswerCodes.test(code ?? '');
}

function isRetryable(failure: RequestFailure, idempotent: boolean): boolean {
	const { status, signInError } = failure;
	if (status === 429) return true;
	const failedBeforeSending = signInError !== undefined;
	if (!idempotent && !failedBeforeSending) return false;
	return status === 500 || isOutage(failure);
}

/** Ruby on Rails redirects to what it created or changed. 307 and 308 ask to send the same request elsewhere instead. */
const isRedirectAfterDone = (status: number): boolean => status >= 300 && status < 307;

/** After a status that means success, it is the answer that failed. */
const isBrokenOff = (status: number): boolean => status >= 200 && status < 300;
