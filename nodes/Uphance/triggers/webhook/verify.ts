import type { Limits } from '../../http/limits';
import { toRecordId } from '../../parameters/parse';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { findById } from '../../operations/lookup';
import { resources } from '../../resources';
import { createClient } from '../../transport/client';
import type { UphanceEvent } from './parseEvent';

/**
 * Fetches the record of an event from Uphance, so that a forged body cannot inject data. Does not retry: if a request
 * fails, Uphance delivers the event again.
 *
 * @returns the record, only its ID for a delete event, or undefined if Uphance has no such record or the resource cannot
 * be read
 * @throws NodeApiError, NodeOperationError or UserError if a request fails
 */
export async function fetchVerifiedRecord(
	context: IWebhookFunctions,
	{ resource, action, id }: UphanceEvent,
	limits?: Limits,
): Promise<IDataObject | undefined> {
	const recordId = toRecordId(id);
	if (recordId === undefined) return undefined;
	if (action === 'delete') return { id: recordId };
	const recordType = resources.find(({ records }) => records?.recordType.singularKey === resource)?.records?.recordType;
	if (!recordType) return undefined;
	const client = await createClient(context, { noRetry: true, limits });
	try {
		return await findById(client, recordType, recordId);
	} finally {
		await client.restoreOrganisation();
	}
}
