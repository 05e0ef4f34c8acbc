import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { pages } from '../transport/pagination';
import type { RecordKind } from '../transport/recordType';
import { inEditor } from './editorConnection';

/** A list, whole. @throws NodeApiError */
export async function everyRecordOf(uphance: Connection, kind: RecordKind): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of pages(uphance, kind, {})) records.push(...page);
	return records;
}

/** A short list, whole, for the editor. @throws NodeApiError */
export const everyRecord = async (context: ILoadOptionsFunctions, kind: RecordKind): Promise<IDataObject[]> =>
	await inEditor(context, async (uphance) => await everyRecordOf(uphance, kind));

/** The different texts of a short list, sorted, for a dropdown. @throws NodeApiError */
export async function everyText(
	context: ILoadOptionsFunctions,
	kind: RecordKind,
	textOf: (record: IDataObject) => unknown,
): Promise<INodePropertyOptions[]> {
	const texts = (await everyRecord(context, kind)).map((record) => String(textOf(record) ?? ''));
	return [...new Set(texts)]
		.filter((text) => text !== '')
		.sort()
		.map((text) => ({ name: text, value: text }));
}
