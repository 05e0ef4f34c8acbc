import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Limits } from '../http/limits';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import { collectAll } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';

/**
 * Returns all records of a list, for the editor.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export const fetchAllInEditor = async (
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	recordType: RecordType,
): Promise<IDataObject[]> =>
	await withEditorClient(context, limits, async (client) => await collectAll(client, recordType));

/**
 * Returns the distinct texts of a list, sorted, for a dropdown. Leaves out records without a text.
 *
 * @throws NodeApiError or UserError if a request fails
 */
export async function loadTextOptions(
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	recordType: RecordType,
	textOf: (record: IDataObject) => unknown,
): Promise<INodePropertyOptions[]> {
	const texts = (await fetchAllInEditor(context, limits, recordType)).map((record) => String(textOf(record) ?? ''));
	return [...new Set(texts)]
		.filter((text) => text !== '')
		.sort()
		.map((text) => ({ name: text, value: text }));
}

/**
 * Runs `fn` with a client for the organisation that is selected in the node. If that is an expression, n8n resolves it
 * only when the workflow runs, so the client uses the credential's organisation.
 *
 * @throws NodeApiError or UserError if a request fails; what `fn` throws
 */
export async function withEditorClient<T>(
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	fn: (client: UphanceClient) => Promise<T>,
): Promise<T> {
	const client = await createClient(context, { limits });
	try {
		const organisation: unknown = context.getCurrentNodeParameter('options.organisationId');
		const isPlain =
			(typeof organisation === 'string' && !organisation.startsWith('=')) || typeof organisation === 'number';
		return await fn(isPlain ? await client.forOrganisation(String(organisation)) : client);
	} finally {
		await client.restoreOrganisation();
	}
}
