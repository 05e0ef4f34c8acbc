import type { RequestFailure } from '../http/failure';
import type { ErrorText, RequestInfo } from '../http/failureText';
import { redirectHost, textForFailure } from '../http/failureText';
import { serverMessage } from '../http/serverMessage';
import { capitalize } from '../http/text';
import type { RecordType } from './recordType';
import { mayHaveSucceeded } from './retry';

/** A creation in the words of the user. */
export interface CreationInfo {
	/** e.g. "the sales order" */
	noun: string;
	/** What to do when nobody knows whether it was created. */
	adviceIfUnknown: string;
	/** What to do when Uphance rejected the values. */
	adviceIfRejected: string;
}

/** Describes a request that failed. @param now the clock, in milliseconds */
export function describeError(
	failure: RequestFailure,
	request: RequestInfo,
	now: number,
	creation?: CreationInfo,
): ErrorText {
	const isUnclear = mayHaveSucceeded(failure);
	if (creation && isUnclear) return outcomeUnknownText(creation, failure.status, failure.location);
	const text = describeFailure(failure, request, now, creation);
	const unclear = isUnclear ? failure : request.unclear;
	if (creation) return withOutcome(creation, text, unclear);
	const hint = request.changes && unclear ? ' It may have happened all the same: look in Uphance.' : '';
	return { message: text.message, description: text.description + hint };
}

/** Describes a registration that failed, so that the request itself was not sent. */
export function describeSwitchError(
	failure: RequestFailure,
	request: RequestInfo,
	now: number,
	creation?: CreationInfo,
): ErrorText {
	const isRejected = !failure.signInError && [400, 403, 404, 422].includes(failure.status ?? 0);
	const text = isRejected
		? {
				message: `Uphance refused to ${request.action}${withColon(serverMessage(failure.body))}`,
				description:
					'Check that this user still belongs to it, and the organisation in the credential or under Options.',
			}
		: describeFailure(failure, request, now);
	return creation ? withOutcome(creation, text, request.unclear) : text;
}

/** Describes an answer that does not say whether something was created. @param status undefined when none came */
export function outcomeUnknownText(creation: CreationInfo, status?: number, location?: string): ErrorText {
	const { noun, adviceIfUnknown } = creation;
	const isRedirect = status !== undefined && status >= 300 && status < 400;
	return {
		message: `Uphance ${answered(status, location)}, so ${noun} may have been created`,
		description:
			adviceIfUnknown + (isRedirect ? " If Uphance does not have it, check 'API URL' in the credential." : ''),
		outcome: 'unknown',
	};
}

function answered(status?: number, location?: string): string {
	if (status === undefined) return 'did not answer';
	if (status < 300) return 'gave an unreadable answer';
	if (status < 400) return `sent the request to another address${redirectHost(location)}`;
	return `answered with status ${status}`;
}

/**
 * Describes a 2xx answer in which Uphance says that it created nothing.
 *
 * @param reason its words, or ''
 * @param unclear how an earlier attempt ended that may have created it
 */
export const rejectedText = (creation: CreationInfo, reason: string, unclear?: RequestFailure): ErrorText =>
	withOutcome(
		creation,
		{ message: `Uphance refused ${creation.noun}${withColon(reason)}`, description: creation.adviceIfRejected },
		unclear,
	);

/** Adds to the text of the last attempt, which created nothing, whether an earlier one may have. */
function withOutcome(creation: CreationInfo, last: ErrorText, unclear: RequestFailure | undefined): ErrorText {
	const { message, description } = last;
	// It says so of this record only: others may have been created before it in the same run.
	if (!unclear) return { message, description: `${description} ${capitalize(creation.noun)} was not created.` };
	const text = outcomeUnknownText(creation, unclear.status, unclear.location);
	return {
		...text,
		description: `${text.description} The last attempt ended differently: ${message.replace(/\.$/, '')}.`,
	};
}

function describeFailure(
	failure: RequestFailure,
	request: RequestInfo,
	now: number,
	creation?: CreationInfo,
): ErrorText {
	const { status, signInError } = failure;
	if (signInError && status !== 429) {
		return { message: signInError.message, description: signInError.description ?? '' };
	}
	if (creation && (status === 400 || status === 422)) {
		return {
			message: `Uphance refused ${creation.noun}${withColon(serverMessage(failure.body))}`,
			description: creation.adviceIfRejected,
		};
	}
	return textForFailure(failure, request, now);
}

export const withColon = (reason: string): string => (reason ? `: ${reason}` : '');

/** Describes an answer with status 2xx that is not what was asked for. @param action completes "asked to …" */
export const unexpectedResponseText = (action: string): ErrorText => ({
	message: `Uphance gave an unexpected answer when asked to ${action}`,
	description: `Try again later. If this keeps happening, something else may answer at 'API URL' of the credential.`,
});

// Texts about lists that contradict themselves, so that nobody knows what they leave out.

type ListNames = Pick<RecordType, 'plural'>;

const advice = 'Try again later. If this keeps happening, contact Uphance support.';

export const endlessListError = ({ plural }: ListNames, number: number, nextPage: number): ErrorText => ({
	message: `Uphance named page ${nextPage} as the one after page ${number} when asked to list ${plural}`,
	description: `The list would never end, so the node stopped reading. ${advice}`,
});

export const nextPageError = ({ plural }: ListNames, number: number, named: unknown): ErrorText => ({
	message: `Uphance named '${shorten(typeof named === 'string' ? named : JSON.stringify(named))}' as the page after page ${number} when asked to list ${plural}`,
	description: `That is not a page number, so the node stopped reading. ${advice}`,
});

export const wrongPageError = ({ plural }: ListNames, number: number, currentPage: number): ErrorText => ({
	message: `Uphance sent page ${currentPage} instead of page ${number} when asked to list ${plural}`,
	description: `The records of the other page would be missing, so the node returns none. ${advice}`,
});

export const emptyPageError = ({ plural }: ListNames): ErrorText => ({
	message: `Uphance sent an empty page although there are more when asked to list ${plural}`,
	description: `It did so twice. The records of that page would be missing, so the node returns none. ${advice}`,
});

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
