import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Limits } from '../http/limits';
import type { UphanceClient } from '../transport/client';
import { createClient } from '../transport/client';
import { paginate } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';

/** A list, whole. @throws NodeApiError */
export async function fetchAll(client: UphanceClient, recordType: RecordType): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of paginate(client, recordType, {})) records.push(...page);
	return records;
}

/** A short list, whole, for the editor. @throws NodeApiError */
export const fetchAllInEditor = async (
	context: ILoadOptionsFunctions,
	limits: Limits | undefined,
	recordType: RecordType,
): Promise<IDataObject[]> =>
	await withEditorClient(context, limits, async (client) => await fetchAll(client, recordType));

/** The different texts of a short list, sorted, for a dropdown. @throws NodeApiError */
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
 * Asks Uphance for something that the editor shows, in the organisation that is chosen in the node. Where that is an
 * expression, nobody knows it before a run, so the credential's own is asked.
 *
 * @throws NodeApiError in the user's words
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
