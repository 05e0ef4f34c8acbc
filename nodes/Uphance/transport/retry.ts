import type { Failure } from '../http/failure';
import { patience } from './limits';

/** Connections that broke or never came about; a certificate that is refused, say, is not among them. */
const broken = new Set([
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
 * @param harmless whether sending it twice does what sending it once does
 * @param now milliseconds of the clock, for a Retry-After that is a date
 * @param chance between 0 and 1, so that executions that were refused together do not come back together
 */
export function waitBeforeRepeat(
	failure: Failure,
	attempt: number,
	harmless: boolean,
	now: number,
	chance: number,
): number | undefined {
	if (attempt >= patience.tries || !mayRepeat(failure, harmless)) return undefined;
	const grown = Math.min(patience.firstWait * 2 ** (attempt - 1), patience.longestWait);
	const asked = askedWait(failure, now);
	if (asked === undefined) return grown * (0.5 + chance / 2);
	if (asked > patience.longestWait) return undefined;
	return Math.min(asked + (chance * patience.firstWait) / 4, patience.longestWait);
}

/** Milliseconds that Uphance asks to wait, in seconds or as a date; undefined when it asks for nothing one could keep. */
export function askedWait({ retryAfter }: Failure, now: number): number | undefined {
	if (retryAfter === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const wait = Date.parse(retryAfter) - now;
	return Number.isNaN(wait) || /^\s*[-+.\d]+\s*$/.test(retryAfter) ? undefined : Math.max(wait, 0);
}

/** No connection came about, or its certificate was refused: the request was never sent. */
const unsent = /^(EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$|CERT|SIGNATURE|ERR_TLS/;

/** Whether the request may have been carried out, although no answer says so (design 5). */
export function mayBeDone({ status, code, signIn }: Failure): boolean {
	if (signIn) return false;
	return status === undefined ? isSystemCode(code) && !unsent.test(code ?? '') : status >= 500 || status === 408;
}

/** Anything else is a sentence of n8n's that says why it did not send the request. */
export const isSystemCode = (code: string | undefined): boolean => code === undefined || /^[A-Z_\d]+$/.test(code);

function mayRepeat({ status, code, signIn }: Failure, harmless: boolean): boolean {
	if (status === 429) return true;
	const notSent = signIn !== undefined;
	if (!harmless && !notSent) return false;
	return status === undefined ? broken.has(code ?? '') : [502, 503, 504].includes(status);
}
