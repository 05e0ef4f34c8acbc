import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { fixedLimits } from '../http/limits';
import type { Limits } from '../http/limits';
import { parseOrganisation } from '../parameters/fields';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import { isOutageError } from '../transport/errors';
import { failedItem, failedItemUnderRetry, toItemError } from './itemError';
import { describeOtherItems, failuresHint, itemPrefix } from './itemSubject';
import type { Operation, Resource } from './operation';
import { isPreview, previewHint, runPreview } from './preview';
import { SettingsError } from './retryGuard';

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
	const { subject = { noun: 'item' } } = operation;
	let outages = 0; // in a row
	let lastOutage = '';
	let signInError: unknown; // the same for all items
	let previews = 0;
	let done = 0;
	const failures: string[] = [];
	try {
		for (let item = 0; item < items; item++) {
			try {
				// Every further item would wait as long as these did.
				if (outages >= fixedLimits.outagesInARow) throw notRunError(context.getNode(), outages, lastOutage);
				const options = context.getNodeParameter('options', item, {});
				const previewsOnly = isPreview(operation, options);
				if (previewsOnly) previews += 1;
				// A failed promise is kept too, so that a wrong password is not sent again for every item.
				clientPromise ??= createClient(context, { limits }).catch((error: unknown) => {
					signInError = error;
					throw error;
				});
				const ownClient = await clientPromise;
				const client = operation.userScoped
					? ownClient.forUser()
					: await ownClient.forOrganisation(parseOrganisation(options));
				const run = async (using: UphanceClient) => await operation.run.call(context, item, using);
				const records = previewsOnly ? await runPreview(client, run) : await run(client);
				const pairedItem = { item }; // shared by the records of an item: 100,000 copies cost memory
				for (const json of Array.isArray(records) ? records : [records]) output.push({ json, pairedItem });
				outages = 0;
				if (!previewsOnly) done += 1;
			} catch (error) {
				if (outages < fixedLimits.outagesInARow) outages = isOutageError(error) ? outages + 1 : 0;
				if (error instanceof Error && isOutageError(error)) lastOutage = error.message;
				const stops = !context.continueOnFail() || context.getExecutionCancelSignal()?.aborted === true;
				const position = { item, items };
				const concernsAll = error === signInError || error instanceof SettingsError;
				const itemError = toItemError(context.getNode(), error, item, {
					prefix: (message) => (concernsAll ? '' : itemPrefix(context, subject, position, message)),
					suffix:
						!operation.subject || concernsAll || previews > 0 ? '' : describeOtherItems(subject, position, done, stops),
				});
				if (stops) throw itemError;
				failures.push(itemError.message);
				const runsGoodItemsAgain = operation.writes && context.getNode().retryOnFail;
				output.push(runsGoodItemsAgain ? failedItemUnderRetry(itemError, item) : failedItem(itemError, item));
			}
		}
		if (failures.length > 0) {
			const message = failuresHint(subject.noun, failures, items);
			context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
		}
		if (previews > 0) {
			context.addExecutionHints({ message: previewHint(previews, items), location: 'outputPane' });
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
