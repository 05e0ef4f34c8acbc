import type { JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { readSession } from '../auth/session';
import type { ClientState, CreationInfo } from './request';
import type { ErrorText } from './errorMessages';
import { limits } from './limits';

/** Something may have been created although no answer says so. */
export class OutcomeUnknownError extends NodeApiError {}

/** A fresh error: n8n keeps the old text when one of its own is wrapped, and the old one carries the token (n8n-platform.md 0). */
export function createApiError(
	state: ClientState,
	text: ErrorText,
	status?: number,
	secrets: string[] = [],
): NodeApiError {
	const ErrorClass = text.outcome === 'unknown' ? OutcomeUnknownError : NodeApiError;
	const message = redact(text.message, state, secrets);
	const description = redact(text.description, state, secrets);
	const payload: JsonObject = { message, description };
	const httpCode = status === undefined ? undefined : String(status);
	const error = new ErrorClass(state.context.getNode(), payload, { message, description, httpCode });
	error.message = message; // n8n replaces texts that contain the likes of "ENOENT", which a user's own value may do
	return error;
}

/** The account's signal came: somebody cancelled the execution, or the time is up. */
export const cancelled = (
	{ context, hasDeadline: unattended }: ClientState,
	creation?: CreationInfo,
): NodeOperationError =>
	unattended
		? new NodeOperationError(context.getNode(), 'Uphance did not answer in time', {
				description: `n8n waits ${limits.deadlineMs / 1000} seconds here. Try again; if it stays, Uphance may be down, or a workflow uses the same user in another organisation.`,
			})
		: new NodeOperationError(
				context.getNode(),
				creation
					? `The execution was cancelled while ${creation.noun} was being created, so it may exist`
					: 'The execution was cancelled',
				{ description: creation?.adviceIfUnknown },
			);

/** Uphance, or a proxy before it, may repeat in its answer what it was sent. */
function redact(text: string, { credentialData, credential }: ClientState, secrets: string[]): string {
	const session = readSession(credentialData);
	const all = [credential.password, session?.accessToken, session?.refreshToken, ...secrets];
	return all.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, '***') : left), text);
}
