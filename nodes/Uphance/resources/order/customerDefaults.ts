import type { IDataObject } from 'n8n-workflow';
import { idIn } from '../../parameters/locator';
import { findById } from '../../operations/find';
import { refusedMissing } from '../../operations/lookup';
import { records } from '../../output/values';
import type { Connection } from '../../transport/client';
import { oncePerValue } from '../../transport/oncePerValue';
import { customer } from '../customer/customer';

/** Who orders: the id and, where it was read anyway, the record. */
export interface Orderer {
	customerId: string;
	customer?: IDataObject;
}

/** Whom and what a customer's record marks for what (uphance-api.md 4.6). */
const marked: Record<string, (customer: IDataObject) => IDataObject | undefined> = {
	billing_contact_id: ({ people }) => records(people).find(({ billing }) => billing === true),
	shipping_contact_id: ({ people }) => records(people).find(({ shipping }) => shipping === true),
	billing_address_id: ({ addresses }) => records(addresses).find((each) => each.default_for_billing === true),
	shipping_address_id: ({ addresses }) => records(addresses).find((each) => each.default_for_shipping === true),
};

/** The ids, of those named, that the record of a customer marks; what it does not mark is left out. */
export const defaultsOf = (record: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(
		names.flatMap((name) => {
			const id = marked[name]?.(record)?.id;
			return id === undefined ? [] : [[name, id]];
		}),
	);

/** The contacts and addresses that neither the fields have nor Additional JSON, where even an empty value counts. */
export const leftEmpty = (...filled: IDataObject[]): string[] =>
	Object.keys(marked).filter((name) => !filled.some((values) => name in values));

/**
 * The customer's defaults for what was left empty (users.md A6). Asks Uphance once for each customer of an execution,
 * and not at all for one whose record is at hand.
 *
 * @throws UserError when there is no such customer; NodeApiError
 */
export async function customerDefaults(
	uphance: Connection,
	{ customerId, customer: known }: Orderer,
	empty: string[],
): Promise<IDataObject> {
	return empty.length === 0 ? {} : defaultsOf(known ?? (await customerById(uphance, customerId)), empty);
}

const customerById = oncePerValue(async (uphance, id) => {
	const choice = { mode: 'id', value: id };
	const record = await findById(uphance, customer.kind, idIn(customer.label, choice, customer.kind));
	if (!record) throw await refusedMissing(uphance, customer, choice);
	return record;
});
