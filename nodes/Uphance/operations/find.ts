import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { unexpectedResponseText } from '../transport/errorMessages';
import { paginate } from '../transport/pagination';
import type { FilterLookup } from '../parameters/findable';
import type { RecordType } from '../transport/recordType';
import { unwrapRecords } from '../transport/recordsIn';

/** The record with an id, or undefined when Uphance says that there is none. @throws NodeApiError */
export async function findById(
	client: UphanceClient,
	recordType: RecordType,
	id: number,
): Promise<IDataObject | undefined> {
	if (recordType.idFilter)
		return await findFirst(client, recordType, { filter: recordType.idFilter, field: 'id' }, String(id));
	const request = {
		action: `get ${recordType.singular} ${id}`,
		method: 'GET',
		path: `${recordType.path}/${id}`,
		allowNotFound: true,
	} as const;
	const answer = await client.request(request);
	const records = answer === null ? [] : unwrapRecords(answer, recordType);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id)))
		throw client.toError(unexpectedResponseText(request.action));
	return record;
}

async function findFirst(...parameters: Parameters<typeof findByField>): Promise<IDataObject | undefined> {
	for await (const record of findByField(...parameters)) return record;
	return undefined;
}

/** All records that carry a value, page by page: a filter may be ignored, or find parts of words too (uphance-api.md 4.1). */
export async function* findByField(
	client: UphanceClient,
	recordType: RecordType,
	{ filter, field }: Pick<FilterLookup, 'filter' | 'field'>,
	value: string,
): AsyncGenerator<IDataObject> {
	for await (const page of paginate(client, recordType, { [filter]: value })) {
		for (const record of page) if (String(record[field] ?? '').trim() === value) yield record;
	}
}
