import type { JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Account } from './account';
import type { Explanation } from './explain';

/** A fresh error: n8n keeps the old text when one of its own is wrapped, and the old one carries the token (n8n-platform.md 0). */
export function uphanceError(account: Account, explanation: Explanation, status?: number): NodeApiError {
	const { message, description } = explanation;
	const plain: JsonObject = { message, description };
	const httpCode = status === undefined ? undefined : String(status);
	const error = new NodeApiError(account.context.getNode(), plain, { message, description, httpCode });
	error.message = message; // n8n replaces texts that contain the likes of "ENOENT", which a user's own value may do
	return error;
}

export const cancelled = ({ context }: Account): NodeOperationError =>
	new NodeOperationError(context.getNode(), 'The execution was cancelled');
