import type { INodeParameters } from 'n8n-workflow';

/**
 * The line items of a new order in the form that Uphance documents. Their SKU is not looked up, so that all requests of a
 * test are about what it tests.
 */
export const documentedLine = (quantity: number, unit_price?: number, sku_id = 640901): INodeParameters => ({
	lineItemsSource: 'json',
	lineItemsJson: JSON.stringify([{ unit_price, line_quantities: [{ sku_id, quantity }] }]),
});
