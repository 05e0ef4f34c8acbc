import type { Limits } from '../../http/limits';
import { toRecordId } from '../../parameters/parse';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { findById } from '../../operations/lookup';
import { resources } from '../../resources';
import { createClient } from '../../transport/client';
import type { UphanceEvent } from './parseEvent';

/**
 * The record as Uphance has it now, so that a forged body injects nothing (design 5: one try, at most ten seconds).
 *
 * @returns undefined when Uphance does not know it, or cannot be asked for records of this kind
 * @throws when Uphance could not be asked: it should deliver again
 */
export async function fetchVerifiedRecord(
	context: IWebhookFunctions,
	{ resource, action, id }: UphanceEvent,
	limits?: Limits,
): Promise<IDataObject | undefined> {
	const number = toRecordId(id);
	if (number === undefined) return undefined;
	if (action === 'delete') return { id: number };
	const recordType = resources.find(({ records }) => records?.recordType.singularKey === resource)?.records?.recordType;
	if (!recordType) return undefined;
	const client = await createClient(context, { noRetry: true, limits });
	try {
		return await findById(client, recordType, number);
	} finally {
		await client.restoreOrganisation();
	}
}
