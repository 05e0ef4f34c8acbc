import type { INodeParameters } from 'n8n-workflow';

/** What the nodes and docs/uphance.openapi.yaml say of a resource, entered by hand, and how many records the stand-in has of it. */
export interface ReadFacts {
	resource: string;
	path: string;
	key: string;
	/** As sentences name one. */
	singular: string;
	/** In organisation 9579 with 250 orders. */
	count: number;
	pages: number;
	first: number;
	/** Whether Get Many has Newest First: every list with pages. */
	newestFirst?: true;
	/** Whether the list is documented to know since_id. */
	sinceId?: true;
	/** The fields that Simplify keeps. */
	simple?: string[];
	/** The locator; nothing for what can only be listed. */
	idParameter?: string;
	/** Uphance gives no record by its ID. */
	withoutId?: true;
}

export const facts: ReadFacts[] = [
	{
		resource: 'customer',
		path: '/customers',
		key: 'customers',
		singular: 'customer',
		count: 230,
		pages: 3,
		first: 9498,
		newestFirst: true,
		simple: 'id name reference customer_type email phone city country channel_name currency'.split(' '),
		idParameter: 'customerId',
	},
	{
		resource: 'product',
		path: '/products',
		key: 'products',
		singular: 'product',
		count: 40,
		pages: 1,
		first: 6409,
		newestFirst: true,
		simple:
			'id product_identifier name category season_id image_url not_for_sale colors in_stock available_to_sell'.split(
				' ',
			),
		idParameter: 'productId',
	},
	{
		resource: 'sku',
		path: '/skus',
		key: 'skus',
		singular: 'SKU',
		count: 495,
		pages: 5,
		first: 640900,
		newestFirst: true,
		idParameter: 'skuId',
		withoutId: true,
	},
	{ resource: 'season', path: '/seasons', key: 'seasons', singular: 'season', count: 4, pages: 1, first: 8105 },
	{
		resource: 'invoice',
		path: '/invoices',
		key: 'invoices',
		singular: 'invoice',
		count: 222,
		pages: 3,
		first: 1000079,
		newestFirst: true,
		sinceId: true,
		simple:
			'id invoice_number created_at due_date sale_id company_id customer_name grand_total amount_outstanding currency'.split(
				' ',
			),
		idParameter: 'invoiceId',
	},
	{
		resource: 'creditNote',
		path: '/credit_notes',
		key: 'credit_notes',
		singular: 'credit note',
		count: 250,
		pages: 3,
		first: 2004079,
		newestFirst: true,
		sinceId: true,
		simple:
			'id credit_note_number created_at order_number reference subtotal total_tax grand_total amount_outstanding warehouse_name'.split(
				' ',
			),
		idParameter: 'creditNoteId',
	},
	{
		resource: 'payment',
		path: '/payments',
		key: 'payments',
		singular: 'payment',
		count: 222,
		pages: 3,
		first: 6000079,
		newestFirst: true,
		sinceId: true,
		idParameter: 'paymentId',
	},
	{
		resource: 'pickTicket',
		path: '/pick_tickets',
		key: 'pick_tickets',
		singular: 'pick ticket',
		count: 222,
		pages: 3,
		first: 3000079,
		newestFirst: true,
		sinceId: true,
		simple:
			'id shipment_number status date order_number order_id customer_name contact_email carrier tracking_number'.split(
				' ',
			),
		idParameter: 'pickTicketId',
	},
	{
		resource: 'receivingTicket',
		path: '/receiving_tickets',
		key: 'receiving_tickets',
		singular: 'receiving ticket',
		count: 230,
		pages: 3,
		first: 4000079,
		newestFirst: true,
		sinceId: true,
		simple:
			'id created_at status production_order_id production_order_number delivery_name vendor in_warehouse_date total_quantity grand_total'.split(
				' ',
			),
		idParameter: 'receivingTicketId',
	},
	{
		resource: 'return',
		path: '/returns',
		key: 'returns',
		singular: 'return',
		count: 250,
		pages: 3,
		first: 5004079,
		newestFirst: true,
		simple:
			'id return_number rma_number created_at order_number carrier tracking_number total_quantity total_tax grand_total'.split(
				' ',
			),
		idParameter: 'returnId',
	},
	{
		resource: 'productionOrder',
		path: '/production_orders',
		key: 'production_orders',
		singular: 'production order',
		count: 230,
		pages: 5,
		first: 7000079,
		newestFirst: true,
		sinceId: true,
		simple:
			'id production_order_number company_name status delivery_status due_date in_warehouse_date total_quantity grand_total currency'.split(
				' ',
			),
	},
	{
		resource: 'vendorInvoice',
		path: '/vendor_invoices',
		key: 'vendor_invoices',
		singular: 'vendor invoice',
		count: 345,
		pages: 4,
		first: 8000079,
		newestFirst: true,
		simple:
			'id vendor_invoice_number invoice_date due_date vendor_name order_number production_order_id reference amount currency'.split(
				' ',
			),
	},
];

/** Sales orders, which have tests of their own beside those that go through all facts. */
export const orderFacts: ReadFacts = {
	resource: 'order',
	path: '/sales_orders',
	key: 'sales_orders',
	singular: 'sales order',
	count: 250,
	pages: 3,
	first: 9005,
	newestFirst: true,
	sinceId: true,
};

export const factsOf = (resource: string): ReadFacts => {
	const found = [orderFacts, ...facts].find((each) => each.resource === resource);
	if (!found) throw new Error(`No facts of '${resource}'`);
	return found;
};

export interface Gettable extends ReadFacts {
	idParameter: string;
}

export const gettable = facts.filter((each): each is Gettable => each.idParameter !== undefined);

/** Those with a locator mode "id". */
export const byId = gettable.filter(({ withoutId }) => !withoutId);

export const listing = (resource: string, more: INodeParameters = {}): INodeParameters => ({
	resource,
	operation: 'getAll',
	...more,
});

export const getting = (
	{ resource, idParameter }: Gettable,
	mode: string,
	value: unknown,
	more: INodeParameters = {},
): INodeParameters => ({
	resource,
	operation: 'get',
	[idParameter]: { __rl: true, mode, value } as unknown as INodeParameters,
	...more,
});

/** The request for one record by its ID, as World.asked() has it. */
export const requestFor = ({ resource, path }: ReadFacts, id: number | string): string =>
	resource === 'invoice' ? `GET ${path} invoice_id=${id}` : `GET ${path}/${id}`;

/** Where such a request goes, for faults. */
export const pathFor = ({ resource, path }: ReadFacts, id: number | string): string =>
	resource === 'invoice' ? path : `${path}/${id}`;
