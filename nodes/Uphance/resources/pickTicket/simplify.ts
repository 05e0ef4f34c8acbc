import type { IDataObject } from 'n8n-workflow';
import { toText, orNull } from '../../output/values';

/** users.md B2 */
export const simplifiedPickTicket = (ticket: IDataObject): IDataObject => ({
	id: orNull(ticket.id),
	shipment_number: toText(ticket.shipment_number),
	status: orNull(ticket.status),
	date: orNull(ticket.date),
	order_number: toText(ticket.order_number),
	order_id: orNull(ticket.order_id),
	customer_name: orNull(ticket.customer_name),
	contact_email: orNull(ticket.contact_email),
	carrier: orNull(ticket.carrier),
	tracking_number: toText(ticket.tracking_number),
});
