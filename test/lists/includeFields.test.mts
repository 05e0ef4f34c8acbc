import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { sampled } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';
import { facts, factsOf, getting, listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

const list = async (resource: string, more: INodeParameters = {}) =>
	(await world.run({ parameters: listing(resource, { limit: 3, newestFirst: false, ...more }) })).records;
const also = (includeFields: unknown): INodeParameters => ({ options: { includeFields } }) as INodeParameters;
const simplified = ['order', ...facts.filter(({ simple }) => simple).map(({ resource }) => resource)];
const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const children = (record: IDataObject | undefined, name: string): IDataObject[] => {
	const value: unknown = record?.[name];
	return Array.isArray(value) ? value.filter(isRecord) : [];
};

describe.each(sampled(simplified, 6, 2))('%s', (resource) => {
	test('keeps every included field as Uphance sends it', async () => {
		await world.start();
		const records = await list(resource, { simplify: false });
		const short = await list(resource);
		const names = Object.keys(records[0] ?? {});
		const kept = await list(resource, also(names.join(', ')));
		expect(kept).toHaveLength(records.length);
		for (const [index, record] of kept.entries()) {
			const added = names.filter((name) => !(name in (short[index] ?? {})));
			expect(added.length).toBeGreaterThan(0);
			expect(record).toStrictEqual({
				...short[index],
				...Object.fromEntries(added.map((name) => [name, records[index]?.[name] ?? null])),
			});
		}
	});

	test.each(['', '  ', ',', ' , ,, '])('blanks %j change nothing', async (text) => {
		await world.start();
		expect(await list(resource, also(text))).toStrictEqual(await list(resource));
	});

	test('unknown names are null in every record, names of objects’ own too', async () => {
		await world.start();
		const short = await list(resource);
		const kept = await list(resource, also('nope,  toString ,, constructor,nope, a.b'));
		expect(kept).toStrictEqual(
			short.map((record) => ({
				...record,
				nope: null,
				...Object.fromEntries(['toString', 'constructor', 'a.b'].map((name) => [name, null])),
			})),
		);
	});

	test('names that are there already change nothing', async () => {
		await world.start();
		const short = await list(resource);
		const names = Object.keys(short[0] ?? {}).join(',');
		expect(await list(resource, also(names))).toStrictEqual(short);
	});

	test('is ignored when Simplify is off', async () => {
		await world.start();
		const records = await list(resource, { simplify: false });
		expect(await list(resource, { simplify: false, ...also('nope, line_items') })).toStrictEqual(records);
	});
});

test('keeps nested values whole', async () => {
	await world.start();
	const [whole] = await list('order', { simplify: false });
	const [record] = await list('order', also('line_items, total_quantity'));
	expect(record?.line_items).toStrictEqual(whole?.line_items);
	expect(record?.total_quantity).toBe(whole?.total_quantity);
});

test('treats __proto__ as any other name', async () => {
	await world.start();
	const [short] = await list('order');
	const [record] = await list('order', also('__proto__'));
	expect(record).toMatchObject(short ?? {});
	expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
});

test.each([null, ['a'], { a: 1 }])(
	'an expression with the value %j is refused with a message or changes nothing',
	async (value) => {
		await world.start();
		const parameters = listing('order', also('={{ $json.names }}'));
		const { message, description } = await failureOf(world.run({ parameters, items: [{ names: value }] }));
		expect(message).toContain("'Also Return'");
		expect(description).not.toBe('');
	},
);

describe('Rows', () => {
	test('a name is looked for in size, then line, then record', async () => {
		await world.start();
		world.sendsAnything = true;
		const size = { id: 1, quantity: 2, mark: 'size' };
		const bare = { id: 2, quantity: 1 };
		world.uphance.changeRecord('/sales_orders', 9005, {
			mark: 'record',
			deep: { a: [1] },
			line_items: [
				{ id: 1, mark: 'line', weight: '0.3', line_quantities: [size, bare] },
				{ id: 2, line_quantities: [bare] },
			],
		});
		const wanted = also('mark, weight, deep, nope, quantity, id');
		const rows = await list('order', { limit: 1, itemPer: 'sku', ...wanted });
		expect(rows.map(({ mark, weight, deep, nope, quantity, id }) => [mark, weight, deep, nope, quantity, id])).toEqual([
			['size', '0.3', { a: [1] }, null, 2, 9005],
			['line', '0.3', { a: [1] }, null, 1, 9005],
			['record', null, { a: [1] }, null, 1, 9005],
		]);
		const lines = await list('order', { limit: 1, itemPer: 'line', ...wanted });
		expect(lines.map(({ mark, weight, quantity, id }) => [mark, weight, quantity, id])).toEqual([
			['line', '0.3', 3, 9005],
			['record', null, 1, 9005],
		]);
	});

	test('of products: size, then color, then product', async () => {
		await world.start();
		const [product] = await list('product', { simplify: false });
		const rows = await list('product', {
			limit: 1,
			itemPer: 'sku',
			simplify: false,
			...also('textile_content,description,nope'),
		});
		const expected = children(product, 'variations').flatMap((variation) =>
			children(variation, 'skus').map(() => [variation.textile_content, product?.description, null]),
		);
		expect(rows.map(({ textile_content, description, nope }) => [textile_content, description, nope])).toEqual(
			expected,
		);
	});
});

test('Get applies it with Simplify and with rows, and not without', async () => {
	await world.start();
	const facts = { ...factsOf('invoice'), idParameter: 'invoiceId' };
	const get = async (more: INodeParameters) =>
		(await world.run({ parameters: getting(facts, 'id', facts.first, more) })).records;
	const [whole] = await get({});
	const [short] = await get({ simplify: true });
	expect(await get({ simplify: true, ...also('line_items, nope') })).toStrictEqual([
		{ ...short, line_items: whole?.line_items, nope: null },
	]);
	expect(await get(also('nope'))).toStrictEqual([whole]);
	const rows = await get({ itemPer: 'sku' });
	expect(await get({ itemPer: 'sku', ...also('line_items, nope') })).toStrictEqual(
		rows.map((row) => ({ ...row, line_items: whole?.line_items, nope: null })),
	);
});
