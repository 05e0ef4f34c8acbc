import type { IDataObject } from 'n8n-workflow';
import { capitalize } from '../../http/text';
import { findByField } from '../../operations/find';
import { ofSameOwner } from '../../operations/sameOwner';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { returnExisting } from './createFields';
import { byPurchaseOrderRef, orderLookup } from './order';
import type { OrderInput } from './orderInput';

/** Returns what a user should know about an order that already existed, was left a draft, or whose ID Uphance did not say. */
export function hints({ reference }: Pick<OrderInput, 'reference'>, body: IDataObject, order: IDataObject): string[] {
	if (order.id === null) {
		const where = reference ? `purchase order ref '${reference}'` : "the customer's newest order";
		const again =
			order.alreadyExisted === false
				? ' The node did not find it there: if you run this again, it may be created twice.'
				: '';
		return [
			`Uphance created the sales order but did not return it, so its ID is unknown. Look for ${where} in Uphance.${again}`,
		];
	}
	const name = capitalize(orderLookup.describe(order));
	if (order.alreadyExisted !== true) {
		return body.order_status === 'confirmed' && order.status === 'draft'
			? [
					`${name} was to be confirmed, but Uphance left it a draft. It may need a 'Payment Term': set it in Uphance and confirm the order there.`,
				]
			: [];
	}
	const status = String(order.status ?? '');
	const wanted = piecesBySku(body);
	const existing = piecesBySku(order);
	const missing = [...wanted.keys()].filter((sku) => !existing.has(sku));
	const changed = [...wanted]
		.filter(([sku, pieces]) => existing.has(sku) && existing.get(sku) !== pieces)
		.map(([sku, pieces]) => `${existing.get(sku)} instead of ${pieces} of SKU ${sku}`);
	return [
		...(status === '' || ['draft', 'confirmed'].includes(status.toLowerCase())
			? []
			: [`${name} already existed, and its status is ${status}. The node did not change it.`]),
		...(missing.length > 0
			? [`${name} already existed without SKU ${missing.join(', ')}. The node did not add anything to it.`]
			: []),
		...(changed.length > 0
			? [`${name} already existed with other quantities: ${changed.join(', ')}. The node did not change it.`]
			: []),
	];
}

/** Returns the pieces of an order by SKU ID. */
function piecesBySku({ line_items: items }: IDataObject): Map<string, number> {
	const pieces = new Map<string, number>();
	for (const { sku_id, quantity } of toRecords(items).flatMap((line) => toRecords(line.line_quantities))) {
		pieces.set(String(sku_id), (pieces.get(String(sku_id)) ?? 0) + Number(quantity));
	}
	return pieces;
}

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
