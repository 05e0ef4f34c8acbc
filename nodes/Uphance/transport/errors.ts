import type { JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { storedSession } from '../auth/session';
import type { Account, Creating } from './request';
import type { Explanation } from './errorMessages';
import { patience } from './limits';

/** Something may have been created although no answer says so. */
export class OutcomeUnknown extends NodeApiError {}

/** A fresh error: n8n keeps the old text when one of its own is wrapped, and the old one carries the token (n8n-platform.md 0). */
export function uphanceError(
	account: Account,
	explanation: Explanation,
	status?: number,
	sent: string[] = [],
): NodeApiError {
	const Kind = explanation.outcome === 'unknown' ? OutcomeUnknown : NodeApiError;
	const message = withoutSecrets(explanation.message, account, sent);
	const description = withoutSecrets(explanation.description, account, sent);
	const plain: JsonObject = { message, description };
	const httpCode = status === undefined ? undefined : String(status);
	const error = new Kind(account.context.getNode(), plain, { message, description, httpCode });
	error.message = message; // n8n replaces texts that contain the likes of "ENOENT", which a user's own value may do
	return error;
}

/** The account's signal came: somebody cancelled the execution, or the time is up. */
export const cancelled = ({ context, unattended }: Account, creating?: Creating): NodeOperationError =>
	unattended
		? new NodeOperationError(context.getNode(), 'Uphance did not answer in time', {
				description: `n8n waits ${patience.unattended / 1000} seconds here. Try again; if it stays, Uphance may be down, or a workflow uses the same user in another organisation.`,
			})
		: new NodeOperationError(
				context.getNode(),
				creating
					? `The execution was cancelled while ${creating.what} was being created, so it may exist`
					: 'The execution was cancelled',
				{ description: creating?.whenUnknown },
			);

/** Uphance, or a proxy before it, may repeat in its answer what it was sent. */
function withoutSecrets(text: string, { credential, form }: Account, sent: string[]): string {
	const session = storedSession(credential);
	const secrets = [form.password, session?.accessToken, session?.refreshToken, ...sent];
	return secrets.reduce<string>((left, secret) => (secret ? left.replaceAll(secret, '***') : left), text);
}
