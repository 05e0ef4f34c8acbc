import { UserError } from 'n8n-workflow';
import { locatorText } from '../../operations/itemSubject';
import { resolveId } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { locatorField } from '../../parameters/locator';
import { pickTicketLookup } from './pickTicket';
import { hintsAfterSaving } from './ticketHints';
import { saveTracking, trackingFields, readTracking } from './tracking';

const ticketField = locatorField(pickTicketLookup, 'pickTicketId', 'The pick ticket to update');

/** Saves the tracking data of a pick ticket (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}). */
export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a pick ticket',
		description: 'Save carrier, service, cost and tracking number of a shipment. Do this before Mark as Shipped.',
	},
	writes: true,
	subject: {
		noun: 'pick ticket',
		otherName: (context, item) => locatorText(context, item, ticketField.name),
	},
	fields: [ticketField, ...trackingFields('Update Fields', 'updateFields')],
	async run(item, client) {
		const tracking = readTracking(this, 'updateFields', item);
		if (Object.keys(tracking).length === 0) throw nothingToUpdateError();
		const id = await resolveId(client, pickTicketLookup, this.getNodeParameter(ticketField.name, item));
		const ticket = await saveTracking(client, id, tracking);
		await hintsAfterSaving(this, client, { item, id, tracking }, ticket);
		return ticket;
	},
};

const nothingToUpdateError = (): UserError =>
	new UserError('There is nothing to save for the pick ticket', {
		description:
			"Fill in 'Carrier', 'Tracking Number' or a field under 'Update Fields'. Nothing was sent for this item.",
	});
