import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../../http/json';

/** An event of Uphance, as the trigger outputs it. */
export interface UphanceEvent {
	/** e.g. "pick_ticket_update" */
	event: string;
	/** In the words of Uphance, e.g. "pick_ticket". */
	resource: string;
	/** e.g. "update" */
	action: string;
	id: number | string;
	record: IDataObject;
}

/**
 * Parses the body of a webhook. It has the key `event` and one other key with the record. That key is usually the
 * resource, but not always: `receiving_ticket_delete` uses `delivery` (docs/uphance.openapi.yaml: webhooks).
 *
 * @returns the event, or the reason why the body has none; never throws
 */
export function parseEvent(body: unknown): UphanceEvent | { name?: string; reason: string } {
	if (!isDataObject(body)) return { reason: 'the body is not a JSON object' };
	const { event } = body;
	if (typeof event !== 'string' || event.trim() === '') return { reason: "the body has no 'event'" };
	const name = event.trim();
	const { resource, action } = splitName(name);
	const candidates = Object.entries(body).filter(([key, value]) => key !== 'event' && isDataObject(value));
	const [, record] = candidates.find(([key]) => key === resource) ?? candidates[0] ?? [];
	const id = isDataObject(record) ? record.id : undefined;
	if (!isDataObject(record) || (typeof id !== 'number' && (typeof id !== 'string' || id.trim() === ''))) {
		return { name, reason: 'the body has no record with an id' };
	}
	return { event: name, resource, action, id, record };
}

/** Splits the name of an event at its last underscore: "pick_ticket_update" is the update of a pick_ticket. */
export function splitName(event: string): { resource: string; action: string } {
	const split = event.lastIndexOf('_');
	return split > 0
		? { resource: event.slice(0, split), action: event.slice(split + 1) }
		: { resource: event, action: '' };
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Returns when a record was last changed, in milliseconds. Undefined if it has no time, or none with a timezone. */
export function updatedAtOf({ updated_at: time }: IDataObject): number | undefined {
	const milliseconds = typeof time === 'string' && isoTime.test(time) ? Date.parse(time) : NaN;
	return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
