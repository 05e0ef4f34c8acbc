type Item = Record<string, unknown>;

/** Every event that client code handles (`docs/uphance.openapi.yaml: webhooks`). Uphance surely has more. */
export const knownEvents = [
	'invoice_create',
	'invoice_update',
	'invoice_delete',
	'pick_ticket_create',
	'pick_ticket_update',
	'pick_ticket_delete',
	'product_create',
	'product_update',
	'receiving_ticket_create',
	'receiving_ticket_update',
	'receiving_ticket_delete',
	'credit_note_create',
	'credit_note_update',
	'credit_note_delete',
] as const;

/** Splits an event at its last underscore: "pick_ticket_update" into "pick_ticket" and "update". */
export function splitEvent(event: string): { resource: string; action: string } {
	const end = event.lastIndexOf('_');
	return end < 1 ? { resource: event, action: '' } : { resource: event.slice(0, end), action: event.slice(end + 1) };
}

/**
 * Returns the JSON body of an event: its name, and the record under the key of its type. Timestamps always end in Z.
 */
export function buildWebhookBody(event: string, record: Item): string {
	const key = event === 'receiving_ticket_delete' ? 'delivery' : splitEvent(event).resource;
	return JSON.stringify({ event, [key]: record }, (_name, value: unknown) =>
		typeof value === 'string' && timestampPattern.test(value) && !Number.isNaN(Date.parse(value))
			? new Date(value).toISOString()
			: value,
	);
}

/** Returns the JSON body of an event that has only the id of its record. */
export const buildIdBody = (event: string, id: number): string =>
	JSON.stringify({ event, [`${splitEvent(event).resource}_id`]: id });

/** ISO 8601 with any offset. */
const timestampPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
