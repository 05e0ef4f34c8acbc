import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isDataObject } from '../../http/json';
import { toRecords } from '../../output/values';
import { isFilled } from '../../parameters/cells';
import { otherName } from '../../parameters/columnNames';
import { assertExactNumbers } from '../../parameters/numbers';
import type { RawRows } from '../../parameters/rows';
import { requireObjects, requireSkuId } from '../sku/skuReference';
import { lineItemMessages } from './lineItemFields';
import { priceIn, quantityIn } from './lineItems';

/** Returns whether a list contains line items as Uphance documents them: those have `line_quantities`. */
export const areNested = (list: unknown): boolean => toRecords(list).some((element) => 'line_quantities' in element);

/**
 * Returns line items in Uphance's form after checking their quantities and prices (docs/uphance.openapi.yaml: POST
 * /sales_orders). Returns them unchanged, except that quantities become numbers and prices that are numbers are rounded,
 * or [] if none of them has a quantity above 0. Their SKU IDs are not looked up.
 *
 * @param currency of the prices, or '' if it is not known
 * @throws UserError that names the line item, if a value cannot be used
 */
export function parseNestedItems(rows: RawRows, currency: unknown = ''): IDataObject[] {
	const items = requireObjects(rows, lineItemMessages).map((item, index) => parseItem(item, index + 1, currency));
	const hasPieces = items.some(({ line_quantities }) =>
		toRecords(line_quantities).some(({ quantity }) => Number(quantity) > 0),
	);
	return hasPieces ? items : [];
}

function parseItem(item: IDataObject, number: number, currency: unknown): IDataObject {
	const { line_quantities: quantities } = item;
	if (!Array.isArray(quantities) || quantities.length === 0 || !quantities.every(isDataObject)) {
		throw new UserError(`Line item ${number} has no 'line_quantities'`, {
			description:
				'Use either the form that Uphance documents, or rows with one SKU and a "quantity" each, for all line items.',
		});
	}
	const line_quantities = quantities.map((size) => {
		requireSkuId(size, number, lineItemMessages);
		const quantity = quantityIn(size, number);
		assertNoPrice(size, item, number);
		return { ...size, quantity };
	});
	const unit_price = priceIn(item, number, currency, 'unit_price');
	const parsed = { ...item, ...(typeof item.unit_price === 'number' && { unit_price }), line_quantities };
	assertExactNumbers(`line item ${number}`, parsed);
	return parsed;
}

/** A price of one SKU would go out to where no price is known to be read, so that Uphance would set its own. */
function assertNoPrice(size: IDataObject, item: IDataObject, number: number): void {
	const column = isFilled(size.unit_price)
		? 'unit_price'
		: isFilled(item.unit_price)
			? undefined
			: otherName(size, 'unit_price');
	if (column === undefined) return;
	throw new UserError(`"${column}" in line item ${number} must not be inside 'line_quantities'`, {
		description: `All SKUs of a line item have one price. Move it beside 'line_quantities' and call it "unit_price". Nothing was sent for this item.`,
	});
}
