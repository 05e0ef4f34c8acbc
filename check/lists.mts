import type { Safe } from './safe.mts';
import { say } from './safe.mts';

/** What the nodes rely on in one of Uphance's lists. test/check compares it with the nodes themselves. */
export interface ListFacts {
	path: string;
	listKey: string;
	singularKey: string;
	/** The schema of its records in docs/uphance.openapi.yaml. */
	schema: string;
	/** As the nodes' sentences have it. */
	plural: Safe;
	/** The envelope of GET of one, where that is known to exist. */
	single?: 'singular' | 'plural';
	/** Missing where the list comes whole. */
	pageSize?: number;
	/** Whether `per_page` is documented. */
	takesPerPage?: true;
	sinceId?: true;
	filters: Filter[];
	/** What the nodes read of a record beyond passing it on: for Simplify, look-ups and polling. */
	used: string[];
}

export interface Filter {
	/** The query parameter. */
	name: string;
	/** The field that it compares. */
	field: string;
	/** 'since': that field or later. 'state': Uphance works the state out, so no field tells it. */
	kind?: 'since' | 'state';
	/** Whether it is also asked for a part of a value. 'documented': it is meant to find parts. */
	part?: true | 'documented';
	/** What the user calls it in Get Many; missing where Get Many has no such filter. */
	label?: Safe;
	/** What finds a record by it. The node then compares the value itself. */
	lookup?: Safe;
}

const words = (text: string): string[] => text.split(' ');
const since: Filter = {
	name: 'since_created_at',
	field: 'created_at',
	kind: 'since',
	label: say`Created Since`,
};

/** The boxes of one pick ticket, which come whole. */
export const boxes: ListFacts = {
	path: '/pick_tickets/{id}/box_items',
	listKey: 'shipment_boxes',
	singularKey: 'shipment_box',
	schema: 'ShipmentBox',
	plural: say`boxes`,
	filters: [],
	used: words('id net_weight gross_weight box_weight dimensions shipment_id shipment_box_items'),
};

export const lists: ListFacts[] = [
	{
		path: '/sales_orders',
		listKey: 'sales_orders',
		singularKey: 'sales_order',
		schema: 'SalesOrder',
		plural: say`sales orders`,
		single: 'singular',
		pageSize: 100,
		sinceId: true,
		filters: [
			{ name: 'by_order_number', field: 'order_number', label: say`Order Number`, lookup: say`By Number` },
			{
				name: 'by_purchase_order_ref',
				field: 'purchase_order_ref',
				part: true,
				label: say`Purchase Order Ref`,
				lookup: say`Return Existing Order`,
			},
			{ name: 'by_shipment_number', field: 'shipment_numbers', label: say`Shipment Number` },
		],
		used: words(
			'id order_number purchase_order_ref status company_id company_name fulfillment_status grand_total currency created_at organisation_id line_items',
		),
	},
	{
		path: '/products',
		listKey: 'products',
		singularKey: 'product',
		schema: 'Product',
		plural: say`products`,
		single: 'singular',
		pageSize: 100,
		filters: [
			{
				name: 'filter[product_identifier]',
				field: 'product_identifier',
				part: true,
				label: say`Product Identifier`,
				lookup: say`By Product Identifier`,
			},
		],
		used: words('id product_identifier name category season_id image_url not_for_sale variations'),
	},
	{
		path: '/skus',
		listKey: 'skus',
		singularKey: 'sku',
		schema: 'Sku',
		plural: say`SKUs`,
		pageSize: 100,
		filters: [{ name: 'filter[ean]', field: 'ean', part: true, label: say`EAN`, lookup: say`By EAN` }],
		used: words('product_name color size sku_number ean'),
	},
	{
		path: '/customers',
		listKey: 'customers',
		singularKey: 'customer',
		schema: 'Customer',
		plural: say`customers`,
		single: 'singular',
		pageSize: 100,
		filters: [],
		used: words('id name reference customer_type city country channel_name currency people'),
	},
	{
		path: '/invoices',
		listKey: 'invoices',
		singularKey: 'invoice',
		schema: 'Invoice',
		plural: say`invoices`,
		pageSize: 100,
		sinceId: true,
		filters: [{ name: 'invoice_id', field: 'id', lookup: say`Invoice > Get` }],
		used: words(
			'id invoice_number created_at due_date sale_id company_id customer_name grand_total amount_outstanding currency organisation_id line_items',
		),
	},
	{
		path: '/credit_notes',
		listKey: 'credit_notes',
		singularKey: 'credit_note',
		schema: 'CreditNote',
		plural: say`credit notes`,
		single: 'plural',
		pageSize: 100,
		sinceId: true,
		filters: [],
		used: words(
			'id credit_note_number created_at order_number reference subtotal total_tax grand_total amount_outstanding warehouse_name organisation_id line_items',
		),
	},
	{
		path: '/pick_tickets',
		listKey: 'pick_tickets',
		singularKey: 'pick_ticket',
		schema: 'PickTicket',
		plural: say`pick tickets`,
		single: 'singular',
		pageSize: 100,
		sinceId: true,
		filters: [
			since,
			{ name: 'filter[warehouse_name]', field: 'warehouse', part: true, label: say`Warehouse Name` },
			{ name: 'by_order_number', field: 'order_number', label: say`Order Number` },
			{ name: 'by_order_id', field: 'order_id', label: say`Order ID` },
			{
				name: 'by_shipment_number',
				field: 'shipment_number',
				label: say`Shipment Number`,
				lookup: say`By Shipment Number`,
			},
		],
		used: words(
			'id shipment_number status date order_number order_id customer_name contact_email carrier tracking_number warehouse created_at organisation_id line_items',
		),
	},
	{
		path: '/receiving_tickets',
		listKey: 'receiving_tickets',
		singularKey: 'receiving_ticket',
		schema: 'ReceivingTicket',
		plural: say`receiving tickets`,
		single: 'singular',
		pageSize: 100,
		sinceId: true,
		filters: [since],
		used: words(
			'id created_at status production_order_id production_order_number delivery_name vendor in_warehouse_date total_quantity grand_total organisation_id line_items',
		),
	},
	{
		path: '/returns',
		listKey: 'returns',
		singularKey: 'return',
		schema: 'Return',
		plural: say`returns`,
		single: 'plural',
		pageSize: 100,
		filters: [],
		used: words(
			'id return_number rma_number created_at order_number carrier tracking_number total_quantity total_tax grand_total organisation_id line_items',
		),
	},
	{
		path: '/payments',
		listKey: 'payments',
		singularKey: 'payment',
		schema: 'Payment',
		plural: say`payments`,
		single: 'singular',
		pageSize: 100,
		sinceId: true,
		filters: [
			since,
			{ name: 'order_id', field: 'sale_id', label: say`Sales Order ID`, lookup: say`Return Existing Payment` },
		],
		used: words('id created_at date amount reference source sale_id company_id invoice_id'),
	},
	{
		path: '/production_orders',
		listKey: 'production_orders',
		singularKey: 'production_order',
		schema: 'ProductionOrder',
		plural: say`production orders`,
		pageSize: 50,
		sinceId: true,
		filters: [],
		used: words(
			'id production_order_number company_name status delivery_status due_date in_warehouse_date total_quantity grand_total currency organisation_id line_items',
		),
	},
	{
		path: '/vendor_invoices',
		listKey: 'vendor_invoices',
		singularKey: 'vendor_invoice',
		schema: 'VendorInvoice',
		plural: say`vendor invoices`,
		pageSize: 100,
		takesPerPage: true,
		filters: [
			{
				name: 'by_production_order_id',
				field: 'production_order_id',
				label: say`Production Order ID`,
			},
			{ name: 'by_q', field: 'vendor_invoice_number', part: 'documented', label: say`Search` },
			{ name: 'by_invoice_state[]', field: 'id', kind: 'state', label: say`Invoice States` },
		],
		used: words(
			'id vendor_invoice_number invoice_date due_date vendor_name order_number production_order_id reference amount currency organisation_id',
		),
	},
	{
		path: '/channels',
		listKey: 'channels',
		singularKey: 'channel',
		schema: 'Channel',
		plural: say`channels`,
		filters: [],
		used: words('channel_name currency'),
	},
	{
		path: '/seasons',
		listKey: 'seasons',
		singularKey: 'season',
		schema: 'Season',
		plural: say`seasons`,
		filters: [],
		used: words('name'),
	},
];
