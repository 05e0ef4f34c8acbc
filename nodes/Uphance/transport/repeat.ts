import type { Failure } from './failure';
import { patience } from './patience';

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
	return asked > patience.longestWait ? undefined : asked + (chance * patience.firstWait) / 4;
}

/** Milliseconds that Uphance asks to wait, in seconds or as a date; undefined when it asks for nothing one could keep. */
export function askedWait({ retryAfter }: Failure, now: number): number | undefined {
	if (retryAfter === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const wait = Date.parse(retryAfter) - now;
	return Number.isNaN(wait) || /^\s*[-+.\d]+\s*$/.test(retryAfter) ? undefined : Math.max(wait, 0);
}

function mayRepeat({ status, code, signIn }: Failure, harmless: boolean): boolean {
	if (status === 429) return true;
	const notSent = signIn !== undefined;
	if (!harmless && !notSent) return false;
	return status === undefined ? broken.has(code ?? '') : [502, 503, 504].includes(status);
}
