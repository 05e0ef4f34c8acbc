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

/** Whose order it is and what they call it. */
interface OrderIdentity extends OrderCustomer {
	/** Empty when the order has no purchase order ref. */
	reference: string;
}

/** The input items that ask for the same order. */
interface DuplicateGroup {
	reference: string;
	items: number[];
	/** Whether one of them returns what exists. */
	returnExisting: boolean;
}

/** For each input item whose order has a ref, those with the same. */
const groupsByExecution = new WeakMap<IExecuteFunctions, Promise<Map<number, DuplicateGroup>>>();

/**
 * Looks at all input items before the first order is created.
 *
 * @throws NodeOperationError under Retry On Fail, which would run every item again (users.md A11); UserError for items
 * that look like rows of one order: the first would create it with its own line only, and the second would find it (W3)
 */
export async function assertNoDuplicateOrders(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<void> {
	assertRetrySafe(context, item, returnExisting, 'sales orders', 'Purchase Order Ref');
	const all = groupsByExecution.get(context) ?? groupItems(context, client);
	groupsByExecution.set(context, all);
	const group = (await all).get(item);
	const [one, other] = group?.items ?? [];
	if (!group || one === undefined || other === undefined) return;
	const duplicates = `Input items ${one + 1} and ${other + 1} have the same customer and purchase order ref '${group.reference}'`;
	if (group.returnExisting) throw duplicateOrderError(duplicates);
	if (item === one) {
		const message = `${duplicates}: each becomes an order of its own. If they are rows of one order, put them into one item first (Edit Fields, then Summarize).`;
		context.addExecutionHints({ message, location: 'outputPane' });
	}
}

/** @throws NodeApiError when Uphance cannot say which organisation or customer is meant */
async function groupItems(context: IExecuteFunctions, client: UphanceClient): Promise<Map<number, DuplicateGroup>> {
	const orders = new Map<string, DuplicateGroup>();
	const byItem = new Map<number, DuplicateGroup>();
	for (const item of context.getInputData().keys()) {
		const group = await groupKeyOf(context, item, client).catch((error: unknown) => {
			if (error instanceof NodeApiError) throw error;
			return undefined; // an item that cannot be read fails by itself when its turn comes
		});
		if (!group) continue;
		const order = orders.get(group.key) ?? { reference: group.reference, items: [], returnExisting: false };
		orders.set(group.key, order);
		order.items.push(item);
		order.returnExisting ||= group.once;
		byItem.set(item, order);
	}
	return byItem;
}

/** What tells an order with a ref from others; those of one organisation, customer and ref have one key. */
async function groupKeyOf(context: IExecuteFunctions, item: number, ownClient: UphanceClient) {
	if (readReference(context, item) === '') return undefined; // no other order can be told to be the same
	const options = context.getNodeParameter('options', item, {});
	const client = await ownClient.forOrganisation(parseOrganisation(options));
	const { customerId, reference } = await resolveIdentity(context, item, client);
	const key = JSON.stringify([client.organisation.id, customerId, reference]);
	return { key, reference, once: parseBoolean(returnExisting, options) };
}

/**
 * Whose order it is and what they call it, also where Additional JSON says it.
 *
 * @param client in the organisation of the item
 * @throws UserError, also when there is no such customer
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

/** @throws UserError for Additional JSON that is none */
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
