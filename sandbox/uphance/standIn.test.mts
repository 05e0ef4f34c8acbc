import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import createRequest from './documented/createSalesOrder.request.json';
import documentedOrganisations from './documented/organisations.json';
import documentedPagination from './documented/pagination.json';
import passwordGrant from './documented/passwordGrant.request.json';
import refreshGrant from './documented/refreshGrant.request.json';
import documentedOrders from './documented/salesOrders.json';
import documentedRegistration from './documented/setCurrentOrganisation.json';
import documentedToken from './documented/token.json';
import type { Fault } from './faults.mts';
import { faultKinds } from './faults.mts';
import type { Options, Uphance } from './uphance.mts';
import { demo, group, startUphance } from './uphance.mts';

type Json = null | boolean | number | string | Json[] | Order;
interface Order {
	[key: string]: Json | undefined;
}

interface Answer {
	status: number;
	text: string;
	headers: Headers;
}

let uphance: Uphance;
let token = '';

async function ask(path: string, body?: object, timeoutMs = 2000): Promise<Answer> {
	const answer = await fetch(uphance.url + path, {
		method: body ? 'POST' : 'GET',
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
		body: body && JSON.stringify(body),
		redirect: 'manual',
		signal: AbortSignal.timeout(timeoutMs),
	});
	return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const signIn = async (user = demo) => await ask('/oauth/token', { ...passwordGrant, ...user });
const register = async (organizationId: number) => await ask('/organisations/set_current_org', { organizationId });

async function orders(query = ''): Promise<Order[]> {
	return JSON.parse((await ask(`/sales_orders${query}`)).text).sales_orders;
}

/** A sandbox with a user who is signed in and, unless told otherwise, works in organisation 9579. */
async function start(options: Options = {}, organisation: number | undefined = 9579, user = demo): Promise<void> {
	uphance = await startUphance(options);
	token = JSON.parse((await signIn(user)).text).access_token;
	if (organisation) await register(organisation);
	uphance.clearLog();
}
afterEach(async () => await uphance.close());

/** Keys and types; a list counts by its first element. */
function shapeOf(value: Json | undefined): unknown {
	if (value === null || value === undefined) return value;
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (typeof value !== 'object') return typeof value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

/** Where `value` lacks a key of `example`, or has it with another type, null aside. */
function differences(example: Json, value: Json | undefined, path = ''): string[] {
	if (value === undefined) return [`${path} is missing`];
	if (example === null || value === null) return [];
	if (Array.isArray(example) && Array.isArray(value)) {
		return example.flatMap((each) => value.flatMap((other) => differences(each, other, `${path}[]`)));
	}
	if (typeof example === 'object' && !Array.isArray(example) && typeof value === 'object' && !Array.isArray(value)) {
		return Object.keys(example).flatMap((key) => differences(example[key] ?? null, value[key], `${path}.${key}`));
	}
	return typeof example === typeof value && typeof example !== 'object' ? [] : [`${path} is ${JSON.stringify(value)}`];
}

describe('Stand-in: what the documents show', () => {
	test('every documented answer is looked at below', async () => {
		await start();
		const folder = new URL('./documented/', import.meta.url);
		expect(readdirSync(folder).filter((name) => !name.endsWith('.request.json'))).toEqual([
			'organisations.json',
			'pagination.json',
			'salesOrders.json',
			'setCurrentOrganisation.json',
			'token.json',
		]);
	});

	test('a session comes as documented, for the documented request', async () => {
		await start();
		const { status, text } = await signIn();
		expect(status).toBe(200);
		const session = JSON.parse(text);
		expect(shapeOf(session)).toEqual(shapeOf(documentedToken));
		expect(session).toMatchObject({ token_type: 'Bearer', expires_in: 604800 });
		expect(session.access_token).toHaveLength(documentedToken.access_token.length);
		expect(session.refresh_token).toHaveLength(documentedToken.refresh_token.length);
		expect(Math.abs(session.created_at - Date.now() / 1000)).toBeLessThan(5);
	});

	test('a renewed session comes as documented, for the documented request', async () => {
		await start();
		const { refresh_token } = JSON.parse((await signIn()).text);
		const { status, text } = await ask('/oauth/token', { ...refreshGrant, refresh_token });
		expect(status).toBe(200);
		expect(shapeOf(JSON.parse(text))).toEqual(shapeOf(documentedToken));
	});

	test('the organisations come as documented', async () => {
		await start();
		const { status, text } = await ask('/organisations');
		expect(status).toBe(200);
		expect(JSON.parse(text)).toEqual(documentedOrganisations);
	});

	test('a registration is answered as documented, with 201', async () => {
		await start();
		const { status, text } = await register(9579);
		expect(status).toBe(201);
		expect(JSON.parse(text)).toEqual(documentedRegistration);
	});

	test('pages are counted as documented', async () => {
		await start({ orders: documentedPagination.meta.total_count });
		const { meta, sales_orders } = JSON.parse((await ask('/sales_orders')).text);
		expect(meta).toEqual(documentedPagination.meta);
		expect(sales_orders).toHaveLength(100);
		const last = JSON.parse((await ask('/sales_orders?page=2')).text);
		expect(last.meta).toEqual({ ...documentedPagination.meta, current_page: 2, next_page: null, prev_page: 1 });
		expect(last.sales_orders).toHaveLength(28);
	});

	test('the first two orders are the documented ones, to the letter', async () => {
		await start({ orders: 141, switches: { orderNumber: 'number' } });
		const { text } = await ask('/sales_orders');
		const answer = JSON.parse(text);
		expect(JSON.stringify(answer.sales_orders.slice(0, 2))).toBe(JSON.stringify(documentedOrders.sales_orders));
		expect(answer.meta).toEqual(documentedOrders.meta);
	});

	test('every made-up order has all keys of the documented ones, with values of the same types', async () => {
		await start({ orders: 40, switches: { orderNumber: 'number' } });
		const madeUp = (await orders()).slice(2);
		expect(madeUp).toHaveLength(38);
		for (const example of documentedOrders.sales_orders) {
			for (const order of madeUp) expect(differences(example, order)).toEqual([]);
		}
	});

	test('orders of another organisation look the same and name it', async () => {
		await start({ switches: { orderNumber: 'number' } }, 9601, group);
		const found = await orders();
		expect(new Set(found.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
		expect(differences(documentedOrders.sales_orders[0] ?? null, found[0])).toEqual([]);
	});

	test('ids ascend', async () => {
		await start();
		const ids = (await orders()).map(({ id }) => Number(id));
		expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
	});

	test('the same options give the same records', async () => {
		await start();
		const first = await orders('?page=2');
		await uphance.close();
		await start();
		expect(await orders('?page=2')).toEqual(first);
	});
});

describe('Stand-in: the filters of orders', () => {
	beforeEach(async () => await start());

	test.each([
		['by_order_number', 'order_number'],
		['by_purchase_order_ref', 'purchase_order_ref'],
		['by_shipment_number', 'shipment_numbers'],
	])('%s finds the one order that carries it', async (filter, field) => {
		const order = (await orders()).find((each) => Number(each.id) > 9042 && each[field]);
		expect(order).toBeDefined();
		expect(await orders(`?${filter}=${encodeURIComponent(String(order?.[field]))}`)).toEqual([order]);
		expect(await orders(`?${filter}=nothing`)).toEqual([]);
	});

	test('since_id finds what comes after it', async () => {
		expect((await orders('?since_id=9042')).map(({ id }) => id).slice(0, 2)).toEqual([9045, 9048]);
	});

	test('by_purchase_order_ref finds the documented order', async () => {
		expect((await orders('?by_purchase_order_ref=PO234')).map(({ id }) => id)).toEqual([9005]);
	});

	const ids = async (query: string) => (await orders(query)).map(({ id }) => id);

	test('a reference wants the whole text and its case unless told to look for a part', async () => {
		expect(await ids('?by_purchase_order_ref=po234')).toEqual([]);
		expect(await ids('?by_purchase_order_ref=PO23')).toEqual([]);
		await uphance.close();
		await start({ switches: { referenceFilter: 'contains' } });
		expect(await ids('?by_purchase_order_ref=po23')).toEqual([9005]);
		const references = (await orders('?by_purchase_order_ref=o-101')).map((each) => each.purchase_order_ref);
		expect(references).toEqual([1010, 1012, 1013, 1014, 1016, 1017, 1018].map((number) => `PO-${number}`));
	});

	test('are ignored when told so, the page is not', async () => {
		await uphance.close();
		await start({ switches: { ignoresFilters: true } });
		const all = await ids('');
		for (const filter of ['since_id=9042', 'by_order_number=104', 'by_purchase_order_ref=x', 'by_shipment_number=1']) {
			expect(await ids(`?${filter}`)).toEqual(all);
		}
		expect((await orders('?by_order_number=104&page=3')).length).toBe(50);
	});

	test('a million orders are as cheap as a few', async () => {
		await uphance.close();
		await start({ orders: 1_000_000 });
		await ask('/sales_orders', createRequest);
		const before = performance.now();
		const { sales_orders, meta } = JSON.parse((await ask('/sales_orders?page=10001')).text);
		expect([sales_orders.length, meta.total_count]).toEqual([1, 1_000_001]);
		expect(await ids('?by_purchase_order_ref=PO%200000001')).toEqual([sales_orders[0].id]);
		expect((await ask(`/sales_orders/${sales_orders[0].id}`)).status).toBe(200);
		expect((await ask('/customers')).status).toBe(200);
		expect(performance.now() - before).toBeLessThan(2000);
	});

	test('a parameter that nobody knows is ignored', async () => {
		expect(await orders('?by_colour=red')).toHaveLength(100);
	});
});

describe('Stand-in: a new order', () => {
	const documented = { ...createRequest };
	const without = (key: keyof typeof createRequest) => ({ ...documented, [key]: undefined });
	const create = async (body: object = documented) => await ask('/sales_orders', body);
	const made = async (body: object = documented): Promise<Order> => JSON.parse((await create(body)).text).sales_order;

	test('as documented is answered with 201 and the record', async () => {
		await start({ orders: 141 });
		const { status, text } = await create();
		expect(status).toBe(201);
		expect(Object.keys(JSON.parse(text))).toEqual(['sales_order']);
		expect(JSON.parse(text).sales_order).toMatchObject({
			order_number: '242',
			organisation_id: 9579,
			company_id: documented.customerId,
			company_name: 'Meridian Department Store',
			season_id: 8105,
			channel_id: 6935,
			channel_name: documented.channel_name,
			currency: documented.channel_currency,
			notes: documented.notes,
			purchase_order_ref: documented.purchaseOrderRef,
			start_ship_date: documented.startShipDate,
			cancel_ship_date: documented.endShipDate,
			payment_term_name: documented.paymentTerm,
			warehouse_name: documented.warehouse_name,
			status: documented.order_status,
			items_total: '100.0',
			items_tax: '10.0',
			subtotal: '100.0',
			total_tax: `${documented.total_tax}.0`,
			shipping_cost: '15.0',
			grand_total: `${documented.total_amount}.0`,
			total_quantity: 19,
		});
	});

	test('has all keys of the documented and the made-up orders, with values of the same types', async () => {
		await start({ switches: { orderNumber: 'number' } });
		const lines = documented.line_items.map((line) => ({ ...line, product_id: 77630 }));
		const order = await made({ ...documented, line_items: lines });
		for (const example of documentedOrders.sales_orders) expect(differences(example, order)).toEqual([]);
		const listed = (await orders())[2];
		expect(Object.keys(order).sort()).toEqual(Object.keys(listed ?? {}).sort());
		expect(differences(listed ?? null, order)).toEqual([]);
	});

	test('passes the ids of unknown skus through, and has an id for each line and quantity', async () => {
		await start();
		const lines = JSON.parse(JSON.stringify((await made()).line_items));
		expect(lines).toMatchObject(
			documented.line_items.map(({ product_id, variation_id, unit_price, line_quantities }) => ({
				product_id: typeof product_id === 'number' ? product_id : 77_600, // answers show numbers only
				variation_id,
				unit_price: `${unit_price}.0`,
				tax_level: '10.0',
				line_quantities,
			})),
		);
		const rows = lines.flatMap((line: { id: number; line_quantities: Array<{ id: number }> }) => [
			line.id,
			...line.line_quantities.map(({ id }) => id),
		]);
		expect(new Set(rows).size).toBe(6);
	});

	test('knows the style, colour and size of a sku that other orders hold', async () => {
		await start();
		const line_items = [{ unit_price: 4.5, line_quantities: [{ sku_id: 705612, quantity: 2 }] }];
		expect((await made({ ...documented, tax_level: 5, line_items })).line_items).toMatchObject([
			{
				product_id: 7056,
				product_name: 'Akeila',
				product_identifier: 'AW24-AKE',
				variation_id: 8257,
				color: 'Yellow',
				unit_price: '4.5',
				unit_tax: '0.23',
				tax_level: '5.0',
				line_quantities: [{ sku_id: 705612, size: 'M', quantity: 2 }],
			},
		]);
	});

	test('is a draft unless told otherwise', async () => {
		await start();
		expect(await made(without('order_status'))).toMatchObject({ status: 'draft', confirmed_at: null });
		expect((await create({ ...documented, order_status: 'shipped' })).status).toBe(422);
	});

	test('comes last in the list, under the next id and number, and is counted', async () => {
		await start({ orders: 200 });
		const last = (await orders('?page=2')).at(-1);
		const one = await made();
		const other = await made();
		expect(Number(one.id)).toBeGreaterThan(Number(last?.id));
		expect(Number(other.id)).toBeGreaterThan(Number(one.id));
		expect([one.order_number, other.order_number]).toEqual(['301', '302']);
		const { sales_orders, meta } = JSON.parse((await ask('/sales_orders?page=3')).text);
		expect(sales_orders).toEqual([one, other]);
		expect(meta).toMatchObject({ total_count: 202, total_pages: 3 });
		expect(await orders(`?since_id=${one.id}`)).toEqual([other]);
	});

	test('is found by its number and, with all others that carry it, by its reference', async () => {
		await start();
		const one = await made();
		const other = await made();
		expect(await orders(`?by_order_number=${one.order_number}`)).toEqual([one]);
		const found = `?by_purchase_order_ref=${encodeURIComponent(documented.purchaseOrderRef)}`;
		expect(await orders(found)).toEqual([one, other]);
		expect(await orders(`${found}&since_id=${one.id}`)).toEqual([other]);
		const known = await made({ ...documented, purchaseOrderRef: 'PO-1004' });
		expect((await orders('?by_purchase_order_ref=PO-1004')).map(({ id }) => id)).toEqual([9051, known.id]);
	});

	test('has neither the reference nor the shipment that a made-up order would have in its place', async () => {
		await start({ orders: 4 });
		await made();
		expect(await orders('?by_purchase_order_ref=PO-1004')).toEqual([]);
		expect(await orders('?by_shipment_number=40004')).toEqual([]);
	});

	test('stays when more made-up ones come after it', async () => {
		await start({ orders: 4 });
		const order = await made();
		uphance.setOrders(9579, 8);
		expect((await orders()).map(({ order_number }) => order_number)).toEqual(
			[101, 102, 103, 104, 105, 106, 107, 108].map(String),
		);
		expect((await orders())[4]).toEqual(order);
	});

	test('is of the current organisation only', async () => {
		await start({}, 9601, group);
		const order = await made();
		expect(order).toMatchObject({ organisation_id: 9601 });
		expect(await orders('?page=3')).toHaveLength(51);
		await register(9579);
		expect(await orders('?page=3')).toHaveLength(50);
		expect((await ask(`/sales_orders/${order.id}`)).status).toBe(404);
	});

	test('is told by created(), with what was asked for', async () => {
		await start();
		const order = await made();
		expect(uphance.created()).toEqual([{ organisation: 9579, order, body: documented }]);
		expect(JSON.parse((await ask('/sandbox/created', [])).text).result).toEqual(uphance.created());
	});

	test.each([
		['customer', 'must exist', { customerId: 4 }],
		['customer', 'must exist', { customerId: undefined }],
		['season', 'is not known', { season_name: 'SS99' }],
		['channel', 'is not known', { channel_name: 'Market' }],
		['channel', 'is not known', { channel_currency: 'CHF' }],
		['channel', 'is not known', { channel_name: 'Retail', channel_currency: 'USD' }],
		['order_status', 'is not included in the list', { order_status: 'complete' }],
		['line_items', "can't be blank", { line_items: undefined }],
		['line_items', "can't be blank", { line_items: [] }],
		['line_items', "can't be blank", { line_items: [{ product_id: 1 }] }],
		['line_items', "can't be blank", { line_items: [documented.line_items[0], { line_quantities: [] }] }],
	])('is refused when its %s %s: %j', async (field, reason, change) => {
		await start();
		const { status, text } = await create({ ...documented, ...change });
		expect([status, JSON.parse(text)]).toEqual([422, { errors: { [field]: [reason] } }]);
		expect(uphance.created()).toEqual([]);
	});

	test.each([
		['confirmed', 201, 'confirmed'],
		['draft', 201, 'draft'],
		['refused', 422, undefined],
	] as const)('to be confirmed without a payment term is %s', async (withoutPaymentTerm, status, made) => {
		await start({ switches: { withoutPaymentTerm } });
		const confirmed = { ...without('paymentTerm'), order_status: 'confirmed' };
		expect((await create(confirmed)).status).toBe(status);
		expect(uphance.created()[0]?.order.status).toBe(made);
		await create({ ...confirmed, paymentTerm: 'Net 30' });
		expect(uphance.created().at(-1)?.order.status).toBe('confirmed');
		await create({ ...confirmed, order_status: 'draft' });
		expect(uphance.created().at(-1)?.order.status).toBe('draft');
	});

	test('is refused when there is no object', async () => {
		await start();
		expect((await create([documented])).status).toBe(400);
	});

	test.each([
		['empty', 422],
		['forbidden', 403],
	] as const)('without an organisation, told to be %s, is refused with %i', async (withoutOrganisation, status) => {
		await start({ switches: { withoutOrganisation } }, 0);
		expect((await create()).status).toBe(status);
		expect(uphance.created()).toEqual([]);
	});

	test.each([
		['empty', ''],
		['status', '{"Status":"Created"}'],
	] as const)('is answered with %s when told so', async (createdAnswer, body) => {
		await start({ switches: { createdAnswer, createdStatus: 200 } });
		expect(await create()).toMatchObject({ status: 200, text: body });
		expect(uphance.created()).toHaveLength(1);
	});
});

describe('Stand-in: one record', () => {
	const resources = [
		['/sales_orders', 'sales_order', 'sales_orders'],
		['/customers', 'customer', 'customers'],
	] as const;

	test.each(resources)('of %s comes by its id, as in the list', async (path, one, many) => {
		await start();
		for (const record of JSON.parse((await ask(path)).text)[many]) {
			expect(JSON.parse((await ask(`${path}/${record.id}`)).text)).toEqual({ [one]: record });
		}
	});

	test.each(resources)('of %s comes in the envelope that was chosen', async (path, one, many) => {
		const answers = [];
		for (const single of ['singular', 'plural', 'list', 'bare'] as const) {
			await start({ switches: { single } });
			const record = JSON.parse((await ask(path)).text)[many][0];
			answers.push([JSON.parse((await ask(`${path}/${record.id}`)).text), record]);
			await uphance.close();
		}
		await start();
		const [singular, plural, list, bare] = answers;
		expect(singular?.[0]).toEqual({ [one]: singular?.[1] });
		expect(plural?.[0]).toEqual({ [many]: plural?.[1] });
		expect(list?.[0]).toEqual({ [many]: [list?.[1]] });
		expect(bare?.[0]).toEqual(bare?.[1]);
	});

	test.each(['singular', 'plural', 'list', 'bare'] as const)('just created comes in %s too', async (single) => {
		await start({ switches: { single } });
		const created = JSON.parse((await ask('/sales_orders', createRequest)).text);
		const id = uphance.created()[0]?.order.id;
		expect(created).toEqual(JSON.parse((await ask(`/sales_orders/${id}`)).text));
	});

	test.each([
		['empty', ''],
		['json', '{"error":"Not found"}'],
		['status', '{"status":404,"error":"Not Found"}'],
	] as const)('that nobody knows is answered 404, %s', async (notFoundBody, body) => {
		await start({ switches: { notFoundBody } });
		for (const id of ['9006', '1', '99999999', 'nonsense']) {
			expect(await ask(`/sales_orders/${id}`)).toMatchObject({ status: 404, text: body });
			expect(await ask(`/customers/${id}`)).toMatchObject({ status: 404, text: body });
		}
	});

	test('of another organisation is not known', async () => {
		await start({}, 9601, group);
		expect((await ask('/sales_orders/9005')).status).toBe(404);
	});
});

describe('Stand-in: channels and seasons', () => {
	test('channels are named and keyed as clients read them, without meta', async () => {
		await start();
		const { channels, ...rest } = JSON.parse((await ask('/channels')).text);
		expect(rest).toEqual({});
		expect(new Set(channels.map((each: object) => Object.keys(each).join()))).toEqual(
			new Set(['channel_ID,channel_name,currency']),
		);
		expect(channels.map((each: Order) => `${each.channel_name} ${each.currency}`)).toEqual([
			'Wholesale GBP',
			'Wholesale EUR',
			'Wholesale USD',
			'Retail EUR',
			'Online Store GBP',
		]);
		const ids = channels.map((each: Order) => each.channel_ID);
		for (const { channel_id } of await orders()) expect(ids).toContain(channel_id);
	});

	test('seasons come without meta, with that of the documented orders and of the documented new one', async () => {
		await start();
		const { seasons, ...rest } = JSON.parse((await ask('/seasons')).text);
		expect(rest).toEqual({});
		expect(seasons.map((each: Order) => Object.keys(each).join())).toEqual(seasons.map(() => 'id,name'));
		expect(seasons).toContainEqual({ id: 8105, name: createRequest.season_name });
		const ids = seasons.map((each: Order) => each.id);
		for (const { season_id } of documentedOrders.sales_orders) expect(ids).toContain(season_id);
	});

	test.each([
		['empty', 200],
		['forbidden', 403],
	] as const)('without an organisation, told to be %s, are answered %i', async (withoutOrganisation, status) => {
		await start({ switches: { withoutOrganisation } }, 0);
		const answers = [await ask('/channels'), await ask('/seasons')];
		expect(answers.map((each) => each.status)).toEqual([status, status]);
		const empty = ['{"channels":[]}', '{"seasons":[]}'];
		expect(answers.map(({ text }) => text)).toEqual(status === 200 ? empty : ['', '']);
	});
});

describe('Stand-in: customers', () => {
	const page = async (number = 1) => JSON.parse((await ask(`/customers?page=${number}`)).text);
	const all = async (): Promise<Order[]> => [
		...(await page(1)).customers,
		...(await page(2)).customers,
		...(await page(3)).customers,
	];
	const list = (value: Json | undefined): Order[] => JSON.parse(JSON.stringify(value ?? []));

	test('come 100 a page, ascending, with distinct names', async () => {
		await start();
		expect((await page(3)).meta).toEqual({
			current_page: 3,
			next_page: null,
			prev_page: 2,
			total_pages: 3,
			total_count: 230,
		});
		const customers = await all();
		const ids = customers.map(({ id }) => Number(id));
		expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
		expect(new Set(customers.map(({ name }) => name)).size).toBe(230);
	});

	test('have every key that can be read of the page of 2026', async () => {
		await start();
		const customers = await all();
		const keys = (records: Order[]) => [...new Set(records.map((each) => Object.keys(each).join(' ')))];
		expect(keys(customers)).toEqual([
			'id name company_type customer_type country city vat_number channel_id channel_name currency notes reference orders_count last_order outstanding_amounts purchase_amounts invoices people addresses agents',
		]);
		const inner = (key: string) => keys(customers.flatMap((each) => list(each[key])));
		expect(inner('people')).toEqual([
			'id customer_id first_name last_name position phone_1 phone_2 email notes buyer shipping billing',
		]);
		expect(inner('addresses')).toEqual([
			'id customer_id line_1 line_2 line_3 city state country postcode default_for_shipping default_for_billing',
		]);
		expect(inner('invoices')).toEqual([
			'id subtotal total_tax grand_total total_quantity total_paid total_credited total_discounted amount_outstanding invoice_currency',
		]);
		expect(inner('outstanding_amounts')).toEqual(['amount currency']);
		expect(inner('purchase_amounts')).toEqual(['amount quantity currency']);
		expect(inner('agents')).toEqual(['id name email phone address city']);
		expect(keys(customers.flatMap(({ last_order }) => (last_order ? list([last_order]) : [])))).toEqual([
			'id confirmed_at status fulfillment_status financial_status',
		]);
	});

	test('are those that the orders name; the documented new order is for one of them, its people and addresses', async () => {
		await start();
		const customers = await all();
		const named = new Map(customers.map(({ id, name }) => [id, name]));
		for (const { company_id, company_name } of await orders()) expect(named.get(company_id)).toBe(company_name);
		const one = customers.find(({ id }) => id === createRequest.customerId);
		expect(list(one?.people).map(({ id }) => id)).toContain(createRequest.billing_contact_id);
		expect(list(one?.addresses).map(({ id }) => id)).toContain(createRequest.shipping_address_id);
	});

	test('have one address by default for each purpose, unless they have none', async () => {
		await start();
		for (const { addresses } of await all()) {
			const defaults = ['default_for_shipping', 'default_for_billing'].map(
				(key) => list(addresses).filter((each) => each[key]).length,
			);
			expect(defaults).toEqual(list(addresses).length > 0 ? [1, 1] : [0, 0]);
		}
	});

	test('know how many orders they have and the last one, created ones too', async () => {
		await start({ orders: 90 });
		const found = await orders();
		for (const customer of await all()) {
			const own = found.filter(({ company_id }) => company_id === customer.id);
			expect([customer.orders_count, list([customer.last_order ?? null])[0]?.id]).toEqual([own.length, own.at(-1)?.id]);
		}
		await ask('/sales_orders', createRequest);
		await ask('/sales_orders', { ...createRequest, customerId: 9498 });
		const { customers } = await page();
		expect(customers.map((each: Order) => each.orders_count).slice(0, 7)).toEqual([16, 15, 15, 15, 15, 15, 1]);
		expect(customers[0].last_order.id).toBe(uphance.created()[1]?.order.id);
	});

	test('of another organisation are others but for those that both share', async () => {
		await start({}, 9579, group);
		const here = (await all()).map(({ id }) => id);
		await register(9601);
		const there = (await all()).map(({ id }) => id);
		const shared = [9498, 9936, 10012, 10040, 10077, 10103, 55140];
		expect(here.slice(0, 7)).toEqual(shared);
		expect(there.filter((id) => here.includes(id))).toEqual(shared);
		expect((await ask(`/customers/${here.at(-1)}`)).status).toBe(404);
		expect((await ask('/sales_orders', { ...createRequest, customerId: here.at(-1) })).status).toBe(422);
	});
});

describe('Stand-in: sessions', () => {
	test.each([400, 401] as const)('a wrong password is refused with %i', async (status) => {
		await start({ switches: { refusedSignIn: status } });
		const answer = await signIn({ ...demo, password: 'mistyped' });
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.text)).toMatchObject({ error: 'invalid_grant' });
	});

	test('without a good token nothing is answered but 401 without a body', async () => {
		await start();
		uphance.expireTokens();
		const resources = ['/sales_orders', '/sales_orders/9005', '/customers', '/customers/9498', '/channels', '/seasons'];
		for (const path of ['/organisations', ...resources]) {
			const { status, text, headers } = await ask(path);
			expect([status, text]).toEqual([401, '']);
			expect(headers.get('WWW-Authenticate')).toContain('invalid_token');
		}
		expect((await register(9579)).status).toBe(401);
		expect((await ask('/sales_orders', createRequest)).status).toBe(401);
	});

	test('live as long as was asked for', async () => {
		await start();
		const { text } = await ask('/oauth/token', { ...passwordGrant, ...demo, expires_in: 60 });
		expect(JSON.parse(text).expires_in).toBe(60);
	});

	test.each([
		[true, 400],
		[false, 200],
	])('a refresh token used twice, with rotation %p, is answered %i', async (refreshRotates, status) => {
		await start({ switches: { refreshRotates } });
		const { refresh_token } = JSON.parse((await signIn()).text);
		expect((await ask('/oauth/token', { ...refreshGrant, refresh_token })).status).toBe(200);
		expect((await ask('/oauth/token', { ...refreshGrant, refresh_token })).status).toBe(status);
	});

	test('can be ended', async () => {
		await start();
		expect((await ask('/oauth/revoke_tokens', {})).status).toBe(200);
		expect((await ask('/organisations')).status).toBe(401);
	});
});

describe('Stand-in: the current organisation', () => {
	test('hangs on the user unless told otherwise: another session of the user has it too', async () => {
		await start();
		token = JSON.parse((await signIn()).text).access_token;
		expect(await orders()).toHaveLength(100);
	});

	test('hangs on the token when told so', async () => {
		await start({ switches: { organisationState: 'token' } });
		expect(await orders()).toHaveLength(100);
		token = JSON.parse((await signIn()).text).access_token;
		expect(await orders()).toEqual([]);
	});

	test.each([
		['empty', 200],
		['forbidden', 403],
	] as const)('that was never set is answered %s', async (withoutOrganisation, status) => {
		await start({ switches: { withoutOrganisation } }, 0);
		expect((await ask('/sales_orders')).status).toBe(status);
	});

	test('cannot be one that the user does not belong to', async () => {
		await start();
		expect((await register(9601)).status).toBe(422);
		expect((await orders())[0]).toMatchObject({ organisation_id: 9579 });
	});

	test('can be switched from outside', async () => {
		await start({}, 9579, group);
		uphance.switchOrganisation(group.email, 9601);
		expect((await orders())[0]).toMatchObject({ organisation_id: 9601 });
	});
});

describe('Stand-in: lists', () => {
	const ids = async (query = '') => (await orders(query)).map(({ id }) => Number(id));
	const everyId = async () => [...(await ids()), ...(await ids('?page=2')), ...(await ids('?page=3'))];
	const sorted = (numbers: number[]) => [...numbers].sort((one, other) => one - other);

	test('descend with the switch, with since_id too', async () => {
		await start({ switches: { listOrder: 'descending' } });
		const all = await everyId();
		expect(all).toHaveLength(250);
		expect(all).toEqual(sorted(all).reverse());
		expect((await ids('?since_id=9042')).slice(0, 100)).toEqual(all.slice(0, 100));
		expect((await ids('?since_id=9042&page=3')).at(-1)).toBe(9045);
	});

	test.each([1, 2, 3, 50, 250])('of %i orders come in no order with the switch, each once', async (count) => {
		await start({ orders: count, switches: { listOrder: 'shuffled' } });
		const all = await everyId();
		expect(new Set(all).size).toBe(count);
		if (count > 2) expect(all).not.toEqual(sorted(all));
		if (count > 2) expect(all).not.toEqual(sorted(all).reverse());
	});

	test('lose a record that is deleted, and all later ones move up', async () => {
		await start();
		const before = await ids('?page=2');
		uphance.deleteRecord('/sales_orders', 9042);
		expect(await ids('?page=2')).toEqual([...before.slice(1), Number(before.at(-1)) + 3]);
		expect(() => uphance.deleteRecord('/sales_orders', 9042)).toThrow('There is no record 9042');
	});
});

describe('Stand-in: faults', () => {
	beforeEach(async () => await start());
	const injectFault = (fault: Omit<Fault, 'path'>) => uphance.fault({ path: '/sales_orders', ...fault });

	test('status: answers it, with a body and a Retry-After', async () => {
		injectFault({ kind: 'status', status: 429, body: { error: 'slow' }, retryAfter: '7' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, JSON.parse(text), headers.get('Retry-After')]).toEqual([429, { error: 'slow' }, '7']);
	});

	test('html: answers 502 with a page for people', async () => {
		injectFault({ kind: 'html' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, headers.get('Content-Type')]).toEqual([502, expect.stringContaining('text/html')]);
		expect(text).toContain('<html>');
	});

	test('empty: answers 200 without a body', async () => {
		injectFault({ kind: 'empty' });
		expect(await ask('/sales_orders')).toMatchObject({ status: 200, text: '' });
	});

	test('malformed: answers 200 with JSON that breaks off', async () => {
		injectFault({ kind: 'malformed' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, headers.get('Content-Type')]).toEqual([200, expect.stringContaining('application/json')]);
		expect(() => JSON.parse(text)).toThrow(SyntaxError);
	});

	test('json: answers 200 with the body', async () => {
		injectFault({ kind: 'json', body: { orders: [1] } });
		const { status, text } = await ask('/sales_orders');
		expect([status, JSON.parse(text)]).toEqual([200, { orders: [1] }]);
	});

	test('redirect: answers 302 with the address', async () => {
		injectFault({ kind: 'redirect', location: 'https://elsewhere.example/' });
		const { status, headers } = await ask('/sales_orders');
		expect([status, headers.get('Location')]).toEqual([302, 'https://elsewhere.example/']);
	});

	test('stuckNextPage: names the page itself as the next one', async () => {
		injectFault({ kind: 'stuckNextPage', page: 2 });
		expect(JSON.parse((await ask('/sales_orders?page=2')).text).meta).toMatchObject({ current_page: 2, next_page: 2 });
	});

	test('meta: changes what meta says, and nothing else', async () => {
		injectFault({ kind: 'meta', body: { next_page: 'soon' } });
		const answer = JSON.parse((await ask('/sales_orders')).text);
		expect(answer.meta).toMatchObject({ current_page: 1, next_page: 'soon', total_count: 250 });
		expect(answer.sales_orders).toHaveLength(100);
	});

	test('fields: changes a field of every record', async () => {
		injectFault({ kind: 'fields', body: { id: null } });
		const [first, ...others] = await orders();
		expect(first).toMatchObject({ id: null, order_number: '101' });
		expect(others.every(({ id }) => id === null)).toBe(true);
	});

	test('emptyPage: no records, although meta says that there are', async () => {
		injectFault({ kind: 'emptyPage', page: 2 });
		const answer = JSON.parse((await ask('/sales_orders?page=2')).text);
		expect([answer.sales_orders, answer.meta]).toEqual([
			[],
			expect.objectContaining({ next_page: 3, total_count: 250 }),
		]);
	});

	test('brokenGzip: what comes of the compressed answer is no JSON', async () => {
		injectFault({ kind: 'brokenGzip' });
		const { status, text } = await ask('/sales_orders');
		expect(status).toBe(200);
		expect(() => JSON.parse(text)).toThrow(SyntaxError);
	});

	test('brokenOff: the connection closes in the middle of the answer', async () => {
		injectFault({ kind: 'brokenOff' });
		await expect(ask('/sales_orders')).rejects.toThrow('terminated');
	});

	test('hang: never answers', async () => {
		injectFault({ kind: 'hang' });
		await expect(ask('/sales_orders', undefined, 200)).rejects.toMatchObject({ name: 'TimeoutError' });
	});

	test('expireFirst: the request and all others with an old access token get 401, a refresh token stays good', async () => {
		const { refresh_token } = JSON.parse((await signIn()).text);
		injectFault({ kind: 'expireFirst' });
		expect(await ask('/sales_orders')).toMatchObject({ status: 401, text: '' });
		expect((await ask('/organisations')).status).toBe(401);
		const renewed = await ask('/oauth/token', { ...refreshGrant, refresh_token });
		token = JSON.parse(renewed.text).access_token;
		expect((await ask('/sales_orders')).status).toBe(200);
	});

	test('expireFirst: what is spoilt so makes nothing', async () => {
		injectFault({ kind: 'expireFirst', method: 'POST' });
		expect((await ask('/sales_orders', createRequest)).status).toBe(401);
		expect(uphance.created()).toEqual([]);
	});

	test('slow: waits, then answers as ever', async () => {
		injectFault({ kind: 'slow', milliseconds: 300 });
		const before = performance.now();
		expect(await orders()).toHaveLength(100);
		expect(performance.now() - before).toBeGreaterThan(290);
	});

	test('dropAfter: an order is made though nobody hears of it', async () => {
		injectFault({ kind: 'dropAfter', method: 'POST' });
		await expect(ask('/sales_orders', createRequest)).rejects.toThrow('fetch failed');
		expect(uphance.created()).toHaveLength(1);
	});

	test('redirectAfter: an order is made, and the answer leads elsewhere', async () => {
		injectFault({ kind: 'redirectAfter', method: 'POST', location: 'https://elsewhere.example/' });
		const { status, text, headers } = await ask('/sales_orders', createRequest);
		expect([status, text, headers.get('Location')]).toEqual([303, '', 'https://elsewhere.example/']);
		expect(uphance.created()).toHaveLength(1);
	});

	test.each([
		['drop', 9579],
		['dropAfter', 9601],
	] as const)('%s: closes the connection, and afterwards the organisation is %i', async (kind, organisation) => {
		await uphance.close();
		await start({}, 9579, group);
		uphance.fault({ path: '/organisations/set_current_org', kind });
		await expect(register(9601)).rejects.toThrow('fetch failed');
		expect((await orders())[0]).toMatchObject({ organisation_id: organisation });
	});

	test('there are no others', () => {
		const looked = ['status', 'html', 'empty', 'malformed', 'json', 'redirect', 'drop', 'dropAfter', 'hang'];
		const pages = ['redirectAfter', 'stuckNextPage', 'meta', 'fields', 'emptyPage', 'brokenGzip', 'brokenOff'];
		expect(new Set(faultKinds)).toEqual(new Set([...looked, ...pages, 'expireFirst', 'slow']));
	});

	const statuses = async (...paths: string[]) => {
		const answers = [];
		for (const path of paths) answers.push((await ask(path)).status);
		return answers;
	};

	test('come once, as often as they say, and only after as many requests as they say', async () => {
		injectFault({ kind: 'status', status: 503 });
		expect(await statuses('/sales_orders', '/sales_orders')).toEqual([503, 200]);
		injectFault({ kind: 'status', status: 503, times: 2, skip: 1 });
		expect(await statuses(...Array(4).fill('/sales_orders'))).toEqual([200, 503, 503, 200]);
	});

	test('come for their page, path and method only', async () => {
		injectFault({ kind: 'status', status: 503, page: 2 });
		uphance.fault({ path: '/organisations', method: 'POST', kind: 'status', status: 503 });
		const paths = ['/sales_orders', '/organisations', '/sales_orders?page=2', '/sales_orders?page=2'];
		expect(await statuses(...paths)).toEqual([200, 200, 503, 200]);
	});

	test('can be taken back', async () => {
		injectFault({ kind: 'status', status: 503, times: 9 });
		uphance.clearFaults();
		expect(await statuses('/sales_orders')).toEqual([200]);
	});
});

describe('Stand-in: the log', () => {
	beforeEach(async () => await start());

	test('holds what was asked, by whose token and with which answer, and no secret', async () => {
		await signIn();
		await ask('/sales_orders?page=2&since_id=7');
		expect(uphance.log()).toMatchObject([
			{ method: 'POST', path: '/oauth/token', body: { email: demo.email, password: '***' }, status: 200 },
			{ method: 'GET', path: '/sales_orders', query: { page: '2', since_id: '7' }, token: 1, status: 200 },
		]);
		expect(JSON.stringify(uphance.log())).not.toContain(token);
		expect(JSON.stringify(uphance.log())).not.toContain(`"${demo.password}"`);
	});

	test('knows every secret that was given away', async () => {
		expect(uphance.secrets()).toContain(token);
		expect(uphance.secrets()).toHaveLength(2 * uphance.signIns());
	});

	test('tells how many requests were under way', async () => {
		uphance.fault({ path: '/sales_orders', kind: 'hang' });
		await expect(
			Promise.all([ask('/sales_orders', undefined, 300), ask('/organisations', undefined, 300)]),
		).rejects.toThrow();
		expect(Math.max(...uphance.log().map(({ underWay }) => underWay))).toBe(2);
	});

	test('can be asked for and set over HTTP, without writing that down', async () => {
		await ask('/sandbox/fault', [{ path: '/organisations', kind: 'status', status: 503 }]);
		expect((await ask('/organisations')).status).toBe(503);
		const { result } = JSON.parse((await ask('/sandbox/log', [])).text);
		expect(result).toMatchObject([{ method: 'GET', path: '/organisations', status: 503 }]);
	});
});
