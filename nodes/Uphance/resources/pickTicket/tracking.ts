import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { BodyField } from '../../parameters/body';
import { bodyOf } from '../../parameters/body';
import { additionalJson, typedObject } from '../../parameters/typedJson';
import type { Connection } from '../../transport/client';
import { isDataObject, recordsIn } from '../../transport/recordsIn';
import { pickTicket } from './pickTicket';

/** What a warehouse says about a shipment (uphance-api.md 4.9). */
export const trackingFields: BodyField[] = [
	{
		as: 'text',
		field: {
			displayName: 'Carrier',
			name: 'carrier',
			type: 'string',
			default: '',
			placeholder: 'e.g. dhl',
			description: 'Code of the carrier in Uphance; dhl and australia_post are known',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Service',
			name: 'service',
			type: 'string',
			default: '',
			placeholder: 'e.g. Express',
			description: 'Service of the carrier, as free text',
		},
	},
	{
		as: 'decimalText',
		field: {
			displayName: 'Shipping Cost',
			name: 'shipping_cost',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12.50',
			description: 'What the shipment costs, with a dot',
		},
	},
	{
		as: 'text',
		field: {
			displayName: 'Tracking Number',
			name: 'tracking_number',
			type: 'string',
			default: '',
			placeholder: 'e.g. JD014600003SE',
			description: 'Number under which the carrier finds the shipment',
		},
	},
];

/** The values of a collection of these fields, as they go into the query. @throws UserError */
export function trackingIn(context: IExecuteFunctions, collection: string, item: number): IDataObject {
	const typed = context.getNodeParameter(collection, item, {});
	const values = isDataObject(typed) ? typed : {};
	return { ...bodyOf(trackingFields, values, context.getTimezone()), ...typedObject(additionalJson, values) };
}

/** PUT with the values in the query, as the one known client sends them. @throws UserError when the ticket is gone */
export async function saveTracking(uphance: Connection, id: number, query: IDataObject): Promise<IDataObject> {
	return await changeTicket(uphance, id, { doing: `update pick ticket ${id}`, path: '', query }, 'Nothing was changed');
}

interface Change {
	doing: string;
	/** What comes after the address of the ticket. */
	path: string;
	query?: IDataObject;
}

/**
 * The ticket after a change; only its id where the answer does not hold it.
 *
 * @param state of things when the ticket is gone, for the message
 * @throws UserError when the ticket is gone
 */
export async function changeTicket(
	uphance: Connection,
	id: number,
	{ doing, path, query }: Change,
	state: string,
): Promise<IDataObject> {
	const answer = await uphance.send({
		doing,
		method: 'PUT',
		path: `${pickTicket.kind.path}/${id}${path}`,
		query,
		mayBeMissing: true,
	});
	if (answer === null) throw refusedGone(id, state);
	return recordsIn(answer, pickTicket.kind)?.[0] ?? { id };
}

const refusedGone = (id: number, state: string): UserError =>
	new UserError(`Pick ticket ${id} is no longer in Uphance`, {
		description: `It may have been deleted while the warehouse worked on it. ${state}; ask whoever deleted it before shipping again.`,
	});
