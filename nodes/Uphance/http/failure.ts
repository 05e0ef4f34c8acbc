import type { UserError } from 'n8n-workflow';
import { asString, getProperty } from './json';

/** Why one request failed: what a retry and a message depend on. Of the request itself it holds nothing. */
export interface RequestFailure {
	/** The HTTP status of the answer; undefined if none came. After a status 2xx the answer broke off. */
	status?: number;
	/** The body of the answer: JSON, text, HTML or nothing. It may repeat what was sent. */
	body?: unknown;
	/** The header Retry-After, as it came. */
	retryAfter?: string;
	/** The address that a redirect names. */
	location?: string;
	/** The code of a broken connection, e.g. ECONNRESET, or n8n's own sentence when it did not send the request. */
	code?: string;
	/** Set if the sign-in before the request failed. The request itself was rejected with 401 or never sent. */
	signInError?: UserError;
}

/**
 * Reads what n8n's request helpers threw: a NodeApiError with the error of Axios as its cause, or the error of Axios.
 * Before n8n-workflow 2.36 a NodeApiError has no cause; it carries the status or code, and a JSON body, itself.
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

/** Returns the milliseconds to wait by Retry-After; undefined if it is neither seconds nor a date. @param now in milliseconds */
export function parseRetryAfter({ retryAfter = '' }: RequestFailure, now: number): number | undefined {
	if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000;
	const wait = Date.parse(retryAfter) - now;
	return Number.isNaN(wait) || /^\s*[-+.\d]+\s*$/.test(retryAfter) ? undefined : Math.max(wait, 0);
}

/** Tells whether a code is one of Node.js, and not a sentence in which n8n says why it did not send the request. */
export const isErrnoCode = (code: string | undefined): boolean => code === undefined || /^[A-Z_\d]+$/.test(code);
