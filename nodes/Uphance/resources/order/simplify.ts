import type { IDataObject } from 'n8n-workflow';
import { toNumber, toText, orNull } from '../../output/values';

/** The ten fields of a sales order that the next node usually needs (users.md B2). */
export const simplifiedOrder = (order: IDataObject): IDataObject => ({
	id: orNull(order.id),
	order_number: toText(order.order_number),
	purchase_order_ref: orNull(order.purchase_order_ref),
	status: orNull(order.status),
	company_id: orNull(order.company_id),
	company_name: orNull(order.company_name),
	fulfillment_status: orNull(order.fulfillment_status),
	grand_total: toNumber(order.grand_total),
	currency: orNull(order.currency),
	created_at: orNull(order.created_at),
});
