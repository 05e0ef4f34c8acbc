import type { RequestFailure } from './failure';
import { isErrnoCode, parseRetryAfter } from './failure';
import { insecureConnectionText } from './insecureConnection';
import { isWebPage, serverMessage } from './serverMessage';
import { formatDuration } from './text';

/** What a message says about a request. */
export interface RequestInfo {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	/** `Name (id)`; empty before it is known. */
	organisation: string;
	attempts: number;
	/** Milliseconds of all attempts together. */
	elapsedMs: number;
	apiUrl: string;
	/** Milliseconds; the node does not wait for a longer Retry-After. */
	maxRetryAfterMs: number;
	/** Whether it changes a record, so that it may have happened although no answer says so. */
	changes?: boolean;
	/** How an attempt of it ended that Uphance may have carried out, whatever came after it. */
	unclear?: RequestFailure;
}

/** An error in the words of the user: `message` says what happened, `description` what to do next. */
export interface ErrorText {
	message: string;
	description: string;
	/** 'unknown' if the record may or may not have been created. */
	outcome?: 'unknown';
	/** Whether Uphance could not be reached or was too busy, so that other requests would very likely fail too. */
	isOutage?: boolean;
	/** What to check before anything else, where that may be the address: for messages without their description. */
	toCheck?: string;
}

/**
 * Describes a request that failed: what happened, and what to do next.
 *
 * @param now the clock, in milliseconds
 */
export function textForFailure(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const { status } = failure;
	const { action, organisation } = request;
	if (status === undefined) return networkErrorText(failure, request);
	if (status === 429) return rateLimitedText(failure, request, now);
	if (status >= 200 && status < 300) return incompleteAnswerText(request);
	const reason = serverMessage(failure.body);
	const suffix = reason ? `: ${reason}` : '';
	const inOrganisation = organisation ? ` in organisation ${organisation}` : '';
	if (status >= 300 && status < 400) {
		return {
			message: `Uphance sent the request to another address${redirectHost(failure.location)} when asked to ${action}`,
			description: `The password and the session are never sent there. Check 'API URL' in the credential.`,
			toCheck: "'API URL'",
		};
	}
	if (status === 407) {
		return {
			message: `The proxy between n8n and Uphance wants a user name and password of its own (${action})`,
			description:
				"Ask the person who runs the proxy for both. Put them into n8n's environment variable HTTPS_PROXY, such as http://user:password@proxy.example.com:8080. Then restart n8n.",
		};
	}
	if (pageStatuses.has(status) && isWebPage(failure.body)) {
		return {
			message: `Uphance answered with a web page when asked to ${action} (status ${status})`,
			description: `A firewall or proxy between n8n and Uphance may have blocked the request. Ask the person who runs it, and check 'API URL' in the credential (${request.apiUrl}).`,
		};
	}
	switch (status) {
		case 401:
			return {
				message: `Uphance does not accept the session, although the sign-in worked`,
				description: `Open the credential and test it. If the test succeeds, this user may have no right to ${action}${inOrganisation}.`,
			};
		case 403:
			return {
				message: `Uphance does not allow this user to ${action}${suffix}`,
				description: `Ask your Uphance administrator for the right to do it${inOrganisation}.`,
			};
		case 404:
			return {
				message: `Uphance found nothing when asked to ${action}${suffix}`,
				description: `${inOrganisation ? `Looked${inOrganisation}. ` : ''}Check 'API URL' in the credential${organisation ? ', or choose another organisation under Options' : ''}.`,
				toCheck: "'API URL'",
			};
		case 400:
		case 422:
			return {
				message: `Uphance refused to ${action}${suffix}`,
				description: 'Correct the values that Uphance names, then run the node again.',
			};
	}
	return {
		message: `Uphance could not ${action} (status ${status})${suffix}`,
		description: `${attemptsText(request)}Try again later${status >= 500 ? ': the cause is on the side of Uphance' : ''}.`,
	};
}

/**
 * Statuses whose answer is the API's own only if it is no web page: firewalls and proxies send them too. 404, 422 and
 * 5xx are missing, because Ruby on Rails has web pages of its own for them.
 */
const pageStatuses = new Set([400, 401, 403, 405, 406, 410, 451]);

const incompleteAnswerText = (request: RequestInfo): ErrorText => ({
	message: `Uphance's answer was not complete when asked to ${request.action}`,
	description: `${attemptsText(request)}Try again later. If this keeps happening, a proxy between n8n and Uphance may cut answers off, or something else may answer at 'API URL' of the credential.`,
});

function rateLimitedText(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs !== undefined && retryAfterMs > request.maxRetryAfterMs) {
		const until = new Date(now + retryAfterMs).toISOString().slice(0, 16).replace('T', ' ');
		return {
			message: `Uphance asked to wait ${formatDuration(retryAfterMs)}, until ${until} UTC`,
			description: 'Run the workflow again after that, or run fewer workflows at the same time.',
		};
	}
	return {
		message: 'Uphance rate limit reached',
		description: `${attemptsText(request)}Run fewer workflows at the same time, or try later.`,
	};
}

function networkErrorText({ code }: RequestFailure, request: RequestInfo): ErrorText {
	if (code && !isErrnoCode(code)) {
		return { message: `n8n did not send the request to Uphance (${request.action})`, description: code };
	}
	const insecure = code && insecureConnectionText(code, request);
	if (insecure) return insecure;
	const isTimeout = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return {
		message: isTimeout
			? `Uphance did not answer in time (${request.action})`
			: `Could not reach Uphance (${request.action})`,
		description: `${attemptsText(request)}Check the internet connection of n8n and 'API URL' in the credential (${request.apiUrl})${code ? `; the connection ended with ${code}` : ''}.`,
		toCheck: "the internet connection of n8n and 'API URL'",
	};
}

function attemptsText({ attempts, elapsedMs }: RequestInfo): string {
	return attempts > 1 ? `Tried ${attempts} times in ${formatDuration(elapsedMs)}. ` : '';
}

/** Returns the host of a redirect for a message: the rest of the address may hold a secret. */
export function redirectHost(location: string | undefined): string {
	return location && URL.canParse(location) ? ` (${new URL(location).host})` : '';
}
