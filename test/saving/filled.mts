import type { INode, INodeParameters, INodeTypeDescription, NodeParameterValueType } from 'n8n-workflow';
import { skuField } from '../skus/skuField.mts';
import { isShown, opened } from './editor.mts';

/** What users fill in, for every operation at least once; what is not said stays at its default. */
export const usual: INodeParameters[] = [
	{ resource: 'accessToken', operation: 'revoke', scope: 'listed', tokens: '2a87f3-not-a-token' },
	{ resource: 'channel', operation: 'getAll', limit: 7 },
	{
		resource: 'creditNote',
		operation: 'get',
		creditNoteId: { __rl: true, mode: 'list', value: 2004079, cachedResultName: 'credit note 4079' },
		itemPer: 'sku',
		options: { ifNotFound: 'emptyItem' },
	},
	{
		resource: 'creditNote',
		operation: 'getAll',
		limit: 7,
		newestFirst: false,
		itemPer: 'line',
		filters: { createdAfter: '2019-01-01T00:00:00', createdBefore: '2030-01-01T00:00:00' },
	},
	{
		resource: 'customer',
		operation: 'get',
		customerId: { __rl: true, mode: 'email', value: 'Grace.Lind@customer55140.example' },
		simplify: true,
		options: { includeFields: 'vat_number' },
	},
	{ resource: 'customer', operation: 'getAll', limit: 7, simplify: false, filters: { search: 'barneys' } },
	{ resource: 'invoice', operation: 'get', invoiceId: { __rl: true, mode: 'id', value: '1000079' }, simplify: true },
	{
		resource: 'invoice',
		operation: 'getAll',
		limit: 7,
		newestFirst: false,
		itemPer: 'sku',
		filters: { since_id: '1000079' },
	},
	{ resource: 'organisation', operation: 'getAll', limit: 7 },
	{ resource: 'organisation', operation: 'setCurrent', organisationId: { __rl: true, mode: 'id', value: '9579' } },
	{
		resource: 'payment',
		operation: 'create',
		sale_id: { __rl: true, mode: 'number', value: '101' },
		amount: '10.00',
		additionalFields: { reference: 'bank-2026-0815', date: '2026-08-15', source: 'Bank transfer' },
		options: { returnExisting: true },
	},
	{ resource: 'payment', operation: 'get', paymentId: { __rl: true, mode: 'id', value: '6000079' } },
	{ resource: 'payment', operation: 'getAll', limit: 7, newestFirst: false, filters: { order_id: '9005' } },
	{
		resource: 'pickTicket',
		operation: 'get',
		pickTicketId: { __rl: true, mode: 'shipmentNumber', value: '40000' },
		itemPer: 'line',
	},
	{
		resource: 'pickTicket',
		operation: 'getAll',
		limit: 7,
		newestFirst: false,
		simplify: false,
		filters: { by_order_number: '101', warehouse_name: { __rl: true, mode: 'name', value: 'Primary warehouse' } },
	},
	{
		resource: 'pickTicket',
		operation: 'getBoxes',
		pickTicketId: { __rl: true, mode: 'shipmentNumber', value: '40000' },
		itemPer: 'sku',
	},
	{
		resource: 'pickTicket',
		operation: 'ship',
		pickTicketId: { __rl: true, mode: 'id', value: '3000079' },
		carrier: { __rl: true, mode: 'name', value: 'dhl' },
		tracking_number: 'JD014600003SE',
	},
	{
		resource: 'pickTicket',
		operation: 'ship',
		pickTicketId: { __rl: true, mode: 'id', value: '3000379' },
		options: { preview: true },
	},
	{
		resource: 'pickTicket',
		operation: 'update',
		pickTicketId: { __rl: true, mode: 'id', value: '3000079' },
		carrier: { __rl: true, mode: 'name', value: 'dhl' },
		tracking_number: 'JD014600003SE',
		updateFields: { service: 'Express', shipping_cost: '12.50' },
	},
	{
		resource: 'product',
		operation: 'get',
		productId: { __rl: true, mode: 'product_identifier', value: 'AW24-AAM' },
		itemPer: 'line',
	},
	{ resource: 'product', operation: 'getAll', limit: 7, itemPer: 'sku' },
	{ resource: 'productionOrder', operation: 'getAll', limit: 7, newestFirst: false, simplify: false },
	{
		resource: 'receivingTicket',
		operation: 'get',
		receivingTicketId: { __rl: true, mode: 'id', value: '4000079' },
		simplify: true,
	},
	{
		resource: 'receivingTicket',
		operation: 'getAll',
		limit: 7,
		newestFirst: false,
		itemPer: 'line',
		filters: { since_created_at: '2019-01-01T00:00:00' },
	},
	{ resource: 'return', operation: 'get', returnId: { __rl: true, mode: 'id', value: '5004079' }, simplify: true },
	{
		resource: 'return',
		operation: 'getAll',
		limit: 7,
		simplify: false,
		filters: { createdBefore: '2030-01-01T00:00:00' },
	},
	{
		resource: 'order',
		operation: 'create',
		customerId: { __rl: true, mode: 'list', value: 55140, cachedResultName: 'Sold Out' },
		lineItems: { lineItem: [{ sku: skuField('ean', '5000006409017'), quantity: 3, unit_price: '45.00' }] },
		additionalFields: {
			purchaseOrderRef: 'PO-SAVED-1',
			notes: 'Saved by 0.1.0',
			season_name: 'AW24',
			channel_name: 'Wholesale',
			channel_currency: 'GBP',
			startShipDate: '2026-11-20',
			endShipDate: '2026-12-20',
			paymentTerm: { __rl: true, mode: 'name', value: 'Net 30' },
			shipping_cost: '15.00',
			tax_level: '10',
		},
		options: { returnExisting: true, useCustomerDefaults: true },
	},
	{
		resource: 'order',
		operation: 'create',
		customerId: { __rl: true, mode: 'id', value: '9498' },
		order_status: 'confirmed',
		lineItemsSource: 'json',
		lineItemsJson: '[{ "sku_number": "AW24-AAM-RED-M", "quantity": 2 }]',
		additionalFields: { purchaseOrderRef: 'PO-SAVED-2' },
		options: { returnExisting: true, organisationId: '9579' },
	},
	{
		resource: 'order',
		operation: 'get',
		orderId: { __rl: true, mode: 'purchaseOrderRef', value: 'PO234' },
		simplify: true,
		options: { ifNotFound: 'emptyItem' },
	},
	{ resource: 'order', operation: 'get', orderId: { __rl: true, mode: 'number', value: '101' }, itemPer: 'sku' },
	{
		resource: 'order',
		operation: 'getAll',
		limit: 7,
		newestFirst: false,
		simplify: false,
		filters: { by_order_number: '101' },
	},
	{ resource: 'order', operation: 'getAll', returnAll: true, options: { includeFields: 'cancel_ship_date' } },
	{ resource: 'season', operation: 'getAll', limit: 7 },
	{ resource: 'sku', operation: 'get', skuId: { __rl: true, mode: 'ean', value: '5000006409017' } },
	{ resource: 'sku', operation: 'getAll', limit: 7, filters: { ean: '5000006409017' } },
	{
		resource: 'stockOperation',
		operation: 'create',
		lineQuantities: { lineQuantity: [{ product_identifier: 'AW24-AAM', color_name: 'Red', size: 'M', quantity: 1 }] },
		additionalFields: { source: 'Web shop', external_ref: '1001', idempotency_key: 'saved-1001' },
	},
	{
		resource: 'vendorInvoice',
		operation: 'getAll',
		limit: 7,
		simplify: false,
		filters: { by_invoice_state: ['open', 'closed'] },
	},
	{
		resource: 'order',
		operation: 'create',
		customerId: { __rl: true, mode: 'id', value: '55140' },
		lineItems: {
			lineItem: [
				{
					sku: { ...skuField('list', 640901), cachedResultName: 'Aamira RED S · AW24-AAM-RED-S' },
					quantity: 3,
					unit_price: '10.00',
				},
				{ sku: skuField('sku_number', 'AW24-AAM-RED-M'), quantity: 1, unit_price: '10.00' },
				{ sku: skuField('sku_id', '640903'), quantity: 1, unit_price: '10.00' },
			],
		},
		additionalFields: { purchaseOrderRef: 'PO-SAVED-3' },
	},
	{
		resource: 'order',
		operation: 'create',
		customerId: { __rl: true, mode: 'id', value: '55140' },
		lineItems: { lineItem: [{ product_identifier: 'AW24-AAM', color_name: 'Red', size: 'M', quantity: 2 }] },
		additionalFields: { purchaseOrderRef: 'PO-SAVED-4' },
	},
];

/**
 * By name: something that differs from the default, and filters that find something all together. Menus that come from
 * Uphance give numbers or names.
 */
const values: Record<string, NodeParameterValueType> = {
	scope: 'listed',
	tokens: '2a87f3-not-a-token',
	returnAll: true,
	limit: 7,
	newestFirst: false,
	itemPer: 'sku',
	lookUpSkuCodes: true,
	simplify: true,
	includeFields: 'notes',
	ifNotFound: 'emptyItem',
	returnExisting: true,
	useCustomerDefaults: true,
	preview: false,
	ifAlreadyShipped: 'ship',
	since_id: '1',
	since_created_at: '2019-01-01T00:00:00',
	createdAfter: '2019-01-01T00:00:00',
	createdBefore: '2030-01-01T00:00:00',
	search: 'barneys',
	order_id: '9005',
	by_order_id: '9051',
	by_order_number: '105',
	by_purchase_order_ref: 'PO-1004',
	by_shipment_number: '40004',
	warehouse_name: { __rl: true, mode: 'list', value: 'Primary warehouse' },
	product_identifier: 'AW24-AAM',
	ean: '5000006409017',
	by_invoice_state: ['open', 'overdue'],
	by_production_order_id: '7000079',
	by_q: 'Tessitura',
	created_at: '2026-08-15T10:00:00',
	date: '2026-08-15',
	company_id: '55140',
	invoice_id: '1000079',
	reference: 'bank-2026-0816',
	source: 'Bank transfer',
	carrier: { __rl: true, mode: 'list', value: 'dhl' },
	service: 'Express',
	shipping_cost: '12.50',
	tracking_number: 'JD014600003SE',
	additionalJson: '{ "custom": "field" }',
	order_status: 'confirmed',
	lineItemsSource: 'json',
	lineItemsJson: '[{ "sku_number": "AW24-AAM-RED-M", "quantity": 2 }]',
	lineQuantitiesSource: 'json',
	lineQuantitiesJson: '[{ "sku_number": "AW24-AAM-RED-M", "quantity": 2 }]',
	agent_name: { __rl: true, mode: 'name', value: 'Jo Smith' },
	billing_address_id: 551401,
	billing_contact_id: 551401,
	shipping_address_id: 551401,
	shipping_contact_id: 551401,
	channel_currency: 'GBP',
	channel_name: 'Wholesale',
	startShipDate: '2026-11-20',
	endShipDate: '2026-12-20',
	notes: 'Every field',
	paymentTerm: { __rl: true, mode: 'list', value: 'Net 30' },
	purchaseOrderRef: 'PO-SAVED-EVERY',
	season_name: 'AW24',
	tax_level: '10',
	total_amount: '90.00',
	total_tax: '9.00',
	organisationId: 9579,
	comments: 'Counted',
	external_ref: '1002',
	external_url: 'https://shop.example.com/1002',
	idempotency_key: 'saved-1002',
};

function valueOf(name: string): NodeParameterValueType {
	const value = values[name];
	if (value === undefined) throw new Error(`test/saving/filled.mts has no value for ${name}`);
	return value;
}

/** An operation with every field that it shows filled in. @throws Error where this file knows no value for one */
export function everyField(operation: INodeParameters, node: INode, type: INodeTypeDescription): INodeParameters {
	const parameters = { ...operation };
	for (const property of type.properties) {
		const { name, options = [] } = property;
		const shown = opened({ ...node, parameters }, type);
		if (name in parameters || property.type === 'notice' || !isShown(property, shown, node, type)) continue;
		const fields = options.flatMap((entry) => ('type' in entry ? [[entry.name, valueOf(entry.name)]] : []));
		parameters[name] = property.type === 'collection' ? Object.fromEntries(fields) : valueOf(name);
	}
	return parameters;
}

const trigger = (name: string, parameters: INodeParameters) => ({
	name,
	type: 'n8n-nodes-uphance.uphanceTrigger',
	parameters,
});
const polling = (name: string, parameters: INodeParameters) => ({
	name,
	type: 'n8n-nodes-uphance.uphancePollingTrigger',
	parameters: { pollTimes: { item: [{ mode: 'everyHour' }] }, ...parameters },
});

/** Every field of both triggers; what starts a run of each is in whatComes.mts. */
export const triggers = [
	trigger('Any Event', { events: ['*'], options: { ignoreDuplicates: false } }),
	trigger('Shipped', {
		events: ['pick_ticket_update', 'invoice_create'],
		otherEvents: 'payment_create',
		fetchRecord: true,
		options: {
			status: 'shipped',
			secret: 'saved-secret',
			warehouses: 'Primary warehouse',
			channels: 'Wholesale, Retail',
		},
	}),
	polling('New Orders', { simplify: true, options: { startAfterId: '9005', organisationId: 9579 } }),
	polling('Changed Pick Tickets', {
		triggerOn: 'pickTicket',
		watchFor: 'createdOrUpdated',
		filters: { warehouse_name: { __rl: true, mode: 'name', value: 'Primary warehouse' } },
		options: { maxRecords: 50, status: 'shipped', lookBack: 300 },
	}),
];
