import type { CreationInfo } from '../transport/errorMessages';
import { isDataObject } from '../http/json';
import type { IDataObject } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import { outcomeUnknownText } from '../transport/errorMessages';
import type { RecordType } from '../transport/recordType';
import { unwrapRecords } from '../transport/response';
import { OutcomeUnknownError } from '../transport/errors';

export interface CreateOptions {
	recordType: RecordType;
	body: IDataObject;
	creation: CreationInfo;
	/** Where it must not be created twice: how to find it, and what all creations of the same thing have in common. */
	findExisting?: { key: string; find(): Promise<IDataObject | undefined> };
}

/**
 * Creates a record. With `unlessExists` it is looked for before and, after an unknown outcome, again; creations of the
 * same key queue in this process, and the record tells whether it was there before (design 5, users.md A4).
 *
 * @throws OutcomeUnknown when it may have been created; NodeApiError otherwise
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
					throw created instanceof OutcomeUnknownError ? created : error; // cancelled while it may exist
				});
		if (record) return { ...record, alreadyExisted: false };
		throw created instanceof OutcomeUnknownError ? created : client.toError(outcomeUnknownText(options.creation, 200));
	});
}

async function post(client: UphanceClient, { recordType, body, creation }: CreateOptions): Promise<IDataObject> {
	const action = `create ${creation.noun}`;
	const answer = await client.request({ action, method: 'POST', path: recordType.path, body, creation });
	const records = unwrapRecords(answer, recordType);
	if (records?.[0]) return records[0];
	// What Uphance answers is not documented: { "Status": "Created" }, say, is taken as it is, unless it speaks of a failure.
	if (isDataObject(answer) && Object.keys(answer).length > 0 && !looksLikeError(answer, recordType)) return answer;
	throw client.toError(outcomeUnknownText(creation, 200));
}

const looksLikeError = (answer: IDataObject, { singularKey: key, listKey }: RecordType): boolean =>
	[key, listKey, 'error', 'errors'].some((name) => name in answer) ||
	Object.values(answer).some((value) => value === false || /fail|error|refuse|invalid/i.test(String(value)));

async function recheck(
	client: UphanceClient,
	find: () => Promise<IDataObject | undefined>,
): Promise<IDataObject | undefined> {
	let waited = 0;
	for (const time of client.limits.recheckDelaysMs) {
		await client.sleep(time - waited);
		waited = time;
		const found = await find().catch(() => undefined); // still down, perhaps
		if (found) return found;
	}
	return undefined;
}
