import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { capitalize } from '../../http/text';
import { findById } from '../../operations/find';
import { locatorText } from '../../operations/itemSubject';
import { resolveLocator } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { withFirst } from '../../output/values';
import { locatorField, parseLocator } from '../../parameters/locator';
import { parseText } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { isShipped, pickTicketLookup } from './pickTicket';
import { notFoundError, putPickTicket, readTracking, saveTracking, trackingFields } from './tracking';

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
		if (!leaves) return withFirst(await saveAndShip(client, id, tracking), firstColumns);
		const ticket = record ?? (await findById(client, pickTicketLookup.recordType, id));
		if (!ticket) throw notFoundError(id, 'Nothing was changed');
		if (!isShipped(ticket))
			return withFirst({ ...(await saveAndShip(client, id, tracking)), alreadyShipped: false }, firstColumns);
		if (this.getInputData().length === 1)
			this.addExecutionHints({ message: alreadyShippedHint(ticket), location: 'outputPane' });
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

async function saveAndShip(client: UphanceClient, id: number, tracking: IDataObject): Promise<IDataObject> {
	if (Object.keys(tracking).length === 0) return await markAsShipped(client, id, 'Nothing was changed');
	await saveTracking(client, id, tracking);
	return await markAsShipped(client, id, 'Tracking was saved before').catch((error: unknown) => {
		throw error instanceof NodeApiError ? partiallyDoneError(id, error) : error;
	});
}

const markAsShipped = async (client: UphanceClient, id: number, consequence: string): Promise<IDataObject> =>
	await putPickTicket(client, id, { doing: `mark pick ticket ${id} as shipped`, path: '/ship' }, consequence);

const alreadyShippedHint = (ticket: IDataObject): string =>
	`${capitalize(pickTicketLookup.describe(ticket))} was shipped already, so the node changed nothing. To change its tracking data, use Update. To ship it again, set 'If Already Shipped' under Options to 'Ship Again'.`;

const partiallyDoneError = (id: number, { message }: NodeApiError): UserError =>
	new UserError(`Tracking was saved, but Uphance did not confirm that pick ticket ${id} is shipped: ${message}`, {
		description: 'Run it again. You can save the same tracking data twice.',
	});
