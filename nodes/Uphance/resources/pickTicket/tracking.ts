import { isDataObject } from '../../http/json';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { sendWrite, unreadableWriteText } from '../../operations/write';
import type { BodyField } from '../../parameters/body';
import { buildBody } from '../../parameters/body';
import { additionalJson, parseJsonObject } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { pickTicketLookup } from './pickTicket';

/** What a warehouse says about a shipment (uphance-api.md 4.9). */
export const trackingFields: BodyField[] = [
	{
		type: 'text',
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
		type: 'text',
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
		type: 'amountText',
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
		type: 'code',
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
export function readTracking(context: IExecuteFunctions, collection: string, item: number): IDataObject {
	const given = context.getNodeParameter(collection, item, {});
	const values = isDataObject(given) ? given : {};
	return { ...buildBody(trackingFields, values, context.getTimezone()), ...parseJsonObject(additionalJson, values) };
}

/** PUT with the values in the query, as the one known client sends them. @throws UserError when the ticket is gone */
export async function saveTracking(client: UphanceClient, id: number, query: IDataObject): Promise<IDataObject> {
	return await putPickTicket(client, id, { doing: `update pick ticket ${id}`, path: '', query }, 'Nothing was changed');
}

interface PutOptions {
	doing: string;
	/** What comes after the address of the ticket. */
	path: string;
	query?: IDataObject;
}

/**
 * The ticket after a change; only its id where the answer does not hold it.
 *
 * @param consequence of things when the ticket is gone, for the message
 * @throws UserError when the ticket is gone; NodeApiError when Uphance does not say that it was changed
 */
export async function putPickTicket(
	client: UphanceClient,
	id: number,
	{ doing, path, query }: PutOptions,
	consequence: string,
): Promise<IDataObject> {
	const { recordType } = pickTicketLookup;
	const address = `${recordType.path}/${id}${path}`;
	const request = { action: doing, method: 'PUT', path: address, query, allowNotFound: true } as const;
	const result = await sendWrite(client, request, recordType);
	if (!result) throw notFoundError(id, consequence);
	if (result.kind === 'done') return { id };
	if (String(result.record.id) !== String(id)) throw client.toError(unreadableWriteText(request, ''));
	return result.record;
}

const notFoundError = (id: number, consequence: string): UserError =>
	new UserError(`Pick ticket ${id} is no longer in Uphance`, {
		description: `It may have been deleted while the warehouse worked on it. ${consequence}; ask whoever deleted it before shipping again.`,
	});
