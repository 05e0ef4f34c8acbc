import type { FilterLookup, LookupConfig } from '../../parameters/locator';

/** The lookup by purchase order ref, which Return Existing Order uses too. */
export const byPurchaseOrderRef: FilterLookup = {
	mode: {
		displayName: 'By Purchase Order Ref',
		name: 'purchaseOrderRef',
		placeholder: 'e.g. PO234',
		hint: "The customer's own reference",
	},
	label: 'purchase order ref',
	filter: 'by_purchase_order_ref',
	field: 'purchase_order_ref',
};

/** The ways to find a sales order (docs/uphance.openapi.yaml: GET /sales_orders). */
export const orderLookup: LookupConfig = {
	recordType: {
		path: '/sales_orders',
		listKey: 'sales_orders',
		singularKey: 'sales_order',
		singular: 'sales order',
		plural: 'sales orders',
		supportsSinceId: true,
		namesOrganisation: true,
		example: '9005',
	},
	label: 'Sales Order',
	listSearchMethod: 'searchOrders',
	lookups: [
		{
			mode: {
				displayName: 'By Number',
				name: 'number',
				placeholder: 'e.g. 101',
				hint: 'The number that people see, not the ID',
			},
			label: 'number',
			isNumber: true,
			filter: 'by_order_number',
			field: 'order_number',
		},
		byPurchaseOrderRef,
	],
	describe: ({ order_number, company_name }) =>
		`order ${String(order_number)}${company_name ? ` of ${String(company_name)}` : ''}`,
};
