import { createdAfter, createdBefore } from '../../parameters/createdBetween';
import { documentRows } from '../../output/rows';
import { afterId } from '../../parameters/filters';
import { dayOf, numbered } from '../../output/values';
import { readable } from '../../operations/readableResource';
import { create } from './create';
import { salesOrder } from './order';
import { simplifiedOrder } from './simplify';

/** GET /sales_orders with every filter that Uphance documents for it (uphance-api.md 4.1). */
export const order = readable({
	option: { name: 'Sales Order', value: 'order', description: 'What a customer ordered, with its lines and sizes' },
	findable: salesOrder,
	idParameter: 'orderId',
	simplify: simplifiedOrder,
	itemPer: documentRows(simplifiedOrder),
	newestFirst: true,
	label: ({ order_number, company_name, status, created_at }) => [
		numbered(order_number),
		company_name,
		status,
		dayOf(created_at),
	],
	operations: [create],
	filters: [
		afterId('sales orders'),
		createdAfter('sales orders'),
		createdBefore('sales orders'),
		{
			field: {
				displayName: 'Order Number',
				name: 'by_order_number',
				type: 'string',
				default: '',
				placeholder: 'e.g. 101',
				description: 'The number that people see on the sales order, not the ID',
			},
		},
		{
			field: {
				displayName: 'Purchase Order Ref',
				name: 'by_purchase_order_ref',
				type: 'string',
				default: '',
				placeholder: 'e.g. PO234',
				description: "The customer's own reference for the order",
			},
		},
		{
			field: {
				displayName: 'Shipment Number',
				name: 'by_shipment_number',
				type: 'string',
				default: '',
				placeholder: 'e.g. 4711',
				description: 'The number of a shipment that belongs to the sales order',
			},
		},
	],
});
