import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../transport/client';
import { explainAnswer } from '../transport/errorMessages';
import { pages } from '../transport/pagination';
import type { FilterLookup } from '../parameters/findable';
import type { RecordKind } from '../transport/recordType';
import { recordsIn } from '../transport/recordsIn';

/** The record with an id, or undefined when Uphance says that there is none. @throws NodeApiError */
export async function findById(uphance: Connection, kind: RecordKind, id: number): Promise<IDataObject | undefined> {
	if (kind.idFilter) return await findFirst(uphance, kind, { filter: kind.idFilter, field: 'id' }, String(id));
	const request = {
		doing: `get ${kind.singular} ${id}`,
		method: 'GET',
		path: `${kind.path}/${id}`,
		mayBeMissing: true,
	} as const;
	const answer = await uphance.send(request);
	const records = answer === null ? [] : recordsIn(answer, kind);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id))) throw uphance.refusal(explainAnswer(request.doing));
	return record;
}

async function findFirst(...asked: Parameters<typeof findAll>): Promise<IDataObject | undefined> {
	for await (const record of findAll(...asked)) return record;
	return undefined;
}

/** All records that carry a value, page by page: a filter may be ignored, or find parts of words too (uphance-api.md 4.1). */
export async function* findAll(
	uphance: Connection,
	kind: RecordKind,
	{ filter, field }: Pick<FilterLookup, 'filter' | 'field'>,
	value: string,
): AsyncGenerator<IDataObject> {
	for await (const page of pages(uphance, kind, { [filter]: value })) {
		for (const record of page) if (String(record[field] ?? '').trim() === value) yield record;
	}
}
