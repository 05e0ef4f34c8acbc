import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { UphanceClient } from '../../transport/client';
import { resolveSkus } from '../sku/resolveSkus';
import { lineItemMessages } from './lineItemFields';
import { parseLineItemRows, toLineItems } from './lineItems';
import { areNested, parseNestedItems } from './nestedLineItems';
import type { OrderInput } from './orderInput';

/**
 * Returns the line items of the request, with the IDs of their SKUs.
 *
 * @throws UserError that names the line item, if a value cannot be used or a SKU is not found; UserError if there is no
 * quantity above 0; NodeApiError if a request fails
 */
export async function resolveLineItems(
	context: IExecuteFunctions,
	client: UphanceClient,
	{ rows, currency }: OrderInput,
): Promise<IDataObject[]> {
	if (areNested(rows.list)) return requireItems(parseNestedItems(rows, currency));
	const parsed = requireItems(parseLineItemRows(rows, currency));
	const references = parsed.map(({ sku }) => sku);
	return toLineItems(parsed, await resolveSkus(context, client, references, lineItemMessages, true));
}

function requireItems<T>(items: T[]): T[] {
	if (items.length > 0) return items;
	throw new UserError('The sales order has no line items', {
		description: 'Add at least one line item with a quantity above 0. Nothing was sent for this item.',
	});
}
