import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { findById } from '../../operations/find';
import { locatorText } from '../../operations/itemSubject';
import { resolveLocator } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { showHintOnce } from '../../output/output';
import { withFirst } from '../../output/values';
import { locatorField, parseLocator } from '../../parameters/locator';
import { parseText } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { isOutageError } from '../../transport/errors';
import { isShipped, pickTicketLookup } from './pickTicket';
import type { Change } from './ticketHints';
import { alreadyShippedHint, hasTracking, hintIfNotShipped, hintsAfterSaving } from './ticketHints';
import { ticketNotFoundError, putPickTicket, readTracking, saveTracking, trackingFields } from './tracking';

const ticketField = locatorField(pickTicketLookup, 'pickTicketId', 'The pick ticket to mark as shipped');

const ifAlreadyShipped: INodeProperties = {
	displayName: 'If Already Shipped',
	name: 'ifAlreadyShipped',
	type: 'options',
	default: 'leave',
	options: [
		{
			name: 'Leave Unchanged',
			value: 'leave',
			description: 'Changes nothing, and sets "alreadyShipped" to true in the output (needs one more request)',
		},
		{ name: 'Ship Again', value: 'ship', description: 'Saves the tracking data, and marks it as shipped once more' },
	],
	description: 'What to do with a pick ticket whose status is shipped',
};

/**
 * Saves the tracking data and then marks the pick ticket as shipped. The data must be saved before, because the second
 * request takes no values (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}/ship). Nobody knows what Uphance does with a
 * ticket that is shipped already, so it is left as it is unless the user wants otherwise.
 */
export const ship: Operation = {
	option: {
		name: 'Mark as Shipped',
		value: 'ship',
		action: 'Mark a pick ticket as shipped',
		description: 'Save the tracking data, if you enter any, and then mark the pick ticket as shipped',
	},
	writes: true,
	subject: {
		noun: 'pick ticket',
		otherName: (context, item) => locatorText(context, item, ticketField.name),
	},
	fields: [ticketField, ...trackingFields('Additional Fields', 'additionalFields')],
	options: [ifAlreadyShipped],
	async run(item, client) {
		const tracking = readTracking(this, 'additionalFields', item);
		const leaves = readIfAlreadyShipped(this, item) === 'leave';
		const locator = parseLocator(pickTicketLookup.label, this.getNodeParameter(ticketField.name, item));
		const { id, record } = await resolveLocator(client, pickTicketLookup, locator);
		const change = { item, id, tracking };
		if (!leaves) return withFirst(await saveAndShip(this, client, change), firstColumns);
		const ticket = record ?? (await findById(client, pickTicketLookup.recordType, id));
		if (!ticket) throw ticketNotFoundError(id, 'Nothing was changed');
		if (!isShipped(ticket))
			return withFirst({ ...(await saveAndShip(this, client, change)), alreadyShipped: false }, firstColumns);
		if (this.getInputData().length === 1)
			await showHintOnce(this, client, 'hint: already shipped', alreadyShippedHint(ticket));
		else if (!hasTracking(ticket, tracking))
			await showHintOnce(this, client, 'hint: already shipped', alreadyShippedHint(ticket, item));
		return withFirst({ ...ticket, alreadyShipped: true }, firstColumns);
	},
};

const firstColumns = ['shipment_number', 'status', 'alreadyShipped'];

/** @throws UserError for a value that is not in the menu, which an expression can return */
function readIfAlreadyShipped(context: IExecuteFunctions, item: number): 'leave' | 'ship' {
	const { name, displayName, default: defaultValue } = ifAlreadyShipped;
	const options = context.getNodeParameter('options', item, {});
	const value = parseText(displayName, name in options ? options[name] : defaultValue);
	if (value === 'leave' || value === 'ship') return value;
	throw new UserError(`'${displayName}' must be leave or ship, not '${value}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

async function saveAndShip(context: IExecuteFunctions, client: UphanceClient, change: Change): Promise<IDataObject> {
	const { id, tracking } = change;
	const hasNothingToSave = Object.keys(tracking).length === 0;
	if (!hasNothingToSave) await hintsAfterSaving(context, client, change, await saveTracking(client, id, tracking));
	const shipped = markAsShipped(client, id, hasNothingToSave ? 'Nothing was changed' : 'Tracking was saved before');
	const ticket = await shipped.catch((error: unknown) => {
		throw hasNothingToSave || !(error instanceof NodeApiError) ? error : partiallyDoneError(client, id, error);
	});
	await hintIfNotShipped(context, client, ticket);
	return ticket;
}

const markAsShipped = async (client: UphanceClient, id: number, consequence: string): Promise<IDataObject> =>
	await putPickTicket(client, id, { doing: `mark pick ticket ${id} as shipped`, path: '/ship' }, consequence);

const partiallyDoneError = (client: UphanceClient, id: number, error: NodeApiError): Error =>
	client.toError({
		message: `Tracking was saved, but Uphance did not confirm that pick ticket ${id} is shipped: ${error.message}`,
		description: [error.description, 'Run it again. You can save the same tracking data twice.']
			.filter(Boolean)
			.join(' '),
		isOutage: isOutageError(error),
	});
