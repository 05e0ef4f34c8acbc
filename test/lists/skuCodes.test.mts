import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useWorld } from '../world.mts';
import { listing } from './listFacts.mts';

const world = useWorld({ starts: 'inTest' });

const rowsOf = async (resource: string, more: INodeParameters = {}) =>
	(await world.run({ parameters: listing(resource, { itemPer: 'sku', newestFirst: false, ...more }) })).records;
const looked: INodeParameters = { options: { lookUpSkuCodes: true } };
const codesOf = ({ sku_id, sku_number, ean }: IDataObject) => [sku_id, sku_number, ean];

/** The codes as Get Many of products has them, by the ID of the SKU. */
async function known(): Promise<Map<unknown, unknown[]>> {
	const skus = await rowsOf('product', { returnAll: true });
	return new Map(skus.map((row) => [row.sku_id, codesOf(row)]));
}

describe('Look Up SKU Number and EAN', () => {
	test.each(['order', 'invoice', 'creditNote', 'return'])(
		'fills in the codes that %s lines lack, from their products, and changes nothing else',
		async (resource) => {
			await world.start({ orders: 40 });
			const expected = await known();
			const without = await rowsOf(resource, { returnAll: true });
			expect(without.every(({ sku_number, ean }) => sku_number === null && ean === null)).toBe(true);
			const rows = await rowsOf(resource, { returnAll: true, ...looked });
			for (const row of rows) {
				expect(codesOf(row)).toEqual(expected.get(row.sku_id) ?? [row.sku_id, null, null]);
			}
			expect(rows.filter(({ ean }) => ean !== null).length).toBeGreaterThan(rows.length / 2);
			expect(rows.map((row) => ({ ...row, sku_number: null, ean: null }))).toEqual(without);
		},
	);

	test('reads a few products one by one, and each only once for all items', async () => {
		await world.start({ orders: 40 });
		const parameters = listing('order', { itemPer: 'sku', limit: 1, ...looked });
		const { records } = await world.run({ parameters, items: [{}, {}] });
		const products = new Set(records.map(({ product_id }) => product_id));
		expect(world.asked('/products').sort()).toEqual([...products].map((id) => `GET /products/${String(id)}`).sort());
	});

	test('reads the list of products once where there are more', async () => {
		await world.start({ orders: 40 });
		world.sendsAnything = true;
		const expected = await known();
		const skus = (await rowsOf('product', { returnAll: true })).filter(
			({ product_id }, index, all) => all.findIndex((other) => other.product_id === product_id) === index,
		);
		const line_items = skus.slice(0, 11).map(({ product_id, sku_id, size }, index) => ({
			...{ id: index, product_id, unit_price: '4.1' },
			line_quantities: [{ id: index, size, quantity: 1, sku_id }],
		}));
		const [order] = (await world.run({ parameters: listing('order', { limit: 1, simplify: false }) })).records;
		world.uphance.changeRecord('/sales_orders', Number(order?.id), { line_items });
		world.uphance.clearLog();
		const parameters = listing('order', { itemPer: 'sku', limit: 1, ...looked });
		const { records } = await world.run({ parameters, items: [{}, {}] });
		expect(records.map(codesOf)).toEqual([...records].map(({ sku_id }) => expected.get(sku_id)));
		expect(records).toHaveLength(22);
		const asked = world.asked('/products');
		expect(asked.length).toBeGreaterThan(0);
		expect(asked.filter((line) => /products\/\d/.test(line))).toEqual([]);
		expect(asked).toEqual([...new Set(asked)]);
	});

	test('of Get fills them in too', async () => {
		await world.start({ orders: 40 });
		const expected = await known();
		const [{ id } = {}] = await rowsOf('order', { limit: 1, newestFirst: true });
		const orderId = { __rl: true, mode: 'id', value: String(id) } as unknown as INodeParameters;
		const get = { resource: 'order', operation: 'get', orderId, itemPer: 'sku', ...looked };
		const { records } = await world.run({ parameters: get });
		expect(records.map(codesOf)).toEqual(records.map((row) => expected.get(row.sku_id)));
	});

	test.each([
		['order', { itemPer: 'line' }],
		['order', { itemPer: 'record' }],
		['order', { options: { lookUpSkuCodes: false } }],
		['order', { options: {} }],
	])('asks for no product of %s with %j', async (resource, more: INodeParameters) => {
		await world.start({ orders: 40 });
		await rowsOf(resource, { ...looked, ...more });
		expect(world.asked('/products')).toEqual([]);
	});

	test('leaves what Uphance sends, and asks for nothing if no code is missing', async () => {
		await world.start({ orders: 40 });
		const [ticket] = (await world.run({ parameters: listing('pickTicket', { limit: 1, simplify: false }) })).records;
		const sizes = [{ id: 1, size: 'S', quantity: 2, sku_id: 640901, sku_number: 'OWN', upc_number: '4006381333931' }];
		world.uphance.changeRecord('/pick_tickets', Number(ticket?.id), {
			line_items: [{ id: 1, product_id: 6409, unit_price: '4.1', line_quantities: sizes }],
		});
		world.sendsAnything = true;
		const rows = await rowsOf('pickTicket', { limit: 1, newestFirst: true, ...looked });
		expect(rows).toMatchObject([{ sku_number: 'OWN', ean: '4006381333931', line_total: 8.2 }]);
		expect(world.asked('/products')).toEqual([]);
	});

	test('leaves null where the product is gone', async () => {
		await world.start({ orders: 40 });
		world.sendsAnything = true;
		const [order] = (await world.run({ parameters: listing('order', { limit: 1, simplify: false }) })).records;
		const sizes = [{ id: 1, size: 'S', quantity: 3, sku_id: 1 }];
		world.uphance.changeRecord('/sales_orders', Number(order?.id), {
			line_items: [{ id: 1, product_id: 999999, unit_price: '4.1', line_quantities: sizes }],
		});
		const rows = await rowsOf('order', { limit: 1, newestFirst: true, ...looked });
		expect(rows).toMatchObject([{ sku_number: null, ean: null, line_total: 12.3 }]);
	});

	test.each([
		['order', 'sales orders'],
		['invoice', 'invoices'],
	])('is named in one hint, if all rows of %s lack the codes', async (resource, plural) => {
		await world.start({ orders: 40 });
		const run = async (more: INodeParameters) =>
			(await world.run({ parameters: listing(resource, { itemPer: 'sku', limit: 3, ...more }), items: [{}, {}] }))
				.hints;
		expect(await run({})).toEqual([
			{
				message: `The rows have no SKU numbers and EANs, because Uphance sends none with ${plural}. 'Look Up SKU Number and EAN' under Options fills them in from the products.`,
				location: 'outputPane',
			},
		]);
		for (const more of [looked, { options: { lookUpSkuCodes: false } }, { itemPer: 'line' }, { itemPer: 'record' }]) {
			expect(await run(more)).toEqual([]);
		}
	});

	test('of Get is named in a hint too', async () => {
		await world.start({ orders: 40 });
		const [{ id } = {}] = await rowsOf('order', { limit: 1, newestFirst: true });
		const orderId = { __rl: true, mode: 'id', value: String(id) } as unknown as INodeParameters;
		const { hints } = await world.run({ parameters: { resource: 'order', operation: 'get', orderId, itemPer: 'sku' } });
		expect(hints.map(({ message }) => message).join()).toContain("'Look Up SKU Number and EAN' under Options");
	});

	test('is not named where one row has a code, or where there are no rows', async () => {
		await world.start({ orders: 40 });
		world.sendsAnything = true;
		const [ticket] = (await world.run({ parameters: listing('pickTicket', { limit: 1, simplify: false }) })).records;
		const parameters = listing('pickTicket', { itemPer: 'sku', limit: 1 });
		const hintsWith = async (line_quantities: IDataObject[]) => {
			const line_items = [{ id: 1, product_id: 6409, unit_price: '4.1', line_quantities }];
			world.uphance.changeRecord('/pick_tickets', Number(ticket?.id), { line_items });
			return (await world.run({ parameters })).hints.map(({ message }) => message).join();
		};
		const size = { id: 1, size: 'S', quantity: 2, sku_id: 640901 };
		expect(await hintsWith([size, { ...size, sku_number: 'OWN' }])).not.toContain('Look Up');
		expect(await hintsWith([size, { ...size, upc_number: '4006381333931' }])).not.toContain('Look Up');
		expect(await hintsWith([])).not.toContain('Look Up');
		expect(await hintsWith([size, size])).toContain('Look Up');
	});

	test('takes no expression for anything but true and false', async () => {
		await world.start({ orders: 40 });
		await expect(rowsOf('order', { options: { lookUpSkuCodes: 'maybe' } })).rejects.toThrow(
			"'Look Up SKU Number and EAN' is neither true nor false",
		);
	});
});
