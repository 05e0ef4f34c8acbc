import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { choiceIn, idIn } from '../../operation/chosenRecord';
import { switchedOn } from '../../operation/switchedOn';
import { additionalJson, typedObject } from '../../operation/typedJson';
import { refuseUnsafeRetry } from '../../operation/unsafeRetry';
import type { Connection } from '../../transport/connection';
import { customer } from '../customer/customer';
import { customerField, returnExisting } from './createFields';

/** What an input item asks for, as far as it tells one order from another. */
interface AskedOrder {
	item: number;
	once: boolean;
	customerId: string;
	/** Empty when the order has no purchase order ref. */
	reference: string;
	organisation: number;
}

const asked = new WeakMap<IExecuteFunctions, Promise<AskedOrder[]>>();

/**
 * Looks at all input items before the first order is created.
 *
 * @throws NodeOperationError under Retry On Fail, which would run every item again (users.md A11); UserError for items
 * that look like rows of one order: the first would create it with its own line only, and the second would find it (W3)
 */
export async function refuseUnsafeItems(context: IExecuteFunctions, item: number, uphance: Connection): Promise<void> {
	refuseUnsafeRetry(context, item, returnExisting, 'sales orders', 'Purchase Order Ref');
	const all = asked.get(context) ?? lookAtAll(context, uphance);
	asked.set(context, all);
	const orders = await all;
	const own = orders.find((order) => order.item === item);
	if (!own || own.reference === '') return;
	const same = orders.filter((order) => isSame(order, own));
	const [one, other] = same;
	if (!one || !other) return;
	const twins = `Input items ${one.item + 1} and ${other.item + 1} have the same customer and purchase order ref '${own.reference}'`;
	if (same.some(({ once }) => once)) throw refusedTwins(twins);
	if (own === one) {
		const message = `${twins}: each becomes an order of its own. If they are rows of one order, put them into one item first (Edit Fields, then Summarize).`;
		context.addExecutionHints({ message, location: 'outputPane' });
	}
}

/** @throws NodeApiError when Uphance cannot say which organisation is meant */
async function lookAtAll(context: IExecuteFunctions, uphance: Connection): Promise<AskedOrder[]> {
	const orders: AskedOrder[] = [];
	for (const item of context.getInputData().keys()) {
		const order = await lookAt(context, item, uphance).catch((error: unknown) => {
			if (error instanceof NodeApiError) throw error;
			return undefined; // an item that cannot be read fails by itself when its turn comes
		});
		if (order) orders.push(order);
	}
	return orders;
}

async function lookAt(context: IExecuteFunctions, item: number, uphance: Connection): Promise<AskedOrder> {
	const options = context.getNodeParameter('options', item, {});
	const { customerId, reference } = identityOf(context, item);
	const { organisation } = await uphance.in(String(options.organisationId ?? ''));
	return { item, once: switchedOn(returnExisting, options), customerId, reference, organisation: organisation.id };
}

/** Whose order it is and what they call it, also where Additional JSON says it. @throws UserError */
export function identityOf(context: IExecuteFunctions, item: number): { customerId: string; reference: string } {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const further = typedObject(additionalJson, additional);
	const { displayName, name } = customerField;
	const customerId =
		further.customerId ?? idIn(displayName, choiceIn(displayName, context.getNodeParameter(name, item)), customer.kind);
	const reference = further.purchaseOrderRef ?? additional.purchaseOrderRef ?? '';
	return { customerId: String(customerId).trim(), reference: String(reference).trim() };
}

const isSame = (one: AskedOrder, other: AskedOrder): boolean =>
	one.customerId === other.customerId && one.reference === other.reference && one.organisation === other.organisation;

const refusedTwins = (twins: string): UserError =>
	new UserError(twins, {
		description:
			"They look like rows of one order. Put them into one item first (Edit Fields, then Summarize), or turn off 'Return Existing Order'. Nothing was sent for this item.",
	});
