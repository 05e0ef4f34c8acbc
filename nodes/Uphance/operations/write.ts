import type { RequestFailure } from '../http/failure';
import type { ErrorText } from '../http/failureText';
import type { UphanceClient } from '../transport/client';
import { outcomeUnknownText, rejectedText, withColon } from '../transport/errorMessages';
import type { RecordType } from '../transport/recordType';
import type { WriteResult } from '../transport/response';
import { judgeWrite } from '../transport/response';
import type { ApiRequest } from '../transport/sendWithRetry';

/** What is left of an answer when it is a success. */
type WriteSuccess = Extract<WriteResult, { kind: 'record' | 'done' }>;

/**
 * Sends a request that creates or changes something, and judges the answer: status 2xx alone does not prove that it was
 * done. With `allowNotFound` it returns undefined if there is no such record.
 *
 * @param recordType of the record that the answer may hold
 * @throws NodeApiError in Uphance's words if the answer is an error, or not an answer; OutcomeUnknownError if something
 * may have been created; what `client.request` throws
 */
export async function sendWrite(
	client: UphanceClient,
	request: ApiRequest,
	recordType?: RecordType,
): Promise<WriteSuccess | undefined> {
	const unclear: RequestFailure[] = [];
	const onUnclear = (failure: RequestFailure) => unclear.push(failure);
	const body = await client.request(request.creation ? { ...request, onUnclear } : request);
	if (body === undefined && request.allowNotFound) return undefined;
	const result = judgeWrite(body, recordType);
	switch (result.kind) {
		case 'rejected':
			throw client.toError(
				request.creation
					? rejectedText(request.creation, result.words, unclear.at(-1))
					: rejectedWriteText(request, result.words),
				request.redact,
			);
		case 'unreadable':
			throw client.toError(
				request.creation ? outcomeUnknownText(request.creation, 200) : unreadableWriteText(request, result.words),
				request.redact,
			);
		default:
			return result;
	}
}

const rejectedWriteText = ({ action }: ApiRequest, words: string): ErrorText => ({
	message: `Uphance refused to ${action}${withColon(words)}`,
	description: 'Correct what Uphance names, in this node or in Uphance. Then run the node again.',
});

/** Describes an answer with status 2xx that does not say whether something was changed. */
export const unreadableWriteText = ({ action }: Pick<ApiRequest, 'action'>, words: string): ErrorText => ({
	message: `Uphance gave an unexpected answer when asked to ${action}${withColon(words)}`,
	description:
		"It may have been done: look in Uphance before you run this again. If this keeps happening, something else may answer at 'API URL' of the credential.",
});
