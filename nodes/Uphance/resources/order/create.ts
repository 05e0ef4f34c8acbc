import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { createOnce } from '../../operations/createOnce';
import { findByField } from '../../operations/lookup';
import type { Operation } from '../../operations/operation';
import { toRecords } from '../../output/values';
import { buildBody, toProperties } from '../../parameters/body';
import { collection } from '../../parameters/fields';
import { additionalJson, parseBoolean, parseJsonObject, parseText } from '../../parameters/parse';
import { readRows, rowsProperties } from '../../parameters/rows';
import type { UphanceClient } from '../../transport/client';
import { resolveSkuIds } from '../sku/resolveSkus';
import { parseSkuBy, skuByField } from '../sku/skuFields';
import { customerField, orderStatus, returnExisting, useCustomerDefaults } from './createFields';
import type { OrderCustomer } from './customerDefaults';
import { customerDefaults, missingFields } from './customerDefaults';
import { assertNoDuplicateOrders, resolveIdentity } from './duplicateItems';
import { lineItemMessages, lineItemRows } from './lineItemFields';
import { areNested, toLineItems, validateRows } from './lineItems';
import { byPurchaseOrderRef, orderLookup } from './order';
import { orderFields } from './orderFields';

/** Creates a sales order with all documented fields (docs/uphance.openapi.yaml: POST /sales_orders). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a sales order',
		description: 'Create a sales order as draft or confirmed',
	},
	writes: true,
	fields: [
		customerField,
		orderStatus,
		skuByField,
		...rowsProperties(lineItemRows),
		collection('Additional Fields', 'additionalFields', 'field', [
			additionalJson,
			...toProperties(orderFields.filter(({ field }) => field !== orderStatus)),
		]),
	],
	options: [returnExisting, useCustomerDefaults],
	async run(item, client) {
		await assertNoDuplicateOrders(this, item, client);
		const shouldReturnExisting = parseBoolean(returnExisting, this.getNodeParameter('options', item, {}));
		const identity = await resolveIdentity(this, item, client);
		const { customerId, reference } = identity;
		if (shouldReturnExisting && reference === '') throw missingReferenceError(item);
		const body = {
			...(await buildOrderBody(this, item, client, identity)),
			...(shouldReturnExisting && { purchaseOrderRef: reference }),
		};
		const order = await createOnce(client, {
			recordType: orderLookup.recordType,
			body,
			creation: {
				noun: 'the sales order',
				adviceIfUnknown: adviceIfUnknown(reference, shouldReturnExisting),
				adviceIfRejected:
					"'Season', 'Channel', 'Agent Name', 'Warehouse Name' and 'Payment Term' must be spelled as in Uphance, and IDs must belong to the organisation.",
			},
			findExisting: shouldReturnExisting
				? {
						key: JSON.stringify([customerId, reference]),
						find: async () => await findExistingOrder(client, customerId, reference),
					}
				: undefined,
		});
		const missingSkuIds = order.alreadyExisted ? skuIds(body).filter((sku) => !skuIds(order).includes(sku)) : [];
		if (missingSkuIds.length > 0) {
			const message = `${orderLookup.describe(order)} already existed without SKU ${missingSkuIds.join(', ')}. The node did not add anything to it.`;
			this.addExecutionHints({ message: message[0]?.toUpperCase() + message.slice(1), location: 'outputPane' });
		}
		return order;
	},
};

const skuIds = ({ line_items: items }: IDataObject): string[] =>
	toRecords(items).flatMap(({ line_quantities }) => toRecords(line_quantities).map(({ sku_id }) => String(sku_id)));

/** Returns the order of this customer with exactly this ref, or undefined. Two customers can use the same ref. */
async function findExistingOrder(
	client: UphanceClient,
	customerId: string,
	ref: string,
): Promise<IDataObject | undefined> {
	for await (const order of findByField(client, orderLookup.recordType, byPurchaseOrderRef, ref)) {
		if (String(order.company_id) === customerId) return order;
	}
	return undefined;
}

function adviceIfUnknown(reference: string, shouldReturnExisting: boolean): string {
	if (shouldReturnExisting) {
		return `Run this again later: 'Return Existing Order' looks for purchase order ref '${reference}' first.`;
	}
	return reference
		? `Look for purchase order ref '${reference}' in Uphance before you run this again, or turn on 'Return Existing Order', which looks first.`
		: "Look for the customer's newest order in Uphance before you run this again. With a 'Purchase Order Ref' and 'Return Existing Order' the node does that.";
}

const missingReferenceError = (item: number): UserError =>
	new UserError("'Return Existing Order' needs a 'Purchase Order Ref'", {
		description: `It is empty in input item ${item + 1}. Nothing was sent for this item.`,
	});

/**
 * Returns the body of the request. Looks up SKUs and defaults only after all fields are parsed.
 *
 * @throws UserError if a value cannot be used, or a SKU is not found; NodeApiError if a request fails
 */
export async function buildOrderBody(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
	customer: OrderCustomer,
): Promise<IDataObject> {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const additionalValues = parseJsonObject(additionalJson, additional);
	const order_status = parseStatus(context.getNodeParameter('order_status', item));
	const fields = buildBody(orderFields, { ...additional, order_status }, context.getTimezone());
	const usesDefaults = parseBoolean(useCustomerDefaults, context.getNodeParameter('options', item, {}));
	const line_items = await resolveLineItems(context, item, client);
	const missing = usesDefaults ? missingFields(fields, additionalValues) : [];
	const defaults = await customerDefaults(client, customer, missing);
	return { customerId: Number(customer.customerId), ...fields, ...defaults, line_items, ...additionalValues };
}

/** @throws UserError for a value that is not in the menu, because Uphance's reaction to it is unknown */
function parseStatus(value: unknown): string {
	const status = parseText(orderStatus.displayName, value);
	if (status === 'draft' || status === 'confirmed') return status;
	throw new UserError(`'Order Status' must be draft or confirmed, not '${status}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

/** Returns the line items of the request. Looks up the SKUs unless the rows have SKU IDs. */
async function resolveLineItems(
	context: IExecuteFunctions,
	item: number,
	client: UphanceClient,
): Promise<IDataObject[]> {
	const { list, label } = readRows(context, item, lineItemRows);
	const by = parseSkuBy(context, item);
	if (by === 'sku_id' || areNested(list) || !Array.isArray(list)) return toLineItems(list, label);
	validateRows(list);
	return toLineItems(await resolveSkuIds(client, list, by, lineItemMessages, true), label);
}
