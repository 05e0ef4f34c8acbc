import type { RequestFailure } from '../http/failure';
import type { CreationInfo } from './request';
import { parseRetryAfter, isErrnoCode, mayHaveSucceeded } from './retry';
import { limits } from './limits';
import { serverMessage } from '../http/serverMessage';

/** What a request was for, in the words of the user. */
export interface RequestInfo {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	action: string;
	/** As `Name (id)`; empty before it is known. */
	organisation: string;
	/** The organisation could not be registered, so the request itself was not sent. */
	switchingOrganisation?: boolean;
	/** What it was to create, if anything. */
	creation?: CreationInfo;
	/** How often it was sent, and how long all tries took in milliseconds. */
	attempts: number;
	elapsedMs: number;
	/** The address of the API, to name in advice. */
	apiUrl: string;
}

export interface ErrorText {
	/** What happened. */
	message: string;
	/** What to do next. */
	description: string;
	/** Missing where it is clear whether something was created. */
	outcome?: 'unknown';
}

/** Says in two sentences what happened and what to do next (design 5, users.md 6). Pure: `now` is the clock in milliseconds. */
export function describeError(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const { creation, switchingOrganisation } = request;
	if (!creation) return textForStatus(failure, request, now);
	if (!switchingOrganisation && mayHaveSucceeded(failure)) return outcomeUnknownText(creation, failure.status);
	const { message, description } = textForStatus(failure, request, now);
	return { message, description: `${description} Nothing was created.` };
}

/** No answer says whether something was created. */
export const outcomeUnknownText = (
	{ noun: what, adviceIfUnknown: whenUnknown }: CreationInfo,
	status?: number,
): ErrorText => ({
	message: `Uphance ${status === undefined ? 'did not answer' : status < 300 ? 'gave an unreadable answer' : `answered with status ${status}`}, so ${what} may have been created`,
	description: whenUnknown,
	outcome: 'unknown',
});

function textForStatus(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const { status, signInError: signIn } = failure;
	const { action } = request;
	if (status === 429) return rateLimitedText(failure, request, now);
	if (signIn) return { message: signIn.message, description: signIn.description ?? '' };
	if (status === undefined) return networkErrorText(failure, request);
	const message = serverMessage(failure.body);
	const suffix = message ? `: ${message}` : '';
	const inOrganisation = request.organisation ? ` in organisation ${request.organisation}` : '';
	if (status >= 300 && status < 400) {
		return {
			message: `Uphance sent the request to another address${redirectHost(failure.location)} when asked to ${action}`,
			description: `The session is never sent there. Check 'API URL' in the credential.`,
		};
	}
	if (request.switchingOrganisation && [400, 403, 404, 422].includes(status)) {
		return {
			message: `Uphance refused to ${action}${suffix}`,
			description: 'Check that this user still belongs to it, and the organisation in the credential or under Options.',
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
				message: `Uphance refused ${request.creation?.noun ?? `to ${action}`}${suffix}`,
				description:
					request.creation?.adviceIfRejected ?? 'Correct the values of this node that it names, then run it again.',
			};
	}
	const tried = attemptsText(request);
	return {
		message: `Uphance could not ${action} (status ${status})${suffix}`,
		description: `${tried}Try again later${status >= 500 ? ': the cause is on the side of Uphance' : ''}.`,
	};
}

function rateLimitedText(failure: RequestFailure, request: RequestInfo, now: number): ErrorText {
	const retryAfterMs = parseRetryAfter(failure, now);
	if (retryAfterMs !== undefined && retryAfterMs > limits.maxDelayMs) {
		const until = new Date(now + retryAfterMs).toISOString().slice(0, 16).replace('T', ' ');
		return {
			message: `Uphance asked to wait ${formatDuration(retryAfterMs)}, until ${until} UTC`,
			description: 'Run the workflow again after that, or run fewer workflows at the same time.',
		};
	}
	return {
		message: 'Uphance asked to slow down',
		description: `${attemptsText(request)}Run fewer workflows at the same time, or try later.`,
	};
}

function networkErrorText({ code }: RequestFailure, request: RequestInfo): ErrorText {
	if (code && !isErrnoCode(code)) {
		return { message: `n8n did not send the request to ${request.action}`, description: code };
	}
	const isTimeout = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return {
		message: isTimeout
			? `Uphance did not answer in time when asked to ${request.action}`
			: `Uphance could not be reached to ${request.action}`,
		description: `${attemptsText(request)}Check the internet connection of n8n and 'API URL' in the credential (${request.apiUrl})${code ? `; the connection ended with ${code}` : ''}.`,
	};
}

/** An answer with status 200 that is not what was asked for. */
export const unexpectedResponseText = (action: string): ErrorText => ({
	message: `Uphance gave an unexpected answer when asked to ${action}`,
	description: `Try again later. If it stays, something else may answer at 'API URL' of the credential.`,
});

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

function redirectHost(location: string | undefined): string {
	return location && URL.canParse(location) ? ` (${new URL(location).host})` : '';
}
