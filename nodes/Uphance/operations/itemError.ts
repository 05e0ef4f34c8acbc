import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

type ItemError = NodeApiError | NodeOperationError;

/**
 * Returns the error of an operation as an error of one input item. Always makes a new one: items share an error if what
 * failed was done once for all of them, such as signing in.
 */
export function toItemError(node: INode, error: unknown, itemIndex: number): ItemError {
	if (error instanceof NodeApiError) {
		const { message, description, httpCode } = error;
		const texts = { message, description: description ?? '' };
		return withMessage(
			new NodeApiError(node, texts, { ...texts, httpCode: httpCode ?? undefined, itemIndex }),
			message,
		);
	}
	if (error instanceof NodeOperationError || error instanceof UserError) {
		const { message, description } = error;
		return withMessage(
			new NodeOperationError(node, message, { description: description ?? undefined, itemIndex }),
			message,
		);
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
}

/** n8n replaces messages that contain the likes of "ENOENT", which a value of the user may do. */
function withMessage<T extends ItemError>(error: T, message: string): T {
	error.message = message;
	return error;
}

/** Returns message and description as one text. */
const formatError = ({ message, description }: ItemError): string =>
	description ? `${message.replace(/\.$/, '')}. ${description}` : message;

/** Returns the output item of an input item for which a read failed. */
export const failedRead = (error: ItemError, item: number): INodeExecutionData => ({
	json: { error: formatError(error) },
	pairedItem: { item },
});

/**
 * Returns the output item of an input item for which a write failed. If the first output item had `json.error`, n8n's
 * Retry On Fail would run all items again, also those that succeeded (docs/design.md: failed writes). The next node gets
 * nothing but the message of `error`, as `json.error` (n8n-core: WorkflowExecute), so the advice is part of it.
 */
export const failedWrite = (error: ItemError, item: number): INodeExecutionData => ({
	json: {},
	error: withMessage(error, formatError(error)),
	pairedItem: { item },
});
