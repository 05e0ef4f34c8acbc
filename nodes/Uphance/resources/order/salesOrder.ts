import type { IDataObject } from 'n8n-workflow';
import type { LookupMode } from '../../operation/get';
import type { RecordKind } from '../../transport/recordKind';

export const salesOrder: RecordKind = {
	path: '/sales_orders',
	listKey: 'sales_orders',
	key: 'sales_order',
	singular: 'sales order',
	plural: 'sales orders',
};

export const byNumber: LookupMode = {
	mode: {
		displayName: 'By Number',
		name: 'number',
		placeholder: 'e.g. 101',
		hint: 'The number people see, not the ID',
	},
	words: 'number',
	isNumber: true,
	filter: 'by_order_number',
	field: 'order_number',
};

export const byPurchaseOrderRef: LookupMode = {
	mode: {
		displayName: 'By Purchase Order Ref',
		name: 'purchaseOrderRef',
		placeholder: 'e.g. PO234',
		hint: "The customer's own reference",
	},
	words: 'purchase order ref',
	filter: 'by_purchase_order_ref',
	field: 'purchase_order_ref',
};

/** A sales order as messages name it. */
export const namedOrder = ({ order_number, company_name }: IDataObject): string =>
	`order ${String(order_number)}${company_name ? ` of ${String(company_name)}` : ''}`;
