import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { groupForm, useWorld } from '../world.mts';
import { inForm, skuField } from './skuField.mts';

const world = useWorld({
	uphance: { switches: { skuIds: 'all' } },
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000 },
});

const ways = ['ean', 'sku_id', 'sku_number', 'product_identifier'] as const;
type Way = (typeof ways)[number];

/** What can be said of some of the sandbox's SKUs, in each way. */
const skus: Array<Record<Way, IDataObject>> = [
	{
		ean: { ean: '5000006409017' },
		sku_id: { product_id: '6409', variation_id: '7609', sku_id: '640901' },
		sku_number: { sku_number: 'AW24-AAM-RED-S' },
		product_identifier: { product_identifier: 'AW24-AAM', color: 'RED', size: 'S' },
	},
	{
		ean: { ean: '5000006409024' },
		sku_id: { product_id: '6409', variation_id: '7609', sku_id: '640902' },
		sku_number: { sku_number: 'AW24-AAM-RED-M' },
		product_identifier: { product_identifier: 'AW24-AAM', color: 'RED', size: 'M' },
	},
	{
		ean: { ean: '5000007055121' },
		sku_id: { product_id: '7055', variation_id: '8253', sku_id: '705512' },
		sku_number: { sku_number: 'AW24-AGR-BLA-M' },
		product_identifier: { product_identifier: 'AW24-AGR', color: 'Black', size: 'M' },
	},
];
const ordered = [
	{ quantity: 2, unit_price: '45.00' },
	{ quantity: 1, unit_price: '45.00' },
	{ quantity: 3, unit_price: '63.00' },
];
const rowsBy = (way: Way) => skus.map((sku, index) => ({ ...sku[way], ...ordered[index] }));
const lineItems = [
	{
		product_id: 6409,
		variation_id: 7609,
		unit_price: 45,
		line_quantities: [
			{ sku_id: 640901, quantity: 2 },
			{ sku_id: 640902, quantity: 1 },
		],
	},
	{ product_id: 7055, variation_id: 8253, unit_price: 63, line_quantities: [{ sku_id: 705512, quantity: 3 }] },
];
const moved = lineItems.flatMap(({ line_quantities }) => line_quantities);

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
};
const stock: INodeParameters = { resource: 'stockOperation', operation: 'create' };

const withoutPrice = (row: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'unit_price'));

const orderOfRows = (rows: IDataObject[]): INodeParameters => ({
	...order,
	lineItems: { lineItem: rows.map(inForm) },
});
const orderOfJson = (lineItemsJson: string): INodeParameters => ({
	...order,
	lineItemsSource: 'json',
	lineItemsJson,
});
const stockOfRows = (rows: IDataObject[]): INodeParameters => ({
	...stock,
	lineQuantities: { lineQuantity: rows.map(withoutPrice).map(inForm) },
});
const stockOfJson = (lineQuantitiesJson: string): INodeParameters => ({
	...stock,
	lineQuantitiesSource: 'json',
	lineQuantitiesJson,
});

const bodies = (path: string): IDataObject[] =>
	world.uphance
		.log()
		.filter((request) => request.method === 'POST' && request.path === path)
		.map(({ body }) => body as IDataObject);

/** The line items of all sales orders that were asked for. */
const lines = () => bodies('/sales_orders').map(({ line_items }) => line_items as IDataObject[]);
/** The rows of all stock operations that were asked for. */
const quantities = () =>
	bodies('/stock_operations').map(({ stock_operation }) => (stock_operation as IDataObject).line_quantities);
const lookedUp = () => [...world.asked('/skus'), ...world.asked('/products')];

/** Changes the SKUs of product 6409 in the product list. */
async function changeSkus(change: (sku: IDataObject) => IDataObject): Promise<void> {
	const productId = { __rl: true, mode: 'id', value: '6409' };
	const { records } = await world.run({ parameters: { resource: 'product', operation: 'get', productId } });
	const variations = (records[0]?.variations as IDataObject[]).map((variation) => ({
		...variation,
		skus: (variation.skus as IDataObject[]).map(change),
	}));
	world.uphance.changeRecord('/products', 6409, { variations });
	world.uphance.clearLog();
}

describe.each(ways)('With SKUs identified by %s', (way) => {
	const rows = rowsBy(way);
	const sources: Array<[string, string]> = [
		['JSON text', JSON.stringify(rows)],
		['a list from an expression', '={{ $json.rows }}'],
		['text from an expression', '={{ JSON.stringify($json.rows) }}'],
	];

	test('sends an order of rows in the form as with IDs', async () => {
		await world.run({ parameters: orderOfRows(rowsBy('sku_id')) });
		await world.run({ parameters: orderOfRows(rows) });
		const [typed, found] = bodies('/sales_orders');
		expect(JSON.stringify(found)).toBe(JSON.stringify(typed));
		expect(found?.line_items).toEqual(lineItems);
	});

	test.each(sources)('sends an order of %s the same', async (_, json) => {
		await world.run({ parameters: orderOfJson(json), items: [{ rows }] });
		expect(lines()).toEqual([lineItems]);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('sends a stock operation of rows in the form as with IDs', async () => {
		await world.run({ parameters: stockOfRows(rows) });
		expect(quantities()).toStrictEqual([moved]);
		expect(world.uphance.stockOperations()).toHaveLength(1);
	});

	test.each(sources)('sends a stock operation of %s the same', async (_, json) => {
		await world.run({ parameters: stockOfJson(json), items: [{ rows }] });
		expect(quantities()).toStrictEqual([moved]);
	});

	test('rows of the same SKU and price are added up', async () => {
		const parameters = orderOfRows([...rows, { ...skus[0]?.[way], quantity: 4, unit_price: '45' }]);
		await world.run({ parameters });
		await world.run({ parameters: stockOfRows([...rows, { ...skus[0]?.[way], quantity: 4 }]) });
		expect(lines()[0]?.[0]?.line_quantities).toEqual([
			{ sku_id: 640901, quantity: 6 },
			{ sku_id: 640902, quantity: 1 },
		]);
		expect(quantities()).toEqual([[{ sku_id: 640901, quantity: 6 }, ...moved.slice(1)]]);
	});

	test('rows with quantity 0 are left out, and nothing is asked for them', async () => {
		const none = { ...skus[1]?.[way], quantity: 0 };
		await world.run({ parameters: orderOfRows([{ ...skus[0]?.[way], quantity: 2 }, none]) });
		expect(lines()).toEqual([
			[{ product_id: 6409, variation_id: 7609, line_quantities: [{ sku_id: 640901, quantity: 2 }] }],
		]);
		expect(lookedUp().join()).not.toContain('5000006409024');
	});

	test('line items in Uphance’s own shape go out as they are, and nothing is looked up', async () => {
		const nested = [{ product_id: 6409, variation_id: 7609, line_quantities: [{ sku_id: 640901, quantity: 2 }] }];
		await world.run({ parameters: orderOfJson(JSON.stringify(nested)) });
		expect(lines()).toEqual([nested]);
		expect(lookedUp()).toEqual([]);
	});

	test('an order is created once when the same run also returns an existing one', async () => {
		const parameters = {
			...orderOfRows(rows),
			additionalFields: { purchaseOrderRef: 'PO-77' },
			options: { returnExisting: true },
		};
		const first = await world.run({ parameters });
		const second = await world.run({ parameters });
		expect(world.uphance.created()).toHaveLength(1);
		expect(second.records[0]).toMatchObject({ id: first.records[0]?.id, alreadyExisted: true });
		expect(second.hints).toEqual([]);
	});
});

describe('The value', () => {
	const first = { product_id: 6409, variation_id: 7609, line_quantities: [{ sku_id: 640901, quantity: 1 }] };

	test.each<[Way, IDataObject]>([
		['ean', { ean: 5000006409017 }],
		['ean', { ean: ' 5000006409017 ' }],
		['sku_number', { sku_number: '  AW24-AAM-RED-S\t' }],
		['product_identifier', { product_identifier: 'AW24-AAM', color: 'red', size: 's' }],
		['product_identifier', { product_identifier: ' AW24-AAM ', color: ' Red ', size: ' S ' }],
		['product_identifier', { product_identifier: 'AW24-AAM', color: 'rEd', size: 's' }],
	])('as %s may be %j', async (_, cells) => {
		const row = { ...cells, quantity: 1 };
		await world.run({ parameters: orderOfJson(JSON.stringify([row])) });
		await world.run({ parameters: stockOfJson('={{ $json.rows }}'), items: [{ rows: [row] }] });
		expect(lines()).toEqual([[first]]);
		expect(quantities()).toEqual([[{ sku_id: 640901, quantity: 1 }]]);
	});

	test.each<[Way, IDataObject]>([
		['ean', { ean: '={{ 5000006409017 }}' }],
		['ean', { ean: '={{ $json.barcode }}' }],
		['sku_number', { sku_number: '={{ $json.sku }}' }],
		[
			'product_identifier',
			{ product_identifier: '={{ $json.style }}', color: '={{ $json.color }}', size: '={{ $json.size }}' },
		],
	])('in the form as %s may come from expressions: %j', async (_, cells) => {
		const item = { barcode: '5000006409017', sku: 'AW24-AAM-RED-S ', style: 'AW24-AAM', color: 'Red', size: 's' };
		await world.run({ parameters: orderOfRows([{ ...cells, quantity: 1 }]), items: [item] });
		await world.run({ parameters: stockOfRows([{ ...cells, quantity: 1 }]), items: [item] });
		expect(lines()).toEqual([[first]]);
		expect(quantities()).toEqual([[{ sku_id: 640901, quantity: 1 }]]);
	});

	test('as a size or SKU number may be a number in the JSON', async () => {
		await changeSkus((sku) => (sku.id === 640901 ? { ...sku, size: '38', sku_number: '100234' } : sku));
		const bySize = [{ product_identifier: 'AW24-AAM', color: 'RED', size: 38, quantity: 1 }];
		await world.run({ parameters: orderOfJson(JSON.stringify(bySize)) });
		await world.run({ parameters: orderOfJson('[{"sku_number": 100234, "quantity": 1}]') });
		expect(lines()).toEqual([[first], [first]]);
	});

	test('decides alone: further columns with the IDs of a shop do not count', async () => {
		const shop = { product_id: 7890123, variation_id: 45, ean: '5000006409017', title: 'Aamira' };
		await world.run({ parameters: orderOfJson(JSON.stringify([{ ...shop, quantity: 1 }])) });
		await world.run({ parameters: stockOfJson(JSON.stringify([{ ...shop, quantity: 1 }])) });
		expect(lines()).toEqual([[first]]);
		expect(quantities()).toEqual([[{ sku_id: 640901, quantity: 1 }]]);
	});

	test.each([orderOfJson, stockOfJson])('is the first of several, which is told once', async (of) => {
		const row = { sku_id: 640901, ean: 'none', sku_number: 'none', product_identifier: 'none', quantity: 1 };
		const blank = { sku_id: null, ean: ' ', sku_number: 'AW24-AAM-RED-S', product_identifier: 'none', quantity: 1 };
		const parameters = of('={{ $json.rows }}');
		const { hints } = await world.run({ parameters, items: [{ rows: [row] }, { rows: [blank] }] });
		expect([...lines(), ...quantities()]).toHaveLength(2);
		expect(JSON.stringify([...lines(), ...quantities()]).match(/"sku_id":640901/g)).toHaveLength(2);
		expect(hints.map(({ message }) => message)).toEqual([
			'Rows have more than one value that identifies a SKU, such as sku_id and ean and sku_number and product_identifier. The first of sku_id, ean, sku_number, product_identifier counts.',
		]);
	});

	test.each(['aw24-aam-red-s', 'AW24-AAM-red-S'])(
		'as SKU number may have other letter case: %j',
		async (sku_number) => {
			await world.run({ parameters: orderOfRows([{ sku_number, quantity: 1 }]) });
			await world.run({ parameters: stockOfJson(JSON.stringify([{ sku_number, quantity: 1 }])) });
			expect(lines()).toEqual([[first]]);
			expect(quantities()).toEqual([[{ sku_id: 640901, quantity: 1 }]]);
		},
	);

	test('as SKU number is the one in the same letter case if there are two', async () => {
		await changeSkus((sku) => (sku.id === 640902 ? { ...sku, sku_number: 'aw24-aam-red-s' } : sku));
		await world.run({ parameters: stockOfRows([{ sku_number: 'aw24-aam-red-s', quantity: 1 }]) });
		await world.run({ parameters: stockOfRows([{ sku_number: 'AW24-AAM-RED-S', quantity: 1 }]) });
		expect(quantities()).toEqual([[{ sku_id: 640902, quantity: 1 }], [{ sku_id: 640901, quantity: 1 }]]);
		const { message } = await failureOf(
			world.run({ parameters: stockOfRows([{ sku_number: 'Aw24-Aam-Red-S', quantity: 1 }]) }),
		);
		expect(message).toMatch(/^2 SKUs have the SKU number 'Aw24-Aam-Red-S'/);
	});

	test('from the list of the form is an ID', async () => {
		await world.run({ parameters: orderOfRows([{ quantity: 1, sku: skuField('list', 640901) }]) });
		expect(lines()).toEqual([[first]]);
	});

	test('may be a negative quantity of stock, which is looked up too', async () => {
		await world.run({ parameters: stockOfRows([{ ean: '5000006409017', quantity: -2 }]) });
		expect(quantities()).toEqual([[{ sku_id: 640901, quantity: -2 }]]);
	});
});

const eans = ['5000006409017', '5000006409024', '5000006409031', '5000006409048', '5000007055121'];
const twelve = Array.from({ length: 12 }, (_, index) => ({ ean: eans[index % 5], quantity: 1, unit_price: '10' }));
/** Twelve lines over three input items. */
const threeItems = [0, 4, 8].map((from) => ({ rows: twelve.slice(from, from + 4) }));

describe('Requests', () => {
	test('are five for twelve lines of five EANs over three orders', async () => {
		await world.run({ parameters: orderOfJson('={{ $json.rows }}'), items: threeItems });
		expect(world.asked('/skus').sort()).toEqual(eans.map((ean) => `GET /skus filter[ean]=${ean}`).sort());
		expect(world.asked('/products')).toEqual([]);
		expect(lines()).toHaveLength(3);
	});

	test('are five for twelve lines of five EANs over three stock operations', async () => {
		await world.run({ parameters: stockOfJson('={{ $json.rows }}'), items: threeItems });
		expect(world.asked('/skus')).toHaveLength(5);
		expect(world.asked('/products')).toEqual([]);
		expect(quantities()).toHaveLength(3);
	});

	test('for an EAN are made once, whether it is typed as text, as number or with blanks', async () => {
		const rows = [5000006409017, '5000006409017', ' 5000006409017'].map((ean) => ({ ean, quantity: 1 }));
		await world.run({ parameters: orderOfJson(JSON.stringify(rows)) });
		expect(world.asked('/skus')).toEqual(['GET /skus filter[ean]=5000006409017']);
	});

	test('are one for a known product in the next execution', async () => {
		const parameters = orderOfRows(rowsBy('ean').slice(0, 2));
		await world.run({ parameters });
		world.uphance.clearLog();
		await world.run({ parameters });
		expect(lookedUp()).toEqual(['GET /products/6409']);
	});

	test.each([
		['id', 0],
		['none', 1],
	] as const)(
		'read the product list once for what a SKU record with IDs "%s" lacks: 1 for orders, %i for stock',
		async (skuIds, forStock) => {
			await world.start({ switches: { skuIds } });
			await world.run({ parameters: orderOfJson('={{ $json.rows }}'), items: threeItems });
			expect(lookedUp()).toEqual([`GET /skus filter[ean]=${eans[0]}`, 'GET /products']);
			expect(lines()[0]?.[0]).toEqual({
				product_id: 6409,
				variation_id: 7609,
				unit_price: 10,
				line_quantities: eans.slice(0, 4).map((_, index) => ({ sku_id: 640901 + index, quantity: 1 })),
			});
			await world.start({ switches: { skuIds } });
			await world.run({ parameters: stockOfJson('={{ $json.rows }}'), items: threeItems });
			expect(world.asked('/skus')).toHaveLength(forStock === 0 ? 5 : 1);
			expect(world.asked('/products')).toEqual(Array(forStock).fill('GET /products'));
			expect(quantities()[0]).toEqual(eans.slice(0, 4).map((_, index) => ({ sku_id: 640901 + index, quantity: 1 })));
		},
	);

	test.each(['id', 'none'] as const)('find the same with SKU records with IDs "%s"', async (skuIds) => {
		await world.start({ switches: { skuIds } });
		await world.run({ parameters: orderOfRows(rowsBy('ean')) });
		await world.run({ parameters: stockOfRows(rowsBy('ean')) });
		expect(lines()).toEqual([lineItems]);
		expect(quantities()).toEqual([moved]);
	});

	test('are one for each style, over however many items, colors and sizes', async () => {
		const styled = ['AW24-AAM', 'AW24-AGR'].flatMap((product_identifier) =>
			['S', 'M', 'L'].map((size) => ({
				product_identifier,
				color: product_identifier === 'AW24-AAM' ? 'Navy' : 'Black',
				size,
				quantity: 1,
			})),
		);
		const items = [{ rows: styled }, { rows: styled.slice(0, 4) }, { rows: styled.slice(2) }];
		await world.run({ parameters: orderOfJson('={{ $json.rows }}'), items });
		expect(lookedUp().sort()).toEqual([
			'GET /products filter[product_identifier]=AW24-AAM',
			'GET /products filter[product_identifier]=AW24-AGR',
		]);
		expect(lines()).toHaveLength(3);
	});

	test.each([orderOfJson, stockOfJson])('are one product list for SKU numbers in ten items', async (of) => {
		const items = Array.from({ length: 10 }, () => ({ rows: rowsBy('sku_number') }));
		await world.run({ parameters: of('={{ $json.rows }}'), items });
		expect(lookedUp()).toEqual(['GET /products']);
		expect([...lines(), ...quantities()]).toHaveLength(10);
	});

	test('read all pages of the product list for SKU numbers', async () => {
		await changeSkus((sku) => (sku.id === 640901 ? { ...sku, sku_number: 'ONE-OF-A-KIND' } : sku));
		world.uphance.addRecords('/products', 100); // they have the SKUs of older ones
		await world.run({ parameters: orderOfRows([{ sku_number: 'ONE-OF-A-KIND', quantity: 1 }]) });
		expect(lookedUp()).toEqual(['GET /products', 'GET /products page=2']);
	});

	test.each([orderOfJson, stockOfJson])('are one product list for SKU IDs, and later one per product', async (of) => {
		await world.run({ parameters: of(JSON.stringify(rowsBy('sku_id'))) });
		expect(lookedUp()).toEqual(['GET /products']);
		world.uphance.clearLog();
		await world.run({ parameters: of(JSON.stringify(rowsBy('sku_id').slice(0, 2))) });
		expect(lookedUp()).toEqual(['GET /products/6409']);
	});

	test.each(ways)('are none by %s when all rows have quantity 0', async (way) => {
		const rows = rowsBy(way).map((row) => ({ ...row, quantity: 0 }));
		await failureOf(world.run({ parameters: orderOfRows(rows) }));
		await failureOf(world.run({ parameters: stockOfJson(JSON.stringify(rows)) }));
		expect(lookedUp()).toEqual([]);
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});

describe('A filter that Uphance ignores', () => {
	beforeEach(async () => await world.start({ switches: { ignoresFilters: true } }));

	test.each(['ean', 'product_identifier'] as const)('still finds the right SKUs by %s', async (way) => {
		await world.run({ parameters: orderOfRows(rowsBy(way)) });
		expect(lines()).toEqual([lineItems]);
	});

	test.each<[Way, IDataObject]>([
		['ean', { ean: '4006381333931' }],
		['ean', { ean: '500000640901' }],
		['product_identifier', { product_identifier: 'AW24', color: 'RED', size: 'S' }],
		['product_identifier', { product_identifier: 'aw24-aam', color: 'RED', size: 'S' }],
	])('never yields a wrong one by %s: %j', async (_, cells) => {
		const row = { ...cells, quantity: 1 };
		expect((await failureOf(world.run({ parameters: orderOfRows([row]) }))).message).toMatch(/^No /);
		expect((await failureOf(world.run({ parameters: stockOfRows([row]) }))).message).toMatch(/^No /);
		expect([...lines(), ...quantities()]).toEqual([]);
	});
});

describe('SKUs that do not tell their EAN', () => {
	test.each([
		[{ ean: undefined }, false],
		[{ ean: undefined, id: undefined, product_id: undefined, variation_id: undefined }, false],
		[{ ean: undefined }, true],
		[{ ean: undefined, id: undefined, product_id: undefined, variation_id: undefined }, true],
		[{ id: '', product_id: '', variation_id: 'none' }, false],
	])('are found through their products (%j; filters ignored: %s)', async (body, ignoresFilters) => {
		await world.start({ switches: { ignoresFilters } });
		world.uphance.fault({ path: '/skus', kind: 'fields', body, times: 100 });
		await world.run({ parameters: orderOfRows(rowsBy('ean')) });
		expect(lines()).toEqual([lineItems]);
		const row = { ean: '4006381333931', quantity: 1 };
		expect((await failureOf(world.run({ parameters: orderOfRows([row]) }))).message).toMatch(/^No SKU/);
	});
});

describe('Another organisation', () => {
	// The same style, with IDs of its own in each organisation.
	const cells: Record<Way, IDataObject> = {
		ean: { ean: '={{ $json.ean }}' },
		sku_id: { product_id: '={{ $json.product }}', variation_id: '={{ $json.variation }}', sku_id: '={{ $json.sku }}' },
		sku_number: { sku_number: 'AW25-BEA-ECR-M' },
		product_identifier: { product_identifier: 'AW25-BEA', color: 'ecru', size: 'm' },
	};
	const items = [
		{ to: 9579, ean: '5000007579023', product: 7579, variation: 27579, sku: 757902 },
		{ to: 9601, ean: '5000007501024', product: 7501, variation: 27501, sku: 750102 },
	];
	const options = { organisationId: '={{ $json.to }}' };
	const expected = items.map(({ product, variation, sku }) => [
		{ product_id: product, variation_id: variation, line_quantities: [{ sku_id: sku, quantity: 1 }] },
	]);

	test.each(ways)('is where SKUs are looked up by %s', async (way) => {
		const all = [...items, ...items];
		await world.run({ parameters: { ...orderOfRows([{ ...cells[way], quantity: 1 }]), options }, items: all });
		expect(lines()).toEqual([...expected, ...expected]);
		expect(world.uphance.created().map(({ organisation }) => organisation)).toEqual([9579, 9601, 9579, 9601]);
		expect(lookedUp()).toHaveLength(2);
	});

	test.each(ways)('is where SKUs of stock operations are looked up by %s', async (way) => {
		await world.run({ parameters: { ...stockOfRows([{ ...cells[way], quantity: 1 }]), options }, items });
		expect(quantities()).toEqual(items.map(({ sku }) => [{ sku_id: sku, quantity: 1 }]));
		expect(world.uphance.stockOperations().map(({ organisation }) => organisation)).toEqual([9579, 9601]);
	});

	test('is named when the SKU is not there', async () => {
		const parameters = {
			...orderOfRows([{ ean: '5000007579023', quantity: 1 }]),
			options: { organisationId: '9601' },
		};
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toBe("No SKU has the EAN '5000007579023' (line item 1)");
		expect(description).toContain('Looked in organisation Uphance Outlet (9601).');
		expect(lines()).toEqual([]);
	});
});

describe('A failure of the look-up', () => {
	const paths = { ean: '/skus', sku_id: '/products', sku_number: '/products', product_identifier: '/products' };
	const looked: Array<keyof typeof paths> = ['ean', 'sku_id', 'sku_number', 'product_identifier'];

	describe.each(sampled(looked, 4, 3))('by %s', (way) => {
		const path = paths[way];
		const rows = rowsBy(way).slice(0, 2);

		test.each([
			['status', 503],
			['status', 429],
			['drop', 0],
		] as const)('that passes (%s %i) is retried, and the order is created once', async (kind, status) => {
			world.uphance.fault({ path, kind, status, times: 2 });
			await world.run({ parameters: orderOfRows(rows) });
			await world.run({ parameters: stockOfRows(rows) });
			expect(lines()).toEqual([lineItems.slice(0, 1)]);
			expect(world.uphance.created()).toHaveLength(1);
			expect(quantities()).toEqual([moved.slice(0, 2)]);
		});

		test('that ends the session is followed by a sign-in', async () => {
			world.uphance.fault({ path, kind: 'expireFirst' });
			await world.run({ parameters: orderOfRows(rows) });
			expect(lines()).toEqual([lineItems.slice(0, 1)]);
			expect(world.uphance.created().map(({ organisation }) => organisation)).toEqual([9579]);
		});

		test.each([
			['status', 500],
			['status', 403],
			['html', 500],
			['malformed', 200],
			['empty', 200],
			['redirect', 302],
		] as const)('that stays (%s %i) fails with an explanation, and nothing is created', async (kind, status) => {
			world.uphance.fault({ path, kind, status, times: 100 });
			const failed = await failureOf(world.run({ parameters: orderOfRows(rows) }));
			expect(failed.message).toMatch(/Uphance|SKU|product/);
			expect(failed.message).not.toMatch(/undefined|\[object|is not a function|Cannot read|^No /);
			expect(`${failed.message} ${failed.description}`).not.toMatch(/may have/);
			expect(failed.itemIndex).toBe(0);
			expect((await failureOf(world.run({ parameters: stockOfRows(rows) }))).message).not.toMatch(/may have/);
			expect([...lines(), ...quantities()]).toEqual([]);
			for (const secret of world.uphance.secrets()) expect(failed.whole).not.toContain(secret);
		});
	});

	test('with the product list for a missing ID fails with an explanation, and nothing is created', async () => {
		await world.start({ switches: { skuIds: 'id' } });
		world.uphance.fault({ path: '/products', kind: 'status', status: 500, times: 100 });
		await failureOf(world.run({ parameters: orderOfRows(rowsBy('ean')) }));
		expect(lines()).toEqual([]);
		await world.run({ parameters: stockOfRows(rowsBy('ean')) });
		expect(quantities()).toEqual([moved]);
	});
});

test("IDs that a row has from elsewhere, such as a shop's, never go out beside a SKU that was looked up", async () => {
	await world.start({ switches: { skuIds: 'id' } });
	world.uphance.fault({ path: '/products', kind: 'json', body: { products: [], meta: {} }, times: 100 });
	const row = { ean: '5000006409017', quantity: 2, product_id: 7_654_321, variation_id: 1_234_567 };
	const parameters = { ...order, lineItemsSource: 'json', lineItemsJson: JSON.stringify([row]) };
	await world.run({ parameters });
	expect(lines()).toEqual([[{ line_quantities: [{ sku_id: 640901, quantity: 2 }] }]]);
});
