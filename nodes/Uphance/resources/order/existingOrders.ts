import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { sameRecords } from '../../operations/sameRecords';
import { equalsIgnoringCase } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { returnExisting } from './createFields';
import { byPurchaseOrderRef, orderLookup } from './order';

/**
 * Returns the orders of this customer with exactly this ref. Two customers can use the same ref.
 *
 * @throws UserError if there is none, but one that may be it; NodeApiError if a request fails
 */
export async function findExistingOrders(
	client: UphanceClient,
	customerId: string,
	ref: string,
): Promise<IDataObject[]> {
	const { filter, field, label } = byPurchaseOrderRef;
	const orders: IDataObject[] = [];
	for await (const page of paginate(client, orderLookup.recordType, { [filter]: toComparable(ref) })) {
		orders.push(...page.filter((order) => equalsIgnoringCase(order[field], ref))); // Uphance may ignore the filter
	}
	return sameRecords(orders, {
		code: { field, label, value: ref },
		owner: { field: 'company_id', label: 'customer', id: customerId },
		describe: orderLookup.describe,
		option: returnExisting.displayName,
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
