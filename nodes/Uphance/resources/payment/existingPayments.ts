import type { IDataObject } from 'n8n-workflow';
import { sameRecords } from '../../operations/sameRecords';
import { equalsIgnoringCase } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { paginate } from '../../transport/pagination';
import { returnExisting } from './createFields';
import { paymentLookup } from './payment';

/**
 * Returns the payments of this sales order with the same reference and amount.
 *
 * @throws UserError if there is none, but one that may be it; NodeApiError if a request fails
 */
export async function findExistingPayments(client: UphanceClient, body: IDataObject): Promise<IDataObject[]> {
	const payments: IDataObject[] = [];
	for await (const page of paginate(client, paymentLookup.recordType, { order_id: body.sale_id })) {
		const found = page.filter(
			({ reference, amount }) =>
				equalsIgnoringCase(reference, body.reference) && Number(amount) === Number(body.amount),
		);
		payments.push(...found);
	}
	return sameRecords(payments, {
		code: { field: 'reference', label: 'reference', value: String(body.reference) },
		owner: { field: 'sale_id', label: 'sales order', id: body.sale_id },
		describe: (payment) => `${paymentLookup.describe(payment)} of ${String(body.amount)}`,
		option: returnExisting.displayName,
	});
}
