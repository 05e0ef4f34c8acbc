import type { RequestFailure } from '../http/failure';
import { isErrnoCode, parseRetryAfter } from '../http/failure';
import type { Limits } from '../http/limits';

type RetryLimits = Pick<Limits, 'maxAttempts' | 'initialDelayMs' | 'maxDelayMs'>;

/** Codes of connections that broke or never came about. A rejected certificate is not among them. */
const retryableErrorCodes = new Set([
	'ECONNABORTED',
	'ECONNREFUSED',
	'ECONNRESET',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'ERR_NETWORK',
	'ETIMEDOUT',
]);

/** Codes that say the request was never sent: no connection, or a certificate that was rejected. */
const notSentCodes = /^(EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$|CERT|SIGNATURE|ERR_TLS/;

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
 * @throws RetriesExhaustedError; anything else that `attempt` or `beforeRetry` throws
 */
export async function retry<T>(
	limits: RetryLimits,
	attempt: () => Promise<T>,
	beforeRetry: (delayMs: number) => Promise<void>,
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
		const delayMs = retryDelay(limits, error.failure, attempts, error.idempotent, Date.now(), Math.random());
		if (delayMs === undefined) throw new RetriesExhaustedError(error, attempts, Date.now() - started);
		await beforeRetry(delayMs);
	}
}

/**
 * Returns the milliseconds to wait before the request is sent again, or undefined when it must not be. A 429 was not
 * processed, so any request may be repeated. 502, 503, 504 and broken connections leave that open, so only an
 * idempotent request may be. Anything else, 500 among it, is never repeated.
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
	const backoffMs = Math.min(limits.initialDelayMs * 2 ** (attempts - 1), limits.maxDelayMs);
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs === undefined) return backoffMs * (0.5 + random / 2);
	if (retryAfterMs > limits.maxDelayMs) return undefined;
	return Math.min(retryAfterMs + (random * limits.initialDelayMs) / 4, limits.maxDelayMs);
}

/** Tells whether the request may have been carried out, although no answer says so. */
export function mayHaveSucceeded({ status, code, signInError }: RequestFailure): boolean {
	if (signInError) return false;
	if (status === undefined) return isErrnoCode(code) && !notSentCodes.test(code ?? '');
	return status >= 500 || status === 408;
}

function isRetryable({ status, code, signInError }: RequestFailure, idempotent: boolean): boolean {
	if (status === 429) return true;
	const failedBeforeSending = signInError !== undefined;
	if (!idempotent && !failedBeforeSending) return false;
	return status === undefined ? retryableErrorCodes.has(code ?? '') : [502, 503, 504].includes(status);
}
