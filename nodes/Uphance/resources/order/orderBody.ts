import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { buildBody } from '../../parameters/body';
import { readRows } from '../../parameters/rows';
import { parseBoolean } from '../../parameters/switchedOn';
import { additionalJson, parseJsonObject } from '../../parameters/typedJson';
import { parseText } from '../../parameters/parse';
import type { UphanceClient } from '../../transport/client';
import { resolveSkuIds } from '../sku/resolveSkus';
import { parseSkuBy } from '../sku/skuFields';
import { orderStatus, useCustomerDefaults } from './createFields';
import type { OrderCustomer } from './customerDefaults';
import { customerDefaults, missingFields } from './customerDefaults';
import { orderFields } from './documentedFields';
import { lineItemRows, lineItemMessages } from './lineItemRows';
import { areNested, validateRows, toLineItems } from './lineItems';

/**
 * The body of the request, in the order of Uphance's example. SKUs and defaults are looked up last: what is wrong with
 * the fields is said before.
 *
 * @throws UserError for what cannot be sent; NodeApiError
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

/** @throws UserError for anything but what the menu offers: what Uphance would make of it is unknown */
function parseStatus(value: unknown): string {
	const chosen = parseText(orderStatus.displayName, value);
	if (chosen === 'draft' || chosen === 'confirmed') return chosen;
	throw new UserError(`'Order Status' must be draft or confirmed, not '${chosen}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

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
