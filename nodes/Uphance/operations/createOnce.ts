import type { CreationInfo } from '../transport/errorMessages';
import { isDataObject } from '../http/json';
import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { outcomeUnknownText } from '../transport/errorMessages';
import type { RecordType } from '../transport/recordType';
import { unwrapRecords } from '../transport/response';
import { OutcomeUnknownError } from '../transport/errors';

/** The record to create, and how to avoid a duplicate. */
export interface CreateOptions {
	recordType: RecordType;
	body: IDataObject;
	creation: CreationInfo;
	/**
	 * Set if the record must not be created twice. `key` is the same for all requests that would create the same record.
	 * `find` returns the record, or undefined if it does not exist.
	 */
	findExisting?: { key: string; find(): Promise<IDataObject | undefined> };
}

/**
 * Creates a record and returns it. With `findExisting` it looks for the record first, and again if the outcome of the
 * request is unknown; the result then has the field `alreadyExisted`. Within one process, requests with the same key run
 * one after another (docs/design.md: return existing).
 *
 * @returns the record; if Uphance does not return it, the body of Uphance's response
 * @throws OutcomeUnknownError if the record may have been created; NodeApiError if the request fails
 */
export async function createOnce(client: UphanceClient, options: CreateOptions): Promise<IDataObject> {
	const { findExisting } = options;
	if (!findExisting) return await post(client, options);
	return await client.runExclusive(findExisting.key, async () => {
		const existing = await findExisting.find();
		if (existing) return { ...existing, alreadyExisted: true };
		const created = await post(client, options).catch((error: unknown) => {
			if (error instanceof OutcomeUnknownError) return error;
			throw error;
		});
		const hasId = !(created instanceof OutcomeUnknownError) && created.id !== undefined;
		const record = hasId
			? created
			: await recheck(client, findExisting.find).catch((error: unknown) => {
					throw created instanceof OutcomeUnknownError ? created : error; // cancelled, but the record may exist
				});
		if (record) return { ...record, alreadyExisted: false };
		throw created instanceof OutcomeUnknownError ? created : client.toError(outcomeUnknownText(options.creation, 200));
	});
}

/**
 * Sends the request once.
 *
 * @throws OutcomeUnknownError if the response does not say whether the record was created
 */
async function post(client: UphanceClient, { recordType, body, creation }: CreateOptions): Promise<IDataObject> {
	const action = `create ${creation.noun}`;
	const answer = await client.request({ action, method: 'POST', path: recordType.path, body, creation });
	const records = unwrapRecords(answer, recordType);
	if (records?.[0]) return records[0];
	// The response is not documented (docs/uphance.openapi.yaml: POST /sales_orders). An object without a record, such as
	// { "Status": "Created" }, counts as success unless it looks like an error.
	if (isDataObject(answer) && Object.keys(answer).length > 0 && !looksLikeError(answer, recordType)) return answer;
	throw client.toError(outcomeUnknownText(creation, 200));
}

const looksLikeError = (answer: IDataObject, { singularKey: key, listKey }: RecordType): boolean =>
	[key, listKey, 'error', 'errors'].some((name) => name in answer) ||
	Object.values(answer).some((value) => value === false || /fail|error|refuse|invalid/i.test(String(value)));

/** Looks for a record after each of `limits.recheckDelaysMs`. Returns undefined if it is never found. */
async function recheck(
	client: UphanceClient,
	find: () => Promise<IDataObject | undefined>,
): Promise<IDataObject | undefined> {
	let waited = 0;
	for (const time of client.limits.recheckDelaysMs) {
		await client.sleep(time - waited);
		waited = time;
		const found = await find().catch(() => undefined); // Uphance may still be down
		if (found) return found;
	}
	return undefined;
}
