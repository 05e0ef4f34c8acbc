import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { resolveRecord } from '../../operations/lookup';
import { parseOrganisation } from '../../parameters/fields';
import { additionalJson, parseBoolean, parseJsonObject } from '../../parameters/parse';
import { assertRetrySafe } from '../../operations/retryGuard';
import type { UphanceClient } from '../../transport/client';
import { customerLookup } from '../customer/customer';
import { customerField, returnExisting } from './createFields';
import type { OrderCustomer } from './customerDefaults';

/** The customer and the purchase order ref of an order. Together they identify it. */
interface OrderIdentity extends OrderCustomer {
	/** '' if the order has no purchase order ref. */
	reference: string;
}

/** Input items with the same organisation, customer and purchase order ref. */
interface DuplicateGroup {
	reference: string;
	items: number[];
	/** True if Return Existing Order is on for one of them. */
	returnExisting: boolean;
}

/** The groups of an execution, by the index of the input item. Items without a purchase order ref are in no group. */
const groupsByExecution = new WeakMap<IExecuteFunctions, Promise<Map<number, DuplicateGroup>>>();

/**
 * Checks all input items before the first order is created. Two items with the same customer and purchase order ref are
 * usually rows of one order. With Return Existing Order the first would create the order with only its own line, and the
 * others would find it. Without that option the items are allowed, and the output pane shows a hint.
 *
 * @throws NodeOperationError if Retry On Fail is on and an item is not safe to repeat; UserError if another item has the
 * same customer and ref, and Return Existing Order is on for one of them; NodeApiError if a request fails
 */
export async function assertNoDuplicateOrders(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<void> {
	assertRetrySafe(context, item, returnExisting, 'sales orders', 'Purchase Order Ref');
	const groups = groupsByExecution.get(context) ?? groupItems(context, client);
	groupsByExecution.set(context, groups);
	const group = (await groups).get(item);
	const [first, second] = group?.items ?? [];
	if (!group || first === undefined || second === undefined) return;
	const duplicates = `Input items ${first + 1} and ${second + 1} have the same customer and purchase order ref '${group.reference}'`;
	if (group.returnExisting) throw duplicateOrderError(duplicates);
	if (item === first) {
		const message = `${duplicates}. The node creates an order for each of them. If they are rows of one order, put them into one item first (Edit Fields, then Summarize).`;
		context.addExecutionHints({ message, location: 'outputPane' });
	}
}

/**
 * Returns the group of each input item that has a purchase order ref.
 *
 * @throws NodeApiError if a request for an organisation or a customer fails
 */
async function groupItems(context: IExecuteFunctions, client: UphanceClient): Promise<Map<number, DuplicateGroup>> {
	const groups = new Map<string, DuplicateGroup>();
	const byItem = new Map<number, DuplicateGroup>();
	for (const item of context.getInputData().keys()) {
		const parsed = await groupKeyOf(context, item, client).catch((error: unknown) => {
			if (error instanceof NodeApiError) throw error;
			return undefined; // an item with invalid parameters fails later, when it is its turn
		});
		if (!parsed) continue;
		const { key, reference, shouldReturnExisting } = parsed;
		const group = groups.get(key) ?? { reference, items: [], returnExisting: false };
		groups.set(key, group);
		group.items.push(item);
		group.returnExisting ||= shouldReturnExisting;
		byItem.set(item, group);
	}
	return byItem;
}

/** Returns the key of an item's group, made from organisation, customer and ref. Returns undefined without a ref. */
async function groupKeyOf(context: IExecuteFunctions, item: number, ownClient: UphanceClient) {
	if (readReference(context, item) === '') return undefined;
	const options = context.getNodeParameter('options', item, {});
	const client = await ownClient.forOrganisation(parseOrganisation(options));
	const { customerId, reference } = await resolveIdentity(context, item, client);
	const key = JSON.stringify([client.organisation.id, customerId, reference]);
	return { key, reference, shouldReturnExisting: parseBoolean(returnExisting, options) };
}

/**
 * Returns the customer and the purchase order ref of an item. Values in Additional JSON override the fields.
 *
 * @param client for the organisation of the item
 * @throws UserError if a parameter cannot be used, or if no customer or several customers match; NodeApiError if a
 * request fails
 */
export async function resolveIdentity(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<OrderIdentity> {
	const { customerId } = parseJsonObject(additionalJson, context.getNodeParameter('additionalFields', item, {}));
	const reference = readReference(context, item);
	if (customerId !== undefined && customerId !== null) return { customerId: String(customerId).trim(), reference };
	const { id, record } = await resolveRecord(
		client,
		customerLookup,
		context.getNodeParameter(customerField.name, item),
	);
	return { customerId: String(id), reference, customer: record };
}

/** @throws UserError if Additional JSON is not a JSON object */
function readReference(context: IExecuteFunctions, item: number): string {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const additionalValues = parseJsonObject(additionalJson, additional);
	return String(additionalValues.purchaseOrderRef ?? additional.purchaseOrderRef ?? '').trim();
}

const duplicateOrderError = (duplicates: string): UserError =>
	new UserError(duplicates, {
		description:
			"They look like rows of one order. Put them into one item first (Edit Fields, then Summarize), or turn off 'Return Existing Order'. Nothing was sent for this item.",
	});
