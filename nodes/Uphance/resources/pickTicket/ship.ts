import type { IDataObject } from 'n8n-workflow';
import { collection } from '../../parameters/fields';
import { NodeApiError, UserError } from 'n8n-workflow';
import { fieldsOf } from '../../parameters/body';
import { chosenId } from '../../operations/lookup';
import { locatorField } from '../../parameters/findable';
import type { Operation } from '../../operations/operation';
import { additionalJson } from '../../parameters/typedJson';
import type { Connection } from '../../transport/client';
import { pickTicket } from './pickTicket';
import { changeTicket, saveTracking, trackingFields, trackingIn } from './tracking';

const ticketField = locatorField(pickTicket, 'pickTicketId', 'The pick ticket to mark as shipped');

/** PUT /pick_tickets/{id}/ship, which must come after the tracking (uphance-api.md 4.9, users.md A8). */
export const ship: Operation = {
	option: {
		name: 'Mark as Shipped',
		value: 'ship',
		action: 'Mark a pick ticket as shipped',
		description: 'Save tracking, if any is given, and then mark the pick ticket as shipped',
	},
	writes: true,
	fields: [
		ticketField,
		collection('Additional Fields', 'additionalFields', 'field', [additionalJson, ...fieldsOf(trackingFields)]),
	],
	async run(item, uphance) {
		const tracking = trackingIn(this, 'additionalFields', item);
		const id = await chosenId(uphance, pickTicket, this.getNodeParameter(ticketField.name, item));
		if (Object.keys(tracking).length === 0) return await markAsShipped(uphance, id, 'Nothing was changed');
		await saveTracking(uphance, id, tracking);
		return await markAsShipped(uphance, id, 'Tracking was saved before').catch((error: unknown) => {
			throw error instanceof NodeApiError ? halfDone(id, error) : error;
		});
	},
};

const markAsShipped = async (uphance: Connection, id: number, state: string): Promise<IDataObject> =>
	await changeTicket(uphance, id, { doing: `mark pick ticket ${id} as shipped`, path: '/ship' }, state);

const halfDone = (id: number, { message }: NodeApiError): UserError =>
	new UserError(`Tracking was saved, but pick ticket ${id} could not be marked as shipped: ${message}`, {
		description: 'Run it again; saving tracking twice does no harm.',
	});
