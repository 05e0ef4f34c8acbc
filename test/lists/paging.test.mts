import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ starts: 'inTest' });

const listing = (...pages: number[]) =>
	pages.map((page) => (page === 1 ? 'GET /sales_orders' : `GET /sales_orders page=${page}`));

/** The first pages, each but the first asked for by the last ID of the one before. */
const pagesUpTo = (last: number) =>
	Array.from(
		{ length: last },
		(_, index) => `GET /sales_orders${index > 0 ? ` since_id=${idAt(index * 100 - 1)}` : ''}`,
	);

/** Ids of the sandbox's orders by their position from the oldest: the two of Uphance's page, then every third number. */
const idAt = (index: number) => (index === 0 ? 9005 : 9042 + (index - 1) * 3);

const oldest = (count: number) => Array.from({ length: count }, (_, index) => idAt(index));
const newest = (count: number, of: number) => Array.from({ length: count }, (_, index) => idAt(of - 1 - index));

async function idsOf(parameters: INodeParameters): Promise<unknown[]> {
	const { records } = await world.run({ parameters });
	return records.map(({ id }) => id);
}

const answers = (page: number, body: object) =>
	world.uphance.fault({ path: '/sales_orders', page, kind: 'json', body, times: 100 });

describe('Return All', () => {
	test.each([
		[0, 1],
		[1, 1],
		[100, 1],
		[101, 2],
		[1250, 13],
	])('%i orders come in %i pages, in order, one request at a time', async (orders, pages) => {
		await world.start({ orders });
		expect(await idsOf({ returnAll: true })).toEqual(oldest(orders));
		expect(world.asked('/sales_orders')).toEqual(pagesUpTo(pages));
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(world.uphance.signIns()).toBe(1);
	});

	test('does not stop at Limit', async () => {
		await world.start({ orders: 101 });
		expect(await idsOf({ returnAll: true, limit: 1 })).toEqual(oldest(101));
	});
});

describe('Limit, oldest first', () => {
	test.each([
		[1, 1],
		[50, 1],
		[100, 1],
		[101, 2],
		[200, 2],
		[5000, 3],
	])('a limit of %i of 250 orders reads %i pages and no more', async (limit, pages) => {
		await world.start({ orders: 250 });
		expect(await idsOf({ limit, newestFirst: false })).toEqual(oldest(Math.min(limit, 250)));
		expect(world.asked('/sales_orders')).toEqual(pagesUpTo(pages));
	});
});

describe('Limit, newest first', () => {
	test.each([
		[50, 1250, [1, 13]],
		[51, 1250, [1, 13, 12]],
		[120, 1250, [1, 13, 12]],
		[150, 1250, [1, 13, 12]],
		[30, 250, [1, 3]],
		[10, 100, [1]],
		[10, 0, [1]],
	])('a limit of %i of %i orders reads the pages %j', async (limit, orders, pages) => {
		await world.start({ orders });
		expect(await idsOf({ limit, newestFirst: true })).toEqual(newest(Math.min(limit, orders), orders));
		expect(world.asked('/sales_orders')).toEqual(listing(...pages));
	});

	test('down to the oldest reads each page once: the last to be read is asked for by ID', async () => {
		await world.start({ orders: 250 });
		expect(await idsOf({ limit: 5000, newestFirst: true })).toEqual(newest(250, 250));
		expect(world.asked('/sales_orders')).toEqual([...listing(1, 3), 'GET /sales_orders since_id=9336']);
	});

	test('is the default: the 50 newest', async () => {
		await world.start({ orders: 1250 });
		expect(await idsOf({})).toEqual(newest(50, 1250));
	});

	test('of a list that does not say how many pages it has reads it to the end', async () => {
		await world.start();
		for (const page of [1, 2, 3]) {
			answers(page, { sales_orders: [{ id: page }], meta: { next_page: page < 3 ? page + 1 : null } });
		}
		expect(await idsOf({ limit: 2 })).toEqual([3, 2]);
	});
});

describe('Filters', () => {
	test('After ID goes on from there, oldest first, also with Newest First on', async () => {
		await world.start({ orders: 1250 });
		const filters = { since_id: '9042' };
		expect(await idsOf({ limit: 3, newestFirst: true, filters })).toEqual([9045, 9048, 9051]);
		expect(world.asked('/sales_orders')).toEqual(['GET /sales_orders since_id=9042']);
	});

	test.each([
		['since_id', ' 9042 ', '9042'],
		['since_id', 9042, '9042'],
		['by_order_number', ' 101 ', '101'],
		['by_order_number', 101, '101'],
		['by_purchase_order_ref', ' PO 7&page=3/ü ', 'PO 7&page=3/ü'],
		['by_shipment_number', ' 40004', '40004'],
	])('%s %j goes out as %j and nothing else', async (name, typed, sent) => {
		await world.start({ orders: 20 });
		await world.run({ parameters: { filters: { [name]: typed } } });
		const queries = world.uphance.log().filter(({ path }) => path === '/sales_orders');
		expect(queries.map(({ query }) => query)).toEqual([{ [name]: sent }]);
	});

	test('finds the order with a number', async () => {
		await world.start();
		expect(await idsOf({ filters: { by_order_number: '102' } })).toEqual([9042]);
	});

	test('stay on every page', async () => {
		await world.start({ orders: 250 });
		expect(await idsOf({ returnAll: true, filters: { since_id: '9005' } })).toEqual(oldest(250).slice(1));
		expect(world.asked('/sales_orders')).toEqual([
			'GET /sales_orders since_id=9005',
			'GET /sales_orders since_id=9339',
			'GET /sales_orders since_id=9639',
		]);
	});

	test.each([
		[{}],
		[{ since_id: '', by_order_number: '', by_purchase_order_ref: '', by_shipment_number: '' }],
		[{ since_id: '  ', by_order_number: ' ', by_purchase_order_ref: '\t', by_shipment_number: '\n' }],
	])('left blank (%j) are never sent', async (filters) => {
		await world.start({ orders: 20 });
		expect(await idsOf({ filters })).toEqual(newest(20, 20));
		expect(world.asked('/sales_orders')).toEqual(['GET /sales_orders']);
	});
});

describe('Hints', () => {
	test('say how many records came, in how many pages, from where', async () => {
		await world.start({ orders: 1250 });
		const { hints } = await world.run({ parameters: { returnAll: true } });
		expect(hints.map(({ message }) => message)).toEqual(['1,250 sales orders in 13 pages from Uphance Demo (9579)']);
	});

	test('do not appear after a single page, nor for each of many items', async () => {
		await world.start({ orders: 250 });
		const { hints } = await world.run({ parameters: { newestFirst: false } });
		const ofTwo = await world.run({ parameters: { returnAll: true }, items: [{}, {}] });
		expect([hints, ofTwo.hints]).toEqual([[], []]);
	});

	const messagesOf = async (parameters: INodeParameters) =>
		(await world.run({ parameters })).hints.map(({ message }) => message);

	test('say of rows how many records they are, and that there are more', async () => {
		await world.start({ orders: 250 });
		const { items } = await world.run({ parameters: { itemPer: 'sku', newestFirst: false } });
		const options = { lookUpSkuCodes: false };
		expect(await messagesOf({ itemPer: 'sku', newestFirst: false, options })).toEqual([
			`${items.length} SKUs of 50 sales orders; 'Limit' left out the rest`,
		]);
		const lines = await world.run({ parameters: { itemPer: 'line', limit: 60 } });
		expect(lines.hints.map(({ message }) => message)).toEqual([
			`${lines.items.length} line items of 60 sales orders in 2 pages from Uphance Demo (9579); 'Limit' left out the rest`,
		]);
		const one = await world.run({ parameters: { itemPer: 'line', limit: 1, newestFirst: false } });
		expect(one.hints.map(({ message }) => message)).toEqual([
			`${one.items.length} line item${one.items.length === 1 ? '' : 's'} of 1 sales order; 'Limit' left out the rest`,
		]);
	});

	test('say so too where the limit ends with a page, and nothing where nothing is left', async () => {
		await world.start({ orders: 250 });
		const [atEnd] = await messagesOf({ itemPer: 'sku', limit: 100, newestFirst: false });
		expect(atEnd).toMatch(/^[\d,]+ SKUs of 100 sales orders; 'Limit' left out the rest$/);
		const [newest] = await messagesOf({ itemPer: 'sku', limit: 50 }); // the last page has fifty
		expect(newest).toMatch(/^[\d,]+ SKUs of 50 sales orders; 'Limit' left out the rest$/);
		const filters = { createdAfter: '2000-01-01' };
		const [unknown] = await messagesOf({ itemPer: 'sku', limit: 100, newestFirst: false, filters });
		expect(unknown).toMatch(/^[\d,]+ SKUs of 100 sales orders; 'Limit' may have left out more$/);
		const [whole] = await messagesOf({ itemPer: 'sku', limit: 250 });
		expect(whole).toMatch(/^[\d,]+ SKUs of 250 sales orders in 3 pages from Uphance Demo \(9579\)$/);
		const [all] = await messagesOf({ itemPer: 'sku', returnAll: true });
		expect(all).toMatch(/^[\d,]+ SKUs of 250 sales orders in 3 pages from Uphance Demo \(9579\)$/);
	});

	test.each<[INodeParameters, string]>([
		[
			{ filters: { by_order_number: '77777' } },
			"No sales orders with Order Number '77777' in Uphance Demo (9579). Check the filters, or choose another 'Organisation Name or ID' under Options.",
		],
		[
			{ filters: { createdAfter: '2090-01-01', by_purchase_order_ref: '', by_shipment_number: '9' }, itemPer: 'sku' },
			"No sales orders with Created After '2090-01-01' and Shipment Number '9' in Uphance Demo (9579). Check the filters, or choose another 'Organisation Name or ID' under Options.",
		],
		[
			{ resource: 'customer', filters: { search: 'nobody' } },
			"No customers with Search 'nobody' in Uphance Demo (9579). Check the filters, or choose another 'Organisation Name or ID' under Options.",
		],
		[
			{ resource: 'vendorInvoice', filters: { by_q: 'none', by_invoice_state: ['open', 'closed'] } },
			"No vendor invoices with Invoice States 'open, closed' and Search 'none' in Uphance Demo (9579). Check the filters, or choose another 'Organisation Name or ID' under Options.",
		],
	])('say what was looked for, and where, when there is nothing: %j', async (parameters, message) => {
		await world.start({ orders: 20 });
		expect(await messagesOf(parameters)).toEqual([message]);
	});

	test('say where nothing was found without any filter', async () => {
		await world.start({ orders: 20 });
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body: { sales_orders: [], meta: { next_page: null } } });
		expect(await messagesOf({})).toEqual([
			"No sales orders in Uphance Demo (9579). Check what the Uphance user may see, or choose another 'Organisation Name or ID' under Options.",
		]);
	});

	test('say what takes less memory, from 10,001 whole records on', async () => {
		await world.start({ orders: 10_001, keepsPages: true });
		const hintsOf = async (parameters: INodeParameters) =>
			(await world.run({ parameters })).hints.filter(({ type }) => type === 'warning').map(({ message }) => message);
		expect(await hintsOf({ returnAll: true, simplify: false })).toEqual([
			"n8n holds all 10,001 items in memory. To use less memory, use 'Simplify', 'Return One Item Per' SKU, 'Filters', 'Limit' with 'After ID' in a loop (with an If node: Loop Over Items starts too late).",
		]);
		expect(await hintsOf({ limit: 10_000, newestFirst: false, simplify: false })).toEqual([]);
		expect(await hintsOf({ returnAll: true })).toEqual([]);
	}, 60_000);

	test('say what takes less memory, from 50,001 small items on', async () => {
		await world.start({ styles: 4_010, keepsPages: true }); // of 12 or 13 SKUs each
		const parameters = { resource: 'product', itemPer: 'sku' };
		const { items, hints } = await world.run({ parameters: { ...parameters, returnAll: true } });
		const count = items.length.toLocaleString('en');
		expect(count).toMatch(/^50,/);
		expect(hints.at(-1)).toMatchObject({
			type: 'warning',
			message: `n8n holds all ${count} items in memory. To use less memory, use 'Filters'.`,
		});
		const fewer = await world.run({ parameters: { ...parameters, limit: 3_990 } });
		expect(fewer.items.length.toLocaleString('en')).toMatch(/^49,/);
		expect(fewer.hints.filter(({ type }) => type === 'warning')).toEqual([]);
	}, 60_000);
});

describe('Unexpected answers', () => {
	test('a next page that does not advance ends with an explanation after the page that names it', async () => {
		await world.start({ orders: 1250 });
		world.uphance.fault({ path: '/sales_orders', skip: 1, kind: 'stuckNextPage', times: 100 });
		const { message, description } = await failureOf(world.run({ parameters: { returnAll: true } }));
		expect(message).toContain('page 1 as the one after page 1');
		expect(description).toContain('never end');
		expect(world.asked('/sales_orders')).toEqual(pagesUpTo(2));
	});

	test('so does one of a list that is read by number', async () => {
		await world.start({ orders: 1250 });
		world.uphance.fault({ path: '/returns', page: 2, kind: 'stuckNextPage', times: 100 });
		const { message } = await failureOf(world.run({ parameters: { resource: 'return', returnAll: true } }));
		expect(message).toContain('page 2 as the one after page 2');
		expect(world.asked('/returns')).toEqual(['GET /returns', 'GET /returns page=2']);
	});

	test('return a record once that moved to the next page', async () => {
		await world.start();
		answers(1, { sales_orders: [{ id: 1 }, { id: 2 }], meta: { next_page: 2, total_pages: 2 } });
		answers(2, { sales_orders: [{ id: 2 }, { id: 3 }], meta: { next_page: null, total_pages: 2 } });
		expect(await idsOf({ returnAll: true })).toEqual([1, 2, 3]);
		expect(await idsOf({ limit: 3, newestFirst: false })).toEqual([1, 2, 3]);
		expect(await idsOf({ limit: 3, newestFirst: true })).toEqual([3, 2, 1]);
	});

	test.each([[{ returnAll: true }], [{ newestFirst: true }]])(
		'without meta are taken as one page, with %j',
		async (parameters) => {
			await world.start();
			answers(1, { sales_orders: [{ id: 1 }] });
			expect(await idsOf(parameters)).toEqual([1]);
			expect(world.asked('/sales_orders')).toEqual(['GET /sales_orders']);
		},
	);
});

describe('A list that shrinks while it is read', () => {
	const whileThirdPage = async (path: string, parameters: INodeParameters, act: () => void): Promise<unknown[]> => {
		world.uphance.clearLog();
		world.uphance.fault({ path, skip: 2, kind: 'slow', milliseconds: 150 });
		const reading = idsOf({ ...parameters, returnAll: true });
		await until(() => world.asked(path).length === 3);
		act();
		return await reading;
	};

	test('at its end, ends with what was read', async () => {
		await world.start({ orders: 350 });
		const ids = await whileThirdPage('/sales_orders', {}, () => world.uphance.setOrders(9579, 200));
		expect(ids).toEqual(oldest(200));
	});

	test('together with the last record that was read, fails: another organisation would look the same', async () => {
		await world.start({ orders: 350 });
		const reading = whileThirdPage('/sales_orders', {}, () => world.uphance.setOrders(9579, 120));
		const { message } = await failureOf(reading);
		expect(message).toBe('Uphance sent an empty page although there are more when asked to list sales orders');
	});

	test.each([
		['order', 0, '/sales_orders'],
		['order', 150, '/sales_orders'],
		['return', 0, '/returns'],
		['return', 150, '/returns'],
	])('is complete all the same: %s, 90 of them from record %i on', async (resource, from, path) => {
		await world.start({ orders: 350 });
		const before = await idsOf({ resource, returnAll: true });
		const gone = before.slice(from, from + 90);
		const ids = await whileThirdPage(path, { resource }, () => {
			for (const id of gone) world.uphance.deleteRecord(path, Number(id));
		});
		expect(ids).toEqual([...new Set(ids)]);
		expect(ids.filter((id) => !gone.includes(id))).toEqual(before.filter((id) => !gone.includes(id)));
	});
});
