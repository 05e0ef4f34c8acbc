import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { openConnection } from '../transport/client';
import type { Operation } from './operation';
import { organisationIn } from '../parameters/organisationField';
import { forItem, inOneText } from './itemError';

/**
 * Runs an operation for each input item, one after another over one connection, and links what comes out to its item.
 *
 * @throws NodeApiError or NodeOperationError that names the item, unless On Error says to go on
 */
export async function runItems(context: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	let connection: Promise<Connection> | undefined;
	const items = context.getInputData().length;
	try {
		for (let item = 0; item < items; item++) {
			try {
				// Opened once, also when that fails: a wrong password must not be sent again for every item.
				connection ??= openConnection(context);
				const options = context.getNodeParameter('options', item, {});
				const uphance = await (await connection).in(organisationIn(options));
				const records = await operation.run.call(context, item, uphance);
				const pairedItem = { item }; // one for all: of 100,000 records each would hold its own
				for (const json of Array.isArray(records) ? records : [records]) output.push({ json, pairedItem });
			} catch (error) {
				const explained = forItem(context.getNode(), error, item);
				if (!context.continueOnFail() || context.getExecutionCancelSignal()?.aborted) throw explained;
				// With `json.error` n8n's Retry On Fail would run all items again, the good ones too (users.md 2, A10).
				output.push(
					operation.writes
						? { json: {}, error: explained, pairedItem: { item } }
						: { json: { error: inOneText(explained) }, pairedItem: { item } },
				);
			}
		}
	} finally {
		await connection?.then(
			async (opened) => await opened.close(),
			() => undefined,
		);
	}
	return [output];
}
