import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Failed } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import { inForm } from './skuField.mts';

const world = useWorld({
	uphance: { switches: { skuIds: 'all' } },
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000 },
});

type Way = 'ean' | 'sku_id' | 'sku_number' | 'product_identifier';

const good: Record<Way, IDataObject> = {
	ean: { ean: '5000006409017', quantity: 1 },
	sku_id: { sku_id: '640901', quantity: 1 },
	sku_number: { sku_number: 'AW24-AAM-RED-S', quantity: 1 },
	product_identifier: { product_identifier: 'AW24-AAM', color: 'RED', size: 'S', quantity: 1 },
};

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
};
const stock: INodeParameters = { resource: 'stockOperation', operation: 'create' };

const forms = {
	orderOfRows: (rows: IDataObject[]): INodeParameters => ({
		...order,
		lineItems: { lineItem: rows.map(inForm) },
	}),
	orderOfJson: (rows: unknown[]): INodeParameters => ({
		...order,
		lineItemsSource: 'json',
		lineItemsJson: JSON.stringify(rows),
	}),
	stockOfRows: (rows: IDataObject[]): INodeParameters => ({
		...stock,
		lineQuantities: { lineQuantity: rows.map(inForm) },
	}),
	stockOfJson: (rows: unknown[]): INodeParameters => ({
		...stock,
		lineQuantitiesSource: 'json',
		lineQuantitiesJson: JSON.stringify(rows),
	}),
};

const sent = () => world.asked().filter((each) => /^POST \/(sales_orders|stock_operations)/.test(each));
const lookedUp = () => [...world.asked('/skus'), ...world.asked('/products')];

/** The sentence for a mistake; nothing is created. */
async function refusal(parameters: INodeParameters): Promise<Failed> {
	const failed = await failureOf(world.run({ parameters }));
	expect(sent()).toEqual([]);
	expect(failed.itemIndex).toBe(0);
	expect(failed.message).not.toMatch(/undefined|null|\[object|is not a function|Cannot read/);
	return failed;
}

/** Makes one SKU of product 6409 like another, in the product list. */
async function changeSku(id: number, values: IDataObject): Promise<void> {
	const productId = { __rl: true, mode: 'id', value: '6409' };
	const { records } = await world.run({ parameters: { resource: 'product', operation: 'get', productId } });
	const variations = (records[0]?.variations as IDataObject[]).map((variation) => ({
		...variation,
		skus: (variation.skus as IDataObject[]).map((sku) => (sku.id === id ? { ...sku, ...values } : sku)),
	}));
	world.uphance.changeRecord('/products', 6409, { variations });
	world.uphance.clearLog();
}

const looked = 'Looked in organisation Uphance Demo (9579).';
const whereToLook =
	"'Get Many' of Product shows the SKUs with their IDs, EANs and numbers if 'Return One Item Per' is SKU.";

describe('A SKU that does not exist', () => {
	const unknown: Array<[Way, IDataObject, string]> = [
		['sku_number', { sku_number: 'TEE-RED-M', quantity: 1 }, "No SKU has the SKU number 'TEE-RED-M'"],
		['sku_id', { sku_id: 867799, quantity: 1 }, 'No SKU has the ID 867799'],
		['ean', { ean: '4006381333931', quantity: 1 }, "No SKU has the EAN '4006381333931'"],
		['ean', { ean: 4006381333931, quantity: 1 }, "No SKU has the EAN '4006381333931'"],
		['ean', { ean: '=1+1', quantity: 1 }, "No SKU has the EAN '=1+1'"],
		[
			'product_identifier',
			{ product_identifier: 'X', color: 'RED', size: 'S', quantity: 1 },
			"No product has the product identifier 'X'",
		],
	];

	test.each(unknown)('by %s is named with its line item: %j', async (way, bad, sentence) => {
		const { message, description } = await refusal(forms.orderOfJson([good[way], good[way], bad]));
		expect(message).toBe(`${sentence} (line item 3)`);
		expect(description).toContain(looked);
		expect(description).toMatch(/this order was not created\.$/i);
	});

	test.each(unknown)('by %s is named with its row of a stock operation: %j', async (way, bad, sentence) => {
		const { message, description } = await refusal(forms.stockOfJson([good[way], good[way], bad]));
		expect(message).toBe(`${sentence} (row 3)`);
		expect(description).toContain(looked);
		expect(description).toMatch(/nothing was sent for this item\.$/i);
	});

	test.each([
		['sku_number', { sku_number: 'TEE-RED-M' }],
		['ean', { ean: '4006381333931' }],
	] as const)('by %s in the form comes with what to do', async (way, bad) => {
		const { description } = await refusal(forms.orderOfRows([good[way], { ...bad, quantity: 1 }]));
		expect(description).toBe(
			`${looked} ${whereToLook} Correct the row, or add the SKU in Uphance; this order was not created.`,
		);
	});

	test('by EAN is not found by part of it', async () => {
		expect((await refusal(forms.orderOfRows([{ ean: '500000640901', quantity: 1 }]))).message).toBe(
			"No SKU has the EAN '500000640901' (line item 1)",
		);
	});

	test('is ignored in a row with quantity 0', async () => {
		await world.run({ parameters: forms.orderOfJson([good.ean, { ean: '4006381333931', quantity: 0 }]) });
		expect(world.asked('/skus')).toEqual(['GET /skus filter[ean]=5000006409017']);
		expect(sent()).toHaveLength(1);
	});
});

describe('A style', () => {
	const styled = (color: string, size: string) => ({
		product_identifier: 'AW24-AAM',
		color: color,
		size,
		quantity: 1,
	});

	test.each([
		['Pink', 'M'],
		['RED', 'XXL'],
		['Pink', 'XXL'],
	])('without %s in %s is named with what there is', async (color, size) => {
		const rows = [good.product_identifier, good.product_identifier, styled(color, size)];
		const { message, description } = await refusal(forms.orderOfRows(rows));
		expect(message).toBe(`Product AW24-AAM has no color '${color}' in size '${size}' (line item 3)`);
		for (const there of ['RED', 'Navy', 'XS', 'XL']) expect(description).toContain(there);
		expect(description).toMatch(/this order was not created\.$/i);
	});

	test('without a color of a stock operation is named with its row', async () => {
		const { message, description } = await refusal(forms.stockOfRows([styled('Pink', 'M')]));
		expect(message).toBe("Product AW24-AAM has no color 'Pink' in size 'M' (row 1)");
		expect(description).toMatch(/nothing was sent for this item\.$/i);
	});

	test('in other letters is another', async () => {
		const row = { ...styled('RED', 'S'), product_identifier: 'aw24-aam' };
		expect((await refusal(forms.orderOfRows([row]))).message).toBe(
			"No product has the product identifier 'aw24-aam' (line item 1)",
		);
	});

	test('that two products have is refused, unless only one comes in that color and size', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		const productId = { __rl: true, mode: 'id', value: '7056' };
		const parameters = { resource: 'product', operation: 'get', productId };
		const [blue] = (await world.run({ parameters })).records[0]?.variations as IDataObject[];
		const variations = [{ ...blue, color: 'Red' }];
		world.uphance.changeRecord('/products', 7056, { product_identifier: 'AW24-AAM', variations });
		const { message } = await refusal(forms.orderOfRows([styled('RED', 'S')]));
		expect(message).toMatch(/^2 SKUs .*line item 1/);
		expect(message).toContain('640901');
		expect(message).toContain('705601');
		await world.run({ parameters: forms.orderOfRows([styled('Navy', 'S')]) });
		expect(sent()).toHaveLength(1);
	});

	test('with a color and size twice is refused', async () => {
		await changeSku(640902, { size: 's ' });
		const { message } = await refusal(forms.orderOfRows([styled('RED', 'S')]));
		expect(message).toMatch(/^2 SKUs .*line item 1/);
		expect(message).toContain('640901');
		expect(message).toContain('640902');
	});
});

describe('Two SKUs', () => {
	test('with one SKU number are both named', async () => {
		await changeSku(640902, { sku_number: 'AW24-AAM-RED-S' });
		const rows = [{ sku_number: 'AW24-AGR-BLA-M', quantity: 1 }, good.sku_number];
		const { message, description } = await refusal(forms.orderOfRows(rows));
		expect(message).toBe(
			"2 SKUs have the SKU number 'AW24-AAM-RED-S' (line item 2): Aamira RED S (640901), Aamira RED M (640902)",
		);
		expect(description).toBe(
			'Name it by its ID, or give each SKU a different value in Uphance; this order was not created.',
		);
	});

	test('with one SKU number do not affect others', async () => {
		await changeSku(640902, { sku_number: 'AW24-AAM-RED-S' });
		await world.run({ parameters: forms.orderOfRows([{ sku_number: 'AW24-AGR-BLA-M', quantity: 1 }]) });
		expect(sent()).toHaveLength(1);
	});

	test.each(['orderOfRows', 'stockOfRows'] as const)('with one EAN are both named: %s', async (of) => {
		const list = { resource: 'sku', operation: 'getAll', limit: 3, newestFirst: false };
		const [, one, other] = (await world.run({ parameters: list })).records;
		world.uphance.clearLog();
		const body = { skus: [one, { ...other, ean: '5000006409017' }], meta: { next_page: null, total_pages: 1 } };
		world.uphance.fault({ path: '/skus', kind: 'json', body });
		const { message, description } = await refusal(forms[of]([good.ean]));
		const place = of === 'orderOfRows' ? 'line item 1' : 'row 1';
		expect(message).toBe(
			`2 SKUs have the EAN '5000006409017' (${place}): Aamira RED S (640901), Aamira RED M (640902)`,
		);
		expect(description).toMatch(
			/^Name it by its ID, or give each SKU a different value in Uphance; (this order was not created|nothing was sent for this item)\.$/,
		);
	});

	test('with one EAN in the product list alone are refused', async () => {
		await world.start({ switches: { skuIds: 'none' } });
		await changeSku(640902, { ean: '5000006409017' });
		const { message } = await refusal(forms.orderOfRows([good.ean]));
		expect(message).toContain('640901');
		expect(message).toContain('640902');
	});
});

describe('A blank cell', () => {
	const blank: Array<[Way, string, string]> = [
		['sku_id', 'sku_id', 'SKU'],
		['ean', 'ean', 'SKU'],
		['sku_number', 'sku_number', 'SKU'],
		['product_identifier', 'product_identifier', 'SKU'],
		['product_identifier', 'color', 'Color'],
		['product_identifier', 'size', 'Size'],
	];
	const withBlank = (way: Way, name: string, value: unknown) =>
		Array.from({ length: 8 }, (_, index) => (index === 6 ? { ...good[way], [name]: value } : good[way]));

	describe.each(blank)('of %s, %s', (way, name, label) => {
		test.each(['', ' ', null])('%j in row 7 is named, and nothing is looked up', async (value) => {
			const rows = withBlank(way, name, value) as IDataObject[];
			expect((await refusal(forms.orderOfJson(rows))).message).toBe(`Line item 7 has no ${label}`);
			expect((await refusal(forms.stockOfJson(rows))).message).toBe(`Row 7 has no '${label}'`);
			expect(lookedUp()).toEqual([]);
		});

		test('that is missing from row 7 is named', async () => {
			const rows = withBlank(way, name, 0).map((row) =>
				Object.fromEntries(Object.entries(row).filter(([key, value]) => key !== name || value !== 0)),
			);
			expect((await refusal(forms.orderOfJson(rows))).message).toBe(`Line item 7 has no ${label}`);
		});

		test.each(['', '  ', '={{ "" }}'])('%j in row 7 of the form is named', async (value) => {
			const rows = withBlank(way, name, value) as IDataObject[];
			expect((await refusal(forms.orderOfRows(rows))).message).toBe(`Line item 7 has no ${label}`);
			expect((await refusal(forms.stockOfRows(rows))).message).toBe(`Row 7 has no '${label}'`);
			expect(lookedUp()).toEqual([]);
		});

		test('an expression that finds nothing in row 7 of the form is named', async () => {
			const rows = withBlank(way, name, '={{ $json.nowhere }}') as IDataObject[];
			const { message } = await refusal(forms.orderOfRows(rows));
			expect(message).toMatch(
				/^'(SKU ID|EAN|SKU Number|Style|Color|Size)' in line item 7 is empty or not a single value$/,
			);
			expect(lookedUp()).toEqual([]);
		});
	});

	test('is answered with what to do', async () => {
		const rows = [{ sku_number: '', quantity: 1 }];
		expect((await refusal(forms.orderOfJson(rows))).description).toBe(
			'Add "sku_id", "ean" or "sku_number", or "product_identifier", "color" and "size", or remove the line item. Nothing was sent for this item.',
		);
		expect((await refusal(forms.stockOfRows(rows))).description).toBe(
			"Choose one in 'SKU', or leave that empty and fill in Style, Color and Size, or remove the row. Nothing was sent for this item.",
		);
	});

	test.each([true, ['5000006409017'], { a: 1 }])('is none: %j is refused too', async (ean) => {
		const { message } = await refusal(forms.orderOfJson([good.ean, { ean, quantity: 1 }]));
		expect(message).toMatch(/line item 2/i);
		expect((await refusal(forms.stockOfJson([good.ean, { ean, quantity: 1 }]))).message).toMatch(/row 2/i);
		expect(lookedUp()).toEqual([]);
	});

	// An EAN that nobody has must not find the SKUs that have none.
	test('of a SKU in Uphance is never found', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		for (const ean of ['null', 'undefined', '0']) {
			const failed = await failureOf(world.run({ parameters: forms.orderOfRows([{ ean, quantity: 1 }]) }));
			expect(failed.message).toBe(`No SKU has the EAN '${ean}' (line item 1)`);
		}
		for (const sku_number of ['null', 'undefined']) {
			const rows = [{ sku_number, quantity: 1 }];
			const failed = await failureOf(world.run({ parameters: forms.orderOfRows(rows) }));
			expect(failed.message).toBe(`No SKU has the SKU number '${sku_number}' (line item 1)`);
		}
		expect(sent()).toEqual([]);
	});
});

describe('The rest of a row', () => {
	test.each<[string, IDataObject, RegExp]>([
		['a quantity that is a word', { quantity: 'two' }, /line item 2/i],
		['no quantity', { quantity: null }, /line item 2/i],
		['a negative quantity', { quantity: -1 }, /line item 2/i],
		['a price with a comma', { unit_price: '4,50' }, /'Unit Price' in line item 2/],
	])('is checked as ever: %s', async (_, bad, words) => {
		for (const way of ['ean', 'sku_number', 'product_identifier'] as const) {
			const { message } = await refusal(forms.orderOfJson([good[way], { ...good[way], ...bad }]));
			expect(message).toMatch(words);
		}
	});

	test('must be there', async () => {
		for (const rows of [[], ['one'], [null]]) {
			await refusal(forms.orderOfJson(rows));
			await refusal(forms.stockOfJson(rows));
		}
		expect(lookedUp()).toEqual([]);
	});
});

describe('Continue On Fail', () => {
	const items = ['5000006409017', '4006381333931', '5000006409024', '4006381333931', '5000006409017'].map((ean) => ({
		ean,
	}));
	const cell = { ean: '={{ $json.ean }}', quantity: 1 };

	test.each(['orderOfRows', 'stockOfRows'] as const)('goes on with the good items: %s', async (of) => {
		const ran = await world.run({ parameters: forms[of]([cell]), items, continueOnFail: true });
		expect(ran.items.map(({ json }) => 'error' in json)).toEqual([false, true, false, true, false]);
		expect(ran.items[1]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 1 } });
		expect(ran.items[3]?.json.error).toContain("'4006381333931'");
		expect(sent()).toHaveLength(3);
		expect(world.asked('/skus').sort()).toEqual([
			'GET /skus filter[ean]=4006381333931',
			'GET /skus filter[ean]=5000006409017',
			'GET /skus filter[ean]=5000006409024',
		]);
	});

	test('turned off ends at the failed item, which is named', async () => {
		const failed = await failureOf(world.run({ parameters: forms.orderOfRows([cell]), items }));
		expect(failed.itemIndex).toBe(1);
		expect(sent()).toHaveLength(1);
	});

	test('looks up again after a failure that has passed, and lists nothing twice otherwise', async () => {
		world.uphance.fault({ path: '/products', kind: 'status', status: 403, times: 1 });
		const parameters = forms.orderOfRows([good.sku_number]);
		const ran = await world.run({ parameters, items: [{}, {}, {}], continueOnFail: true });
		expect(ran.items[0]?.json.error).toEqual(expect.any(String));
		expect(world.asked('/products').length).toBe(2);
		expect(ran.items.filter(({ json }) => !json.error)).toHaveLength(sent().length);
	});
});
