import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiRequest, Json, JsonObject } from '../../check/description/uphanceApi.mts';
import {
	answerProblems,
	description,
	operations,
	recordSchema,
	requestProblems,
} from '../../check/description/uphanceApi.mts';
import createSalesOrder from '../../sandbox/uphance/documented/createSalesOrder.request.json';
import organisations from '../../sandbox/uphance/documented/organisations.json';
import pagination from '../../sandbox/uphance/documented/pagination.json';
import passwordGrant from '../../sandbox/uphance/documented/passwordGrant.request.json';
import refreshGrant from '../../sandbox/uphance/documented/refreshGrant.request.json';
import salesOrders from '../../sandbox/uphance/documented/salesOrders.json';
import registration from '../../sandbox/uphance/documented/setCurrentOrganisation.json';
import token from '../../sandbox/uphance/documented/token.json';
import { defaultSwitches } from '../../sandbox/uphance/switches.mts';
import { sampled } from '../propertyRuns.mts';

const root = join(__dirname, '..', '..');
const file = join(root, 'docs', 'uphance.openapi.yaml');

const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a part of the description points at, or itself. */
function resolved(value: Json | undefined): JsonObject {
	if (!isObject(value)) throw new Error(`No object: ${JSON.stringify(value)}`);
	if (typeof value.$ref !== 'string') return value;
	const keys = value.$ref.split('/').slice(1);
	return resolved(keys.reduce<Json | undefined>((each, key) => (isObject(each) ? each[key] : undefined), description));
}

/** Every object in the description, with the way to it. */
function objectsIn(value: Json, path = ''): Array<{ path: string; value: JsonObject }> {
	if (Array.isArray(value)) return value.flatMap((each, index) => objectsIn(each, `${path}/${index}`));
	if (!isObject(value)) return [];
	return [{ path, value }, ...Object.entries(value).flatMap(([key, each]) => objectsIn(each, `${path}/${key}`))];
}

const isMarked = (value: JsonObject) => 'x-certainty' in value && 'x-source' in value;
const schemaNames = Object.keys(resolved(resolved(description.components).schemas));
const webhooks = Object.entries(resolved(description.webhooks)).map(([name, item]) => ({
	name,
	value: resolved(resolved(item).post),
}));

describe('The description', () => {
	test('is valid OpenAPI 3.1', () => {
		const script = join(root, 'test', 'api', 'openApiErrors.mts');
		const said = execFileSync(process.execPath, ['--import', 'tsx', script, file], { cwd: root, encoding: 'utf8' });
		expect(said.trim()).toBe('OpenAPI 3.1');
	});

	test('has every operation that is documented or known from clients, and no other', () => {
		expect(operations.map(({ name }) => name)).toEqual([
			'POST /oauth/token',
			'POST /oauth/revoke_tokens',
			'GET /organisations',
			'POST /organisations/set_current_org',
			'GET /sales_orders',
			'POST /sales_orders',
			'GET /sales_orders/{id}',
			'GET /channels',
			'GET /seasons',
			'GET /products',
			'GET /products/{id}',
			'GET /skus',
			'GET /customers',
			'GET /customers/{id}',
			'GET /invoices',
			'GET /credit_notes',
			'GET /credit_notes/{id}',
			'GET /pick_tickets',
			'GET /pick_tickets/{id}',
			'PUT /pick_tickets/{id}',
			'PUT /pick_tickets/{id}/ship',
			'GET /pick_tickets/{id}/box_items',
			'GET /receiving_tickets',
			'GET /receiving_tickets/{id}',
			'GET /returns',
			'GET /returns/{id}',
			'GET /payments',
			'POST /payments',
			'GET /payments/{id}',
			'POST /stock_operations',
			'GET /production_orders',
			'GET /vendor_invoices',
		]);
	});

	test('states the certainty and source of every operation, parameter and success', () => {
		const parts = [...operations, ...webhooks].flatMap(({ name, value }) => [
			{ name, part: value },
			...[value.parameters ?? []].flat().map((each) => ({ name, part: resolved(each) })),
			...Object.entries(resolved(value.responses))
				.filter(([status]) => status.startsWith('2'))
				.map(([status, each]) => ({ name: `${name} ${status}`, part: resolved(each) })),
		]);
		const unmarked = parts
			.filter(({ part }) => !isMarked(part))
			.map(({ name, part }) => `${name} ${String(part.name ?? '')}`);
		expect(unmarked).toEqual([]);
	});

	test('states the certainty and source of every record', () => {
		const unmarked = schemaNames.filter((name) => {
			const schema = recordSchema(name);
			return [schema.type].flat().includes('object') && !isMarked(schema);
		});
		expect(unmarked).toEqual([]);
	});

	test('uses four words for certainty, never without a source', () => {
		const marks = objectsIn(description).filter(({ value }) => 'x-certainty' in value || 'x-source' in value);
		const words = ['documented', 'learned', 'assumed', 'unknown'];
		expect(new Set(marks.map(({ value }) => value['x-certainty']))).toEqual(new Set(words));
		expect(marks.filter(({ value }) => typeof value['x-source'] !== 'string').map(({ path }) => path)).toEqual([]);
	});

	test('names a page with its address wherever it says documented', () => {
		const pageless = objectsIn(description).filter(
			({ value }) =>
				value['x-certainty'] === 'documented' &&
				!/, https:\/\/help\.uphance\.com\/en\/articles\/\d+/.test(String(value['x-source'])),
		);
		expect(pageless.map(({ path }) => path)).toEqual([]);
	});

	test('refers to nothing outside itself', () => {
		expect(readFileSync(file, 'utf8')).not.toMatch(/dossier|shared\/|\.\.\/|K-P|S2-2026/);
	});

	test.each(sampled(schemaNames, 3))('%s is a valid schema, and stands alone when references are resolved', (name) => {
		const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-certainty', 'x-source'] });
		formats.default(ajv);
		expect(() => ajv.compile(recordSchema(name))).not.toThrow();
		expect(JSON.stringify(recordSchema(name))).not.toContain('$ref');
	});

	test('throws with the name when a record is unknown', () => {
		expect(() => recordSchema('Warehouse')).toThrow("no schema 'Warehouse'");
	});

	test.each(webhooks.map(({ name, value }) => [name, value] as const))(
		'%s names itself in its body',
		(event, value) => {
			const schema = resolved(resolved(resolved(value.requestBody).content)['application/json'] ?? null);
			const { properties, required } = resolved(schema.schema);
			expect(resolved(resolved(properties).event)).toMatchObject({ const: event });
			expect(required).toEqual(Object.keys(resolved(properties)));
		},
	);
});

describe('docs/api.md', () => {
	const rows = readFileSync(join(root, 'docs', 'api.md'), 'utf8')
		.split('\n')
		.map((line) => /^\| `(\w+)` +\| `([^`]+)`/.exec(line))
		.filter((row) => row !== null);

	test('has every switch of the sandbox, its default first, and no other', () => {
		const switches = rows.filter(([, name = '']) => !['documented', 'learned', 'assumed', 'unknown'].includes(name));
		expect(Object.fromEntries(switches.map(([, name, first]) => [name, first]))).toEqual(
			Object.fromEntries(Object.entries(defaultSwitches).map(([name, value]) => [name, String(value)])),
		);
	});
});

const post = (path: string, body: unknown): ApiRequest => ({ method: 'POST', path, body });
const get = (path: string, query: ApiRequest['query'] = {}): ApiRequest => ({ method: 'GET', path, query });
const meta = pagination.meta;

describe("Every block of JSON on Uphance's two pages is as described:", () => {
	const blocks: Record<string, () => string[]> = {
		'createSalesOrder.request.json': () => requestProblems(post('/sales_orders', createSalesOrder)),
		'organisations.json': () => answerProblems(get('/organisations'), 200, organisations),
		'pagination.json': () => answerProblems(get('/sales_orders'), 200, { ...salesOrders, ...pagination }),
		'passwordGrant.request.json': () => requestProblems(post('/oauth/token', passwordGrant)),
		'refreshGrant.request.json': () => requestProblems(post('/oauth/token', refreshGrant)),
		'salesOrders.json': () => answerProblems(get('/sales_orders'), 200, salesOrders),
		'setCurrentOrganisation.json': () => answerProblems(post('/organisations/set_current_org', {}), 201, registration),
		'token.json': () => answerProblems(post('/oauth/token', passwordGrant), 200, token),
	};

	test.each(Object.entries(blocks))('%s', (_name, problems) => {
		expect(problems()).toEqual([]);
	});

	test('all of them', () => {
		expect(readdirSync(join(root, 'sandbox', 'uphance', 'documented')).sort()).toEqual(Object.keys(blocks).sort());
	});
});

describe('A request is refused', () => {
	const refused: Array<[string, ApiRequest, string]> = [
		['to an unknown path', get('/warehouses'), 'GET /warehouses is not described'],
		['to a path with something more', get('/sales_orders/1/lines'), 'is not described'],
		[
			'with an unknown method',
			{ method: 'DELETE', path: '/sales_orders/1' },
			'DELETE /sales_orders/1 is not described',
		],
		['with an id that is no number', get('/sales_orders/abc'), "parameter 'id': it must be integer"],
		['with an unknown query parameter', get('/sales_orders', { by_colour: 'red' }), "query parameter 'by_colour'"],
		['with a filter of another list', get('/customers', { since_id: '1' }), "query parameter 'since_id'"],
		['with a page that is no number', get('/sales_orders', { page: 'two' }), "'page': it must be integer"],
		['with page 0', get('/sales_orders', { page: '0' }), "'page': it must be >= 1"],
		['with a moment that is none', get('/payments', { since_created_at: 'yesterday' }), "'since_created_at'"],
		[
			'with an unknown state',
			get('/vendor_invoices', { 'by_invoice_state[]': ['open', 'lost'] }),
			'/1 must be equal to',
		],
		['with a body that is not wanted', { ...get('/sales_orders'), body: {} }, 'takes no body'],
		['without the body that is wanted', post('/sales_orders', undefined), 'wants a body'],
		[
			'with a price as text',
			post('/sales_orders', { line_items: [{ unit_price: '1.0' }] }),
			'unit_price must be number',
		],
		['with a total as number', post('/sales_orders', { total_tax: 10 }), '/total_tax must be string'],
		['with a customer as text', post('/sales_orders', { customerId: '55140' }), '/customerId must be integer'],
		['with a date that is none', post('/sales_orders', { startShipDate: '06/06/2019' }), 'must match format "date"'],
		['with half a quantity', post('/stock_operations', stock({ quantity: 1.5 })), 'quantity must be integer'],
		['without lines', post('/stock_operations', { stock_operation: {} }), "required property 'line_quantities'"],
		['with a key that is too long', post('/stock_operations', stock({}, 'x'.repeat(129))), '128 characters'],
		['with a payment as number', post('/payments', { amount: 12.5 }), '/amount must be string'],
		['with a user name', post('/oauth/token', { username: 'a', password: 'b', grant_type: 'password' }), "'email'"],
	];

	test.each(refused)('%s', (_name, request, problem) => {
		expect(requestProblems(request).join('\n')).toContain(problem);
	});

	function stock(line: object, idempotency_key = 'key'): object {
		return { idempotency_key, stock_operation: { line_quantities: [{ sku_id: 1, quantity: 1, ...line }] } };
	}
});

describe('A request passes', () => {
	const passing: Array<[string, ApiRequest]> = [
		['with an order number as text', get('/sales_orders', { by_order_number: 'A-1', since_id: '9005', page: '2' })],
		['with a filter in brackets', get('/skus', { 'filter[ean]': '0123456789012' })],
		['with one state or several', get('/vendor_invoices', { 'by_invoice_state[]': ['all', 'closed'] })],
		['with one of a list', get('/vendor_invoices', { 'by_invoice_state[]': 'closed' })],
		['with a day for a moment', get('/pick_tickets', { since_created_at: '2025-01-31' })],
		['with values in the query of a PUT', { method: 'PUT', path: '/pick_tickets/7', query: { shipping_cost: '9.50' } }],
		['with a field that is not described', post('/sales_orders', { customerId: 1, brand_new: true })],
		['without a body where that is allowed', post('/oauth/revoke_tokens', undefined)],
	];

	test.each(passing)('%s', (_name, request) => {
		expect(requestProblems(request)).toEqual([]);
	});
});

describe('An answer is refused', () => {
	const [order] = salesOrders.sales_orders;
	const list = (change: object) => ({ sales_orders: [{ ...order, ...change }], meta });
	const refused: Array<[string, ApiRequest, number, unknown, string]> = [
		['of an unknown path', get('/warehouses'), 200, {}, 'is not described'],
		['without its envelope', get('/sales_orders'), 200, [order], 'must be object'],
		['under another name', get('/sales_orders'), 200, { orders: [order], meta }, "required property 'sales_orders'"],
		['without meta', get('/sales_orders'), 200, { sales_orders: [order] }, "required property 'meta'"],
		['with half of meta', get('/sales_orders'), 200, { sales_orders: [], meta: { current_page: 1 } }, "'next_page'"],
		['with money as a number', get('/sales_orders'), 200, list({ grand_total: 56.76 }), 'grand_total must be string'],
		['with money without a decimal', get('/sales_orders'), 200, list({ grand_total: '56' }), 'must match pattern'],
		['with an id as text', get('/sales_orders'), 200, list({ id: '9005' }), '/sales_orders/0/id must be integer'],
		['with a day for a moment', get('/sales_orders'), 200, list({ created_at: '2018-11-01' }), 'format "date-time"'],
		[
			'with null for what never is',
			get('/sales_orders'),
			200,
			list({ company_id: null }),
			'company_id must be integer',
		],
		['with no lines', get('/sales_orders'), 200, list({ line_items: undefined }), "required property 'line_items'"],
		['without a body', get('/sales_orders'), 200, '', 'with a body, and there is none'],
		['as text', get('/sales_orders'), 200, '<html></html>', 'must be object'],
		['with a success nobody knows', get('/sales_orders'), 202, list({}), 'not known to answer 202'],
		['that is not the order asked for', get('/sales_orders/1'), 200, { order }, "required property 'sales_order'"],
		[
			'with half an order',
			post('/sales_orders', {}),
			201,
			{ sales_order: { id: 1 } },
			"required property 'created_at'",
		],
		['with another word', post('/organisations/set_current_org', {}), 201, { Status: 'Done' }, '"Updated"'],
		['with a channel_id', get('/channels'), 200, { channels: [{ channel_id: 1 }] }, "required property 'channel_ID'"],
	];

	test.each(refused)('%s', (_name, request, status, body, problem) => {
		expect(answerProblems(request, status, JSON.parse(JSON.stringify(body))).join('\n')).toContain(problem);
	});
});

describe('An answer passes', () => {
	const [order] = salesOrders.sales_orders;
	const passing: Array<[string, ApiRequest, number, unknown]> = [
		['with a field that is not described', get('/sales_orders'), 200, { ...salesOrders, brand_new: 1 }],
		...[{ sales_order: order }, { sales_orders: order }, { sales_orders: [order] }, order].map(
			(body): [string, ApiRequest, number, unknown] => ['in any envelope', get('/sales_orders/9005'), 200, body],
		),
		['with a new order', post('/sales_orders', {}), 201, { sales_order: order }],
		['with a word for a new order', post('/sales_orders', {}), 200, { Status: 'Created' }],
		['with nothing for a new order', post('/sales_orders', {}), 204, undefined],
		['401 with nothing', get('/sales_orders'), 401, ''],
		['404 with JSON', get('/sales_orders/1'), 404, { error: 'Not found' }],
		['429 with text', get('/sales_orders'), 429, 'Retry later'],
		['500 with a page for people', get('/sales_orders'), 500, '<html></html>'],
	];

	test.each(passing)('%s', (_name, request, status, body) => {
		expect(answerProblems(request, status, body)).toEqual([]);
	});
});
