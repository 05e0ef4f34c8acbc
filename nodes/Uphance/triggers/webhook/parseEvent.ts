import { isDataObject } from '../../http/json';
import type { IDataObject } from 'n8n-workflow';

/** What Uphance says happened, as the trigger emits it. */
export interface UphanceEvent {
	/** e.g. "pick_ticket_update" */
	event: string;
	/** Uphance's word, e.g. "pick_ticket". */
	resource: string;
	/** e.g. "update" */
	action: string;
	id: number | string;
	record: IDataObject;
}

/**
 * Reads the body of a webhook: `event`, and the record under whatever other key it comes (uphance-api.md 5.3).
 *
 * @returns the event, or the reason why there is none in it, for the log; never throws
 */
export function parseEvent(body: unknown): UphanceEvent | { name?: string; reason: string } {
	if (!isDataObject(body)) return { reason: 'the body is no JSON object' };
	const { event } = body;
	if (typeof event !== 'string' || event.trim() === '') return { reason: "the body names no 'event'" };
	const name = event.trim();
	const split = name.lastIndexOf('_');
	const resource = split > 0 ? name.slice(0, split) : name;
	const action = split > 0 ? name.slice(split + 1) : '';
	const candidates = Object.entries(body).filter(([key, value]) => key !== 'event' && isDataObject(value));
	const [, record] = candidates.find(([key]) => key === resource) ?? candidates[0] ?? [];
	const id = isDataObject(record) ? record.id : undefined;
	if (!isDataObject(record) || (typeof id !== 'number' && (typeof id !== 'string' || id.trim() === ''))) {
		return { name, reason: 'it carries no record with an id' };
	}
	return { event: name, resource, action, id, record };
}
