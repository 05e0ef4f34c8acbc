import { demo } from '../sandbox/uphance/uphance.mts';
import { uphanceNode } from '../test/e2e/realN8n.mts';
import { skuField } from '../test/skus/skuField.mts';
import type { Bench } from './bench.mts';
import type { Check } from './checks.mts';
import { countRequests } from './checks.mts';
import { buildManualWorkflow } from './workflows.mts';

/** Pages of the stand-in's list of customers. */
const customerPages = 3;

/** SKU numbers of three products. */
const skuNumbers = ['AW24-AAM-RED-S', 'AW24-AKE-BLU-S', 'AW24-AGR-BLA-M'];

const createOrder = uphanceNode({
	operation: 'create',
	customerId: { __rl: true, mode: 'email', value: 'ada.ohara@customer9498.example' },
	lineItems: { lineItem: skuNumbers.map((number) => ({ sku: skuField('sku_number', number), quantity: 1 })) },
});

/**
 * The first order by SKU numbers and by the email of the customer reads the lists. The second reads the customer and the
 * three products, however many products there are.
 */
export async function checkLookupRequests({ standIn, n8n, print }: Bench, products: number): Promise<Check[]> {
	print(`Counting the requests of orders by SKU number among ${products} products.`);
	await standIn.setProducts(products);
	// What the process of n8n knows, it knows of a user.
	const user = { email: `products-${products}@example.com`, password: demo.password };
	await standIn.addUser(user);
	const credential = await n8n.api.createCredential(user.email, { ...user, organisationId: '', apiUrl: standIn.url });
	await n8n.run(await n8n.api.createWorkflow(buildManualWorkflow(credential, [uphanceNode({ limit: 1 })])));
	const workflow = await n8n.api.createWorkflow(buildManualWorkflow(credential, [createOrder]));
	const run = async (): Promise<Record<string, number>> => {
		await standIn.clearLog();
		await n8n.run(workflow);
		return countRequests(await standIn.getRequests());
	};
	const name = (order: string) =>
		`requests of the ${order} order by SKU number among ${products.toLocaleString('en')} products`;
	return [
		{
			name: name('first'),
			expected: {
				'GET /customers': customerPages,
				'GET /products': Math.ceil(products / 100),
				'POST /sales_orders': 1,
			},
			actual: await run(),
		},
		{
			name: name('second'),
			expected: { 'GET /customers/…': 1, 'GET /products/…': skuNumbers.length, 'POST /sales_orders': 1 },
			actual: await run(),
		},
	];
}
