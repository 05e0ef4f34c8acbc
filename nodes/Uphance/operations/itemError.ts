import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

/** Whatever an operation threw, as one of n8n's errors that names the input item. */
export function toItemError(node: INode, error: unknown, item: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = item;
		return error;
	}
	if (error instanceof UserError) {
		return new NodeOperationError(node, error.message, {
			description: error.description ?? undefined,
			itemIndex: item,
		});
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex: item });
}

/** For items that carry their own failure: what happened and what to do next, in one text. */
export const formatError = ({ message, description }: NodeApiError | NodeOperationError): string =>
	description ? `${message.replace(/\.$/, '')}. ${description}` : message;
