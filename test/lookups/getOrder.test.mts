import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import documented from '../../sandbox/uphance/documented/salesOrders.json';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const [barneys, closing] = documented.sales_orders;

const getting = (mode: string, value: unknown, more: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'get',
	orderId: { __rl: true, mode, value } as unknown as INodeParameters,
	...more,
});

const emptyItem = { options: { ifNotFound: 'emptyItem' } };

async function start(switches: Partial<Switches> = {}, orders = 250): Promise<void> {
	await world.start({ switches, orders });
}

/** A user with two organisations, who has signed in. */
async function startWithTwoOrganisations(): Promise<void> {
	await world.start({}, groupForm);
	await get('id', '9005');
	world.uphance.clearLog();
}

const get = async (mode: string, value: unknown, more: INodeParameters = {}): Promise<IDataObject[]> =>
	(await world.run({ parameters: getting(mode, value, more) })).records;

const idsOf = (records: IDataObject[]) => records.map(({ id }) => id);
const refusalOf = async (mode: string, value: unknown, more: INodeParameters = {}) =>
	await failureOf(get(mode, value, more));
const asked = () => world.asked('/sales_orders');

describe('By ID', () => {
	test.each(['singular', 'plural', 'list', 'bare'] as const)(
		'returns the record unchanged from the envelope "%s"',
		async (single) => {
			await start({ single, orderNumber: 'number' });
			expect(JSON.stringify(await get('id', '9005'))).toBe(JSON.stringify([barneys]));
			expect(asked()).toEqual(['GET /sales_orders/9005']);
		},
	);

	test.each([
		['list', 9005],
		['list', '9005'],
		['id', '9005'],
		['id', 9005],
		['id', ' 9005 '],
		['id', 'https://app.uphance.com/sales_orders/9005'],
		['id', ' https://app.uphance.com/sales_orders/9005/ '],
	])('chosen by %s as %j', async (mode, value) => {
		await start();
		expect(idsOf(await get(mode, value))).toEqual([9005]);
		expect(asked()).toEqual(['GET /sales_orders/9005']);
	});

	test.each(['abc', '#101', '9005.5', '-1', 'https://app.uphance.com/customers/9005', '../organisations'])(
		'%j is refused with a sentence, and nothing is sent',
		async (value) => {
			await start();
			const { message, description } = await refusalOf('id', value);
			expect(message).toContain("'Sales Order'");
			expect(message).toContain(value);
			expect(description).toContain('9005');
			expect(asked()).toEqual([]);
		},
	);

	test.each([
		['list', ''],
		['id', '  '],
		['number', ''],
		['purchaseOrderRef', ' '],
		['id', '={{ $json.nowhere }}'],
		['number', '={{ null }}'],
		['purchaseOrderRef', '={{ [] }}'],
	])('or anything else, left empty (%s %j), is refused, and nothing is sent', async (mode, value) => {
		await start();
		const { message } = await refusalOf(mode, value, emptyItem);
		expect(message).toContain("'Sales Order'");
		expect(asked()).toEqual([]);
	});

	test.each(['empty', 'json', 'status'] as const)(
		'of no order fails with the organisation (404: %s)',
		async (notFoundBody) => {
			await start({ notFoundBody });
			const { message, description } = await refusalOf('id', '4711');
			expect(message).toMatch(/^No sales order has the ID '?4711'?$/);
			expect(description).toContain('Looked in organisation Uphance Demo (9579)');
		},
	);

	test('an answer with another order than asked for is refused', async () => {
		await start();
		const body = { sales_order: { ...closing } };
		world.uphance.fault({ path: '/sales_orders/9005', kind: 'json', body, times: 100 });
		const { message } = await refusalOf('id', '9005');
		expect(message).toContain('unexpected answer');
		await refusalOf('id', '9005', emptyItem);
	});

	test('an order of a foreign organisation is never emitted', async () => {
		await startWithTwoOrganisations();
		const body = { sales_order: { ...barneys, organisation_id: 9601 } };
		world.uphance.fault({ path: '/sales_orders/9005', kind: 'json', body, times: 100 });
		const { message } = await refusalOf('id', '9005', emptyItem);
		expect(message).toContain('9601');
		expect(message).toContain('Uphance Demo (9579)');
	});
});

describe('By number', () => {
	test.each(['101', 101, '#101', ' #101 ', '={{ "101" }}', '={{ 101 }}'])('%j finds the order', async (value) => {
		await start();
		expect(idsOf(await get('number', value))).toEqual([9005]);
		expect(asked()).toEqual(['GET /sales_orders by_order_number=101']);
	});

	test('finds it also where Uphance sends numbers', async () => {
		await start({ orderNumber: 'number' });
		expect(idsOf(await get('number', '102'))).toEqual([9042]);
	});

	test.each([
		['101', 9005],
		['300', 9636],
		['1350', 12786],
	])('%s is found although Uphance ignores the filter', async (number, id) => {
		await start({ ignoresFilters: true }, 1250);
		expect(idsOf(await get('number', number))).toEqual([id]);
	});

	test.each([true, false])(
		'of no order fails, and never returns the first order of all (filters ignored: %j)',
		async (ignores) => {
			await start({ ignoresFilters: ignores });
			const { message, description } = await refusalOf('number', '4711');
			expect(message).toBe("No sales order has the number '4711'");
			expect(description).toContain('Looked in organisation Uphance Demo (9579)');
			expect(description).not.toContain("'By ID'");
		},
	);

	test('that is the ID of another order says so, at the cost of one request', async () => {
		await start();
		const { message, description } = await refusalOf('number', '9005');
		expect(message).toBe("No sales order has the number '9005'");
		expect(description).toContain('Looked in organisation Uphance Demo (9579)');
		expect(description).toMatch(/9005 is the ID of order 101\b.*choose 'By ID'/);
		expect(asked()).toEqual(['GET /sales_orders by_order_number=9005', 'GET /sales_orders/9005']);
	});

	test('is still not found when the request by ID fails', async () => {
		await start();
		world.uphance.fault({ path: '/sales_orders/9005', kind: 'status', status: 500, times: 100 });
		const { message } = await refusalOf('number', '9005');
		expect(message).toBe("No sales order has the number '9005'");
	});

	test('of an order that comes on two pages, because it moved, is one order', async () => {
		await start();
		const body = (next_page: number | null) => ({ sales_orders: [barneys], meta: { next_page, total_pages: 2 } });
		world.uphance.fault({ path: '/sales_orders', page: 1, kind: 'json', body: body(2) });
		world.uphance.fault({ path: '/sales_orders', page: 2, kind: 'json', body: body(null) });
		expect(idsOf(await get('number', '101'))).toEqual([9005]);
	});
});

describe('By purchase order ref', () => {
	test.each(['exact', 'contains'] as const)(
		'the order with exactly this text is found (filter: %s)',
		async (filter) => {
			await start({ referenceFilter: filter }, 1250);
			expect(idsOf(await get('purchaseOrderRef', ' PO-1010 '))).toEqual([9069]);
			expect(idsOf(await get('purchaseOrderRef', 'PO234'))).toEqual([9005]);
			expect(asked()[0]).toBe('GET /sales_orders by_purchase_order_ref=PO-1010');
		},
	);

	test.each(['PO-10', 'po-1010', '1010', 'PO234 '.repeat(2)])('%j yields none that only contains it', async (value) => {
		await start({ referenceFilter: 'contains' });
		const { message, description } = await refusalOf('purchaseOrderRef', value);
		expect(message).toBe(`No sales order has the purchase order ref '${value.trim()}'`);
		expect(description).toContain('Uphance Demo (9579)');
		expect(await get('purchaseOrderRef', value, emptyItem)).toEqual([{ found: false }]);
	});

	test('is found although Uphance ignores the filter', async () => {
		await start({ ignoresFilters: true }, 1250);
		expect(idsOf(await get('purchaseOrderRef', 'PO-1200'))).toEqual([9042 + 199 * 3]);
		expect(await get('purchaseOrderRef', 'PO-9999', emptyItem)).toEqual([{ found: false }]);
	});

	test.each([{}, emptyItem])('that two orders have names both and returns none, with %j', async (more) => {
		await start();
		const body = { sales_orders: [barneys, { ...closing, purchase_order_ref: 'PO234' }] };
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body, times: 100 });
		const { message, description } = await refusalOf('purchaseOrderRef', 'PO234', more);
		expect(message).toContain("2 sales orders have the purchase order ref 'PO234'");
		expect(`${message} ${description}`).toMatch(/101\b.*102\b/);
		expect(`${message} ${description}`).toMatch(/9005\b.*9042\b/);
	});

	test('a number as text is one, too', async () => {
		await start();
		const body = { sales_orders: [{ ...barneys, purchase_order_ref: '100001' }] };
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body });
		expect(idsOf(await get('purchaseOrderRef', 100001))).toEqual([9005]);
	});

	test('with characters of addresses goes out as it is', async () => {
		await start();
		await get('purchaseOrderRef', 'PO 7&page=3/ü#', emptyItem);
		const queries = world.uphance.log().filter(({ path }) => path === '/sales_orders');
		expect(queries[0]?.query).toEqual({ by_purchase_order_ref: 'PO 7&page=3/ü#' });
	});
});

describe('If not found, an empty item', () => {
	test.each(['empty', 'json', 'status'] as const)('says that there is none (404: %s)', async (notFoundBody) => {
		await start({ notFoundBody });
		expect(await get('id', '4711', emptyItem)).toEqual([{ found: false }]);
		expect(await get('number', '4711', emptyItem)).toEqual([{ found: false }]);
		expect(await get('purchaseOrderRef', 'PO-4711', emptyItem)).toEqual([{ found: false }]);
	});

	test('says so after an empty list for one order, too', async () => {
		await start();
		world.uphance.fault({ path: '/sales_orders/9005', kind: 'json', body: { sales_orders: [] }, times: 100 });
		expect(await get('id', '9005', emptyItem)).toEqual([{ found: false }]);
	});

	test('or the record, with "found" so that an If node can branch', async () => {
		await start({ orderNumber: 'number' });
		expect(await get('id', '9005', emptyItem)).toEqual([{ ...barneys, found: true }]);
		expect(await get('number', '101', emptyItem)).toEqual([{ ...barneys, found: true }]);
	});

	test('without the option there is no "found"', async () => {
		await start();
		expect((await get('id', '9005'))[0]).not.toHaveProperty('found');
		expect((await get('id', '9005', { options: { ifNotFound: 'error' } }))[0]).not.toHaveProperty('found');
	});

	const outages: Array<Omit<Fault, 'path'>> = [
		{ kind: 'status', status: 500 },
		{ kind: 'status', status: 503 },
		{ kind: 'status', status: 403 },
		{ kind: 'status', status: 422 },
		{ kind: 'drop' },
		{ kind: 'empty' },
		{ kind: 'malformed' },
		{ kind: 'redirect' },
		{ kind: 'json', body: {} },
		{ kind: 'json', body: { error: 'Not found' } },
	];
	test.each(outages)('is not returned when Uphance fails (%j)', async (fault) => {
		await start();
		for (const path of ['/sales_orders', '/sales_orders/9005']) {
			world.uphance.fault({ ...fault, path, times: 100 });
		}
		for (const [mode, value] of [
			['id', '9005'],
			['number', '101'],
			['purchaseOrderRef', 'PO234'],
		] as const) {
			const { message } = await refusalOf(mode, value, emptyItem);
			expect(message).toContain('Uphance');
			expect(message).not.toContain('No sales order');
		}
	});

	test('is not returned when the sign-in fails', async () => {
		await start();
		world.uphance.fault({ path: '/oauth/token', kind: 'status', status: 404, times: 100 });
		const { message } = await refusalOf('id', '9005', emptyItem);
		expect(message).not.toContain('No sales order');
	});

	test.each(['id', 'number'])('is not returned when the organisation cannot be registered (by %s)', async (mode) => {
		await startWithTwoOrganisations();
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'status', status: 404, times: 100 });
		const { message } = await refusalOf(mode, '4711', emptyItem);
		expect(message).toContain('Uphance Demo (9579)');
		expect(message).not.toContain('No sales order');
		expect(asked()).toHaveLength(1);
	});

	test.each([
		['id', '4711', /^No sales order has the ID '?4711'?$/],
		['number', '4711', /^No sales order has the number '4711'$/],
	])('is not the default (by %s)', async (mode, value, sentence) => {
		await start();
		expect((await refusalOf(mode, value)).message).toMatch(sentence);
		expect((await refusalOf(mode, value, { options: { ifNotFound: 'error' } })).message).toMatch(sentence);
	});
});

describe('The organisation', () => {
	async function groupUser(outlet: number): Promise<void> {
		const organisations = [
			{ id: 9579, name: 'Uphance Demo', orders: 250 },
			{ id: 9601, name: 'Uphance Outlet', orders: outlet },
		];
		await world.start({ organisations }, groupForm);
		await world.run();
		world.uphance.clearLog();
	}

	test.each([
		['id', '9005', 250],
		['id', '9005', 0],
		['number', '101', 250],
		['number', '101', 0],
		['purchaseOrderRef', 'PO234', 250],
		['purchaseOrderRef', 'PO234', 0],
	])(
		'that someone switches just before the request is put right: by %s, %s, %i in the other',
		async (mode, value, outlet) => {
			await groupUser(outlet);
			const path = mode === 'id' ? '/sales_orders/9005' : '/sales_orders';
			world.uphance.fault({ path, kind: 'status', status: 503 });
			Object.assign(limits, { initialDelayMs: 200 });
			const running = get(mode, value, emptyItem);
			await until(() => world.asked(path).length === 1);
			world.uphance.switchOrganisation(group.email, 9601);
			expect(await running).toMatchObject([{ id: 9005, organisation_id: 9579, found: true }]);
		},
	);

	test.each(['id', 'number'])('that someone switches does not hide the order: by %s', async (mode) => {
		await groupUser(250);
		world.uphance.switchOrganisation(group.email, 9601);
		expect(await get(mode, '4711', emptyItem)).toEqual([{ found: false }]);
	});

	test.each([
		['id', '9601000', '/sales_orders/9601000'],
		['number', '101', '/sales_orders'],
	])('stays the chosen one when the session ends on the way: by %s', async (mode, value, path) => {
		await groupUser(250);
		world.uphance.fault({ path, kind: 'expireFirst' });
		const options = { organisationId: '9601', ifNotFound: 'emptyItem' };
		expect(await get(mode, value, { options })).toMatchObject([{ id: 9601000, organisation_id: 9601, found: true }]);
		expect(world.asked('/oauth/token')).toHaveLength(1);
	});

	test('under Options is where the order is looked up, and is named', async () => {
		await groupUser(250);
		const options = { organisationId: '9601' };
		expect(await get('number', '101', { options })).toMatchObject([{ id: 9601000, organisation_id: 9601 }]);
		const { message, description } = await refusalOf('id', '9005', { options });
		expect(message).toMatch(/^No sales order has the ID '?9005'?$/);
		expect(description).toContain('Looked in organisation Uphance Outlet (9601)');
		expect(world.asked('/organisations/set_current_org').length % 2).toBe(0);
	});
});

describe('Simplify', () => {
	test('leaves the ten fields of Get Many', async () => {
		await start();
		const simple = {
			id: 9005,
			order_number: '101',
			purchase_order_ref: 'PO234',
			status: null,
			company_id: 9498,
			company_name: 'Barneys',
			fulfillment_status: 'nothing_shipped',
			grand_total: 56.76,
			currency: 'GBP',
			created_at: '2018-11-01T20:51:14.000+00:00',
		};
		expect(await get('id', '9005', { simplify: true })).toStrictEqual([simple]);
		expect(await get('number', '101', { simplify: true })).toStrictEqual([simple]);
		expect(await get('number', '101', { simplify: true, ...emptyItem })).toEqual([{ ...simple, found: true }]);
		expect(await get('number', '4711', { simplify: true, ...emptyItem })).toEqual([{ found: false }]);
	});

	test('is off by default: the next node needs the lines', async () => {
		await start();
		expect((await get('number', '101'))[0]).toHaveProperty('line_items.0.line_quantities.0.sku_id', 7436);
	});
});

describe('Several items', () => {
	const parameters = getting('id', '={{ $json.order }}');

	test('each come with their own order and link', async () => {
		await start();
		const items = [{ order: 9042 }, { order: '9005' }, { order: 9042 }];
		const ran = await world.run({ parameters, items });
		expect(ran.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[9042, { item: 0 }],
			[9005, { item: 1 }],
			[9042, { item: 2 }],
		]);
		expect(world.uphance.signIns()).toBe(1);
	});

	test('have one item for each, also where nothing was found', async () => {
		await start();
		const items = [{ order: 9042 }, { order: 4711 }, { order: 9005 }];
		const ran = await world.run({ parameters: { ...parameters, ...emptyItem }, items });
		expect(ran.items.map(({ json, pairedItem }) => [json.id, json.found, pairedItem])).toEqual([
			[9042, true, { item: 0 }],
			[undefined, false, { item: 1 }],
			[9005, true, { item: 2 }],
		]);
	});

	test('end at the one that is not found, which is named', async () => {
		await start();
		const items = [{ order: 9042 }, { order: 4711 }, { order: 9005 }];
		const { message, itemIndex } = await failureOf(world.run({ parameters, items }));
		expect(message).toBe('Item 2 of 3: No sales order has the ID 4711');
		expect(itemIndex).toBe(1);
		expect(asked()).not.toContain('GET /sales_orders/9005');
	});

	test('go on after it with Continue On Fail', async () => {
		await start();
		const items = [{ order: 9042 }, { order: 4711 }, { order: 'abc' }, { order: 9005 }];
		const ran = await world.run({ parameters, items, continueOnFail: true });
		expect(ran.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[9042, { item: 0 }],
			[undefined, { item: 1 }],
			[undefined, { item: 2 }],
			[9005, { item: 3 }],
		]);
		expect(ran.records[1]?.error).toMatch(/^Item 2 of 4: No sales order has the ID 4711\. ./);
		expect(ran.records[2]?.error).toContain("'abc'");
	});

	test('are requested one at a time', async () => {
		await start();
		const items = Array.from({ length: 20 }, (_, index) => ({ order: 9042 + index * 3 }));
		await world.run();
		world.uphance.clearLog();
		await world.run({ parameters, items });
		expect(Math.max(...world.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(world.asked('/organisations/set_current_org')).toEqual([]);
	});
});

test('A cancelled execution ends although nothing was found yet, without an empty item', async () => {
	await start();
	world.uphance.fault({ path: '/sales_orders/9005', kind: 'hang' });
	const cancel = new AbortController();
	const parameters = getting('id', '9005', emptyItem);
	const failure = failureOf(world.run({ parameters, signal: cancel.signal, continueOnFail: true }));
	await until(() => asked().length === 1);
	cancel.abort();
	expect((await failure).message).toContain('cancelled');
	expect(asked()).toHaveLength(1);
});
