import type { IDataObject } from 'n8n-workflow';
import type { Request } from '../transport/account';
import type { Connection } from '../transport/connection';
import { explainAnswer } from '../transport/explain';
import { pages } from '../transport/pages';
import type { RecordKind } from '../transport/recordKind';
import { recordsIn } from '../transport/recordsIn';

/** A way to find a record by something else than its id: a filter of its list. */
export interface Lookup {
	/** The filter, e.g. "by_order_number". */
	filter: string;
	/** The field of a record that must carry the value: a filter that the server ignores must never yield just any record. */
	field: string;
}

/** The record with an id, or undefined when Uphance says that there is none. @throws NodeApiError */
export async function findById(uphance: Connection, kind: RecordKind, id: number): Promise<IDataObject | undefined> {
	const request = {
		doing: `get ${kind.singular} ${id}`,
		method: 'GET',
		...(kind.idFilter ? { path: kind.path, query: { [kind.idFilter]: id } } : { path: `${kind.path}/${id}` }),
		mayBeMissing: true,
	} as const;
	if (kind.idFilter) return await findByFilter(uphance, kind, request, id);
	let answer = await uphance.send(request);
	// Perhaps it is in our organisation, and someone switched to another one elsewhere.
	if (answer === null && uphance.doubtOrganisation()) answer = await uphance.send(request);
	const records = answer === null ? [] : recordsIn(answer, kind);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id))) throw uphance.refusal(explainAnswer(request.doing));
	return record;
}

async function findByFilter(
	uphance: Connection,
	kind: RecordKind,
	request: Request,
	id: number,
): Promise<IDataObject | undefined> {
	for (;;) {
		const records = recordsIn(await uphance.send(request), kind);
		if (!records) throw uphance.refusal(explainAnswer(request.doing));
		const found = records.find((record) => String(record.id) === String(id));
		if (found || !uphance.doubtOrganisation()) return found;
	}
}

/** All records that carry a value, page by page: a filter may be ignored, or find parts of words too (uphance-api.md 4.1). */
export async function* findAll(
	uphance: Connection,
	kind: RecordKind,
	{ filter, field }: Lookup,
	value: string,
): AsyncGenerator<IDataObject> {
	for await (const page of pages(uphance, kind, { [filter]: value })) {
		for (const record of page) if (String(record[field] ?? '').trim() === value) yield record;
	}
}
