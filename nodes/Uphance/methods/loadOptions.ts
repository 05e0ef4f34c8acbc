import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { paginate } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { withEditorClient } from './editorConnection';

/** A list, whole. @throws NodeApiError */
export async function fetchAll(client: UphanceClient, recordType: RecordType): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of paginate(client, recordType, {})) records.push(...page);
	return records;
}

/** A short list, whole, for the editor. @throws NodeApiError */
export const fetchAllInEditor = async (
	context: ILoadOptionsFunctions,
	recordType: RecordType,
): Promise<IDataObject[]> => await withEditorClient(context, async (client) => await fetchAll(client, recordType));

/** The different texts of a short list, sorted, for a dropdown. @throws NodeApiError */
export async function loadTextOptions(
	context: ILoadOptionsFunctions,
	recordType: RecordType,
	textOf: (record: IDataObject) => unknown,
): Promise<INodePropertyOptions[]> {
	const texts = (await fetchAllInEditor(context, recordType)).map((record) => String(textOf(record) ?? ''));
	return [...new Set(texts)]
		.filter((text) => text !== '')
		.sort()
		.map((text) => ({ name: text, value: text }));
}
