import type { JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { storedSession } from '../session/session';
import type { Account } from './account';
import type { Explanation } from './explain';

/** A fresh error: n8n keeps the old text when one of its own is wrapped, and the old one carries the token (n8n-platform.md 0). */
export function uphanceError(account: Account, explanation: Explanation, status?: number): NodeApiError {
	const message = withoutSecrets(explanation.message, account);
	const description = withoutSecrets(explanation.description, account);
	const plain: JsonObject = { message, description };
	const httpCode = status === undefined ? undefined : String(status);
	const error = new NodeApiError(account.context.getNode(), plain, { message, description, httpCode });
	error.message = message; // n8n replaces texts that contain the likes of "ENOENT", which a user's own value may do
	return error;
}

export const cancelled = ({ context }: Account): NodeOperationError =>
	new NodeOperationError(context.getNode(), 'The execution was cancelled');

/** Uphance, or a proxy before it, may repeat in its answer what it was sent. */
function withoutSecrets(text: string, { credential, form }: Account): string {
	const session = storedSession(credential);
	const secrets = [form.password, session?.accessToken, session?.refreshToken];
	return secrets.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, '***') : left), text);
}
