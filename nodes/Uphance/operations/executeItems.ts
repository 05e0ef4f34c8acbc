import { fixedLimits } from '../http/limits';
import type { Limits } from '../http/limits';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';
import { parseOrganisation } from '../parameters/fields';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import { isOutageError } from '../transport/errors';
import type { Operation, Resource } from './operation';

/**
 * Runs an operation for each input item, one after another with one client. Links each output item to its input item.
 *
 * @throws NodeApiError or NodeOperationError with the index of the item, unless On Error is set to continue
 */
export async function executeItems(
	context: IExecuteFunctions,
	operation: Operation,
	limits?: Limits,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	let clientPromise: Promise<UphanceClient> | undefined;
	const items = context.getInputData().length;
	let outages = 0; // in a row
	let lastOutage = '';
	try {
		for (let item = 0; item < items; item++) {
			try {
				// Every further item would wait as long as these did.
				if (outages >= fixedLimits.outagesInARow) throw notRunError(context.getNode(), outages, lastOutage);
				// A failed promise is kept too, so that a wrong password is not sent again for every item.
				clientPromise ??= createClient(context, { limits });
				const options = context.getNodeParameter('options', item, {});
				const ownClient = await clientPromise;
				const client = operation.userScoped
					? ownClient.forUser()
					: await ownClient.forOrganisation(parseOrganisation(options));
				const records = await operation.run.call(context, item, client);
				const pairedItem = { item }; // shared by the records of an item: 100,000 copies cost memory
				for (const json of Array.isArray(records) ? records : [records]) output.push({ json, pairedItem });
				outages = 0;
			} catch (error) {
				if (outages < fixedLimits.outagesInARow) outages = isOutageError(error) ? outages + 1 : 0;
				if (error instanceof Error && isOutageError(error)) lastOutage = error.message;
				const itemError = toItemError(context.getNode(), error, item);
				if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw itemError;
				// If the first output item has `json.error`, n8n's Retry On Fail runs all items again, also those that
				// succeeded (n8n-core: WorkflowExecute; docs/design.md: failed writes).
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

/** Returns the error of an item that was not run. @param outages how many items before it failed */
const notRunError = (node: INode, outages: number, lastOutage: string): NodeOperationError =>
	new NodeOperationError(
		node,
		`This item was not run, because the ${outages === 3 ? 'three' : outages} before it failed: ${lastOutage}`,
		{ description: 'Run it again when Uphance can be reached.' },
	);

/** Returns the error of an operation as NodeApiError or NodeOperationError with the index of the input item. */
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

/** Returns message and description of an error as one text, for the `error` field of an item. */
export const formatError = ({ message, description }: NodeApiError | NodeOperationError): string =>
	description ? `${message.replace(/\.$/, '')}. ${description}` : message;

/**
 * Returns the operation that the user selected.
 *
 * @throws NodeOperationError if this version does not have it, e.g. in a workflow made with a newer version
 */
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
