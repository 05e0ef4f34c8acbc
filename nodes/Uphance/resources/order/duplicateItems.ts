import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, UserError } from 'n8n-workflow';
import { identified } from '../../operations/lookup';
import { organisationIn } from '../../parameters/organisationField';
import { switchedOn } from '../../parameters/switchedOn';
import { additionalJson, typedObject } from '../../parameters/typedJson';
import { refuseUnsafeRetry } from '../../operations/retryGuard';
import type { Connection } from '../../transport/client';
import { customer } from '../customer/customer';
import { customerField, returnExisting } from './createFields';
import type { Orderer } from './customerDefaults';

/** Whose order it is and what they call it. */
interface Identity extends Orderer {
	/** Empty when the order has no purchase order ref. */
	reference: string;
}

/** The input items that ask for the same order. */
interface SameOrder {
	reference: string;
	items: number[];
	/** Whether one of them returns what exists. */
	once: boolean;
}

/** For each input item whose order has a ref, those with the same. */
const asked = new WeakMap<IExecuteFunctions, Promise<Map<number, SameOrder>>>();

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
	const own = (await all).get(item);
	const [one, other] = own?.items ?? [];
	if (!own || one === undefined || other === undefined) return;
	const twins = `Input items ${one + 1} and ${other + 1} have the same customer and purchase order ref '${own.reference}'`;
	if (own.once) throw refusedTwins(twins);
	if (item === one) {
		const message = `${twins}: each becomes an order of its own. If they are rows of one order, put them into one item first (Edit Fields, then Summarize).`;
		context.addExecutionHints({ message, location: 'outputPane' });
	}
}

/** @throws NodeApiError when Uphance cannot say which organisation or customer is meant */
async function lookAtAll(context: IExecuteFunctions, uphance: Connection): Promise<Map<number, SameOrder>> {
	const orders = new Map<string, SameOrder>();
	const byItem = new Map<number, SameOrder>();
	for (const item of context.getInputData().keys()) {
		const own = await lookAt(context, item, uphance).catch((error: unknown) => {
			if (error instanceof NodeApiError) throw error;
			return undefined; // an item that cannot be read fails by itself when its turn comes
		});
		if (!own) continue;
		const order = orders.get(own.key) ?? { reference: own.reference, items: [], once: false };
		orders.set(own.key, order);
		order.items.push(item);
		order.once ||= own.once;
		byItem.set(item, order);
	}
	return byItem;
}

/** What tells an order with a ref from others; those of one organisation, customer and ref have one key. */
async function lookAt(context: IExecuteFunctions, item: number, connection: Connection) {
	if (referenceOf(context, item) === '') return undefined; // no other order can be told to be the same
	const options = context.getNodeParameter('options', item, {});
	const uphance = await connection.in(organisationIn(options));
	const { customerId, reference } = await identityOf(context, item, uphance);
	const key = JSON.stringify([uphance.organisation.id, customerId, reference]);
	return { key, reference, once: switchedOn(returnExisting, options) };
}

/**
 * Whose order it is and what they call it, also where Additional JSON says it.
 *
 * @param uphance in the organisation of the item
 * @throws UserError, also when there is no such customer
 */
export async function identityOf(context: IExecuteFunctions, item: number, uphance: Connection): Promise<Identity> {
	const { customerId } = typedObject(additionalJson, context.getNodeParameter('additionalFields', item, {}));
	const reference = referenceOf(context, item);
	if (customerId !== undefined && customerId !== null) return { customerId: String(customerId).trim(), reference };
	const { id, record } = await identified(uphance, customer, context.getNodeParameter(customerField.name, item));
	return { customerId: String(id), reference, customer: record };
}

/** @throws UserError for Additional JSON that is none */
function referenceOf(context: IExecuteFunctions, item: number): string {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const further = typedObject(additionalJson, additional);
	return String(further.purchaseOrderRef ?? additional.purchaseOrderRef ?? '').trim();
}

const refusedTwins = (twins: string): UserError =>
	new UserError(twins, {
		description:
			"They look like rows of one order. Put them into one item first (Edit Fields, then Summarize), or turn off 'Return Existing Order'. Nothing was sent for this item.",
	});
