import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../operations/operation';
import { readableResource } from '../../operations/readableResource';
import { lineItemRows } from '../../output/lineItemRows';
import { datePart, formatNumber, orNull, toNumber, toText } from '../../output/values';
import { afterIdFilter, createdAfterFilter, createdBeforeFilter } from '../../parameters/filters';
import { skuCodes } from '../sku/skuCodes';
import { create } from './create';
import { namesInOrders } from './names';
import { orderLookup } from './order';

/** Returns the ten fields of a sales order that the next node usually needs. */
export const simplifiedOrder = (order: IDataObject): IDataObject => ({
	id: orNull(order.id),
	order_number: toText(order.order_number),
	purchase_order_ref: orNull(order.purchase_order_ref),
	status: orNull(order.status),
	company_id: orNull(order.company_id),
	company_name: orNull(order.company_name),
	fulfillment_status: orNull(order.fulfillment_status),
	grand_total: toNumber(order.grand_total),
	currency: orNull(order.currency),
	created_at: orNull(order.created_at),
});

const readable = readableResource({
	option: { name: 'Sales Order', value: 'order', description: 'Order of a customer, with its lines and sizes' },
	lookup: orderLookup,
	idParameter: 'orderId',
	simplify: simplifiedOrder,
	itemPer: lineItemRows(simplifiedOrder, skuCodes),
	newestFirst: true,
	label: ({ order_number, company_name, status, created_at }) => [
		formatNumber(order_number),
		company_name,
		status,
		datePart(created_at),
	],
	operations: [create],
	filters: [
		afterIdFilter('sales orders'),
		createdAfterFilter('sales orders'),
		createdBeforeFilter('sales orders'),
		{
			type: 'number',
			recordFields: ['order_number'],
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
			recordFields: ['purchase_order_ref'],
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
			type: 'number',
			recordFields: ['shipment_numbers'],
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

/** The resource Sales Order, with all documented filters (docs/uphance.openapi.yaml: GET /sales_orders). */
export const order: Resource = { ...readable, listSearch: { ...readable.listSearch, ...namesInOrders } };
