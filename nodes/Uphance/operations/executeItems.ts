import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import type { Operation } from './operation';
import { parseOrganisation } from '../parameters/organisationField';
import { toItemError, formatError } from './itemError';

/**
 * Runs an operation for each input item, one after another over one connection, and links what comes out to its item.
 *
 * @throws NodeApiError or NodeOperationError that names the item, unless On Error says to go on
 */
export async function executeItems(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	let clientPromise: Promise<UphanceClient> | undefined;
	const items = context.getInputData().length;
	try {
		for (let item = 0; item < items; item++) {
			try {
				// Opened once, also when that fails: a wrong password must not be sent again for every item.
				clientPromise ??= createClient(context);
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
