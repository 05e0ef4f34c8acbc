import { SignInError } from '../auth/errors';

/** What went wrong with one request, reduced to what decides about repeating and explaining it. No secret is in it. */
export interface RequestFailure {
	/** HTTP status of Uphance's answer; undefined when none came. */
	status?: number;
	/** The body of the answer: JSON, text, HTML or nothing. */
	body?: unknown;
	retryAfter?: string;
	/** Where a redirect leads. */
	location?: string;
	/** What broke the connection, e.g. ECONNRESET, or why n8n did not send the request, when no answer came. */
	code?: string;
	/** The sign-in before the request failed, so the request itself was refused or never sent. */
	signInError?: SignInError;
}

/**
 * Reads whatever n8n threw: a NodeApiError whose cause is either Axios's or our own sign-in's (n8n-platform.md 2.1).
 * Older lines of n8n forget the cause; status or code, and a JSON body, are then on the error itself.
 *
 * @param signInError of the sign-in that failed before the request, if one did
 */
export function parseRequestError(error: unknown, signInError?: SignInError): RequestFailure {
	const cause = signInError ?? getProperty(error, 'cause') ?? error;
	if (cause instanceof SignInError) {
		const { status, headers, code } = cause.failure;
		return { signInError: cause, status, code, retryAfter: asString(getProperty(headers, 'retry-after')) };
	}
	const response = getProperty(cause, 'response');
	const headers = getProperty(response, 'headers');
	const httpCode = asString(getProperty(error, 'httpCode'));
	const status = Number(getProperty(response, 'status') ?? httpCode ?? NaN);
	return {
		status: Number.isNaN(status) ? undefined : status,
		body: getProperty(response, 'data') ?? getProperty(getProperty(error, 'context'), 'data'),
		retryAfter: asString(getProperty(headers, 'retry-after')),
		location: asString(getProperty(headers, 'location')),
		code:
			asString(getProperty(cause, 'code')) ??
			(Number.isNaN(status) ? (httpCode ?? asString(getProperty(cause, 'message'))) : undefined),
	};
}

/** The member of an object of unknown shape; undefined where there is none. */
export function getProperty(value: unknown, name: string): unknown {
	return isObject(value) ? value[name] : undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
