import type { Limits } from '../http/limits';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';
import { parseOrganisation } from '../parameters/fields';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import type { Operation, Resource } from './operation';

/**
 * Runs an operation for each input item, one after another over one connection, and links what comes out to its item.
 *
 * @throws NodeApiError or NodeOperationError that names the item, unless On Error says to go on
 */
export async function executeItems(
	context: IExecuteFunctions,
	operation: Operation,
	limits?: Limits,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	let clientPromise: Promise<UphanceClient> | undefined;
	const items = context.getInputData().length;
	try {
		for (let item = 0; item < items; item++) {
			try {
				// Opened once, also when that fails: a wrong password must not be sent again for every item.
				clientPromise ??= createClient(context, { limits });
				const options = context.getNodeParameter('options', item, {});
				const client = await (await clientPromise).forOrganisation(parseOrganisation(options));
				const records = await operation.run.call(context, item, client);
				const pairedItem = { item }; // one for all: of 100,000 records each would hold its own
				for (const json of Array.isArray(records) ? records : [records]) output.push({ json, pairedItem });
			} catch (error) {
				const itemError = toItemError(context.getNode(), error, item);
				if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw itemError;
				// With `json.error` n8n's Retry On Fail would run all items again, the good ones too (users.md 2, A10).
				output.push(
					operation.writes
						? { json: {}, error: itemError, pairedItem: { item } }
						: { json: { error: formatError(itemError) }, pairedItem: { item } },
				);
			}
		}
	} finally {
		await clientPromise?.then(
			async (opened) => await opened.restoreOrganisation(),
			() => undefined,
		);
	}
	return [output];
}

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

/** @throws NodeOperationError for a pair that this version does not have, e.g. in a workflow from a newer one */
export function findOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = resources
		.find(({ option }) => option.value === resource)
		?.operations.find(({ option }) => option.value === operation);
	if (found) return found;
	throw new NodeOperationError(
		context.getNode(),
		`This version of the node does not know '${operation}' for '${resource}'`,
		{
			description: 'Choose Resource and Operation again, or install the newest version of n8n-nodes-uphance.',
		},
	);
}
