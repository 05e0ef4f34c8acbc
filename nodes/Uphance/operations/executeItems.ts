import type { Limits } from '../http/limits';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { parseOrganisation } from '../parameters/fields';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import { failedRead, failedWrite, toItemError } from './itemError';
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
	try {
		for (let item = 0; item < items; item++) {
			try {
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
			} catch (error) {
				const itemError = toItemError(context.getNode(), error, item);
				if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw itemError;
				output.push(operation.writes ? failedWrite(itemError, item) : failedRead(itemError, item));
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
