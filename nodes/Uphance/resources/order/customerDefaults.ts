import type { IDataObject } from 'n8n-workflow';
import { parseRecordId } from '../../parameters/locator';
import { findById, notFoundError } from '../../operations/lookup';
import { toRecords } from '../../output/values';
import type { UphanceClient } from '../../transport/client';
import { customerLookup } from '../customer/customer';

/** Who orders: the id and, where it was read anyway, the record. */
export interface OrderCustomer {
	customerId: string;
	customer?: IDataObject;
}

/** Whom and what a customer's record marks for what (uphance-api.md 4.6). */
const defaultSelectors: Record<string, (customer: IDataObject) => IDataObject | undefined> = {
	billing_contact_id: ({ people }) => toRecords(people).find(({ billing }) => billing === true),
	shipping_contact_id: ({ people }) => toRecords(people).find(({ shipping }) => shipping === true),
	billing_address_id: ({ addresses }) => toRecords(addresses).find((each) => each.default_for_billing === true),
	shipping_address_id: ({ addresses }) => toRecords(addresses).find((each) => each.default_for_shipping === true),
};

/** The ids, of those named, that the record of a customer marks; what it does not mark is left out. */
export const pickDefaults = (record: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		names.flatMap((name) => {
			const id = defaultSelectors[name]?.(record)?.id;
			return id === undefined ? [] : [[name, id]];
		}),
	);

/** The contacts and addresses that neither the fields have nor Additional JSON, where even an empty value counts. */
export const missingFields = (...filled: IDataObject[]): string[] =>
	Object.keys(defaultSelectors).filter((name) => !filled.some((values) => name in values));

/**
 * The customer's defaults for what was left empty (users.md A6). Asks Uphance once for each customer of an execution,
 * and not at all for one whose record is at hand.
 *
 * @throws UserError when there is no such customer; NodeApiError
 */
export async function customerDefaults(
	client: UphanceClient,
	{ customerId, customer: record }: OrderCustomer,
	empty: string[],
): Promise<IDataObject> {
	return empty.length === 0 ? {} : pickDefaults(record ?? (await customerById(client, customerId)), empty);
}

async function customerById(client: UphanceClient, id: string): Promise<IDataObject> {
	return await client.cached(`customer ${id}`, async () => {
		const choice = { mode: 'id', value: id };
		const recordId = parseRecordId(customerLookup.label, choice, customerLookup.recordType);
		const record = await findById(client, customerLookup.recordType, recordId);
		if (!record) throw await notFoundError(client, customerLookup, choice);
		return record;
	});
}
