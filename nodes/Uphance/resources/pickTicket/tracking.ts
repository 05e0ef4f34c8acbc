import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import { sendWrite, unreadableWriteText } from '../../operations/write';
import type { BodyField } from '../../parameters/body';
import { buildBody, toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { nameField } from '../../parameters/locator';
import { additionalJson, parseJsonObject } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { pickTicketLookup } from './pickTicket';

/** The tracking data of a shipment that nearly everybody fills in (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}). */
const mainFields: BodyField[] = [
	{
		type: 'text',
		field: nameField('Carrier', 'carrier', 'searchCarriers', {
			description: 'Code of the carrier in Uphance. The list has those of the oldest and the newest pick tickets.',
			placeholder: 'e.g. dhl',
		}),
	},
	{
		type: 'code',
		field: {
			displayName: 'Tracking Number',
			name: 'tracking_number',
			type: 'string',
			default: '',
			placeholder: 'e.g. JD014600003SE',
			description: 'Number that the carrier gave the shipment',
		},
	},
];

/** The rest of the tracking data. */
const moreFields: BodyField[] = [
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
			description: 'Cost of the shipment, with a dot before the decimals',
		},
	},
];

/**
 * Returns the fields for tracking data, as the node shows them.
 *
 * @param displayName of the collection for the rarer ones; `name` is its name
 */
export const trackingFields = (displayName: string, name: string): INodeProperties[] => [
	...toProperties(mainFields),
	collection(displayName, name, 'field', [additionalJson, ...toProperties(moreFields)]),
];

/**
 * Returns the tracking data that the user filled in, as it is sent in the query. Returns {} if there is none.
 *
 * @param collectionName name of the collection with the rarer fields
 * @throws UserError that names the field, if a value cannot be used
 */
export function readTracking(context: IExecuteFunctions, collectionName: string, item: number): IDataObject {
	const parameter = context.getNodeParameter(collectionName, item, {});
	const more = isDataObject(parameter) ? parameter : {};
	const main = Object.fromEntries(
		mainFields.map(({ field }) => [field.name, context.getNodeParameter(field.name, item, '')]),
	);
	const body = buildBody([...mainFields, ...moreFields], { ...more, ...main }, context.getTimezone());
	return { ...body, ...parseJsonObject(additionalJson, more) };
}

/**
 * Saves tracking data and returns the pick ticket. Sends the values in the query, as the only known client does
 * (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}).
 *
 * @throws UserError if there is no such pick ticket; NodeApiError if the request fails
 */
export async function saveTracking(client: UphanceClient, id: number, query: IDataObject): Promise<IDataObject> {
	return await putPickTicket(client, id, { doing: `update pick ticket ${id}`, path: '', query }, 'Nothing was changed');
}

interface PutOptions {
	/** Completes "Uphance could not …". */
	doing: string;
	/** Appended to the path of the pick ticket, e.g. "/ship". */
	path: string;
	query?: IDataObject;
}

/**
 * Changes a pick ticket and returns it. Returns only its ID if the response does not contain the pick ticket.
 *
 * @param consequence what was changed before, for the message if the pick ticket does not exist
 * @throws UserError if there is no such pick ticket; NodeApiError if the request fails, or if Uphance does not respond that
 * this pick ticket was changed
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
	if (!result) throw ticketNotFoundError(id, consequence);
	if (result.kind === 'done') return { id };
	if (String(result.record.id) !== String(id)) throw client.toError(unreadableWriteText(request, ''));
	return result.record;
}

/** @param consequence what was changed before */
export const ticketNotFoundError = (id: number, consequence: string): UserError =>
	new UserError(`No pick ticket has the ID ${id}`, {
		description: `${consequence}. Check the ID: it is not the shipment number. If it is right, somebody may have deleted the pick ticket while the warehouse worked on it. Then ask that person before you ship again.`,
	});
