import { SignInRefused } from '../auth/errors';

/** What went wrong with one request, reduced to what decides about repeating and explaining it. No secret is in it. */
export interface Failure {
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
	signIn?: SignInRefused;
}

/**
 * Reads whatever n8n threw: a NodeApiError whose cause is either Axios's or our own sign-in's (n8n-platform.md 2.1).
 * Older lines of n8n forget the cause; status or code, and a JSON body, are then on the error itself.
 *
 * @param refusal of the sign-in that failed before the request, if one did
 */
export function failureIn(error: unknown, refusal?: SignInRefused): Failure {
	const cause = refusal ?? member(error, 'cause') ?? error;
	if (cause instanceof SignInRefused) {
		const { status, headers, code } = cause.answer;
		return { signIn: cause, status, code, retryAfter: text(member(headers, 'retry-after')) };
	}
	const response = member(cause, 'response');
	const headers = member(response, 'headers');
	const httpCode = text(member(error, 'httpCode'));
	const status = Number(member(response, 'status') ?? httpCode ?? NaN);
	return {
		status: Number.isNaN(status) ? undefined : status,
		body: member(response, 'data') ?? member(member(error, 'context'), 'data'),
		retryAfter: text(member(headers, 'retry-after')),
		location: text(member(headers, 'location')),
		code:
			text(member(cause, 'code')) ?? (Number.isNaN(status) ? (httpCode ?? text(member(cause, 'message'))) : undefined),
	};
}

/** The member of an object of unknown shape; undefined where there is none. */
export function member(value: unknown, name: string): unknown {
	return isRecord(value) ? value[name] : undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
