import type { IDataObject } from 'n8n-workflow';
import { getProperty } from '../http/json';
import { toComparable } from '../http/text';
import { isSameCode, toRecords } from '../output/values';
import type { FilterLookup } from '../parameters/locator';
import type { UphanceClient } from '../transport/client';
import { unexpectedResponseText } from '../transport/errorMessages';
import { paginate } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { unwrapRecords } from '../transport/response';

/**
 * Returns the record with an ID, or undefined if Uphance responds that there is none.
 *
 * @throws NodeApiError if the request fails or returns another record
 */
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
		records: (body: unknown) => unwrapRecords(body, recordType),
		namesOrganisation: recordType.namesOrganisation,
	} as const;
	const response = await client.request(request);
	const records = response === undefined ? [] : unwrapRecords(response, recordType);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id)))
		throw client.toError(unexpectedResponseText(request.action));
	return record;
}

async function findFirst(...parameters: Parameters<typeof findByField>): Promise<IDataObject | undefined> {
	for await (const record of findByField(...parameters)) return record;
	return undefined;
}

/**
 * Yields the records whose field equals the value. Compares them itself, because Uphance may ignore a filter, or match
 * parts of a value (docs/uphance.openapi.yaml: GET /sales_orders).
 *
 * @throws NodeApiError if a request fails
 */
export async function* findByField(
	client: UphanceClient,
	recordType: RecordType,
	{ filter, field }: Pick<FilterLookup, 'filter' | 'field'>,
	value: string,
): AsyncGenerator<IDataObject> {
	const wanted = toComparable(value);
	for await (const page of paginate(client, recordType, { [filter]: wanted })) {
		for (const record of page) if (toComparable(record[field]) === wanted) yield record;
	}
}

/**
 * Returns a record that has the value in another form, such as a barcode with other leading zeros. Returns undefined if
 * there is none, or if Uphance cannot be asked. It is only a hint for a message, so it costs one request at most.
 */
export async function findOtherForm(
	client: UphanceClient,
	recordType: RecordType,
	{ filter, field, otherForm }: FilterLookup,
	value: string,
): Promise<IDataObject | undefined> {
	const other = otherForm?.(value);
	if (other === undefined) return undefined;
	const { path, listKey, plural } = recordType;
	const request = { action: `list ${plural}`, method: 'GET', path, query: { [filter]: other } } as const;
	const records = client.cached(`${path} ${filter} ${other}`, async () =>
		toRecords(getProperty(await client.request(request), listKey)),
	);
	return (await records.catch(() => [])).find((record) => isSameCode(record[field], other));
}
