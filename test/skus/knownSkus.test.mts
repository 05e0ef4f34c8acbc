import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { advanceClock } from '../clock.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

/** 201 products are three pages. */
const world = useWorld({
	uphance: { styles: 201 },
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 5_000, rereadPageMs: 60_000 },
});

const orderOf = (rows: IDataObject[]): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	lineItemsSource: 'json',
	lineItemsJson: JSON.stringify(rows.map((row) => ({ quantity: 1, ...row }))),
});
const byNumber = (...numbers: string[]) => orderOf(numbers.map((sku_number) => ({ sku_number })));
const byEan = (...eans: string[]) => orderOf(eans.map((ean) => ({ ean })));

const small = { number: 'AW24-AAM-RED-S', ean: '5000006409017', sku: 640901, product: 6409, variation: 7609 };
const medium = { number: 'AW24-AAM-RED-M', ean: '5000006409024', sku: 640902 };
const black = { number: 'AW24-AGR-BLA-M', ean: '5000007055121', sku: 705512, product: 7055, variation: 8253 };
/** Neither among the first nor among the last SKUs. */
const inTheMiddle = { sku: 2_727_902 };
/** The last of all SKUs, in the last of the products. */
const newest = { sku: 4_647_914, product: 46_479 };

const wholeList = ['GET /products', 'GET /products page=2', 'GET /products page=3'];
const lastPage = 'GET /products page=3';
const single = (id: number) => `GET /products/${id}`;
const filter = (ean: string) => `GET /skus filter[ean]=${ean}`;

const lookedUp = () => world.asked().filter((request) => /^GET \/(skus|products)/.test(request));

/** Which SKUs an order is created for, and what the node asks for to find them. */
async function ordered(parameters: INodeParameters) {
	world.uphance.clearLog();
	await world.run({ parameters });
	const lines = (world.uphance.created().at(-1)?.body as IDataObject).line_items as IDataObject[];
	const skus = lines.flatMap(({ line_quantities }) => line_quantities as IDataObject[]).map(({ sku_id }) => sku_id);
	return { skus, asked: lookedUp() };
}

/** How the node says that there is no such SKU, or several, and what it asks for. */
async function refused(parameters: INodeParameters) {
	world.uphance.clearLog();
	const { message, description } = await failureOf(world.run({ parameters }));
	expect(world.asked('/sales_orders')).toEqual([]);
	return { message, description, asked: lookedUp() };
}

/** The product in the shape of its record. */
async function product(id: number): Promise<IDataObject> {
	const productId = { __rl: true, mode: 'id', value: String(id) };
	const { records } = await world.run({ parameters: { resource: 'product', operation: 'get', productId } });
	return records[0] ?? {};
}

describe('SKU numbers that an earlier execution looked up', () => {
	test('cost one request per product, in the shape of the first order', async () => {
		const parameters = byNumber(small.number, medium.number, black.number);
		const skus = [small.sku, medium.sku, black.sku];
		expect(await ordered(parameters)).toEqual({ skus, asked: wholeList });
		expect(await ordered(parameters)).toEqual({ skus, asked: [single(6409), single(7055)] });
		const [first, second] = world.uphance.created().map(({ body }) => body as IDataObject);
		expect(second).toEqual(first);
	});

	test('cost the same for all that the list has', async () => {
		await ordered(byNumber(small.number));
		expect(await ordered(byNumber(black.number))).toEqual({ skus: [black.sku], asked: [single(7055)] });
	});

	test('in many input items cost three single requests and the list at most', async () => {
		await ordered(byNumber(small.number));
		const { records } = await world.run({
			parameters: { resource: 'product', operation: 'getAll', returnAll: true, itemPer: 'sku' },
		});
		const numbers = records.flatMap(({ sku_number, size }) => (sku_number && size === 'M' ? [String(sku_number)] : []));
		const items = [...new Set(numbers)].slice(10, 110).map((number) => ({ number }));
		world.uphance.clearLog();
		const parameters = orderOf([]);
		parameters.lineItemsJson = '={{ [{ sku_number: $json.number, quantity: 1 }] }}';
		await world.run({ parameters, items });
		expect(items).toHaveLength(100);
		expect(lookedUp()).toEqual([
			...Array.from({ length: 3 }, () => expect.stringMatching(/products\/\d/)),
			...wholeList,
		]);
	});

	test.each([{ sku_number: small.number }, { ean: small.ean }])(
		'of stock operations cost the same: %j',
		async (row) => {
			const parameters = {
				resource: 'stockOperation',
				operation: 'create',
				lineQuantitiesSource: 'json',
				lineQuantitiesJson: JSON.stringify([{ quantity: 1, ...row }]),
			};
			await world.run({ parameters, executionId: '1' });
			world.uphance.clearLog();
			await world.run({ parameters, executionId: '2' });
			expect(lookedUp()).toEqual([single(6409)]);
			expect(world.uphance.stockOperations()).toHaveLength(2);
		},
	);
});

describe('A SKU number that moved', () => {
	beforeEach(async () => void (await ordered(byNumber(small.number))));

	test('to another product is found there', async () => {
		world.uphance.changeSku(small.sku, { sku_number: 'OLD-1' });
		world.uphance.changeSku(black.sku, { sku_number: small.number });
		expect(await ordered(byNumber(small.number))).toEqual({
			skus: [black.sku],
			asked: [single(6409), ...wholeList],
		});
		expect(await ordered(byNumber(small.number))).toEqual({ skus: [black.sku], asked: [single(7055)] });
	});

	test('within its product is found there, with the one request', async () => {
		world.uphance.changeSku(small.sku, { sku_number: 'OLD-1' });
		world.uphance.changeSku(medium.sku, { sku_number: small.number });
		expect(await ordered(byNumber(small.number))).toEqual({ skus: [medium.sku], asked: [single(6409)] });
	});

	test('to nowhere is not found', async () => {
		world.uphance.changeSku(small.sku, { sku_number: null });
		const { message, asked } = await refused(byNumber(small.number));
		expect(message).toBe(`No SKU has the SKU number '${small.number}' (line item 1)`);
		expect(asked).toEqual([single(6409), ...wholeList]);
	});
});

test('SKUs with one number are all named later too, as they are called now', async () => {
	world.uphance.changeSku(black.sku, { sku_number: small.number });
	await refused(byNumber(small.number));
	world.uphance.changeRecord('/products', 7055, { name: 'Agrafina II' });
	const { message, asked } = await refused(byNumber(small.number));
	expect(message).toBe(
		`2 SKUs have the SKU number '${small.number}' (line item 1): Aamira RED S (640901), Agrafina II Black M (705512)`,
	);
	expect(asked).toEqual([single(6409), single(7055)]);
});

test('A product that says less by itself than in the list is read from the list', async () => {
	const { variations, ...rest } = await product(6409);
	const bare = (variations as IDataObject[]).map((variation) => ({
		...variation,
		skus: (variation.skus as IDataObject[]).map((sku) => ({ ...sku, sku_number: undefined })),
	}));
	await ordered(byNumber(small.number));
	const body = { product: { ...rest, variations: bare } };
	world.uphance.fault({ path: '/products/6409', kind: 'json', body, times: 100 });
	const expected = { skus: [small.sku], asked: [single(6409), ...wholeList] };
	expect(await ordered(byNumber(small.number))).toEqual(expected);
	expect(await ordered(byNumber(small.number))).toEqual(expected);
});

describe('A SKU number that nobody had when the list was read', () => {
	const newestSkus = ['GET /skus', expect.stringMatching(/^GET \/skus page=\d+$/)];
	beforeEach(async () => void (await ordered(byNumber(small.number))));

	test('is found if its product was created since, with one request', async () => {
		const [id = 0] = world.uphance.addRecords('/products', 1);
		const { variations } = await product(6409);
		const [red] = variations as IDataObject[];
		const skus = [{ id: 99, size: 'S', ean: '', sku_number: 'NEW-1' }];
		world.uphance.changeRecord('/products', id, { variations: [{ ...red, skus }] });
		world.sendsAnything = true; // a variation with fewer fields than known
		expect(await ordered(byNumber('NEW-1'))).toEqual({ skus: [99], asked: [lastPage] });
		expect(await ordered(byNumber('NEW-1'))).toEqual({ skus: [99], asked: [single(id)] });
	});

	test('is found if the SKU is a new one of an old product', async () => {
		world.uphance.changeSku(newest.sku, { sku_number: 'NEW-1' });
		expect(await ordered(byNumber('NEW-1'))).toEqual({
			skus: [newest.sku],
			asked: [lastPage, ...newestSkus, ...wholeList],
		});
		expect(await ordered(byNumber('NEW-1'))).toEqual({ skus: [newest.sku], asked: [single(newest.product)] });
	});

	test('is not found with three requests, however often, until it is time to read the list again', async () => {
		for (const number of ['no-1', 'no-2', 'no-1']) {
			const { message, description, asked } = await refused(byNumber(number));
			expect(message).toBe(`No SKU has the SKU number '${number}' (line item 1)`);
			expect(description).toBe(
				"Looked in organisation Uphance Demo (9579). The node read all products a minute ago. If an existing product was changed since, run this again in 3 minutes. 'Get Many' of Product shows the SKUs with their IDs, EANs and numbers if 'Return One Item Per' is SKU. Correct the row, or add the SKU in Uphance; this order was not created.",
			);
			expect(asked).toEqual([lastPage, ...newestSkus]);
		}
		advanceClock(3 * 60_000);
		expect((await refused(byNumber('no-1'))).asked).toEqual([lastPage, ...wholeList]);
	});

	test('costs an execution the same for 20 input items', async () => {
		world.uphance.clearLog();
		const parameters = orderOf([]);
		parameters.lineItemsJson = '={{ [{ sku_number: $json.number, quantity: 1 }] }}';
		const items = Array.from({ length: 20 }, (_, item) => ({ number: `no-${item}` }));
		const ran = await world.run({ parameters, items, continueOnFail: true });
		expect(ran.items.every(({ json }) => String(json.error).includes(': No SKU has the SKU number'))).toBe(true);
		expect(lookedUp()).toEqual([lastPage, ...newestSkus]);
	});

	test('is found if an existing SKU got it, when the list is read again', async () => {
		world.uphance.changeSku(inTheMiddle.sku, { sku_number: 'NEW-1' });
		expect((await refused(byNumber('NEW-1'))).description).toContain('run this again in 3 minutes');
		advanceClock(3 * 60_000);
		expect((await ordered(byNumber('NEW-1'))).skus).toEqual([inTheMiddle.sku]);
	});
});

describe('SKU IDs', () => {
	const byId = (...ids: number[]) => orderOf(ids.map((sku_id) => ({ sku_id })));

	test('cost the list of products the first time, and later one request per product', async () => {
		const parameters = byId(small.sku, medium.sku, black.sku);
		const skus = [small.sku, medium.sku, black.sku];
		expect(await ordered(parameters)).toEqual({ skus, asked: wholeList });
		expect(await ordered(parameters)).toEqual({ skus, asked: [single(6409), single(7055)] });
	});

	test('that nobody has are refused, with the way around it', async () => {
		await ordered(byId(small.sku));
		const { message, description, asked } = await refused(byId(867799));
		expect(message).toBe('No SKU has the ID 867799 (line item 1)');
		expect(description).toContain("the node does not check the IDs of line items that have 'line_quantities'");
		expect(description).toContain('run this again in 3 minutes');
		expect(asked).toEqual([lastPage, 'GET /skus', expect.stringMatching(/^GET \/skus page=\d+$/)]);
	});

	test('of a new SKU of an old product are found', async () => {
		await ordered(byId(small.sku));
		world.uphance.changeSku(newest.sku, { id: 99_999_999 });
		world.sendsAnything = true;
		expect((await ordered(byId(99_999_999))).skus).toEqual([99_999_999]);
	});
});

describe.each(['all', 'id', 'none'] as const)('EANs, where SKU records have IDs "%s",', (skuIds) => {
	const eans = [small.ean, medium.ean, black.ean];
	const skus = [small.sku, medium.sku, black.sku];
	beforeEach(async () => await world.start({ switches: { skuIds } }));

	test('cost one request per product from the second order on', async () => {
		const list = skuIds === 'all' ? [] : wholeList;
		const [first = '', ...others] = eans.map(filter);
		expect(await ordered(byEan(...eans))).toEqual({
			skus,
			asked: [first, ...list, ...(skuIds === 'all' ? others : [])],
		});
		expect(await ordered(byEan(...eans))).toEqual({ skus, asked: [single(6409), single(7055)] });
		const [one, other] = world.uphance.created().map(({ body }) => body as IDataObject);
		expect(other).toEqual(one);
	});

	test('that moved are found where they are now', async () => {
		await ordered(byEan(small.ean));
		world.uphance.changeSku(small.sku, { ean: '' });
		world.uphance.changeSku(black.sku, { ean: small.ean });
		expect((await ordered(byEan(small.ean))).skus).toEqual([black.sku]);
		expect(await ordered(byEan(small.ean))).toEqual({ skus: [black.sku], asked: [single(7055)] });
	});

	test('that nobody had a minute ago are found at once', async () => {
		await ordered(byEan(small.ean));
		world.uphance.changeSku(black.sku, { ean: '4006381333931' });
		expect((await ordered(byEan('4006381333931'))).skus).toEqual([black.sku]);
	});

	test('that nobody has cost one request each time', async () => {
		await ordered(byEan(small.ean));
		const unknown = { message: "No SKU has the EAN '4006381333931' (line item 1)", asked: [filter('4006381333931')] };
		expect(await refused(byEan('4006381333931'))).toMatchObject(unknown);
		expect(await refused(byEan('4006381333931'))).toMatchObject(unknown);
	});
});

test('Styles cost one request each, and a second product with the identifier is seen at once', async () => {
	const styles = orderOf([
		{ product_identifier: 'AW24-AAM', color: 'RED', size: 'S' },
		{ product_identifier: 'AW24-AAM', color: 'RED', size: 'M' },
		{ product_identifier: 'AW24-AGR', color: 'Black', size: 'M' },
	]);
	const asked = ['AW24-AAM', 'AW24-AGR'].map((style) => `GET /products filter[product_identifier]=${style}`);
	expect(await ordered(styles)).toEqual({ skus: [small.sku, medium.sku, black.sku], asked });
	expect(await ordered(styles)).toEqual({ skus: [small.sku, medium.sku, black.sku], asked });
});
