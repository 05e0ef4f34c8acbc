import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { ofSameOwner } from '../../operations/sameOwner';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { returnExisting } from './createFields';
import { paymentLookup } from './payment';

/**
 * Returns the payments of this sales order with the same reference and amount.
 *
 * @throws UserError if there is none, but a payment of nobody knows which sales order
 */
export async function findExistingPayments(client: UphanceClient, body: IDataObject): Promise<IDataObject[]> {
	const payments: IDataObject[] = [];
	for await (const page of paginate(client, paymentLookup.recordType, { order_id: body.sale_id })) {
		const found = page.filter(
			({ reference, amount }) => toComparable(reference) === body.reference && Number(amount) === Number(body.amount),
		);
		payments.push(...found);
	}
	return ofSameOwner(payments, {
		field: 'sale_id',
		id: body.sale_id,
		option: returnExisting.displayName,
		unclear: (payment) =>
			`${paymentLookup.describe(payment)} with reference '${String(body.reference)}' and amount ${String(body.amount)}, but does not say which sales order it belongs to`,
	});
}
