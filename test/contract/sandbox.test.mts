import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import documentedOrganisations from '../../sandbox/uphance/documented/organisations.json';
import documentedPagination from '../../sandbox/uphance/documented/pagination.json';
import passwordGrant from '../../sandbox/uphance/documented/passwordGrant.request.json';
import refreshGrant from '../../sandbox/uphance/documented/refreshGrant.request.json';
import documentedOrders from '../../sandbox/uphance/documented/salesOrders.json';
import documentedRegistration from '../../sandbox/uphance/documented/setCurrentOrganisation.json';
import documentedToken from '../../sandbox/uphance/documented/token.json';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import type { Options, Uphance } from '../../sandbox/uphance/uphance.mts';
import { kinds } from '../../sandbox/uphance/faults.mts';
import { demo, group, startUphance } from '../../sandbox/uphance/uphance.mts';

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

async function ask(path: string, body?: object, patience = 2000): Promise<Answer> {
	const answer = await fetch(uphance.url + path, {
		method: body ? 'POST' : 'GET',
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
		body: body && JSON.stringify(body),
		redirect: 'manual',
		signal: AbortSignal.timeout(patience),
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

describe('What the documents show', () => {
	test('every documented answer is looked at below', async () => {
		await start();
		const folder = new URL('../../sandbox/uphance/documented/', import.meta.url);
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

describe('The filters of orders', () => {
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

	test('a parameter that nobody knows is ignored', async () => {
		expect(await orders('?by_colour=red')).toHaveLength(100);
	});
});

describe('Sessions', () => {
	test.each([400, 401] as const)('a wrong password is refused with %i', async (status) => {
		await start({ switches: { refusedSignIn: status } });
		const answer = await signIn({ ...demo, password: 'mistyped' });
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.text)).toMatchObject({ error: 'invalid_grant' });
	});

	test('without a good token nothing is answered but 401 without a body', async () => {
		await start();
		uphance.expireTokens();
		for (const path of ['/sales_orders', '/organisations']) {
			const { status, text, headers } = await ask(path);
			expect([status, text]).toEqual([401, '']);
			expect(headers.get('WWW-Authenticate')).toContain('invalid_token');
		}
		expect((await register(9579)).status).toBe(401);
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

describe('The current organisation', () => {
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

describe('Faults', () => {
	beforeEach(async () => await start());
	const spoil = (fault: Omit<Fault, 'path'>) => uphance.fault({ path: '/sales_orders', ...fault });

	test('status: answers it, with a body and a Retry-After', async () => {
		spoil({ kind: 'status', status: 429, body: { error: 'slow' }, retryAfter: '7' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, JSON.parse(text), headers.get('Retry-After')]).toEqual([429, { error: 'slow' }, '7']);
	});

	test('html: answers 502 with a page for people', async () => {
		spoil({ kind: 'html' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, headers.get('Content-Type')]).toEqual([502, expect.stringContaining('text/html')]);
		expect(text).toContain('<html>');
	});

	test('empty: answers 200 without a body', async () => {
		spoil({ kind: 'empty' });
		expect(await ask('/sales_orders')).toMatchObject({ status: 200, text: '' });
	});

	test('malformed: answers 200 with JSON that breaks off', async () => {
		spoil({ kind: 'malformed' });
		const { status, text, headers } = await ask('/sales_orders');
		expect([status, headers.get('Content-Type')]).toEqual([200, expect.stringContaining('application/json')]);
		expect(() => JSON.parse(text)).toThrow(SyntaxError);
	});

	test('json: answers 200 with the body', async () => {
		spoil({ kind: 'json', body: { orders: [1] } });
		const { status, text } = await ask('/sales_orders');
		expect([status, JSON.parse(text)]).toEqual([200, { orders: [1] }]);
	});

	test('redirect: answers 302 with the address', async () => {
		spoil({ kind: 'redirect', location: 'https://elsewhere.example/' });
		const { status, headers } = await ask('/sales_orders');
		expect([status, headers.get('Location')]).toEqual([302, 'https://elsewhere.example/']);
	});

	test('stuckNextPage: names the page itself as the next one', async () => {
		spoil({ kind: 'stuckNextPage', page: 2 });
		expect(JSON.parse((await ask('/sales_orders?page=2')).text).meta).toMatchObject({ current_page: 2, next_page: 2 });
	});

	test('hang: never answers', async () => {
		spoil({ kind: 'hang' });
		await expect(ask('/sales_orders', undefined, 200)).rejects.toMatchObject({ name: 'TimeoutError' });
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
		expect(new Set(kinds)).toEqual(new Set([...looked, 'stuckNextPage']));
	});

	const statuses = async (...paths: string[]) => {
		const answers = [];
		for (const path of paths) answers.push((await ask(path)).status);
		return answers;
	};

	test('come once, as often as they say, and only after as many requests as they say', async () => {
		spoil({ kind: 'status', status: 503 });
		expect(await statuses('/sales_orders', '/sales_orders')).toEqual([503, 200]);
		spoil({ kind: 'status', status: 503, times: 2, skip: 1 });
		expect(await statuses(...Array(4).fill('/sales_orders'))).toEqual([200, 503, 503, 200]);
	});

	test('come for their page, path and method only', async () => {
		spoil({ kind: 'status', status: 503, page: 2 });
		uphance.fault({ path: '/organisations', method: 'POST', kind: 'status', status: 503 });
		const paths = ['/sales_orders', '/organisations', '/sales_orders?page=2', '/sales_orders?page=2'];
		expect(await statuses(...paths)).toEqual([200, 200, 503, 200]);
	});

	test('can be taken back', async () => {
		spoil({ kind: 'status', status: 503, times: 9 });
		uphance.clearFaults();
		expect(await statuses('/sales_orders')).toEqual([200]);
	});
});

describe('The log', () => {
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
