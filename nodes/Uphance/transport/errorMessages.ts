import type { RequestFailure } from '../http/failure';
import type { ErrorText, RequestInfo } from '../http/failureText';
import { textForFailure } from '../http/failureText';
import { serverMessage } from '../http/serverMessage';
import { capitalize } from '../http/text';
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
	if (creation && mayHaveSucceeded(failure)) return outcomeUnknownText(creation, failure.status);
	const { message, description } = describeFailure(failure, request, now, creation);
	return { message, description: creation ? `${description} ${notCreated(creation)}` : description };
}

/** Describes a registration that failed, so that the request itself was not sent. */
export function describeSwitchError(
	failure: RequestFailure,
	request: RequestInfo,
	now: number,
	creation?: CreationInfo,
): ErrorText {
	const isRejected = !failure.signInError && [400, 403, 404, 422].includes(failure.status ?? 0);
	const { message, description } = isRejected
		? {
				message: `Uphance refused to ${request.action}${withColon(serverMessage(failure.body))}`,
				description:
					'Check that this user still belongs to it, and the organisation in the credential or under Options.',
			}
		: describeFailure(failure, request, now);
	return { message, description: creation ? `${description} ${notCreated(creation)}` : description };
}

/** Describes an answer that does not say whether something was created. @param status undefined when none came */
export const outcomeUnknownText = ({ noun, adviceIfUnknown }: CreationInfo, status?: number): ErrorText => ({
	message: `Uphance ${status === undefined ? 'did not answer' : status < 300 ? 'gave an unreadable answer' : `answered with status ${status}`}, so ${noun} may have been created`,
	description: adviceIfUnknown,
	outcome: 'unknown',
});

/** Describes a 2xx answer in which Uphance says that it created nothing. @param reason its words, or '' */
export const rejectedText = (creation: CreationInfo, reason: string): ErrorText => ({
	message: `Uphance refused ${creation.noun}${withColon(reason)}`,
	description: `${creation.adviceIfRejected} ${notCreated(creation)}`,
});

/** Says it of this record only: others may have been created before it in the same run. */
const notCreated = ({ noun }: CreationInfo): string => `${capitalize(noun)} was not created.`;

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

const withColon = (reason: string): string => (reason ? `: ${reason}` : '');
