import type { IDataObject } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import { toRecordId } from '../../parameters/parse';

/** An event of Uphance, as the trigger outputs it. */
export interface UphanceEvent {
	/** e.g. "pick_ticket_update" */
	event: string;
	/** In the words of Uphance, e.g. "pick_ticket". */
	resource: string;
	/** e.g. "update" */
	action: string;
	id: number | string;
	/** Has only the `id` if the body has no more of it. */
	record: IDataObject;
}

/**
 * Parses the body of a webhook. It has the key `event` and one other key with the record. That key is usually the
 * resource, but not always: `receiving_ticket_delete` uses `delivery` (docs/uphance.openapi.yaml: webhooks). Uphance's
 * page says that a webhook typically carries an ID. Nobody knows in which form, so every usual one counts.
 *
 * @returns the event, or the reason why the body has none; never throws
 */
export function parseEvent(body: unknown): UphanceEvent | { name?: string; reason: string } {
	if (!isDataObject(body)) return { reason: 'the body is not a JSON object' };
	const { event } = body;
	if (typeof event !== 'string' || event.trim() === '') return { reason: "the body has no 'event'" };
	const name = event.trim();
	const { resource, action } = splitName(name);
	const values = new Map(Object.entries(body)); // has no inherited ones, whatever the resource is called
	const keys = resource === 'receiving_ticket' ? [resource, 'delivery'] : [resource];
	const named = keys.flatMap((key) => [values.get(key), values.get(`${key}_id`)]);
	// What names no resource counts only if the record is not there.
	const others = isDataObject(values.get(resource)) ? [] : [...[...values.values()].filter(isDataObject), body.id];
	const [found] = [...named, ...others].flatMap(findRecord);
	return found ? { event: name, resource, action, ...found } : { name, reason: 'the body has no record with an id' };
}

/** Returns the record if the value is one with an ID, or is an ID; otherwise []. */
function findRecord(value: unknown): Array<Pick<UphanceEvent, 'id' | 'record'>> {
	if (isDataObject(value)) {
		const { id } = value;
		const hasId = typeof id === 'number' || (typeof id === 'string' && id.trim() !== '');
		return hasId ? [{ id, record: value }] : [];
	}
	const id = Array.isArray(value) ? undefined : toRecordId(value);
	return id === undefined ? [] : [{ id, record: { id } }];
}

/** Returns whether nothing is known of a record but its ID. */
export const hasOnlyId = (record: IDataObject): boolean => Object.keys(record).length === 1;

/**
 * Returns whether two events with the same body are the same event. They may be two changes of the record if the body has
 * only its ID. But a record is created once, and deleted once.
 */
export const canTellCopies = ({ action, record }: UphanceEvent): boolean =>
	action === 'create' || action === 'delete' || !hasOnlyId(record);

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
