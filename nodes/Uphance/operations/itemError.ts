import type { INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

type ItemError = NodeApiError | NodeOperationError;

/** What the error of one item says in addition to what failed. */
export interface ItemTexts {
	/** Which item it is. */
	prefix: (message: string) => string;
	/** What happened to the others. */
	suffix: string;
}

/**
 * Returns the error of an operation as an error of one input item. Always makes a new one: items share an error if what
 * failed was done once for all of them, such as signing in.
 */
export function toItemError(node: INode, error: unknown, itemIndex: number, { prefix, suffix }: ItemTexts): ItemError {
	const isOwn = error instanceof NodeApiError || error instanceof NodeOperationError || error instanceof UserError;
	if (!isOwn) return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
	const message = `${prefix(error.message)}${error.message}`;
	const description = [error.description, suffix].filter(Boolean).join(' ') || undefined;
	if (!(error instanceof NodeApiError))
		return withMessage(new NodeOperationError(node, message, { description, itemIndex }), message);
	const texts = { message, description: description ?? '' };
	const httpCode = error.httpCode ?? undefined;
	return withMessage(new NodeApiError(node, texts, { ...texts, httpCode, itemIndex }), message);
}

/** n8n replaces messages that contain the likes of "ENOENT", which a value of the user may do. */
function withMessage<T extends ItemError>(error: T, message: string): T {
	error.message = message;
	return error;
}

/** Returns message and description as one text. */
const formatError = ({ message, description }: ItemError): string =>
	description ? `${message.replace(/\.$/, '')}. ${description}` : message;

/**
 * Returns the output item of an input item that failed: what happened and what to do, in one text. On the error output
 * n8n adds the fields of the input item to it (n8n-core: WorkflowExecute).
 */
export const failedItem = (error: ItemError, item: number): INodeExecutionData => ({
	json: { error: formatError(error) },
	pairedItem: { item },
});

/**
 * Does the same for a write under Retry On Fail. If the first output item had `json.error`, n8n would run all items
 * again, also those that succeeded (docs/design.md: failed writes). The next node gets nothing but the message of
 * `error`, as `json.error` (n8n-core: WorkflowExecute), so the advice is part of it.
 */
export const failedItemUnderRetry = (error: ItemError, item: number): INodeExecutionData => ({
	json: {},
	error: withMessage(error, formatError(error)),
	pairedItem: { item },
});
