import type { IDataObject } from 'n8n-workflow';
import { findByField } from '../../operations/find';
import { ofSameOwner } from '../../operations/sameOwner';
import type { UphanceClient } from '../../transport/client';
import { returnExisting } from './createFields';
import { byPurchaseOrderRef, orderLookup } from './order';

/**
 * Returns the orders of this customer with exactly this ref. Two customers can use the same ref.
 *
 * @throws UserError if there is none, but an order of nobody knows whom
 */
export async function findExistingOrders(
	client: UphanceClient,
	customerId: string,
	ref: string,
): Promise<IDataObject[]> {
	const orders: IDataObject[] = [];
	for await (const order of findByField(client, orderLookup.recordType, byPurchaseOrderRef, ref)) orders.push(order);
	return ofSameOwner(orders, {
		field: 'company_id',
		id: customerId,
		option: returnExisting.displayName,
		unclear: (order) =>
			`${orderLookup.describe(order)} with purchase order ref '${ref}', but does not say which customer it belongs to`,
	});
}

/** Says what to do when nobody knows whether the order was created. */
export function adviceIfUnknown(reference: string, shouldReturnExisting: boolean): string {
	if (shouldReturnExisting) {
		return `Run this again later: 'Return Existing Order' looks for purchase order ref '${reference}' first.`;
	}
	return reference
		? `Look for purchase order ref '${reference}' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first.`
		: "Look for the customer's newest order in Uphance before you run this again. With a 'Purchase Order Ref' and 'Return Existing Order' the node does that.";
}
