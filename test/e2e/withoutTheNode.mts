import { httpRequestNode } from './realN8n.mts';

export interface Node {
	name: string;
	type: string;
	typeVersion: number;
	parameters: object;
}

export interface Workflow {
	name: string;
	nodes: Node[];
	connections: object;
	settings: object;
}

/** The order of a shop with the node. */
export const shopOrderByNode = (credential: string, shopOrder: Node): Workflow =>
	inARow('Shop order by the node', credential, [
		shopOrder,
		{
			name: 'Create Sales Order',
			type: 'n8n-nodes-uphance.uphance',
			typeVersion: 1,
			parameters: {
				resource: 'order',
				operation: 'create',
				customerId: { __rl: true, mode: 'email', value: '={{ $json.email }}' },
				lineItemsSource: 'json',
				lineItemsJson:
					'={{ $json.line_items.map(line => ({ sku_number: line.sku, quantity: line.quantity, unit_price: line.price })) }}',
				additionalFields: {
					purchaseOrderRef: '=Shop {{ $json.name }}',
					notes: '={{ $json.note }}',
					startShipDate: '={{ $json.created_at }}',
				},
				options: { returnExisting: true },
			},
		},
	]);

/*
 * What one has to build without the node. Even so it borrows this package's credential, which signs in and chooses the
 * organisation: that would be two more nodes.
 */

/** What shopOrderByNode() does. */
export function shopOrderByHttp(url: string, credential: string, shopOrder: Node): Workflow {
	return inARow('Shop order by HTTP', credential, [
		shopOrder,
		everyPage('Customers', `${url}/customers`),
		splitOut('Each Customer', 'customers'),
		condition('Its Customer', itsCustomer),
		everyPage('Products', `${url}/products`),
		splitOut('Each Product', 'products'),
		splitOut('Each Color', 'variations', 'allOtherFields'),
		splitOut('Each Size', 'variations.skus', 'allOtherFields'),
		{ name: 'Body', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: nestedBody } },
		{
			name: 'Same Order',
			...httpRequestNode({
				url: `${url}/sales_orders`,
				sendQuery: true,
				queryParameters: { parameters: [{ name: 'by_purchase_order_ref', value: '={{ $json.purchaseOrderRef }}' }] },
			}),
		},
		condition('Not There', '={{ $json.sales_orders.length === 0 }}'),
		{
			name: 'Create',
			...httpRequestNode({
				url: `${url}/sales_orders`,
				method: 'POST',
				sendBody: true,
				specifyBody: 'json',
				jsonBody: "={{ $('Body').first().json }}",
			}),
		},
	]);
}

/** What the example "Stock feed" does, but for the names of the columns: Edit Fields takes five seconds for 1,000 rows. */
export function stockFeedByHttp(url: string, credential: string): Workflow {
	return inARow('Stock feed by HTTP', credential, [
		everyPage('Products', `${url}/products`),
		splitOut('Each Product', 'products'),
		splitOut('Each Color', 'variations', 'allOtherFields'),
		splitOut('Each Size', 'variations.skus', 'allOtherFields'),
		{
			name: 'Stock File',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: { operation: 'csv', options: { fileName: 'stock.csv' } },
		},
	]);
}

const itsCustomer =
	"={{ $json.people.some(({ email }) => email.toLowerCase() === $('Shop Order').first().json.email.toLowerCase()) }}";

const nestedBody = `
const order = $('Shop Order').first().json;
const customer = $('Its Customer').first().json;
const skus = new Map();
for (const { json } of $input.all()) {
	const sku = json['variations.skus'];
	skus.set(sku.sku_number, { product: json.id, variation: json.variations.id, sku: sku.id });
}
const lines = new Map();
for (const line of order.line_items) {
	const found = skus.get(line.sku);
	if (!found) throw new Error('No SKU ' + line.sku);
	const key = found.product + ' ' + found.variation + ' ' + line.price;
	const item = lines.get(key) ?? {
		product_id: found.product,
		variation_id: found.variation,
		unit_price: Number(line.price),
		line_quantities: [],
	};
	item.line_quantities.push({ sku_id: found.sku, quantity: line.quantity });
	lines.set(key, item);
}
return [{
	json: {
		customerId: customer.id,
		order_status: 'draft',
		purchaseOrderRef: 'Shop ' + order.name,
		notes: order.note,
		startShipDate: order.created_at.slice(0, 10),
		line_items: [...lines.values()],
	},
}];`;

/** All pages, by the HTTP Request node's own pagination. */
export const everyPage = (name: string, url: string): Node => ({
	name,
	...httpRequestNode({
		url,
		options: {
			pagination: {
				pagination: {
					paginationMode: 'updateAParameterInEachRequest',
					parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
					paginationCompleteWhen: 'other',
					completeExpression: '={{ !$response.body.meta.next_page }}',
				},
			},
		},
	}),
});

export const splitOut = (name: string, fieldToSplitOut: string, include = 'noOtherFields'): Node => ({
	name,
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut, include, options: {} },
});

const condition = (name: string, leftValue: string): Node => ({
	name,
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			combinator: 'and',
			conditions: [
				{
					id: name,
					leftValue,
					rightValue: '',
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
			],
		},
		options: {},
	},
});

function inARow(name: string, credential: string, nodes: Node[]): Workflow {
	const all = [{ name: 'Run', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} }, ...nodes];
	return {
		name,
		nodes: all.map((node, index) => ({
			id: `node-${index}`,
			position: [index * 220, 0],
			...node,
			...(/httpRequest|uphance/.test(node.type) && {
				credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
			}),
		})),
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map((node, index) => [node.name, { main: [[{ node: all[index + 1]?.name, type: 'main', index: 0 }]] }]),
		),
		settings: { executionOrder: 'v1' },
	};
}
