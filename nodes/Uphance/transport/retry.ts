import type { RequestFailure } from '../http/failure';
import { limits } from './limits';

/** Connections that broke or never came about; a certificate that is refused, say, is not among them. */
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

/**
 * Milliseconds to wait before the request is sent again, or undefined when it must not be (design 5): 429 was not
 * processed, so any request may be repeated; 502, 503, 504 and broken connections leave that open, so only one that
 * changes nothing by being sent twice; anything else, 500 among it, never.
 *
 * @param attempt how often it was sent already, from 1
 * @param idempotent whether sending it twice does what sending it once does
 * @param now milliseconds of the clock, for a Retry-After that is a date
 * @param random between 0 and 1, so that executions that were refused together do not come back together
 */
export function retryDelay(
	failure: RequestFailure,
	attempt: number,
	idempotent: boolean,
	now: number,
	random: number,
): number | undefined {
	if (attempt >= limits.maxAttempts || !isRetryable(failure, idempotent)) return undefined;
	const backoffMs = Math.min(limits.initialDelayMs * 2 ** (attempt - 1), limits.maxDelayMs);
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs === undefined) return backoffMs * (0.5 + random / 2);
	if (retryAfterMs > limits.maxDelayMs) return undefined;
	return Math.min(retryAfterMs + (random * limits.initialDelayMs) / 4, limits.maxDelayMs);
}

/** Milliseconds that Uphance asks to wait, in seconds or as a date; undefined when it asks for nothing one could keep. */
export function parseRetryAfter({ retryAfter }: RequestFailure, now: number): number | undefined {
	if (retryAfter === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const wait = Date.parse(retryAfter) - now;
	return Number.isNaN(wait) || /^\s*[-+.\d]+\s*$/.test(retryAfter) ? undefined : Math.max(wait, 0);
}

/** No connection came about, or its certificate was refused: the request was never sent. */
const notSentCodes = /^(EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$|CERT|SIGNATURE|ERR_TLS/;

/** Whether the request may have been carried out, although no answer says so (design 5). */
export function mayHaveSucceeded({ status, code, signInError: signIn }: RequestFailure): boolean {
	if (signIn) return false;
	return status === undefined ? isErrnoCode(code) && !notSentCodes.test(code ?? '') : status >= 500 || status === 408;
}

/** Anything else is a sentence of n8n's that says why it did not send the request. */
export const isErrnoCode = (code: string | undefined): boolean => code === undefined || /^[A-Z_\d]+$/.test(code);

function isRetryable({ status, code, signInError: signIn }: RequestFailure, idempotent: boolean): boolean {
	if (status === 429) return true;
	const failedBeforeSending = signIn !== undefined;
	if (!idempotent && !failedBeforeSending) return false;
	return status === undefined ? retryableErrorCodes.has(code ?? '') : [502, 503, 504].includes(status);
}
