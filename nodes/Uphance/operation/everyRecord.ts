import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { pages } from '../transport/pages';
import type { RecordKind } from '../transport/recordKind';
import { inEditor } from './editorConnection';

/** A short list, whole, for a dropdown. @throws NodeApiError */
export async function everyRecord(context: ILoadOptionsFunctions, kind: RecordKind): Promise<IDataObject[]> {
	return await inEditor(context, async (uphance) => {
		const records: IDataObject[] = [];
		for await (const page of pages(uphance, kind, {})) records.push(...page);
		return records;
	});
}
