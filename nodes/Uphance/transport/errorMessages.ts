import type { Failure } from '../http/failure';
import type { Creating } from './request';
import { askedWait, isSystemCode, mayBeDone } from './retry';
import { patience } from './limits';
import { saidBy } from '../http/serverMessage';

/** What a request was for, in the words of the user. */
export interface Purpose {
	/** Completes "Uphance could not …", e.g. "list sales orders". */
	doing: string;
	/** As `Name (id)`; empty before it is known. */
	organisation: string;
	/** The organisation could not be registered, so the request itself was not sent. */
	registering?: boolean;
	/** What it was to create, if anything. */
	creates?: Creating;
	/** How often it was sent, and how long all tries took in milliseconds. */
	tries: number;
	elapsed: number;
	/** The address of the API, to name in advice. */
	apiUrl: string;
}

export interface Explanation {
	/** What happened. */
	message: string;
	/** What to do next. */
	description: string;
	/** Missing where it is clear whether something was created. */
	outcome?: 'unknown';
}

/** Says in two sentences what happened and what to do next (design 5, users.md 6). Pure: `now` is the clock in milliseconds. */
export function explain(failure: Failure, purpose: Purpose, now: number): Explanation {
	const { creates, registering } = purpose;
	if (!creates) return reasonOf(failure, purpose, now);
	if (!registering && mayBeDone(failure)) return explainUnknown(creates, failure.status);
	const { message, description } = reasonOf(failure, purpose, now);
	return { message, description: `${description} Nothing was created.` };
}

/** No answer says whether something was created. */
export const explainUnknown = ({ what, whenUnknown }: Creating, status?: number): Explanation => ({
	message: `Uphance ${status === undefined ? 'did not answer' : status < 300 ? 'gave an unreadable answer' : `answered with status ${status}`}, so ${what} may have been created`,
	description: whenUnknown,
	outcome: 'unknown',
});

function reasonOf(failure: Failure, purpose: Purpose, now: number): Explanation {
	const { status, signIn } = failure;
	const { doing } = purpose;
	if (status === 429) return tooBusy(failure, purpose, now);
	if (signIn) return { message: signIn.message, description: signIn.description ?? '' };
	if (status === undefined) return unreachable(failure, purpose);
	const said = saidBy(failure.body);
	const words = said ? `: ${said}` : '';
	const inOrganisation = purpose.organisation ? ` in organisation ${purpose.organisation}` : '';
	if (status >= 300 && status < 400) {
		return {
			message: `Uphance sent the request to another address${hostIn(failure.location)} when asked to ${doing}`,
			description: `The session is never sent there. Check 'API URL' in the credential.`,
		};
	}
	if (purpose.registering && [400, 403, 404, 422].includes(status)) {
		return {
			message: `Uphance refused to ${doing}${words}`,
			description: 'Check that this user still belongs to it, and the organisation in the credential or under Options.',
		};
	}
	switch (status) {
		case 401:
			return {
				message: `Uphance does not accept the session, although the sign-in worked`,
				description: `Open the credential and test it. If the test succeeds, this user may have no right to ${doing}${inOrganisation}.`,
			};
		case 403:
			return {
				message: `Uphance does not allow this user to ${doing}${words}`,
				description: `Ask an administrator of Uphance for the right to do it${inOrganisation}.`,
			};
		case 404:
			return {
				message: `Uphance found nothing when asked to ${doing}${words}`,
				description: `${inOrganisation ? `Looked${inOrganisation}. ` : ''}Check 'API URL' in the credential, or choose another organisation under Options.`,
			};
		case 400:
		case 422:
			return {
				message: `Uphance refused ${purpose.creates?.what ?? `to ${doing}`}${words}`,
				description:
					purpose.creates?.whenRefused ?? 'Correct the values of this node that it names, then run it again.',
			};
	}
	const tried = triedIn(purpose);
	return {
		message: `Uphance could not ${doing} (status ${status})${words}`,
		description: `${tried}Try again later${status >= 500 ? ': the cause is on the side of Uphance' : ''}.`,
	};
}

function tooBusy(failure: Failure, purpose: Purpose, now: number): Explanation {
	const asked = askedWait(failure, now);
	if (asked !== undefined && asked > patience.longestWait) {
		const until = new Date(now + asked).toISOString().slice(0, 16).replace('T', ' ');
		return {
			message: `Uphance asked to wait ${duration(asked)}, until ${until} UTC`,
			description: 'Run the workflow again after that, or run fewer workflows at the same time.',
		};
	}
	return {
		message: 'Uphance asked to slow down',
		description: `${triedIn(purpose)}Run fewer workflows at the same time, or try later.`,
	};
}

function unreachable({ code }: Failure, purpose: Purpose): Explanation {
	if (code && !isSystemCode(code)) {
		return { message: `n8n did not send the request to ${purpose.doing}`, description: code };
	}
	const isTimeout = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	return {
		message: isTimeout
			? `Uphance did not answer in time when asked to ${purpose.doing}`
			: `Uphance could not be reached to ${purpose.doing}`,
		description: `${triedIn(purpose)}Check the internet connection of n8n and 'API URL' in the credential (${purpose.apiUrl})${code ? `; the connection ended with ${code}` : ''}.`,
	};
}

/** An answer with status 200 that is not what was asked for. */
export const explainAnswer = (doing: string): Explanation => ({
	message: `Uphance gave an unexpected answer when asked to ${doing}`,
	description: `Try again later. If it stays, something else may answer at 'API URL' of the credential.`,
});

function triedIn({ tries, elapsed }: Purpose): string {
	return tries > 1 ? `Tried ${tries} times in ${duration(elapsed)}. ` : '';
}

function duration(milliseconds: number): string {
	const seconds = Math.max(1, Math.round(milliseconds / 1000));
	const [count, unit] =
		seconds < 120
			? [seconds, 'second']
			: seconds < 7200
				? [Math.round(seconds / 60), 'minute']
				: [Math.round(seconds / 3600), 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function hostIn(location: string | undefined): string {
	return location && URL.canParse(location) ? ` (${new URL(location).host})` : '';
}
