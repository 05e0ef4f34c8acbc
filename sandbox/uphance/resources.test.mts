import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sampled } from '../../test/propertyRuns.mts';
import createRequest from './documented/createSalesOrder.request.json';
import { formatMoney } from './format.mts';
import type { Options, Uphance } from './uphance.mts';
import { group, startUphance } from './uphance.mts';

type Item = { [key: string]: Json | undefined };
type Json = null | boolean | number | string | Json[] | Item;

interface Answer {
	status: number;
	text: string;
}

let uphance: Uphance;
let token = '';

async function ask(path: string, method = 'GET', body?: unknown): Promise<Answer> {
	const answer = await fetch(uphance.url + path, {
		method,
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return { status: answer.status, text: await answer.text() };
}

const post = async (path: string, body: unknown) => await ask(path, 'POST', body);
const json = async (path: string) => JSON.parse((await ask(path)).text);
const register = async (organizationId: number) => await post('/organisations/set_current_org', { organizationId });

/** A sandbox with a user of both organisations who is signed in and, unless told otherwise, works in 9579. */
async function start(options: Options = {}, organisation: number | undefined = 9579): Promise<void> {
	uphance = await startUphance(options);
	token = JSON.parse((await post('/oauth/token', { ...group, grant_type: 'password' })).text).access_token;
	if (organisation) await register(organisation);
	uphance.clearLog();
}

async function restart(...[options, organisation]: Parameters<typeof start>): Promise<void> {
	await uphance.close();
	await start(options, organisation);
}

beforeEach(async () => await start());
afterEach(async () => await uphance.close());

/** The records that a list answers for a query, on its first page. */
async function list(key: string, query = ''): Promise<Item[]> {
	return (await json(`/${key}${query}`))[key];
}

/** The records of all pages. */
async function all(key: string, query = '?'): Promise<Item[]> {
	const records: Item[] = [];
	for (let page: number | null = 1; page; ) {
		const answer = await json(`/${key}${query}&page=${page}`);
		records.push(...answer[key]);
		page = answer.meta.next_page;
	}
	return records;
}

const items = (value: Json | undefined): Item[] => JSON.parse(JSON.stringify(value ?? []));
const ids = (records: Item[]) => records.map(({ id }) => Number(id));
/** A SKU without what only its own list says. */
const asInProduct = (sku: Item = {}) =>
	Object.fromEntries(Object.entries(sku).filter(([name]) => name !== 'product_id' && name !== 'variation_id'));
const keysOf = (record: Item | undefined) => Object.keys(record ?? {}).join(' ');

/** Kind of records, how many, how many a page. */
const lists: Array<[key: string, count: number, perPage: number]> = [
	['products', 40, 100],
	['skus', 495, 100],
	['invoices', 222, 100],
	['credit_notes', 250, 100],
	['pick_tickets', 222, 100],
	['receiving_tickets', 230, 100],
	['returns', 250, 100],
	['payments', 222, 100],
	['production_orders', 230, 50],
	['vendor_invoices', 230, 100],
];
const kinds = sampled(lists, 6, 2);

const line =
	'id product_id product_name product_identifier variation_id color unit_tax tax_level unit_price original_price percentage_discount weight weight_unit country_of_origin intrastat_code line_quantities';
const quantity = 'id size quantity sku_id';
const scanned = `${quantity} sku_number upc_number`;
const sums = 'items_total items_tax subtotal total_tax grand_total total_quantity';

/** What one record of each kind holds, as docs/uphance.openapi.yaml lists it: itself, its lines and their quantities. */
const shapes: Array<[key: string, record: string, lines?: string, quantities?: string]> = [
	[
		'products',
		'id product_identifier name description sizing_system image_url not_for_sale season_id category sub_category variations',
	],
	[
		'skus',
		'id product_id variation_id color size ean in_stock available_to_sell available_to_sell_from_stock sku_number product_name category',
	],
	[
		'invoices',
		`id created_at updated_at ${sums} shipping_cost shipping_tax settlement_discount_percentage invoice_number due_date invoice_type total_paid total_credited total_discounted amount_outstanding channel_id channel_name currency tax_rate_name payment_terms order_number customer_name billing_address shipping_address billing_contact shipping_contact organisation_id company_id payments_count sale_id line_items`,
		line,
		quantity,
	],
	[
		'credit_notes',
		`id created_at updated_at ${sums} overpayment reference total_credited total_refunded amount_outstanding settlement_discount_percentage freeform_amount freeform_description freeform_tax organisation_id credit_note_number order_number warehouse_name line_items`,
		line,
		quantity,
	],
	[
		'pick_tickets',
		`id created_at updated_at stock_adjusted_at tracking_number carrier service notes ${sums} currency order_number order_id order_source warehouse channel shipment_number commercial_invoice_number organisation_id sale_id customer_id customer_name customer_note date shipping_cost shipping_tax shipping_method address contact_name contact_email contact_phone dimensions gross_weight net_weight gross_weight_unit weight_unit status shipper_email_address shipping_instructions payment_terms invoice_numbers estimated_shipping_cost weight line_items`,
		line,
		scanned,
	],
	[
		'receiving_tickets',
		`id created_at updated_at ${sums} organisation_id production_order_id tax_calc_method status production_order_number delivery_name vendor in_warehouse_date line_items`,
		line,
		scanned,
	],
	[
		'returns',
		`id created_at updated_at ${sums} tracking_number carrier rma_number organisation_id return_number order_number tax_calc_method line_items`,
		line,
		quantity,
	],
	['payments', 'id created_at updated_at amount reference date sale_id company_id invoice_id source'],
	[
		'production_orders',
		`id production_order_number created_at updated_at ${sums} tax_level shipping_cost shipping_tax confirmed_at due_date in_warehouse_date drop_id notes internal_notes currency company_id company_name season_id organisation_id status delivery_status financial_status warehouses payment_terms delivery_terms line_items`,
		`${line} bundle_line_item comments product_brand warehouse product_cover_image variation_images`,
		`${quantity} sku_number inventory_id`,
	],
	[
		'vendor_invoices',
		`id created_at updated_at vendor_invoice_number invoice_date due_date amount ${sums} shipping_cost shipping_tax reference organisation_id production_order_id company_id vendor_name currency order_number invoice_number parent_type parent_id tax_calc_method tax_level tax_rate_id as_charge freeform_description freeform_amount freeform_currency`,
	],
];

describe('Stand-in: every list', () => {
	test.each(kinds)('of %s has %i records, %i a page, under ascending ids', async (key, count, perPage) => {
		const first = await json(`/${key}`);
		const pages = Math.ceil(count / perPage);
		expect(first.meta).toEqual({
			current_page: 1,
			next_page: pages > 1 ? 2 : null,
			prev_page: null,
			total_pages: pages,
			total_count: count,
		});
		expect(first[key]).toHaveLength(Math.min(count, perPage));
		const found = ids(await all(key));
		expect(found).toHaveLength(count);
		expect(found).toEqual([...new Set(found)].sort((one, other) => one - other));
		expect(await list(key, '?page=99')).toEqual([]);
	});

	test.each(shapes)('of %s has the documented fields', async (key, ...[record, lineKeys, quantityKeys]) => {
		const records = await all(key);
		const sorted = (keys: string) => keys.split(' ').sort();
		const differing = (found: Item[], keys: string) => {
			const shapesFound = [...new Set(found.map((each) => Object.keys(each).sort().join(' ')))];
			expect(shapesFound).toEqual([sorted(keys).join(' ')]);
		};
		// Old pick tickets lack their weight: a field that came later.
		differing(
			records.map((each) => (key === 'pick_tickets' ? { weight: null, ...each } : each)),
			record,
		);
		if (!lineKeys || !quantityKeys) return;
		const lines = records.flatMap((each) => items(each.line_items));
		differing(lines, lineKeys);
		differing(
			lines.flatMap((each) => items(each.line_quantities)),
			quantityKeys,
		);
	});

	test.each(kinds)('of %s comes again the same', async (key) => {
		const before = await list(key, '?page=1');
		await restart();
		expect(await list(key, '?page=1')).toEqual(before);
	});

	test.each(kinds)('of %s is another one in another organisation', async (key) => {
		const here = ids(await all(key));
		await register(9601);
		const there = await all(key);
		const shared = ids(there).filter((id) => here.includes(id));
		// Both sell the styles that orders are about.
		expect(shared).toHaveLength(key === 'products' ? 4 : key === 'skus' ? 45 : 0);
		const named = new Set(there.map(({ organisation_id }) => organisation_id));
		expect([...named]).toEqual([['products', 'skus', 'payments'].includes(key) ? undefined : 9601]);
	});

	test.each(kinds)('of %s ignores filters when told so, the page is not', async (key, count) => {
		await restart({ switches: { ignoresFilters: true } });
		const query = '?since_id=99999999&invoice_id=1&order_id=1&by_order_id=1&filter[ean]=1&filter[product_identifier]=1';
		const answer = await json(`/${key}${query}&by_q=x&since_created_at=2030-01-01&page=2`);
		expect(answer.meta).toMatchObject({ current_page: 2, total_count: count });
	});

	test.each(kinds)('of %s needs a token and an organisation', async (key) => {
		await restart({}, 0);
		expect(await list(key)).toEqual([]);
		await restart({ switches: { withoutOrganisation: 'forbidden' } }, 0);
		expect((await ask(`/${key}`)).status).toBe(403);
		uphance.expireTokens();
		expect(await ask(`/${key}`)).toEqual({ status: 401, text: '' });
	});

	test.each(kinds)('of %s takes its page of a million orders in no time', async (key) => {
		await restart({ orders: 1_000_000 });
		await list(key);
		const before = performance.now();
		await list(key, '?page=2');
		expect(performance.now() - before).toBeLessThan(3_000);
	});

	test.each(['invoices', 'credit_notes', 'pick_tickets', 'receiving_tickets', 'payments', 'production_orders'])(
		'of %s starts after since_id',
		async (key) => {
			const found = ids(await all(key));
			expect(ids(await all(key, `?since_id=${found[41]}`))).toEqual(found.slice(42));
			expect(ids(await all(key, '?since_id=0'))).toEqual(found);
		},
	);

	test.each(['pick_tickets', 'receiving_tickets', 'payments'])('of %s starts at since_created_at', async (key) => {
		const found = await all(key);
		const moment = String(found[41]?.created_at);
		const since = await all(key, `?since_created_at=${encodeURIComponent(moment)}`);
		expect(since).toEqual(found.filter(({ created_at }) => String(created_at) >= moment));
		expect(since.length).toBeGreaterThan(150);
		expect(await list(key, '?since_created_at=2030-01-01')).toEqual([]);
	});
});

describe('Stand-in: one record', () => {
	const singles: Array<[key: string, envelope: string, one: string]> = [
		['products', 'product', 'product'],
		['credit_notes', 'credit_notes', 'credit_note'],
		['pick_tickets', 'pick_ticket', 'pick_ticket'],
		['receiving_tickets', 'receiving_ticket', 'receiving_ticket'],
		['returns', 'returns', 'return'],
		['payments', 'payment', 'payment'],
	];

	test.each(sampled(singles, 6, 3))('of %s comes as in the list, under "%s"', async (key, envelope) => {
		for (const record of (await list(key)).slice(0, 30)) {
			expect(await json(`/${key}/${record.id}`)).toEqual({ [envelope]: record });
		}
	});

	test.each(sampled(singles, 6, 4))('of %s comes in the envelope that was chosen', async (key, _envelope, one) => {
		const [record] = await list(key);
		const answers = [];
		for (const single of ['singular', 'plural', 'list', 'bare'] as const) {
			await restart({ switches: { single } });
			answers.push(await json(`/${key}/${record?.id}`));
		}
		expect(answers).toEqual([{ [one]: record }, { [key]: record }, { [key]: [record] }, record]);
	});

	test.each([
		['empty', ''],
		['json', '{"error":"Not found"}'],
		['status', '{"status":404,"error":"Not Found"}'],
	] as const)('that nobody knows is answered 404, %s', async (notFoundBody, text) => {
		await restart({ switches: { notFoundBody } });
		for (const [key] of singles) {
			const [record] = await list(key, '?page=1');
			for (const id of [Number(record?.id) + 1, 1, 'nonsense', 1.5]) {
				expect(await ask(`/${key}/${id}`)).toEqual({ status: 404, text });
			}
		}
	});

	test.each(singles.filter(([key]) => key !== 'products'))('of %s of another organisation is none', async (key) => {
		const [record] = await list(key);
		await register(9601);
		expect((await ask(`/${key}/${record?.id}`)).status).toBe(404);
	});

	test('of invoices is found by a filter, by its id only when told so', async () => {
		const [, invoice] = await list('invoices');
		expect(await list('invoices', `?invoice_id=${invoice?.id}`)).toEqual([invoice]);
		expect(await list('invoices', '?invoice_id=7')).toEqual([]);
		expect((await ask(`/invoices/${invoice?.id}`)).status).toBe(404);
		await restart({ switches: { invoiceById: true } });
		expect(await json(`/invoices/${invoice?.id}`)).toEqual({ invoice });
	});
});

describe('Stand-in: products and skus', () => {
	test('products hold the documented fields all the way down', async () => {
		for (const { variations } of await list('products')) {
			for (const variation of items(variations)) {
				expect(keysOf(variation)).toBe('id color textile_content prices skus');
				expect(new Set(items(variation.prices).map(keysOf))).toEqual(new Set(['wsp_money msrp_money name currency']));
				for (const { wsp_money } of items(variation.prices)) expect(wsp_money).toMatch(/^\d+\.\d\d$/);
			}
		}
	});

	test('the skus of products are the skus, no id is there twice', async () => {
		const variations = (await list('products')).flatMap((each) => items(each.variations));
		expect(new Set(ids(variations)).size).toBe(variations.length);
		expect((await all('skus')).map(asInProduct)).toEqual(variations.flatMap(({ skus }) => items(skus)));
	});

	test('an EAN is of one sku and has a right check digit; some skus have none', async () => {
		const eans = (await all('skus')).map(({ ean }) => String(ean));
		const given = eans.filter((ean) => ean !== '');
		expect(new Set(given).size).toBe(given.length);
		expect(given.length).toBeLessThan(eans.length);
		for (const ean of given) {
			expect(ean).toMatch(/^\d{13}$/);
			expect([...ean].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0) % 10).toBe(0);
		}
	});

	test('a sku is found by its EAN, a product by its identifier', async () => {
		expect(await list('skus', '?filter[ean]=5000006409024')).toMatchObject([{ id: 640902, product_name: 'Aamira' }]);
		expect(await list('skus', '?filter%5Bean%5D=5000006409024')).toHaveLength(1);
		expect(await list('skus', '?filter[ean]=4')).toEqual([]);
		expect(await list('products', '?filter[product_identifier]=AW24-AKE')).toMatchObject([{ id: 7056 }]);
		expect(await list('products', '?filter[product_identifier]=aw24-ake')).toEqual([]);
	});

	test('identifiers are of one product each', async () => {
		const identifiers = (await list('products')).map((each) => each.product_identifier);
		expect(new Set(identifiers).size).toBe(identifiers.length);
	});

	test('numbers and categories are sometimes left out', async () => {
		const skus = await all('skus');
		for (const key of ['sku_number', 'category']) {
			const values = skus.map((each) => each[key]);
			expect(values).toEqual(expect.arrayContaining([null, '', expect.stringMatching(/./)]));
		}
	});

	test('seasons are a list or, when told so, a number', async () => {
		const seasons = (await json('/seasons')).seasons.map(({ id }: Item) => id);
		for (const { season_id } of await list('products')) {
			expect(seasons).toEqual(expect.arrayContaining(JSON.parse(JSON.stringify(season_id))));
		}
		await restart({ switches: { seasonId: 'number' } });
		for (const { season_id } of await list('products')) expect(seasons).toContain(season_id);
	});

	test('updated_at stays, when told so, where a payment or shipment changed a record', async () => {
		const path = '/sales_orders';
		const before = new Date(Date.now() - 1000).toISOString();
		const change = async (values: Item) => {
			uphance.changeRecord(path, 9042, values);
			return (await list('sales_orders')).find(({ id }) => id === 9042)?.updated_at;
		};
		expect(String(await change({ financial_status: 'paid' })) > before).toBe(true);
		await restart({ switches: { updatedAt: 'ownChanges' } });
		expect(String(await change({ financial_status: 'paid' })) > before).toBe(false);
		expect(String(await change({ notes: 'Ring the bell', financial_status: 'paid' })) > before).toBe(true);
	});

	test('made-up orders hold skus and variations of the products', async () => {
		const known = new Set(ids(await all('skus')));
		const variations = new Set(ids((await list('products')).flatMap((each) => items(each.variations))));
		for (const order of (await all('sales_orders')).slice(2)) {
			for (const { variation_id, line_quantities } of items(order.line_items)) {
				expect(variations).toContain(variation_id);
				for (const { sku_id } of items(line_quantities)) expect(known).toContain(sku_id);
			}
		}
	});
});

describe('Stand-in: what belongs to orders', () => {
	const byId = (records: Item[]) => new Map(records.map((each) => [each.id, each]));

	test('invoices are of the order that names them', async () => {
		const orders = byId(await all('sales_orders'));
		for (const invoice of await all('invoices')) {
			const order = orders.get(invoice.sale_id);
			expect(invoice).toMatchObject({
				order_number: String(order?.order_number),
				company_id: order?.company_id,
				invoice_number: Number(order?.invoice_numbers),
				grand_total: order?.grand_total,
			});
		}
	});

	test('every order that names an invoice or a shipment has it', async () => {
		const invoices = new Set((await all('invoices')).map((each) => String(each.invoice_number)));
		const tickets = new Set((await all('pick_tickets')).map((each) => String(each.shipment_number)));
		for (const { invoice_numbers, shipment_numbers } of await all('sales_orders')) {
			if (invoice_numbers) expect(invoices).toContain(invoice_numbers);
			if (shipment_numbers) expect(tickets).toContain(shipment_numbers);
		}
	});

	test('the invoices of customers are invoices', async () => {
		const invoices = new Set(ids(await all('invoices')));
		const named = (await all('customers')).flatMap((each) => items(each.invoices));
		expect(named.length).toBeGreaterThan(3);
		for (const { id } of named) expect(invoices).toContain(id);
	});

	test('pick tickets, payments, returns and credit notes are of orders', async () => {
		const orders = byId(await all('sales_orders'));
		for (const ticket of await all('pick_tickets')) {
			const order = orders.get(ticket.order_id);
			expect(ticket).toMatchObject({ sale_id: order?.id, customer_id: order?.company_id });
			expect(String(ticket.order_number)).toBe(order?.order_number);
			expect(ticket.status === 'shipped').toBe(order?.fulfillment_status === 'shipped');
		}
		const invoices = byId(await all('invoices'));
		for (const { sale_id, company_id, invoice_id } of await all('payments')) {
			expect([orders.get(sale_id)?.company_id, null]).toContain(company_id);
			if (invoice_id) expect(invoices.get(invoice_id)).toMatchObject({ sale_id });
		}
		const shipped = [...orders.values()].filter((each) => each.fulfillment_status === 'shipped');
		const numbers = new Set(shipped.map(({ order_number }) => Number(order_number)));
		for (const { order_number } of [...(await all('returns')), ...(await all('credit_notes'))]) {
			expect(numbers).toContain(order_number);
		}
	});

	test('an order that was created has none of it', async () => {
		await restart({ orders: 4 });
		const { sales_order } = JSON.parse((await post('/sales_orders', createRequest)).text);
		uphance.setOrders(9579, 20);
		const key = { invoices: 'sale_id', pick_tickets: 'order_id', payments: 'sale_id' };
		for (const [kind, field] of Object.entries(key)) {
			const found = await list(kind);
			expect(found.length).toBeGreaterThan(10);
			expect(found.map((each) => each[field])).not.toContain(sales_order.id);
		}
	});

	test('production orders, their tickets and invoices belong together', async () => {
		const orders = byId(await all('production_orders'));
		for (const ticket of await all('receiving_tickets')) {
			const order = orders.get(ticket.production_order_id);
			expect(ticket).toMatchObject({
				production_order_number: order?.production_order_number,
				vendor: order?.company_name,
				status: order?.delivery_status === 'All Received' ? 'checked in' : null,
			});
		}
		for (const invoice of await all('vendor_invoices')) {
			const order = orders.get(invoice.production_order_id);
			expect(invoice).toMatchObject({ parent_id: order?.id, vendor_name: order?.company_name });
			expect([order?.company_id, null]).toContain(invoice.company_id);
		}
	});

	test('skus of what is made or picked are skus, with their barcodes', async () => {
		const eans = new Map((await all('skus')).map(({ id, ean }) => [id, ean]));
		const records = [...(await list('receiving_tickets')), ...(await list('pick_tickets')).slice(2)];
		for (const { line_items } of records) {
			for (const { sku_id, upc_number } of items(line_items).flatMap((each) => items(each.line_quantities))) {
				expect(upc_number).toBe(eans.get(sku_id));
			}
		}
	});
});

describe('Stand-in: pick tickets', () => {
	const put = async (path: string, body?: unknown) => await ask(`/pick_tickets/${path}`, 'PUT', body);

	test('are found by warehouse, order and shipment', async () => {
		const found = await all('pick_tickets');
		const [, , ticket] = found;
		for (const query of [
			`?by_order_number=${ticket?.order_number}`,
			`?by_order_id=${ticket?.order_id}`,
			`?by_shipment_number=${ticket?.shipment_number}`,
		]) {
			expect(await list('pick_tickets', query)).toEqual([ticket]);
		}
		expect(await list('pick_tickets', '?by_order_id=1')).toEqual([]);
		const east = found.filter(({ warehouse }) => warehouse === 'East warehouse');
		expect(east.length).toBeGreaterThan(40);
		expect(await all('pick_tickets', '?filter[warehouse_name]=East%20warehouse')).toEqual(east);
		expect(await list('pick_tickets', '?filter[warehouse_name]=North')).toEqual([]);
	});

	test('have all three states, and much that is empty or missing', async () => {
		const found = await all('pick_tickets');
		expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['shipped', 'published', 'draft']));
		expect(found.map(({ grand_total }) => grand_total)).toContain(null);
		expect(found.filter((each) => !('weight' in each)).length).toBeGreaterThan(0);
	});

	test('take values from the address', async () => {
		const [ticket] = await list('pick_tickets');
		const query =
			'service=Next%20day%20%7C%20%C3%A9&tracking_number=T%2B1&carrier=dhl&shipping_cost=12.5&status=shipped';
		const { status, text } = await put(`${ticket?.id}?${query}`);
		expect(status).toBe(200);
		const { pick_ticket } = JSON.parse(text);
		expect(pick_ticket).toEqual({
			...ticket,
			service: 'Next day | é',
			tracking_number: 'T+1',
			carrier: 'dhl',
			shipping_cost: '12.5',
			updated_at: expect.any(String),
		});
		expect((await list('pick_tickets'))[0]).toEqual(pick_ticket);
		expect(await json(`/pick_tickets/${ticket?.id}`)).toEqual({ pick_ticket });
		const again = JSON.parse((await put(`${ticket?.id}?carrier=australia_post`)).text);
		expect(again.pick_ticket).toMatchObject({ carrier: 'australia_post', tracking_number: 'T+1' });
	});

	test('take values from a body only when told so; the address wins', async () => {
		const [ticket] = await list('pick_tickets');
		const change = async () =>
			JSON.parse((await put(`${ticket?.id}?carrier=dhl`, { service: 'Slow', carrier: 'x', shipping_cost: 3 })).text);
		expect((await change()).pick_ticket).toMatchObject({ service: null, carrier: 'dhl', shipping_cost: '0.0' });
		await restart({ switches: { putValues: 'both' } });
		expect((await change()).pick_ticket).toMatchObject({ service: 'Slow', carrier: 'dhl', shipping_cost: '3.0' });
	});

	test('are marked as shipped', async () => {
		const ticket = (await list('pick_tickets')).find((each) => each.status === 'published');
		const { status, text } = await put(`${ticket?.id}/ship`);
		expect([status, JSON.parse(text).pick_ticket.status]).toEqual([200, 'shipped']);
		expect((await json(`/pick_tickets/${ticket?.id}`)).pick_ticket).toMatchObject({
			status: 'shipped',
			stock_adjusted_at: expect.any(String),
		});
		expect((await put(`${ticket?.id}/ship`)).status).toBe(200);
		expect((await json(`/sales_orders/${ticket?.order_id}`)).sales_order).toMatchObject({
			fulfillment_status: 'shipped',
			shipment_numbers: String(ticket?.shipment_number),
		});
	});

	test('are gone once deleted', async () => {
		const [ticket, next] = await list('pick_tickets');
		uphance.deletePickTicket(Number(ticket?.id));
		expect((await json('/pick_tickets')).meta.total_count).toBe(221);
		expect((await list('pick_tickets'))[0]).toEqual(next);
		expect((await ask(`/pick_tickets/${ticket?.id}`)).status).toBe(404);
		for (const path of [`${ticket?.id}?carrier=dhl`, `${ticket?.id}/ship`, '1/ship', 'nonsense?carrier=dhl']) {
			expect(await put(path)).toEqual({ status: 404, text: '' });
		}
		expect((await ask('/sandbox/deletePickTicket', 'POST', [next?.id])).status).toBe(200);
		expect((await ask(`/pick_tickets/${next?.id}`)).status).toBe(404);
	});

	test('have boxes that hold their pieces, drafts none', async () => {
		for (const ticket of await list('pick_tickets')) {
			const { shipment_boxes: boxes, ...more } = await json(`/pick_tickets/${ticket.id}/box_items`);
			expect(more).toEqual({});
			const packed = items(boxes).flatMap((box) => items(box.shipment_box_items));
			const count = packed.reduce((sum, { quantity }) => sum + Number(quantity), 0);
			const ordered = items(ticket.line_items)
				.flatMap((line) => items(line.line_quantities))
				.reduce((sum, { quantity }) => sum + Number(quantity), 0);
			expect(count).toBe(ticket.status === 'draft' ? 0 : ordered);
			expect(new Set(items(boxes).map(({ shipment_id }) => shipment_id))).toEqual(
				new Set(ticket.status === 'draft' ? [] : [ticket.id]),
			);
		}
	});

	test('that nobody knows have no boxes, nor have those of another organisation', async () => {
		expect((await ask('/pick_tickets/1/box_items')).status).toBe(404);
		await register(9601);
		expect((await ask('/pick_tickets/3000079/box_items')).status).toBe(404);
	});

	test('of another organisation cannot be changed', async () => {
		const [ticket] = await list('pick_tickets');
		await register(9601);
		expect((await put(`${ticket?.id}/ship`)).status).toBe(404);
		await register(9579);
		expect((await list('pick_tickets'))[0]).toEqual(ticket);
	});

	test('cannot be made or deleted', async () => {
		expect((await post('/pick_tickets', {})).status).toBe(404);
		expect((await ask('/pick_tickets/3000079', 'DELETE')).status).toBe(404);
	});
});

describe('Stand-in: payments', () => {
	const body = {
		amount: '100.00',
		reference: 'Bank 77',
		created_at: '2026-03-01T10:00:00+01:00',
		date: '2026-03-01',
		sale_id: 9005,
		company_id: 9498,
		invoice_id: 1000079,
		source: 'Bank transfer',
	};

	test('of an invoice lower what is open of it, until the order is paid', async () => {
		const open = (await list('invoices')).find(({ amount_outstanding }) => amount_outstanding !== '0.0');
		const pay = async (amount: number) =>
			await post('/payments', { ...body, amount: String(amount), sale_id: open?.sale_id, invoice_id: open?.id });
		const state = async () => {
			const [invoice] = await list('invoices', `?invoice_id=${open?.id}`);
			const { sales_order: order } = await json(`/sales_orders/${open?.sale_id}`);
			return [invoice?.total_paid, invoice?.amount_outstanding, invoice?.payments_count, order.financial_status];
		};
		const [, , , unpaid] = await state();
		const total = Number(open?.grand_total);
		await pay(10);
		expect(await state()).toEqual(['10.0', formatMoney(Math.round(total * 100) - 1000), 1, unpaid]);
		await pay(total);
		expect(await state()).toEqual([formatMoney(Math.round(total * 100) + 1000), '0.0', 2, 'paid']);
	});

	test('are found by their order', async () => {
		const [, , payment] = await list('payments');
		expect(await list('payments', `?order_id=${payment?.sale_id}`)).toEqual([payment]);
		expect(await list('payments', '?order_id=7')).toEqual([]);
	});

	test('can be made, and are then last in the list', async () => {
		const { status, text } = await post('/payments', body);
		expect(status).toBe(201);
		const { payment } = JSON.parse(text);
		const found = await all('payments');
		expect(payment).toEqual({
			id: expect.any(Number),
			created_at: expect.stringMatching(/Z$/),
			updated_at: expect.stringMatching(/Z$/),
			amount: '100.0',
			reference: 'Bank 77',
			date: '2026-03-01T00:00:00.000Z',
			sale_id: 9005,
			company_id: 9498,
			invoice_id: 1000079,
			source: 'Bank transfer',
		});
		expect(keysOf(payment)).toBe(keysOf(found[0]));
		expect(found).toHaveLength(223);
		expect(found.at(-1)).toEqual(payment);
		expect(payment.id).toBeGreaterThan(Number(found.at(-2)?.id));
		expect(await json(`/payments/${payment.id}`)).toEqual({ payment });
		expect((await list('payments', '?order_id=9005')).map(({ id }) => id)).toEqual([6000079, payment.id]);
		expect(await list('payments', `?since_id=${found.at(-2)?.id}`)).toEqual([payment]);
		expect(await list('payments', '?since_created_at=2026-01-01')).toEqual([payment]);
		expect(uphance.createdPayments()).toEqual([{ organisation: 9579, payment, body }]);
		await register(9601);
		expect((await ask(`/payments/${payment.id}`)).status).toBe(404);
	});

	test('need no more than an amount and an order, be it one just made', async () => {
		const { sales_order } = JSON.parse((await post('/sales_orders', createRequest)).text);
		const { payment } = JSON.parse((await post('/payments', { amount: 5, sale_id: sales_order.id })).text);
		expect(payment).toMatchObject({
			amount: '5.0',
			company_id: 55140,
			invoice_id: null,
			reference: null,
			source: null,
		});
	});

	test.each([
		[{ amount: undefined }, { amount: ["can't be blank"] }],
		[{ amount: '' }, { amount: ["can't be blank"] }],
		[{ amount: 'much' }, { amount: ['is not a number'] }],
		[{ sale_id: undefined }, { sale_id: ["can't be blank"] }],
		[{ sale_id: 7 }, { sale: ['must exist'] }],
		[{ invoice_id: 7 }, { invoice: ['must exist'] }],
		[
			{ amount: null, sale_id: null },
			{ amount: ["can't be blank"], sale_id: ["can't be blank"] },
		],
	])('with %j are refused', async (change, errors) => {
		const { status, text } = await post('/payments', { ...body, ...change });
		expect([status, JSON.parse(text)]).toEqual([422, { errors }]);
		expect(uphance.createdPayments()).toEqual([]);
	});

	test('without an object or an organisation are refused', async () => {
		expect((await post('/payments', [body])).status).toBe(400);
		await restart({}, 0);
		expect((await post('/payments', body)).status).toBe(422);
	});

	test.each([
		['empty', ''],
		['status', '{"Status":"Created"}'],
	] as const)('are answered with %s when told so', async (createdAnswer, text) => {
		await restart({ switches: { createdAnswer, createdStatus: 200 } });
		expect(await post('/payments', body)).toEqual({ status: 200, text });
		expect(uphance.createdPayments()).toHaveLength(1);
	});
});

describe('Stand-in: stock operations', () => {
	const body = {
		stock_operation: {
			source: 'Shop',
			external_ref: '77',
			external_url: 'https://shop.example/77',
			comments: '',
			line_quantities: [
				{ sku_id: 640902, quantity: 3 },
				{ sku_id: 705400, quantity: 1 },
			],
		},
		idempotency_key: 'k'.repeat(128),
	};
	const stockOf = async () => {
		const skus = new Map((await all('skus')).map((each) => [each.id, each]));
		return [640902, 705400].map((id) => {
			const { in_stock, available_to_sell, available_to_sell_from_stock } = skus.get(id) ?? {};
			return [in_stock, available_to_sell, available_to_sell_from_stock].map(Number);
		});
	};
	const changed = (stock: number[][], by: number[]) =>
		stock.map((each, at) => each.map((pieces) => pieces + (by[at] ?? 0)));

	test.each([
		['takes', [-3, -1]],
		['adds', [3, 1]],
	] as const)('change the stock: a positive quantity %s', async (stockSign, by) => {
		await restart({ switches: { stockSign } });
		const before = await stockOf();
		const { status, text } = await post('/stock_operations', body);
		expect(status).toBe(201);
		expect(JSON.parse(text)).toEqual({
			stock_operation: { id: expect.any(Number), created_at: expect.any(String), ...body.stock_operation },
		});
		expect(await stockOf()).toEqual(changed(before, [...by]));
		const [product] = await list('products');
		expect(JSON.stringify(product)).toContain(JSON.stringify(asInProduct((await list('skus'))[2])));
		await register(9601);
		const elsewhere = await stockOf();
		await restart({}, 9601);
		expect(await stockOf()).toEqual(elsewhere);
	});

	test('with the same key count once', async () => {
		const first = await post('/stock_operations', body);
		const stock = await stockOf();
		expect(await post('/stock_operations', body)).toEqual(first);
		expect(await stockOf()).toEqual(stock);
		expect(uphance.stockOperations()).toEqual([{ organisation: 9579, key: body.idempotency_key, body }]);
		await post('/stock_operations', { ...body, idempotency_key: 'other' });
		expect(await stockOf()).toEqual(changed(stock, [-3, -1]));
		expect(uphance.stockOperations()).toHaveLength(2);
	});

	test('without a key count each time', async () => {
		const keyless = { stock_operation: body.stock_operation };
		await post('/stock_operations', keyless);
		await post('/stock_operations', keyless);
		expect(uphance.stockOperations().map(({ key }) => key)).toEqual([null, null]);
	});

	test('count in each organisation, and with dropAfter though nobody hears of it', async () => {
		uphance.fault({ path: '/stock_operations', kind: 'dropAfter' });
		await expect(post('/stock_operations', body)).rejects.toThrow('fetch failed');
		expect((await post('/stock_operations', body)).status).toBe(201);
		await register(9601);
		await post('/stock_operations', body);
		expect(uphance.stockOperations().map(({ organisation }) => organisation)).toEqual([9579, 9601]);
	});

	const lines = (...line_quantities: object[]) => ({ stock_operation: { line_quantities } });
	test.each([
		[{ idempotency_key: 'k'.repeat(129) }, { idempotency_key: ['is too long (maximum is 128 characters)'] }],
		[{ stock_operation: undefined }, { line_quantities: ["can't be blank"] }],
		[{ stock_operation: { source: 'Shop' } }, { line_quantities: ["can't be blank"] }],
		[lines(), { line_quantities: ["can't be blank"] }],
		[lines({ sku_id: 640902, quantity: 1 }, { sku_id: 7, quantity: 1 }), { sku: ['must exist'] }],
		[lines({ sku_id: 640902, quantity: 1.5 }), { quantity: ['must be an integer'] }],
		[lines({ sku_id: 640902 }), { quantity: ['must be an integer'] }],
	])('with %j are refused, and the key stays good', async (change, errors) => {
		const before = await stockOf();
		const { status, text } = await post('/stock_operations', { ...body, ...change });
		expect([status, JSON.parse(text)]).toEqual([422, { errors }]);
		expect(uphance.stockOperations()).toEqual([]);
		expect(await stockOf()).toEqual(before);
		expect((await post('/stock_operations', body)).status).toBe(201);
		expect(uphance.stockOperations()).toHaveLength(1);
	});

	test.each([
		['empty', ''],
		['status', '{"Status":"Created"}'],
	] as const)('are answered with %s when told so', async (createdAnswer, text) => {
		await restart({ switches: { createdAnswer } });
		expect(await post('/stock_operations', body)).toEqual({ status: 201, text });
	});

	test('cannot be read', async () => {
		expect((await ask('/stock_operations')).status).toBe(404);
	});
});

describe('Stand-in: vendor invoices', () => {
	const numbers = async (query: string) =>
		(await all('vendor_invoices', query)).map((each) => each.vendor_invoice_number);
	const state = 'by_invoice_state[]';

	test('are open and overdue ones unless told otherwise', async () => {
		const usual = await numbers('?');
		for (const query of [
			`${state}=all`,
			`${state}=open&${state}=overdue`,
			`${state}=nonsense`,
			'by_invoice_state=closed',
		]) {
			expect(await numbers(`?${query}`)).toEqual(usual);
		}
		const closed = await numbers(`?${state}=closed`);
		expect(closed).toHaveLength(115);
		expect(usual.filter((number) => closed.includes(number))).toEqual([]);
		const everything = await numbers(`?${state}=all&${state}=closed`);
		expect(everything.sort()).toEqual([...usual, ...closed].sort());
		expect(await numbers('?by_invoice_state%5B%5D=closed')).toEqual(closed);
	});

	test('are overdue past their due date, open before it or without one', async () => {
		const now = new Date().toISOString();
		for (const { due_date } of await all('vendor_invoices', `?${state}=overdue`))
			expect(String(due_date) < now).toBe(true);
		const due = (await all('vendor_invoices', `?${state}=open`)).map(({ due_date }) => due_date);
		expect(due).toContain(null);
		expect(due.every((date) => date === null || String(date) > now)).toBe(true);
	});

	test('are found by number, production order and vendor', async () => {
		const [first] = await list('vendor_invoices');
		expect(await numbers(`?by_q=${String(first?.vendor_invoice_number).toLowerCase()}`)).toEqual(['VI-2000']);
		expect(await numbers('?by_q=600')).toEqual(['VI-2000']);
		expect((await numbers('?by_q=lombarda')).length).toBeGreaterThan(50);
		expect(await numbers('?by_q=nobody')).toEqual([]);
		const freight = `?by_production_order_id=${first?.production_order_id}&${state}=all&${state}=closed`;
		expect(await numbers(freight)).toEqual(['VI-2000', 'VI-2230']);
	});

	test('come as many a page as was asked for, unlike all others', async () => {
		const { vendor_invoices, meta } = await json('/vendor_invoices?per_page=7&page=2');
		expect(vendor_invoices).toHaveLength(7);
		expect(meta).toMatchObject({ current_page: 2, total_pages: 33, total_count: 230 });
		expect(await list('vendor_invoices', '?per_page=none')).toHaveLength(100);
		expect(await list('invoices', '?per_page=7')).toHaveLength(100);
	});
});

describe('Stand-in: SKUs in the list', () => {
	test.each([
		['all', 'id product_id variation_id color'],
		['id', 'id color'],
		['none', 'color'],
	] as const)('carry the ids that the switch names: %s', async (skuIds, keys) => {
		await restart({ switches: { skuIds } });
		const [sku] = await list('skus');
		expect(keysOf(sku).startsWith(keys)).toBe(true);
		const [product] = await list('products');
		const [variation] = items(product?.variations);
		expect(keysOf(items(variation?.skus)[0])).toMatch(/^id color /);
		if (skuIds === 'all') expect(sku).toMatchObject({ product_id: product?.id, variation_id: variation?.id });
	});

	test('are changed in both lists, so that two can share an EAN and a number', async () => {
		const skus = await list('skus');
		const [first, second] = skus.filter(({ ean }) => ean);
		const values = { ean: String(second?.ean), sku_number: 'TWICE' };
		uphance.changeSku(Number(first?.id), values);
		const found = await list('skus', `?filter[ean]=${values.ean}`);
		expect(ids(found)).toEqual([first?.id, second?.id]);
		expect(found[0]).toMatchObject(values);
		expect(await list('skus', `?filter[ean]=${String(first?.ean)}`)).toEqual([]);
		const inProducts = (await list('products')).flatMap(({ variations }) =>
			items(variations).flatMap((each) => items(each.skus)),
		);
		expect(inProducts.find(({ id }) => id === first?.id)).toMatchObject(values);
		expect(() => uphance.changeSku(1, values)).toThrow('There is no SKU 1 in organisation 9579.');
	});
});

test('Stand-in: people of a customer are changed in the list and in the single record', async () => {
	const [customer] = await list('customers');
	const people = [{ id: 1, first_name: 'Ann', last_name: 'Lee' }];
	uphance.changeRecord('/customers', Number(customer?.id), { people });
	expect((await list('customers'))[0]?.people).toEqual(people);
	expect((await json(`/customers/${customer?.id}`)).customer.people).toEqual(people);
});

test('Stand-in: a number of products that is set counts in the list and for single products', async () => {
	uphance.setStyles(9579, 101);
	expect(await all('products')).toHaveLength(101);
	const last = (await all('products')).at(-1);
	expect((await json(`/products/${last?.id}`)).product).toEqual(last);
});

test('Stand-in: ten thousand products come as 100 pages, each quickly', async () => {
	await restart({ styles: 10_000 });
	const began = performance.now();
	const products = await all('products');
	// About 12 ms a page outside jest, 30 in it: this only notices work that grows with the number of products.
	expect(performance.now() - began).toBeLessThan(100 * 100);
	for (const name of ['id', 'product_identifier']) {
		expect(new Set(products.map((each) => each[name])).size).toBe(10_000);
	}
	expect((await json('/products')).meta.total_pages).toBe(100);
	const [variation] = items(products.at(-1)?.variations);
	expect(variation?.skus).toHaveLength(5);
	expect(keysOf(items(variation?.prices)[0])).toBe('wsp_money msrp_money name currency');
});
