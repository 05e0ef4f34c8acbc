import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { capitalize } from '../../http/text';
import type { SentValue } from '../../operations/contradictions';
import { contradictions, isSameAmount } from '../../operations/contradictions';
import { showHintOnce } from '../../output/output';
import { equalsIgnoringCase, isSameCode } from '../../output/values';
import { isFilled } from '../../parameters/cells';
import type { UphanceClient } from '../../transport/client';
import { isShipped, pickTicketLookup } from './pickTicket';

/** The tracking data that was sent beside that of a pick ticket. */
const trackingValues = (sent: IDataObject, ticket: IDataObject): SentValue[] =>
	[
		{ name: 'carrier', label: 'carrier', isSame: equalsIgnoringCase },
		{ name: 'service', label: 'service', isSame: equalsIgnoringCase },
		{ name: 'shipping_cost', label: 'shipping cost', isSame: isSameAmount },
		{ name: 'tracking_number', label: 'tracking number', isSame: isSameCode },
	].map(({ name, ...rest }) => ({ ...rest, sent: sent[name], answered: ticket[name] }));

/** Tells whether a pick ticket has all tracking data that was entered. */
export const hasTracking = (ticket: IDataObject, tracking: IDataObject): boolean =>
	trackingValues(tracking, ticket).every(({ sent, answered, isSame }) => !isFilled(sent) || isSame(sent, answered));

/** A change of one pick ticket. */
export interface Change {
	/** The input item. */
	item: number;
	/** Of the pick ticket. */
	id: number;
	tracking: IDataObject;
}

/**
 * Shows a hint, once in an execution, if the answer has other tracking data than what was saved, or if an earlier item
 * saved other data for the same pick ticket.
 *
 * @param ticket as Uphance returned it
 */
export async function hintsAfterSaving(
	context: IExecuteFunctions,
	client: UphanceClient,
	change: Change,
	ticket: IDataObject,
): Promise<void> {
	await hintIfSavedBefore(context, client, change);
	const found = contradictions(trackingValues(change.tracking, ticket));
	if (found.length === 0) return;
	const message = `Uphance answered that ${nameOf(ticket)} has ${found.join(' and ')}. ${checkAll}`;
	await showHintOnce(context, client, 'hint: other tracking data', message);
}

/** Shows a hint, once in an execution, if the answer has another status than shipped. */
export async function hintIfNotShipped(
	context: IExecuteFunctions,
	client: UphanceClient,
	ticket: IDataObject,
): Promise<void> {
	if (!isFilled(ticket.status) || isShipped(ticket)) return;
	const message = `Uphance answered that ${nameOf(ticket)} has the status ${String(ticket.status)}, although the node marked it as shipped. ${checkAll}`;
	await showHintOnce(context, client, 'hint: not shipped', message);
}

const checkAll = 'Check it in Uphance, and the other pick tickets of this run.';

async function hintIfSavedBefore(
	context: IExecuteFunctions,
	client: UphanceClient,
	{ item, id, tracking }: Change,
): Promise<void> {
	const saved = await client.cachedForExecution(
		'tracking by pick ticket',
		async () => await Promise.resolve(new Map<string, { item: number; text: string }>()),
	);
	const key = `${client.organisation.id} ${id}`;
	const text = JSON.stringify(tracking);
	const earlier = saved.get(key);
	saved.set(key, { item, text });
	if (!earlier || earlier.text === text) return;
	const message = `Input items ${earlier.item + 1} and ${item + 1} have the same pick ticket (ID ${id}). Uphance keeps the tracking data of the later one only. If it is one shipment of several parcels, put their tracking numbers into one item.`;
	await showHintOnce(context, client, 'hint: same pick ticket', message);
}

const nameOf = (ticket: IDataObject): string =>
	isFilled(ticket.shipment_number) ? pickTicketLookup.describe(ticket) : `pick ticket ${String(ticket.id)}`;

/** Says that a pick ticket which was shipped before is left as it is. @param item whose tracking data was not saved */
export const alreadyShippedHint = (ticket: IDataObject, item?: number): string =>
	item === undefined
		? `${capitalize(pickTicketLookup.describe(ticket))} was shipped already, so the node changed nothing. ${whatToDo}`
		: `${capitalize(pickTicketLookup.describe(ticket))} was shipped already, so the node did not save the tracking data of input item ${item + 1}. The same may be so for other items with "alreadyShipped" true. ${whatToDo}`;

const whatToDo =
	"To change its tracking data, use Update. To ship it again, set 'If Already Shipped' under Options to 'Ship Again'.";
