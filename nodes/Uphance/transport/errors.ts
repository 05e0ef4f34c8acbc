import type { JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { readSession } from '../auth/session';
import type { ErrorText } from '../http/failureText';
import { getProperty } from '../http/json';
import { redact } from '../http/serverMessage';
import type { ClientState } from './clientState';
import type { CreationInfo } from './errorMessages';

/** A record may have been created although no answer says so. */
export class OutcomeUnknownError extends NodeApiError {}

/**
 * Makes a fresh error: n8n keeps the old text when one of its own errors is wrapped, and the old one carries the token.
 *
 * @param secrets that the request carried beside the session
 */
export function createApiError(
	state: ClientState,
	text: ErrorText,
	status?: number,
	secrets: string[] = [],
): NodeApiError {
	const ErrorClass = text.outcome === 'unknown' ? OutcomeUnknownError : NodeApiError;
	const message = hideSecrets(text.message, state, secrets);
	const description = hideSecrets(text.description, state, secrets);
	const payload: JsonObject = { message, description };
	const httpCode = status === undefined ? undefined : String(status);
	const error = new ErrorClass(state.context.getNode(), payload, { message, description, httpCode });
	Object.defineProperty(error, 'isOutage', { value: text.isOutage }); // not enumerable: n8n shows and stores the others
	error.message = message; // n8n replaces texts that contain the likes of "ENOENT", which a user's own value may do
	return error;
}

/** Tells whether a request failed because Uphance could not be reached or was too busy. */
export const isOutageError = (error: unknown): boolean => getProperty(error, 'isOutage') === true;

/** @param creation what was being created when the execution was cancelled */
export const cancelledError = ({ context }: ClientState, creation?: CreationInfo): NodeOperationError =>
	new NodeOperationError(
		context.getNode(),
		creation
			? `The execution was cancelled while ${creation.noun} was being created, so it may exist`
			: 'The execution was cancelled',
		{ description: creation?.adviceIfUnknown },
	);

export const deadlineError = ({ context, limits }: ClientState): NodeOperationError =>
	new NodeOperationError(context.getNode(), 'Uphance did not answer in time', {
		description: `n8n waits ${limits.deadlineMs / 1000} seconds here. Try again. If this keeps happening, Uphance may be down, or a workflow uses the same user in another organisation.`,
	});

/** Uphance, or a proxy before it, may repeat in its answer what it was sent. */
function hideSecrets(text: string, { credentialData, credential }: ClientState, secrets: string[]): string {
	const session = readSession(credentialData);
	return redact(text, [credential.password, session?.accessToken, session?.refreshToken, ...secrets]);
}
