import type { RequestFailure } from './failure';
import { isErrnoCode, parseRetryAfter } from './failure';
import { serverMessage } from './serverMessage';

/** One request in the words of the user, as messages need it. */
export interface RequestInfo {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	/** As `Name (id)`; empty before it is known. */
	organisation: string;
	/** How often it was sent. */
	attempts: number;
	/** Milliseconds that all attempts took together. */
	elapsedMs: number;
	/** The address of the API, to name in advice. */
	apiUrl: string;
	/** Milliseconds; a longer Retry-After was not waited for. */
	maxDelayMs: number;
}

export interface ErrorText {
	/** What happened. */
	message: string;
	/** What to do next. */
	description: string;
	/** 'unknown' if the record may or may not have been created. */
	outcome?: 'unknown';
}

/** Says in two sentences what happened and what to do next. @param now the clock, in milliseconds */
export function textForFailure(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const { status } = failure;
	const { action, organisation } = request;
	if (status === undefined) return networkErrorText(failure, request);
	if (status === 429) return rateLimitedText(failure, request, now);
	const reason = serverMessage(failure.body);
	const suffix = reason ? `: ${reason}` : '';
	const inOrganisation = organisation ? ` in organisation ${organisation}` : '';
	if (status >= 300 && status < 400) {
		return {
			message: `Uphance sent the request to another address${redirectHost(failure.location)} when asked to ${action}`,
			description: `The password and the session are never sent there. Check 'API URL' in the credential.`,
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
				description: `Ask an administrator of Uphance for the right to do it${inOrganisation}.`,
			};
		case 404:
			return {
				message: `Uphance found nothing when asked to ${action}${suffix}`,
				description: `${inOrganisation ? `Looked${inOrganisation}. ` : ''}Check 'API URL' in the credential, or choose another organisation under Options.`,
			};
		case 400:
		case 422:
			return {
				message: `Uphance refused to ${action}${suffix}`,
				description: 'Correct the values of this node that it names, then run it again.',
			};
	}
	return {
		message: `Uphance could not ${action} (status ${status})${suffix}`,
		description: `${attemptsText(request)}Try again later${status >= 500 ? ': the cause is on the side of Uphance' : ''}.`,
	};
}

/** Describes an answer with status 2xx that is not what was asked for. */
export const unexpectedResponseText = (action: string): ErrorText => ({
	message: `Uphance gave an unexpected answer when asked to ${action}`,
	description: `Try again later. If it stays, something else may answer at 'API URL' of the credential.`,
});

function rateLimitedText(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs !== undefined && retryAfterMs > request.maxDelayMs) {
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
	const isTimeout = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return {
		message: isTimeout
			? `Uphance did not answer in time (${request.action})`
			: `Could not reach Uphance (${request.action})`,
		description: `${attemptsText(request)}Check the internet connection of n8n and 'API URL' in the credential (${request.apiUrl})${code ? `; the connection ended with ${code}` : ''}.`,
	};
}

function attemptsText({ attempts, elapsedMs }: RequestInfo): string {
	return attempts > 1 ? `Tried ${attempts} times in ${formatDuration(elapsedMs)}. ` : '';
}

function formatDuration(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(milliseconds / 1000));
	const [count, unit] =
		seconds < 120
			? [seconds, 'second']
			: seconds < 7200
				? [Math.round(seconds / 60), 'minute']
				: [Math.round(seconds / 3600), 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Names only the host of a redirect: the rest of the address may hold a secret. */
function redirectHost(location: string | undefined): string {
	return location && URL.canParse(location) ? ` (${new URL(location).host})` : '';
}
