import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { bodyOf } from '../../parameters/body';
import { rowsIn } from '../../parameters/rows';
import { switchedOn } from '../../parameters/switchedOn';
import { additionalJson, typedObject } from '../../parameters/typedJson';
import { typedText } from '../../parameters/parse';
import type { Connection } from '../../transport/client';
import { identified } from '../sku/resolveSkus';
import { skuByIn } from '../sku/skuFields';
import { orderStatus, useCustomerDefaults } from './createFields';
import type { Orderer } from './customerDefaults';
import { customerDefaults, leftEmpty } from './customerDefaults';
import { documentedFields } from './documentedFields';
import { lineItemRows, lineItemWords } from './lineItemRows';
import { areDocumented, checkRows, lineItemsFrom } from './lineItems';

/**
 * The body of the request, in the order of Uphance's example. SKUs and defaults are looked up last: what is wrong with
 * the fields is said before.
 *
 * @throws UserError for what cannot be sent; NodeApiError
 */
export async function orderBody(
	context: IExecuteFunctions,
	item: number,
	uphance: Connection,
	orderer: Orderer,
): Promise<IDataObject> {
	const additional = context.getNodeParameter('additionalFields', item, {});
	const further = typedObject(additionalJson, additional);
	const order_status = statusIn(context.getNodeParameter('order_status', item));
	const fields = bodyOf(documentedFields, { ...additional, order_status }, context.getTimezone());
	const usesDefaults = switchedOn(useCustomerDefaults, context.getNodeParameter('options', item, {}));
	const line_items = await lineItemsIn(context, item, uphance);
	const empty = usesDefaults ? leftEmpty(fields, further) : [];
	const defaults = await customerDefaults(uphance, orderer, empty);
	return { customerId: Number(orderer.customerId), ...fields, ...defaults, line_items, ...further };
}

/** @throws UserError for anything but what the menu offers: what Uphance would make of it is unknown */
function statusIn(value: unknown): string {
	const chosen = typedText(orderStatus.displayName, value);
	if (chosen === 'draft' || chosen === 'confirmed') return chosen;
	throw new UserError(`'Order Status' must be draft or confirmed, not '${chosen}'`, {
		description: 'Choose one of the two, or correct the expression.',
	});
}

async function lineItemsIn(context: IExecuteFunctions, item: number, uphance: Connection): Promise<IDataObject[]> {
	const { list, described } = rowsIn(context, item, lineItemRows);
	const by = skuByIn(context, item);
	if (by === 'sku_id' || areDocumented(list) || !Array.isArray(list)) return lineItemsFrom(list, described);
	checkRows(list);
	return lineItemsFrom(await identified(uphance, list, by, lineItemWords, true), described);
}
