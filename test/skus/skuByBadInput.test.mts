import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Failed } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

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
	product_identifier: { product_identifier: 'AW24-AAM', color_name: 'RED', size: 'S', quantity: 1 },
};

const order: INodeParameters = {
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
};
const stock: INodeParameters = { resource: 'stockOperation', operation: 'create' };

const forms = {
	orderOfRows: (skuBy: Way, rows: IDataObject[]): INodeParameters => ({
		...order,
		skuBy,
		lineItems: { lineItem: rows as INodeParameters[] },
	}),
	orderOfJson: (skuBy: Way, rows: unknown[]): INodeParameters => ({
		...order,
		skuBy,
		lineItemsSource: 'json',
		lineItemsJson: JSON.stringify(rows),
	}),
	stockOfRows: (skuBy: Way, rows: IDataObject[]): INodeParameters => ({
		...stock,
		skuBy,
		lineQuantities: { lineQuantity: rows as INodeParameters[] },
	}),
	stockOfJson: (skuBy: Way, rows: unknown[]): INodeParameters => ({
		...stock,
		skuBy,
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

describe('A SKU that does not exist', () => {
	const unknown: Array<[Way, IDataObject, string]> = [
		['sku_number', { sku_number: 'TEE-RED-M', quantity: 1 }, "No SKU has the SKU number 'TEE-RED-M'"],
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
		const { message, description } = await refusal(forms.orderOfJson(way, [good[way], good[way], bad]));
		expect(message).toBe(`${sentence} (line item 3)`);
		expect(description).toContain(looked);
		expect(description).toMatch(/this order was not created\.$/i);
	});

	test.each(unknown)('by %s is named with its row of a stock operation: %j', async (way, bad, sentence) => {
		const { message, description } = await refusal(forms.stockOfJson(way, [good[way], good[way], bad]));
		expect(message).toBe(`${sentence} (row 3)`);
		expect(description).toContain(looked);
		expect(description).toMatch(/nothing was sent for this item\.$/i);
	});

	test.each([
		['sku_number', { sku_number: 'TEE-RED-M' }],
		['ean', { ean: '4006381333931' }],
	] as const)('by %s in the form comes with what to do', async (way, bad) => {
		const { description } = await refusal(forms.orderOfRows(way, [good[way], { ...bad, quantity: 1 }]));
		expect(description).toBe(`${looked} Add the SKU in Uphance or correct the row; this order was not created.`);
	});

	test('by EAN is not found by part of it', async () => {
		expect((await refusal(forms.orderOfRows('ean', [{ ean: '500000640901', quantity: 1 }]))).message).toBe(
			"No SKU has the EAN '500000640901' (line item 1)",
		);
	});

	test('is ignored in a row with quantity 0', async () => {
		await world.run({ parameters: forms.orderOfJson('ean', [good.ean, { ean: '4006381333931', quantity: 0 }]) });
		expect(world.asked('/skus')).toEqual(['GET /skus filter[ean]=5000006409017']);
		expect(sent()).toHaveLength(1);
	});
});

describe('A style', () => {
	const styled = (color: string, size: string) => ({
		product_identifier: 'AW24-AAM',
		color_name: color,
		size,
		quantity: 1,
	});

	test.each([
		['Pink', 'M'],
		['RED', 'XXL'],
		['Pink', 'XXL'],
	])('without %s in %s is named with what there is', async (color, size) => {
		const rows = [good.product_identifier, good.product_identifier, styled(color, size)];
		const { message, description } = await refusal(forms.orderOfRows('product_identifier', rows));
		expect(message).toBe(`Product AW24-AAM has no color '${color}' in size '${size}' (line item 3)`);
		for (const there of ['RED', 'Navy', 'XS', 'XL']) expect(description).toContain(there);
		expect(description).toMatch(/this order was not created\.$/i);
	});

	test('without a color of a stock operation is named with its row', async () => {
		const { message, description } = await refusal(forms.stockOfRows('product_identifier', [styled('Pink', 'M')]));
		expect(message).toBe("Product AW24-AAM has no color 'Pink' in size 'M' (row 1)");
		expect(description).toMatch(/nothing was sent for this item\.$/i);
	});

	test('in other letters is another', async () => {
		const row = { ...styled('RED', 'S'), product_identifier: 'aw24-aam' };
		expect((await refusal(forms.orderOfRows('product_identifier', [row]))).message).toBe(
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
		const { message } = await refusal(forms.orderOfRows('product_identifier', [styled('RED', 'S')]));
		expect(message).toMatch(/^2 SKUs .*line item 1/);
		expect(message).toContain('640901');
		expect(message).toContain('705601');
		await world.run({ parameters: forms.orderOfRows('product_identifier', [styled('Navy', 'S')]) });
		expect(sent()).toHaveLength(1);
	});

	test('with a color and size twice is refused', async () => {
		await changeSku(640902, { size: 's ' });
		const { message } = await refusal(forms.orderOfRows('product_identifier', [styled('RED', 'S')]));
		expect(message).toMatch(/^2 SKUs .*line item 1/);
		expect(message).toContain('640901');
		expect(message).toContain('640902');
	});
});

describe('Two SKUs', () => {
	test('with one SKU number are both named', async () => {
		await changeSku(640902, { sku_number: 'AW24-AAM-RED-S' });
		const rows = [{ sku_number: 'AW24-AGR-BLA-M', quantity: 1 }, good.sku_number];
		const { message, description } = await refusal(forms.orderOfRows('sku_number', rows));
		expect(message).toBe(
			"2 SKUs have the SKU number 'AW24-AAM-RED-S' (line item 2): Aamira RED S (640901), Aamira RED M (640902)",
		);
		expect(description).toBe('Use SKU ID, or give each SKU a different value in Uphance; this order was not created.');
	});

	test('with one SKU number do not affect others', async () => {
		await changeSku(640902, { sku_number: 'AW24-AAM-RED-S' });
		await world.run({ parameters: forms.orderOfRows('sku_number', [{ sku_number: 'AW24-AGR-BLA-M', quantity: 1 }]) });
		expect(sent()).toHaveLength(1);
	});

	test.each(['orderOfRows', 'stockOfRows'] as const)('with one EAN are both named: %s', async (of) => {
		const list = { resource: 'sku', operation: 'getAll', limit: 3, newestFirst: false };
		const [, one, other] = (await world.run({ parameters: list })).records;
		world.uphance.clearLog();
		const body = { skus: [one, { ...other, ean: '5000006409017' }], meta: { next_page: null, total_pages: 1 } };
		world.uphance.fault({ path: '/skus', kind: 'json', body });
		const { message, description } = await refusal(forms[of]('ean', [good.ean]));
		const place = of === 'orderOfRows' ? 'line item 1' : 'row 1';
		expect(message).toBe(
			`2 SKUs have the EAN '5000006409017' (${place}): Aamira RED S (640901), Aamira RED M (640902)`,
		);
		expect(description).toMatch(
			/^Use SKU ID, or give each SKU a different value in Uphance; (this order was not created|nothing was sent for this item)\.$/,
		);
	});

	test('with one EAN in the product list alone are refused', async () => {
		await world.start({ switches: { skuIds: 'none' } });
		await changeSku(640902, { ean: '5000006409017' });
		const { message } = await refusal(forms.orderOfRows('ean', [good.ean]));
		expect(message).toContain('640901');
		expect(message).toContain('640902');
	});
});

describe('A blank cell', () => {
	const blank: Array<[Way, string, string]> = [
		['ean', 'ean', 'EAN'],
		['sku_number', 'sku_number', 'SKU Number'],
		['product_identifier', 'product_identifier', 'Product Identifier'],
		['product_identifier', 'color_name', 'Color'],
		['product_identifier', 'size', 'Size'],
	];
	const withBlank = (way: Way, name: string, value: unknown) =>
		Array.from({ length: 8 }, (_, index) => (index === 6 ? { ...good[way], [name]: value } : good[way]));

	describe.each(blank)('of %s, %s', (way, name, label) => {
		test.each(['', ' ', null])('%j in row 7 is named, and nothing is looked up', async (value) => {
			for (const form of ['orderOfJson', 'stockOfJson'] as const) {
				const { message } = await refusal(forms[form](way, withBlank(way, name, value) as IDataObject[]));
				const place = form === 'orderOfJson' ? 'line item 7' : 'row 7';
				expect(message.toLowerCase()).toContain(place);
				expect(message.toLowerCase()).toContain(label.toLowerCase());
				expect(message).toMatch(/ has no /);
			}
			expect(lookedUp()).toEqual([]);
		});

		test('that is missing from row 7 is named', async () => {
			const rows = withBlank(way, name, 0).map((row) =>
				Object.fromEntries(Object.entries(row).filter(([key, value]) => key !== name || value !== 0)),
			);
			const { message } = await refusal(forms.orderOfJson(way, rows));
			expect(message.toLowerCase()).toContain('line item 7');
			expect(message.toLowerCase()).toContain(label.toLowerCase());
		});

		test.each(['', '  ', '={{ "" }}', '={{ $json.nowhere }}'])('%j in row 7 of the form is named', async (value) => {
			for (const form of ['orderOfRows', 'stockOfRows'] as const) {
				const { message } = await refusal(forms[form](way, withBlank(way, name, value) as IDataObject[]));
				expect(message.toLowerCase()).toContain(form === 'orderOfRows' ? 'line item 7' : 'row 7');
				expect(message.toLowerCase()).toContain(label.toLowerCase());
			}
			expect(lookedUp()).toEqual([]);
		});
	});

	test('is a sentence as for other cells', async () => {
		const { message } = await refusal(forms.orderOfJson('ean', withBlank('ean', 'ean', '') as IDataObject[]));
		expect(message).toBe('Line item 7 has no EAN');
	});

	test.each([true, ['5000006409017'], { a: 1 }])('is none: %j is refused too', async (ean) => {
		const { message } = await refusal(forms.orderOfJson('ean', [good.ean, { ean, quantity: 1 }]));
		expect(message).toMatch(/line item 2/i);
		expect((await refusal(forms.stockOfJson('ean', [good.ean, { ean, quantity: 1 }]))).message).toMatch(/row 2/i);
		expect(lookedUp()).toEqual([]);
	});

	// An EAN that nobody has must not find the SKUs that have none.
	test('of a SKU in Uphance is never found', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		for (const ean of ['null', 'undefined', '0']) {
			const failed = await failureOf(world.run({ parameters: forms.orderOfRows('ean', [{ ean, quantity: 1 }]) }));
			expect(failed.message).toBe(`No SKU has the EAN '${ean}' (line item 1)`);
		}
		for (const sku_number of ['null', 'undefined']) {
			const rows = [{ sku_number, quantity: 1 }];
			const failed = await failureOf(world.run({ parameters: forms.orderOfRows('sku_number', rows) }));
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
			const { message } = await refusal(forms.orderOfJson(way, [good[way], { ...good[way], ...bad }]));
			expect(message).toMatch(words);
		}
	});

	test('must be there', async () => {
		for (const rows of [[], ['one'], [null]]) {
			await refusal(forms.orderOfJson('ean', rows));
			await refusal(forms.stockOfJson('ean', rows));
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
		const ran = await world.run({ parameters: forms[of]('ean', [cell]), items, continueOnFail: true });
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
		const failed = await failureOf(world.run({ parameters: forms.orderOfRows('ean', [cell]), items }));
		expect(failed.itemIndex).toBe(1);
		expect(sent()).toHaveLength(1);
	});

	test('looks up again after a failure that has passed, and lists nothing twice otherwise', async () => {
		world.uphance.fault({ path: '/products', kind: 'status', status: 403, times: 1 });
		const parameters = forms.orderOfRows('sku_number', [good.sku_number]);
		const ran = await world.run({ parameters, items: [{}, {}, {}], continueOnFail: true });
		expect(ran.items[0]?.json.error).toEqual(expect.any(String));
		expect(world.asked('/products').length).toBeLessThanOrEqual(2);
		expect(ran.items.filter(({ json }) => !json.error)).toHaveLength(sent().length);
	});
});

test('A choice that does not exist is refused', async () => {
	const parameters = { ...forms.orderOfJson('ean', [good.ean]), skuBy: '={{ "name" }}' };
	await failureOf(world.run({ parameters }));
	expect(sent()).toEqual([]);
});
