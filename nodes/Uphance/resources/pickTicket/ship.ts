import type { IDataObject } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { resolveId } from '../../operations/lookup';
import { locatorField } from '../../parameters/locator';
import type { Operation } from '../../operations/operation';
import type { UphanceClient } from '../../transport/client';
import { pickTicketLookup } from './pickTicket';
import { putPickTicket, saveTracking, trackingFields, readTracking } from './tracking';

const ticketField = locatorField(pickTicketLookup, 'pickTicketId', 'The pick ticket to mark as shipped');

/**
 * Saves the tracking data and then marks the pick ticket as shipped. The data must be saved before, because the second
 * request takes no values (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}/ship).
 */
export const ship: Operation = {
	option: {
		name: 'Mark as Shipped',
		value: 'ship',
		action: 'Mark a pick ticket as shipped',
		description: 'Save the tracking data, if you enter any, and then mark the pick ticket as shipped',
	},
	writes: true,
	fields: [ticketField, ...trackingFields('Additional Fields', 'additionalFields')],
	async run(item, client) {
		const tracking = readTracking(this, 'additionalFields', item);
		const id = await resolveId(client, pickTicketLookup, this.getNodeParameter(ticketField.name, item));
		if (Object.keys(tracking).length === 0) return await markAsShipped(client, id, 'Nothing was changed');
		await saveTracking(client, id, tracking);
		return await markAsShipped(client, id, 'Tracking was saved before').catch((error: unknown) => {
			throw error instanceof NodeApiError ? partiallyDoneError(id, error) : error;
		});
	},
};

const markAsShipped = async (client: UphanceClient, id: number, consequence: string): Promise<IDataObject> =>
	await putPickTicket(client, id, { doing: `mark pick ticket ${id} as shipped`, path: '/ship' }, consequence);

const partiallyDoneError = (id: number, { message }: NodeApiError): UserError =>
	new UserError(`Tracking was saved, but pick ticket ${id} could not be marked as shipped: ${message}`, {
		description: 'Run it again. You can save the same tracking data twice.',
	});
