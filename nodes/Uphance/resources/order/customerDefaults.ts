import type { IDataObject } from 'n8n-workflow';
import { findById } from '../../operations/find';
import { notFoundError } from '../../operations/lookup';
import { toRecords } from '../../output/values';
import { parseRecordId } from '../../parameters/locator';
import type { UphanceClient } from '../../transport/client';
import { customerLookup } from '../customer/customer';

/** The customer of an order. */
export interface OrderCustomer {
	customerId: string;
	/** The record, if a lookup has read it. */
	customer?: IDataObject;
}

/** Selects the default contact or address for a field of an order (docs/uphance.openapi.yaml: GET /customers). */
const defaultSelectors: Record<string, (customer: IDataObject) => IDataObject | undefined> = {
	billing_contact_id: ({ people }) => toRecords(people).find(({ billing }) => billing === true),
	shipping_contact_id: ({ people }) => toRecords(people).find(({ shipping }) => shipping === true),
	billing_address_id: ({ addresses }) => toRecords(addresses).find((address) => address.default_for_billing === true),
	shipping_address_id: ({ addresses }) => toRecords(addresses).find((address) => address.default_for_shipping === true),
};

/** Returns the customer's defaults for the named fields, as IDs. Leaves out fields without a default. */
export const pickDefaults = (record: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		names.flatMap((name) => {
			const id = defaultSelectors[name]?.(record)?.id;
			return id === undefined ? [] : [[name, id]];
		}),
	);

/**
 * Returns the names of the contact and address fields that none of the objects has. A field with an empty value in
 * Additional JSON counts as set.
 */
export const missingFields = (...filled: IDataObject[]): string[] =>
	Object.keys(defaultSelectors).filter((name) => !filled.some((values) => name in values));

/**
 * Returns the customer's defaults for the named fields, as IDs. Sends one request per customer and execution, or none if
 * the record of the customer is given.
 *
 * @throws UserError if there is no such customer; NodeApiError if a request fails
 */
export async function customerDefaults(
	client: UphanceClient,
	{ customerId, customer: record }: OrderCustomer,
	names: string[],
): Promise<IDataObject> {
	return names.length === 0 ? {} : pickDefaults(record ?? (await fetchCustomer(client, customerId)), names);
}

async function fetchCustomer(client: UphanceClient, id: string): Promise<IDataObject> {
	return await client.cached(`customer ${id}`, async () => {
		const locatorValue = { mode: 'id', value: id };
		const recordId = parseRecordId(customerLookup.label, locatorValue, customerLookup.recordType);
		const record = await findById(client, customerLookup.recordType, recordId);
		if (!record) throw await notFoundError(client, customerLookup, locatorValue);
		return record;
	});
}
