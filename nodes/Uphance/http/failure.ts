import type { UserError } from 'n8n-workflow';
import { asString, getProperty } from './json';

/** Why one request failed, reduced to what decides about repeating and describing it. It holds no secret. */
export interface RequestFailure {
	/** The HTTP status of the answer; undefined when none came. */
	status?: number;
	/** The body of the answer: JSON, text, HTML or nothing. */
	body?: unknown;
	/** The header of this name, as it came. */
	retryAfter?: string;
	/** The address that a redirect names. */
	location?: string;
	/** The code of a broken connection, e.g. ECONNRESET, or n8n's own sentence when it did not send the request. */
	code?: string;
	/** The sign-in before the request failed, so the request itself was rejected or never sent. */
	signInError?: UserError;
}

/**
 * Reads whatever n8n threw: a NodeApiError with Axios's error as its cause, or Axios's error itself. Before
 * n8n-workflow 2.36 a NodeApiError forgets its cause; status or code, and a JSON body, are then on the error itself.
 */
export function parseRequestError(error: unknown): RequestFailure {
	const cause = getProperty(error, 'cause') ?? error;
	const response = getProperty(cause, 'response');
	const headers = getProperty(response, 'headers');
	const httpCode = asString(getProperty(error, 'httpCode'));
	const status = Number(getProperty(response, 'status') ?? httpCode ?? NaN);
	const hasStatus = !Number.isNaN(status);
	return {
		status: hasStatus ? status : undefined,
		body: getProperty(response, 'data') ?? getProperty(getProperty(error, 'context'), 'data'),
		retryAfter: asString(getProperty(headers, 'retry-after')),
		location: asString(getProperty(headers, 'location')),
		code:
			asString(getProperty(cause, 'code')) ??
			(hasStatus ? undefined : (httpCode ?? asString(getProperty(cause, 'message')))),
	};
}

/** Returns the milliseconds that Retry-After asks to wait; undefined when it names neither seconds nor a date. */
export function parseRetryAfter({ retryAfter }: RequestFailure, now: number): number | undefined {
	if (retryAfter === undefined) return undefined;
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const wait = Date.parse(retryAfter) - now;
	return Number.isNaN(wait) || /^\s*[-+.\d]+\s*$/.test(retryAfter) ? undefined : Math.max(wait, 0);
}

/** Tells a code of the system from one of n8n's sentences that say why it did not send the request. */
export const isErrnoCode = (code: string | undefined): boolean => code === undefined || /^[A-Z_\d]+$/.test(code);
