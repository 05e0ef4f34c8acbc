import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { factsOf, getting, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

interface Split {
	resource: string;
	path: string;
	simple: string[];
	/** Nothing where there is no Get. */
	idParameter?: string;
	first: number;
	/** Of the whole record, in the menu. */
	option: string;
}

const order: Split = {
	resource: 'order',
	path: '/sales_orders',
	simple:
		'id order_number purchase_order_ref status company_id company_name fulfillment_status grand_total currency created_at'.split(
			' ',
		),
	idParameter: 'orderId',
	first: 9005,
	option: 'Sales Order',
};

const titled = (text: string) => text.replace(/\b\w/g, (letter) => letter.toUpperCase());

const documents: Split[] = [
	order,
	...['invoice', 'creditNote', 'return', 'pickTicket', 'receivingTicket', 'productionOrder'].map((resource): Split => {
		const { path, simple = [], idParameter, first, singular } = factsOf(resource);
		return { resource, path, simple, idParameter, first, option: titled(singular) };
	}),
];
const gettable = documents.filter((each): each is Split & { idParameter: string } => each.idParameter !== undefined);

const lineNames =
	'line_item_id product_id product_identifier product_name variation_id color unit_price original_price percentage_discount unit_tax tax_level'.split(
		' ',
	);
const lineKeys = [...lineNames, 'quantity', 'line_total'];
const skuKeys = [...lineNames, ...'line_quantity_id sku_id sku_number ean size quantity line_total'.split(' ')];
/** What a record says once: on each row it would be added up again and again. */
const totals = ['subtotal', 'total_tax', 'grand_total', 'amount_outstanding', 'total_quantity'];
const repeated = (simple: string[]) => simple.filter((name) => !totals.includes(name));
const headerOf = (record: IDataObject = {}) =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !totals.includes(name)));
const totalOf = (quantity: number, { unit_price }: IDataObject = {}) =>
	unit_price === undefined ? null : Math.round(quantity * Number(unit_price) * 100) / 100;
const productKeys = {
	line: 'product_id product_identifier name category season_id image_url variation_id color prices sizes in_stock available_to_sell available_to_sell_from_stock',
	sku: 'product_id product_identifier name category season_id variation_id color sku_id sku_number ean size in_stock available_to_sell available_to_sell_from_stock prices',
};
const fieldsOfLine = (line: IDataObject = {}) => ({
	line_item_id: line.id,
	...Object.fromEntries(
		['product_id', 'product_identifier', 'product_name', 'variation_id', 'color'].map((name) => [
			name,
			orNull(line[name]),
		]),
	),
	...Object.fromEntries(
		['unit_price', 'original_price', 'percentage_discount', 'unit_tax', 'tax_level'].map((name) => [
			name,
			line[name] === undefined || line[name] === null ? null : Number(line[name]),
		]),
	),
});

const rowAmounts = 'unit_price original_price percentage_discount unit_tax tax_level quantity line_total'.split(' ');

const list = async (resource: string, more: INodeParameters = {}) =>
	(await world.run({ parameters: listing(resource, more) })).records;
const raw = async (resource: string, more: INodeParameters = {}) =>
	await list(resource, { returnAll: true, simplify: false, ...more });
const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const children = (record: IDataObject | undefined, name: string): IDataObject[] => {
	const value: unknown = record?.[name];
	return Array.isArray(value) ? value.filter(isRecord) : [];
};
const linesOf = (record: IDataObject | undefined) => children(record, 'line_items');
const sizesOf = (line: IDataObject | undefined) => children(line, 'line_quantities');
const skusOf = (record: IDataObject | undefined) =>
	linesOf(record).flatMap((line) =>
		sizesOf(line)
			.filter(({ quantity }) => Number(quantity) !== 0)
			.map((size) => ({ line, size })),
	);
const total = (values: unknown[]) => values.reduce<number>((sum, value) => sum + Number(value), 0);
const keysOf = (record: IDataObject | undefined) => Object.keys(record ?? {}).sort();
const orNull = (value: unknown) => value ?? null;
const joined = (value: unknown) => (value === '' ? null : orNull(value));

describe.each(sampled(documents, 4, 2))('$resource', ({ resource, path, simple, option }) => {
	test('offers the record, a line and a SKU, and hides Simplify for rows', () => {
		for (const operation of resource === 'productionOrder' ? ['getAll'] : ['get', 'getAll']) {
			const of = (name: string) =>
				new Uphance().description.properties.filter(
					(each) =>
						each.name === name &&
						each.displayOptions?.show?.resource?.includes(resource) &&
						each.displayOptions.show.operation?.includes(operation),
				);
			const [field] = of('itemPer');
			expect(of('itemPer')).toHaveLength(1);
			expect(field).toMatchObject({ displayName: 'Return One Item Per', default: 'record', type: 'options' });
			const options = (field?.options ?? []).map((each) => [each.name, 'value' in each ? each.value : undefined]);
			expect(Object.fromEntries(options)).toEqual({ [option]: 'record', 'Line Item': 'line', SKU: 'sku' });
			expect(of('simplify')[0]?.displayOptions?.show?.itemPer).toEqual(['record']);
		}
	});

	test('per line: a row for each line, with the header and the sum of its sizes', async () => {
		await world.start({ orders: 40 });
		const records = await raw(resource);
		const headers = await list(resource, { returnAll: true });
		const rows = await list(resource, { returnAll: true, itemPer: 'line' });
		const lines = records.flatMap((record, index) => linesOf(record).map((line) => ({ header: headers[index], line })));
		expect(rows).toHaveLength(lines.length);
		expect(lines.length).toBeGreaterThan(0);
		for (const [index, row] of rows.entries()) {
			const { header, line } = lines[index] ?? {};
			expect(keysOf(row)).toEqual([...new Set([...repeated(simple), ...lineKeys])].sort());
			expect(row).toMatchObject(headerOf(header));
			const quantity = total(sizesOf(line).map((size) => size.quantity));
			expect(row).toMatchObject({ ...fieldsOfLine(line), quantity, line_total: totalOf(quantity, line) });
			for (const name of rowAmounts) expect(row[name] === null ? 'number' : typeof row[name]).toBe('number');
			expect(Object.values(row)).not.toContain(undefined);
		}
	});

	test('per SKU: a row for each size with pieces', async () => {
		await world.start({ orders: 40 });
		const records = await raw(resource);
		const headers = await list(resource, { returnAll: true });
		const rows = await list(resource, { returnAll: true, itemPer: 'sku' });
		const sizes = records.flatMap((record, index) =>
			skusOf(record).map((each) => ({ header: headers[index], ...each })),
		);
		expect(rows).toHaveLength(sizes.length);
		expect(sizes.length).toBeGreaterThan(0);
		for (const [index, row] of rows.entries()) {
			const { header, line, size } = sizes[index] ?? {};
			expect(keysOf(row)).toEqual([...new Set([...repeated(simple), ...skuKeys])].sort());
			expect(row).toMatchObject(headerOf(header));
			expect(row).toMatchObject({
				...fieldsOfLine(line),
				line_quantity_id: size?.id,
				sku_id: orNull(size?.sku_id),
				sku_number: joined(size?.sku_number),
				ean: joined(size?.upc_number),
				size: orNull(size?.size),
				quantity: Number(size?.quantity),
				line_total: totalOf(Number(size?.quantity), line),
			});
			for (const name of rowAmounts) expect(row[name] === null ? 'number' : typeof row[name]).toBe('number');
			expect(row.quantity).not.toBe(0);
		}
	});

	test('rows ignore Simplify, and Limit counts records', async () => {
		await world.start();
		const [first, second] = await raw(resource, { returnAll: false, limit: 2, newestFirst: false });
		for (const itemPer of ['line', 'sku']) {
			const parameters = { limit: 2, newestFirst: false, itemPer };
			const rows = await list(resource, parameters);
			const off = await list(resource, { ...parameters, simplify: false });
			const on = await list(resource, { ...parameters, simplify: true });
			const count = (record?: IDataObject) => (itemPer === 'line' ? linesOf(record) : skusOf(record)).length;
			expect(rows).toHaveLength(count(first) + count(second));
			expect(off).toStrictEqual(rows);
			expect(on).toStrictEqual(rows);
		}
	});

	test('Return All requests the pages and nothing else', async () => {
		await world.start();
		await raw(resource);
		const pages = world.asked(path);
		for (const itemPer of ['line', 'sku']) {
			world.uphance.clearLog();
			await list(resource, { returnAll: true, itemPer });
			expect(world.asked(path)).toEqual(pages);
		}
	});

	test.each(['line', 'sku'])('malformed lines give no row and no error (%s)', async (itemPer) => {
		await world.start();
		world.sendsAnything = true;
		const [record] = await raw(resource, { returnAll: false, limit: 1, newestFirst: false });
		const ask = async (line_items: unknown) => {
			world.uphance.changeRecord(path, Number(record?.id), { line_items });
			return await list(resource, { limit: 1, newestFirst: false, itemPer });
		};
		for (const nothing of [undefined, null, [], {}, 'text', 7, [null, 5, 'text', [], true]]) {
			expect(await ask(nothing)).toEqual([]);
		}
		for (const sizes of [undefined, null, [], {}, 'text', [null, 1, 'a']]) {
			const rows = await ask([{ id: 3, unit_price: 'abc', line_quantities: sizes }]);
			expect(rows).toHaveLength(itemPer === 'line' ? 1 : 0);
			for (const row of rows) expect(row).toMatchObject({ line_item_id: 3, unit_price: null, quantity: 0 });
		}
		const rows = await ask([
			{ line_quantities: [{ quantity: '3' }, { quantity: 0 }, {}, { quantity: null }, { quantity: '0.0' }] },
		]);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.quantity).toBe(3);
		const names = itemPer === 'line' ? lineKeys : skuKeys;
		expect(keysOf(rows[0])).toEqual([...new Set([...repeated(simple), ...names])].sort());
		for (const name of names)
			if (!simple.includes(name) && name !== 'quantity') expect([name, rows[0]?.[name]]).toEqual([name, null]);
	});

	test('keeps the value of the header when names clash', async () => {
		await world.start();
		world.sendsAnything = true;
		const [record] = await raw(resource, { returnAll: false, limit: 1, newestFirst: false });
		const [header] = await list(resource, { limit: 1, newestFirst: false });
		const other = Object.fromEntries(simple.map((name) => [name, 'of the line']));
		world.uphance.changeRecord(path, Number(record?.id), {
			line_items: [{ ...other, line_quantities: [{ ...other, quantity: 1 }] }],
		});
		for (const itemPer of ['line', 'sku']) {
			const [row] = await list(resource, { limit: 1, newestFirst: false, itemPer });
			expect(row).toMatchObject(headerOf(header));
		}
	});

	test('has no total of the record that a column would add up, unless it is asked for by name', async () => {
		await world.start({ orders: 40 });
		const [row] = await list(resource, { limit: 1, itemPer: 'sku' });
		expect(keysOf(row).filter((name) => totals.includes(name))).toEqual([]);
		const options = { includeFields: 'grand_total' };
		const [asked] = await list(resource, { limit: 1, itemPer: 'sku', options });
		const [record] = await list(resource, { limit: 1, simplify: false });
		expect(asked?.grand_total).toBe(orNull(record?.grand_total));
	});
});

describe.each(sampled(gettable, 4, 3))('$resource, Get', (each) => {
	const get = async (more: INodeParameters, value: unknown = each.first) =>
		await world.run({
			parameters: getting({ ...factsOr(each), idParameter: each.idParameter }, 'id', value, more),
		});

	test('returns the rows of the record, as Get Many does', async () => {
		await world.start();
		for (const itemPer of ['line', 'sku']) {
			const rows = (await list(each.resource, { returnAll: true, itemPer })).filter(({ id }) => id === each.first);
			expect(rows.length).toBeGreaterThan(0);
			for (const simplify of [true, false]) {
				const { items, records } = await get({ itemPer, simplify });
				expect(records).toStrictEqual(rows);
				for (const { pairedItem } of items) expect(pairedItem).toEqual({ item: 0 });
			}
		}
	});

	test('with an empty item for what is missing: found in every row', async () => {
		await world.start();
		const options = { ifNotFound: 'emptyItem' };
		for (const itemPer of ['line', 'sku']) {
			const { records: rows } = await get({ itemPer });
			const { records } = await get({ itemPer, options });
			expect(records).toEqual(rows.map((row) => ({ ...row, found: true })));
			expect((await get({ itemPer, options }, 999)).records).toEqual([{ found: false }]);
		}
	});

	test('returns nothing for a record without lines, unless each input item is to have an item', async () => {
		await world.start();
		world.sendsAnything = true;
		world.uphance.changeRecord(each.path, each.first, { line_items: [] });
		const options = { ifNotFound: 'emptyItem' };
		const { records } = await get({ simplify: true, options });
		expect(records).toMatchObject([{ id: each.first, found: true }]);
		for (const itemPer of ['line', 'sku']) {
			expect((await get({ itemPer })).records).toEqual([]);
			expect((await get({ itemPer, options })).records).toEqual(records);
		}
	});
});

const factsOr = ({ resource, path, first }: Split) => ({
	resource,
	path,
	first,
	key: '',
	singular: '',
	count: 0,
	pages: 0,
});

describe('Sums', () => {
	test('the pieces of an order are those that Uphance counts', async () => {
		await world.start();
		const records = await raw('order');
		const rows = await list('order', { returnAll: true, itemPer: 'sku' });
		const lines = await list('order', { returnAll: true, itemPer: 'line' });
		let counted = 0;
		for (const record of records) {
			const of = (all: IDataObject[]) =>
				total(all.filter(({ id }) => id === record.id).map(({ quantity }) => quantity));
			const pieces = total(skusOf(record).map(({ size }) => size.quantity));
			expect([record.id, of(rows), of(lines)]).toEqual([record.id, pieces, pieces]);
			// Uphance's own example orders do not add up.
			if (record.total_quantity === pieces) counted += 1;
		}
		expect(counted).toBeGreaterThan(240);
	});

	test('the value of a month adds up as numbers', async () => {
		await world.start();
		const records = await raw('invoice');
		const month = (value: unknown) => String(value).slice(0, 7);
		const wanted = month(records.at(-1)?.created_at);
		const rows = (await list('invoice', { returnAll: true, itemPer: 'sku' })).filter(
			({ created_at }) => month(created_at) === wanted,
		);
		const expected = records
			.filter(({ created_at }) => month(created_at) === wanted)
			.flatMap(skusOf)
			.map(({ line, size }) => Number(line.unit_price) * Number(size.quantity));
		const sum = total(rows.map(({ line_total }) => line_total));
		expect(sum).toBeCloseTo(total(expected), 6);
		expect(sum).toBeGreaterThan(0);
	});
});

describe('product', () => {
	test('per color: names, prices as they come, sizes and sums', async () => {
		await world.start();
		const products = await raw('product');
		const rows = await list('product', { returnAll: true, itemPer: 'line' });
		const colors = products.flatMap((product) =>
			children(product, 'variations').map((variation) => ({ product, variation })),
		);
		expect(rows).toHaveLength(colors.length);
		for (const [index, row] of rows.entries()) {
			const { product, variation } = colors[index] ?? {};
			const skus = children(variation, 'skus');
			expect(row).toStrictEqual({
				product_id: product?.id,
				product_identifier: product?.product_identifier,
				name: product?.name,
				category: product?.category,
				season_id: product?.season_id,
				image_url: product?.image_url,
				variation_id: variation?.id,
				color: variation?.color,
				prices: variation?.prices,
				sizes: skus.map(({ size }) => size),
				in_stock: total(skus.map(({ in_stock }) => in_stock)),
				available_to_sell: total(skus.map(({ available_to_sell }) => available_to_sell)),
				available_to_sell_from_stock: total(
					skus.map(({ available_to_sell_from_stock }) => available_to_sell_from_stock),
				),
			});
			expect(keysOf(row)).toEqual(productKeys.line.split(' ').sort());
		}
	});

	test.each(['list', 'number'] as const)(
		'per SKU: a row for each size, with or without stock (season: %s)',
		async (seasonId) => {
			await world.start({ switches: { seasonId } });
			const products = await raw('product');
			world.uphance.clearLog();
			const rows = await list('product', { returnAll: true, itemPer: 'sku' });
			expect(world.asked('/products')).toEqual(['GET /products']);
			const skus = products.flatMap((product) =>
				children(product, 'variations').flatMap((variation) =>
					children(variation, 'skus').map((sku) => ({ product, variation, sku })),
				),
			);
			expect(rows).toHaveLength(skus.length);
			for (const [index, row] of rows.entries()) {
				const { product, variation, sku } = skus[index] ?? {};
				expect(keysOf(row)).toEqual(productKeys.sku.split(' ').sort());
				expect(row).toStrictEqual({
					product_id: product?.id,
					product_identifier: product?.product_identifier,
					name: product?.name,
					category: product?.category,
					season_id: [product?.season_id].flat(),
					variation_id: variation?.id,
					color: variation?.color,
					sku_id: sku?.id,
					sku_number: joined(sku?.sku_number),
					ean: joined(sku?.ean),
					size: sku?.size,
					in_stock: Number(sku?.in_stock),
					available_to_sell: Number(sku?.available_to_sell),
					available_to_sell_from_stock: Number(sku?.available_to_sell_from_stock),
					prices: variation?.prices,
				});
			}
		},
	);

	test('Limit counts products, Get gives the rows of one', async () => {
		await world.start();
		const [product] = await raw('product', { returnAll: false, limit: 1, newestFirst: false });
		for (const itemPer of ['line', 'sku']) {
			const rows = await list('product', { limit: 1, itemPer, newestFirst: false });
			const colors = children(product, 'variations');
			expect(rows).toHaveLength(
				itemPer === 'line' ? colors.length : colors.flatMap((each) => children(each, 'skus')).length,
			);
			const facts = { ...factsOf('product'), idParameter: 'productId' };
			const more = { itemPer, simplify: false };
			expect((await world.run({ parameters: getting(facts, 'id', product?.id, more) })).records).toStrictEqual(rows);
		}
	});

	test.each(['line', 'sku'])('malformed colors and sizes never crash (%s)', async (itemPer) => {
		await world.start();
		world.sendsAnything = true;
		for (const variations of [null, undefined, {}, 'text', [null, 5, 'a']]) {
			world.uphance.changeRecord('/products', 6409, { variations });
			expect(await list('product', { limit: 1, itemPer, newestFirst: false })).toEqual([]);
		}
		world.uphance.changeRecord('/products', 6409, { variations: [{ skus: null }, { id: 4, skus: [{}, null] }] });
		const rows = await list('product', { limit: 1, itemPer, newestFirst: false });
		expect(rows).toHaveLength(itemPer === 'line' ? 2 : 1);
		for (const row of rows) {
			const keys = itemPer === 'line' ? productKeys.line : productKeys.sku;
			expect(keysOf(row)).toEqual(keys.split(' ').sort());
			expect(Object.values(row)).not.toContain(undefined);
			expect(row).toMatchObject({ color: null, prices: null });
		}
	});
});

describe.each(sampled([...documents.map(({ resource }) => resource), 'product'], 6, 3))(
	'%s, by expression',
	(resource) => {
		test.each(['Line', 'lines', '', 7, null])('refuses %j in a sentence, before anything is sent', async (value) => {
			await world.start();
			const parameters = listing(resource, { itemPer: '={{ $json.per }}' });
			const { message, description } = await failureOf(world.run({ parameters, items: [{ per: value }] }));
			expect(message).toContain("'Return One Item Per'");
			expect(description).not.toBe('');
			expect(world.asked(`/${resource}`)).toEqual([]);
			expect(world.asked().filter((each) => each.includes('page='))).toEqual([]);
		});

		test('an expression can choose', async () => {
			await world.start();
			const parameters = listing(resource, { itemPer: '={{ $json.per }}', limit: 2, newestFirst: false });
			const { items } = await world.run({ parameters, items: [{ per: 'record' }, { per: 'line' }, { per: 'sku' }] });
			expect(items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toHaveLength(2);
			for (const [index, itemPer] of ['record', 'line', 'sku'].entries()) {
				const own = items.filter(({ pairedItem }) => JSON.stringify(pairedItem) === `{"item":${index}}`);
				expect(own.map(({ json }) => json)).toStrictEqual(
					await list(resource, { itemPer, limit: 2, newestFirst: false }),
				);
			}
		});
	},
);
