import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { INodeListSearchItems, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import type { Options } from '../../sandbox/uphance/uphance.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { useLimits } from '../limits.mts';
import { failureOf, listSearch } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'inTest' });

const newParameters: INodeParameters = { resource: 'order', operation: 'get' };

const search = async (name: string, filter?: string, token?: string, parameters = newParameters) =>
	await listSearch(world.credential, name, filter, token, parameters);

/** Everything that the editor gets when the user scrolls on to the end, and how often it asked. */
async function all(name: string, filter?: string, afterEach?: () => void) {
	const results: INodeListSearchItems[] = [];
	let token: string | undefined;
	let calls = 0;
	do {
		const found = await search(name, filter, token);
		results.push(...found.results);
		token = found.paginationToken as string | undefined;
		calls += 1;
		afterEach?.();
	} while (token !== undefined && calls < 100);
	return { results, calls };
}

const valuesOf = (results: INodeListSearchItems[]) => results.map(({ value }) => value);
const idAt = (index: number) => (index === 0 ? 9005 : 9042 + (index - 1) * 3);
const newest = (count: number, of: number) => Array.from({ length: count }, (_, index) => idAt(of - 1 - index));

/** Requests for pages of the list, without those for particular orders. */
const pagesAsked = (path: string) => world.asked(path).filter((request) => !request.includes('by_'));

/** Starts signed in, so that only the search is in the log. */
async function start(options: Options = {}, form = {}): Promise<void> {
	await world.start(options, form);
	await world.run();
	world.uphance.clearLog();
}

describe('The list of sales orders', () => {
	test('shows number, ref and company, newest first, and returns the ID as a number', async () => {
		await start({ orders: 250 });
		const { results } = await search('searchOrders');
		expect(results[0]).toMatchObject({ name: '#350 · Maison Lumière · confirmed · 2020-01-06', value: idAt(249) });
		expect(valuesOf(results)).toEqual(newest(results.length, 250));
	});

	test('omits what the record lacks', async () => {
		await start({ orders: 1, switches: { orderNumber: 'number' } });
		const { results } = await search('searchOrders');
		expect(results).toMatchObject([{ name: '#101 · Barneys · 2018-11-01', value: 9005 }]);
	});

	test('of an organisation without any is empty', async () => {
		await start({ orders: 0 });
		for (const filter of [undefined, '', '101', 'barneys']) {
			const { results, paginationToken } = await search('searchOrders', filter);
			expect(results).toEqual([]);
			expect(paginationToken).toBeUndefined();
		}
	});

	test.each([1, 100, 101, 1250])('of %i orders shows each of them once, newest first', async (orders) => {
		await start({ orders });
		const { results } = await all('searchOrders');
		expect(valuesOf(results)).toEqual(newest(orders, orders));
	});

	test('shows each once while new ones arrive', async () => {
		await start({ orders: 1250 });
		let orders = 1250;
		const { results } = await all('searchOrders', undefined, () => world.uphance.setOrders(9579, (orders += 60)));
		const values = valuesOf(results);
		expect(new Set(values).size).toBe(values.length);
		expect(values).toEqual(expect.arrayContaining(newest(1250, 1250)));
	});

	test.each(['150', '#150', ' 150 '])('finds a number, typed as %j, in one request', async (typed) => {
		await start({ orders: 1250 });
		const { results } = await search('searchOrders', typed);
		expect(results[0]).toMatchObject({ value: idAt(49) });
		expect(results[0]?.name).toMatch(/^#150 · /);
		expect(valuesOf(results).filter((value) => value === idAt(49))).toHaveLength(1);
		expect(world.asked('/sales_orders')).toEqual(['GET /sales_orders by_order_number=150']);
	});

	test('finds a purchase order ref in two requests', async () => {
		await start({ orders: 1250 });
		const { results } = await search('searchOrders', 'PO-1010');
		expect(results[0]).toMatchObject({ value: idAt(10) });
		expect(world.asked('/sales_orders')).toContain('GET /sales_orders by_purchase_order_ref=PO-1010');
		expect(world.asked('/sales_orders').length).toBe(2);
	});

	test('finds the ref of the oldest order, which is far from the newest pages', async () => {
		await start({ orders: 1250 });
		const { results } = await all('searchOrders', 'PO234');
		expect(valuesOf(results)).toContain(9005);
	});

	test.each(['Barneys', 'barneys', ' BARNEYS '])(
		'finds all orders of a company, typed as %j, by following tokens',
		async (typed) => {
			await start({ orders: 1250 });
			const { results } = await all('searchOrders', typed);
			expect(valuesOf(results)).toEqual(newest(1250, 1250).filter((_, index) => (1249 - index) % 6 === 0));
			expect(results.every(({ name }) => name.includes('Barneys'))).toBe(true);
		},
	);

	test('reads at most five pages a keystroke, and the token continues where it stopped', async () => {
		await start({ orders: 1250 });
		const first = await search('searchOrders', 'nobody of this name');
		expect(first.results).toEqual([]);
		expect(first.paginationToken).toBeDefined();
		expect(pagesAsked('/sales_orders').length).toBe(5);
		world.uphance.clearLog();
		await search('searchOrders', 'nobody of this name', first.paginationToken as string);
		expect(pagesAsked('/sales_orders').length).toBe(5);
	});

	test('reads no page twice on the way to the end', async () => {
		await start({ orders: 1250 });
		const { calls } = await all('searchOrders', 'nobody of this name');
		const pages = pagesAsked('/sales_orders').filter((request) => request !== 'GET /sales_orders');
		expect(new Set(pages).size).toBe(pages.length);
		expect(pages).toHaveLength(12);
		expect(calls).toBe(3);
	});

	test.each([
		['150', idAt(49)],
		['PO-1010', idAt(10)],
	])('finds %j also where Uphance ignores filters, and nothing that does not match', async (typed, id) => {
		await start({ orders: 250, switches: { ignoresFilters: true } });
		const { results } = await all('searchOrders', typed);
		expect(valuesOf(results)).toContain(id);
		expect(valuesOf(results)).not.toContain(9005);
		expect(new Set(valuesOf(results)).size).toBe(results.length);
	});

	test('does not ask for a number where the text has none', async () => {
		await start({ orders: 20 });
		await search('searchOrders', 'barneys');
		expect(world.asked('/sales_orders')).toEqual([
			'GET /sales_orders by_purchase_order_ref=barneys',
			'GET /sales_orders',
		]);
	});

	test.each([400, 404, 422])('reads the list where Uphance refuses a filter with %i', async (status) => {
		await start({ orders: 20 });
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status, times: 2 });
		expect(valuesOf((await search('searchOrders', '110')).results)).toEqual([idAt(9)]);
	});

	test('ends with a sentence where Uphance refuses the list itself', async () => {
		await start({ orders: 20 });
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 422, times: 3 });
		await expect(search('searchOrders', '110')).rejects.toThrow('Uphance refused to list sales orders');
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 403 });
		await expect(search('searchOrders', '110')).rejects.toThrow('Uphance');
	});

	test('of a short list shows each match once', async () => {
		await start({ orders: 20 });
		const { results, paginationToken } = await search('searchOrders', 'barneys');
		expect(valuesOf(results)).toEqual([idAt(18), idAt(12), idAt(6), 9005]);
		expect(paginationToken).toBeUndefined();
	});
});

describe('The list of customers', () => {
	test('shows their names and yields the ID as a number', async () => {
		await start();
		const { results } = await search('searchCustomers');
		const barneys = results.find(({ value }) => value === 9498);
		expect(barneys?.name).toContain('Barneys');
	});

	test('shows each of them once', async () => {
		await start();
		const { results } = await all('searchCustomers');
		expect(new Set(valuesOf(results)).size).toBe(230);
		expect(results).toHaveLength(230);
	});

	test.each([
		['the name', 'barneys', 9498],
		['a part of the name', ' RNEY', 9498],
		['a name in other letters', 'KŌEN', 10077],
		['the reference', 'C-1003', 10040],
		['the reference in small letters', 'c-1003', 10040],
		['the email of a contact', 'ada.ohara@customer9498.example', 9498],
		['a part of the email', '@customer10012.', 10012],
	])('finds one by %s', async (_, typed, id) => {
		await start();
		const { results } = await all('searchCustomers', typed);
		expect(valuesOf(results)).toEqual([id]);
	});

	test('finds none when none matches', async () => {
		await start();
		expect((await all('searchCustomers', 'undefined')).results).toEqual([]);
		expect((await all('searchCustomers', 'null')).results).toEqual([]);
		expect((await all('searchCustomers', 'object')).results).toEqual([]);
	});
});

describe('The list of organisations', () => {
	const parameters = { resource: 'organisation', operation: 'setCurrent' };
	const outlet = { name: 'Uphance Outlet (9601)', value: 9601 };
	const demo = { name: 'Uphance Demo (9579)', value: 9579 };

	test.each([
		[undefined, [demo, outlet]],
		['', [demo, outlet]],
		[' OUTlet ', [outlet]],
		['9579', [demo]],
		['nowhere', []],
	])('with %j typed', async (typed, expected) => {
		await start({}, groupForm);
		const { results } = await search('searchOrganisations', typed, undefined, parameters);
		expect(results.map(({ name, value }) => ({ name, value }))).toEqual(expected);
	});
});

describe('The organisation', () => {
	const inOther = (organisationId: string) => ({ ...newParameters, options: { organisationId } });
	const registered = () =>
		world.uphance
			.log()
			.filter(({ path }) => path === '/organisations/set_current_org')
			.map(({ body }) => (body as { organizationId: number }).organizationId);

	test.each(['9601', 'uphance outlet'])(
		'chosen in the node (%j) is searched, and the own is restored after',
		async (other) => {
			await start({}, groupForm);
			const { results } = await search('searchOrders', undefined, undefined, inOther(other));
			expect(results[0]).toMatchObject({ value: 9601000 + 249 * 3 });
			expect(registered()).toEqual([9601, 9579]);
		},
	);

	test('chosen as a number is searched too', async () => {
		await start({}, groupForm);
		const parameters = { ...newParameters, options: { organisationId: 9601 } };
		const { results } = await search('searchOrders', '101', undefined, parameters);
		expect(results[0]).toMatchObject({ value: 9601000 });
	});

	test.each(['={{ $json.organisation }}', '', '={{ 9601 }}'])(
		'is the credential’s own with %j there',
		async (other) => {
			await start({}, groupForm);
			world.uphance.switchOrganisation(group.email, 9601);
			const { results } = await search('searchOrders', undefined, undefined, inOther(other));
			expect(results[0]).toMatchObject({ value: idAt(249) });
			expect(registered().at(-1)).toBe(9579);
		},
	);

	test('stays the chosen one when the session ends on the way', async () => {
		await start({}, groupForm);
		world.uphance.fault({ path: '/sales_orders', kind: 'expireFirst' });
		const { results } = await search('searchOrders', undefined, undefined, inOther('9601'));
		expect(results.every(({ value }) => Number(value) >= 9601000)).toBe(true);
		expect(registered().at(-1)).toBe(9579);
	});

	test('is restored also when the search fails', async () => {
		await start({}, groupForm);
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 500, times: 100 });
		await failureOf(search('searchOrders', undefined, undefined, inOther('9601')));
		expect(registered()).toEqual([9601, 9579]);
	});

	test('that the user does not belong to is named with the list', async () => {
		await start({}, groupForm);
		const { message } = await failureOf(search('searchOrders', undefined, undefined, inOther('4711')));
		expect(message).toContain("'4711'");
		expect(message).toContain('Uphance Outlet (9601)');
	});
});

describe('A search', () => {
	test('signs in by itself', async () => {
		await world.start();
		expect((await search('searchOrders')).results).not.toEqual([]);
		world.uphance.expireTokens();
		expect((await search('searchOrders')).results).not.toEqual([]);
		expect(world.uphance.signIns()).toBe(2);
	});

	test('says what is wrong with the password', async () => {
		await world.start({}, { password: 'wrong' });
		const { message } = await failureOf(search('searchOrders'));
		expect(message).toBe('Uphance did not accept the email or password');
	});

	test('is retried after a short outage', async () => {
		await start();
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 503 });
		expect((await search('searchOrders')).results).not.toEqual([]);
	});
});

describe('A search ends at the deadline', () => {
	useLimits({ initialDelayMs: 5_000, requestTimeoutMs: 30_000, deadlineMs: 400 });

	async function ended(name: string, parameters?: typeof newParameters) {
		const limit = new AbortController();
		const tooLong = wait(2_000, 'still waiting', { signal: limit.signal });
		const failure = await Promise.race([failureOf(search(name, 'barneys', undefined, parameters)), tooLong]);
		if (typeof failure === 'string') throw new Error(failure);
		limit.abort();
		await tooLong.catch(() => undefined);
		const { message, description } = failure;
		expect(message).toContain('Uphance');
		expect(description).not.toBe('');
		expect(`${message} ${description}`).not.toMatch(/abort|cancel|undefined/i);
	}

	test.each(['searchOrders', 'searchCustomers'])('%s: when nothing listens at the address', async (name) => {
		await start();
		await world.close();
		await ended(name);
	});

	const outages: Array<Omit<Fault, 'path'>> = [
		{ kind: 'hang' },
		{ kind: 'slow', milliseconds: 5_000 },
		{ kind: 'status', status: 503 },
		{ kind: 'status', status: 429, retryAfter: '30' },
	];
	test.each(outages)('when the list is not answered (%j)', async (fault) => {
		await start();
		world.uphance.fault({ ...fault, path: '/sales_orders', times: 100 });
		await ended('searchOrders');
	});

	const signIn = ['/oauth/token', '/organisations', '/organisations/set_current_org'];
	test.each(signIn)('when %s hangs in a first sign-in', async (path) => {
		await world.start();
		world.uphance.fault({ path, kind: 'hang', times: 100 });
		await ended('searchOrders');
	});

	test.each(signIn)('when %s hangs in a later sign-in', async (path) => {
		await start();
		world.uphance.expireTokens();
		world.uphance.fault({ path, kind: 'hang', times: 100 });
		await ended('searchOrders');
	});

	test('when the registration hangs', async () => {
		await start({}, groupForm);
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'hang', times: 100 });
		await ended('searchOrders', { ...newParameters, options: { organisationId: '9601' } });
	});

	test('when a long run holds another organisation', async () => {
		await start({}, groupForm);
		world.uphance.fault({ path: '/sales_orders', kind: 'hang' });
		const cancel = new AbortController();
		const running = failureOf(world.run({ signal: cancel.signal }));
		await until(() => world.asked('/sales_orders').length === 1);
		const parameters = { ...newParameters, options: { organisationId: '9601' } };
		const begin = Date.now();
		const { message } = await failureOf(search('searchOrders', undefined, undefined, parameters));
		expect(Date.now() - begin).toBeLessThan(2_000);
		expect(message).toContain('Uphance');
		cancel.abort();
		await running;
	});

	test('and the next search works', async () => {
		await start();
		world.uphance.fault({ path: '/sales_orders', kind: 'hang' });
		await ended('searchOrders');
		expect((await search('searchOrders', '150')).results[0]).toMatchObject({ value: idAt(49) });
	});
});
