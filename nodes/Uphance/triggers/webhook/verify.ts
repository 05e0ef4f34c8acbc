import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Limits } from '../../http/limits';
import { findById } from '../../operations/find';
import { toRecordId } from '../../parameters/parse';
import { resources } from '../../resources';
import { createClient } from '../../transport/client';
import type { RecordType } from '../../transport/recordType';
import type { UphanceEvent } from './parseEvent';
import { updatedAtOf } from './parseEvent';
import type { Outcome } from './respond';
import { forgetUnconfirmed, recordUnconfirmed } from './unconfirmed';

/**
 * Fetches the record of an event from Uphance, so that a forged body cannot inject data. A deletion counts if Uphance has
 * no such record.
 *
 * Nobody knows whether Uphance shows a change as soon as it sends the event. So an event that Uphance does not confirm is
 * delivered again, until some minutes after it was first seen.
 *
 * @param node identifies the node among all of this n8n process
 * @throws NodeApiError, NodeOperationError or UserError if a request fails
 */
export async function verify(
	context: IWebhookFunctions,
	event: UphanceEvent,
	node: string,
	limits?: Limits,
): Promise<Outcome> {
	const id = toRecordId(event.id);
	const recordType = findRecordType(event.resource);
	if (id === undefined || !recordType) {
		const reason = recordType ? 'its ID is not a number' : `the node cannot get a ${event.resource} by its ID`;
		return { kind: 'ignore', reason: `it cannot be verified: ${reason}`, level: 'warn' };
	}
	const record = await fetchRecord(context, recordType, id, limits);
	const verified: UphanceEvent = { ...event, id, record: event.action === 'delete' || !record ? { id } : record };
	const contradiction = findContradiction(event, record);
	const key = `${node} ${event.event} ${id}`;
	if (contradiction === undefined) {
		forgetUnconfirmed(key);
		return { kind: 'start', event: verified };
	}
	if (recordUnconfirmed(key) === 'wait') return { kind: 'retry', reason: contradiction, level: 'info' };
	const isThere = event.action !== 'delete' && record !== undefined;
	return isThere
		? { kind: 'start', event: verified, warning: contradiction }
		: { kind: 'ignore', reason: contradiction, level: 'warn' };
}

/** Returns whether the node can get the records of a resource by ID. */
export const isVerifiable = (resource: string): boolean => findRecordType(resource) !== undefined;

const findRecordType = (resource: string): RecordType | undefined =>
	resources.find(
		({ records, operations }) =>
			records?.recordType.singularKey === resource && operations.some(({ option }) => option.value === 'get'),
	)?.records?.recordType;

/** Does not retry: if a request fails, Uphance delivers the event again. */
async function fetchRecord(
	context: IWebhookFunctions,
	recordType: RecordType,
	id: number,
	limits?: Limits,
): Promise<IDataObject | undefined> {
	const client = await createClient(context, { noRetry: true, limits });
	try {
		return await findById(client, recordType, id);
	} finally {
		await client.restoreOrganisation();
	}
}

/** Returns how the record of an event contradicts it, or undefined if it does not. */
function findContradiction({ action, resource, id, record }: UphanceEvent, found?: IDataObject): string | undefined {
	if (action === 'delete') return found && `Uphance still has this ${resource} ${id}`;
	if (!found) return `Uphance has no ${resource} ${id}`;
	const told = updatedAtOf(record);
	const shown = updatedAtOf(found);
	// One of the two may leave the milliseconds out.
	const isOlder = told !== undefined && shown !== undefined && told - shown >= 1000;
	return isOlder ? `Uphance shows an older version of this ${resource} ${id}` : undefined;
}
