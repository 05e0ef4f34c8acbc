import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150] },
});

/** An order of a customer with a ref, made only when there is none. */
const once = (purchaseOrderRef: string, customer = '55140', options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: customer },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef },
	options: { returnExisting: true, ...options },
});

const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));
const lookups = () => world.asked('/sales_orders').filter((request) => request.startsWith('GET'));
const created = () => world.uphance.created();

/** Order 9045 of the made-up ones: of customer 10012. */
const existing = { ref: 'PO-1002', customer: '10012', id: 9045 };

describe('Return Existing Order', () => {
	test('creates an order that does not exist, and says so', async () => {
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records).toEqual([{ ...created()[0]?.order, alreadyExisted: false }]);
		expect(posts()).toHaveLength(1);
	});

	test('returns the order that the customer has with this ref, and posts nothing', async () => {
		const { items } = await world.run({ parameters: once(existing.ref, existing.customer) });
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ id: existing.id, company_id: 10012, alreadyExisted: true });
		expect(items[0]?.json).toHaveProperty('line_items');
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
		expect(posts()).toEqual([]);
	});

	test('shows number, status and whether it existed first, with and without it', async () => {
		for (const parameters of [once('PO-77'), once('PO-77'), { ...once('PO-78'), options: {} }]) {
			const { records } = await world.run({ parameters });
			const first = ['order_number', 'status', 'alreadyExisted'].filter((name) => name in (records[0] ?? {}));
			expect(first.length).toBeGreaterThan(1);
			expect(Object.keys(records[0] ?? {}).slice(0, first.length)).toEqual(first);
		}
	});

	test('returns what an earlier run created', async () => {
		const first = await world.run({ parameters: once('PO-77') });
		const second = await world.run({ parameters: once('PO-77') });
		expect(second.records).toEqual([{ ...first.records[0], alreadyExisted: true }]);
		expect(posts()).toHaveLength(1);
	});

	test('creates when another customer has the ref', async () => {
		const { records } = await world.run({ parameters: once(existing.ref, '55140') });
		expect(records[0]).toMatchObject({ company_id: 55140, alreadyExisted: false });
		expect(created()).toHaveLength(1);
	});

	test('creates when only another organisation has the order', async () => {
		await world.run({ parameters: once('PO-77') });
		await world.run({ parameters: once('PO-77', '55140', { organisationId: '9601' }) });
		expect(created().map(({ organisation }) => organisation)).toEqual([9579, 9601]);
	});

	test.each(['singular', 'plural', 'list', 'bare'] as const)('adds its word to the envelope "%s"', async (single) => {
		await world.start({ switches: { single } });
		const first = await world.run({ parameters: once('PO-77') });
		const second = await world.run({ parameters: once('PO-77') });
		expect(first.records).toEqual([{ ...created()[0]?.order, alreadyExisted: false }]);
		expect(second.records).toEqual([{ ...created()[0]?.order, alreadyExisted: true }]);
	});

	test('finds a ref with characters that addresses are made of', async () => {
		const ref = 'PO 7/7 & #8?page=2+ü%41';
		const first = await world.run({ parameters: once(ref) });
		const second = await world.run({ parameters: once(ref) });
		expect(second.records[0]).toMatchObject({ id: first.records[0]?.id, purchase_order_ref: ref });
		expect(posts()).toHaveLength(1);
	});

	test.each([
		['with spaces around it', { purchaseOrderRef: ' PO-77 ' }],
		['that an expression yields as number', { purchaseOrderRef: '={{ 77 }}' }],
		['in Additional JSON', { additionalJson: '{"purchaseOrderRef": "PO-77"}' }],
		['in Additional JSON with spaces around it', { additionalJson: '{"purchaseOrderRef": " PO-77 "}' }],
		['in both, of which Additional JSON wins', { purchaseOrderRef: 'A', additionalJson: '{"purchaseOrderRef": "B"}' }],
	])('finds again what it created for a ref %s', async (_, additionalFields) => {
		await world.run({ parameters: { ...once(''), additionalFields } });
		const { records } = await world.run({ parameters: { ...once(''), additionalFields } });
		expect(records[0]).toMatchObject({ id: created()[0]?.order.id, alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});

	test.each(['={{ $json.nowhere }}', '={{ "maybe" }}', '={{ null }}'])(
		'that is neither on nor off (%s) is refused, instead of creating twice',
		async (returnExisting) => {
			const { message } = await failureOf(world.run({ parameters: once('PO-77', '55140', { returnExisting }) }));
			expect(message).toContain("'Return Existing Order'");
			expect(posts()).toEqual([]);
		},
	);

	test.each([
		['finds the order', 'PO-76'],
		['creates it in the right organisation', 'PO-77'],
	])('%s although someone switched in Uphance’s own page before it was looked for', async (_, ref) => {
		await world.run({ parameters: once('PO-76') });
		world.uphance.clearLog();
		Object.assign(limits, { initialDelayMs: 200 });
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'status', status: 503 });
		const running = world.run({ parameters: once(ref) });
		await until(() => lookups().length === 1);
		world.uphance.switchOrganisation(group.email, 9601);
		const ran = await running;
		expect(created().filter(({ organisation }) => organisation === 9601)).toEqual([]);
		expect(ran.records[0]).toMatchObject({ organisation_id: 9579, alreadyExisted: ref === 'PO-76' });
	});

	test('does not create when the look-up fails', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'status', status: 403 });
		await failureOf(world.run({ parameters: once('PO-77') }));
		expect(posts()).toEqual([]);
	});

	test.each(['', '  ', '={{ "" }}'])('without a ref, %j, is refused with the way out', async (ref) => {
		const { message, description } = await failureOf(world.run({ parameters: once(ref) }));
		expect(message).toBe("'Return Existing Order' needs a 'Purchase Order Ref'");
		expect(description).toMatch(/It is empty in input item \d+\. Nothing was sent for this item\./);
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test('without the field for the ref is refused too', async () => {
		const { message } = await failureOf(world.run({ parameters: { ...once(''), additionalFields: {} } }));
		expect(message).toBe("'Return Existing Order' needs a 'Purchase Order Ref'");
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});

describe('A filter for refs', () => {
	test.each(['PO-100', 'O-1002'])('that finds parts too does not make another order of %s', async (ref) => {
		await world.start({ switches: { referenceFilter: 'contains' } });
		const { records } = await world.run({ parameters: once(ref, existing.customer) });
		expect(records[0]).toMatchObject({ purchase_order_ref: ref, alreadyExisted: false });
		expect(created()).toHaveLength(1);
	});

	test('that ignores case creates nothing beside an order that is written in another case', async () => {
		await world.start({ switches: { referenceFilter: 'contains' } });
		const { message, description } = await failureOf(world.run({ parameters: once('po-1002', existing.customer) }));
		expect(message).toMatch(
			/Uphance has order \d+ of .+ with purchase order ref 'PO-1002', which is nearly 'po-1002'$/,
		);
		expect(description).toBe(
			"They differ only in capital letters or spaces, so the node created nothing. If it is the same, spell it as in Uphance. If it is another one, turn off 'Return Existing Order' for this item.",
		);
		expect(posts()).toEqual([]);
	});

	test('that finds parts too still finds the order', async () => {
		await world.start({ switches: { referenceFilter: 'contains' } });
		await world.run({ parameters: once('PO-77 second') });
		await world.run({ parameters: once('PO-77') });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ id: created()[1]?.order.id, alreadyExisted: true });
		expect(created()).toHaveLength(2);
	});

	test('that finds more than a page still finds the order', async () => {
		await world.start({ switches: { referenceFilter: 'contains' } });
		await world.run({ parameters: once('PO-1') });
		const { records } = await world.run({ parameters: once('PO-1') });
		expect(records[0]).toMatchObject({ purchase_order_ref: 'PO-1', alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});

	test('that is ignored does not make the first order of all the answer', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		const { records } = await world.run({ parameters: once('PO-77', '9498') });
		expect(records[0]).toMatchObject({ purchase_order_ref: 'PO-77', alreadyExisted: false });
		expect(created()).toHaveLength(1);
	});

	test('that is ignored still finds the order, on the last page too', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		await world.run({ parameters: once('PO-77') });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ purchase_order_ref: 'PO-77', alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});
});

describe('A list of orders that is not as documented', () => {
	const changed = (change: (order: object) => object, orders: object[]) =>
		world.uphance.fault({
			path: '/sales_orders',
			method: 'GET',
			kind: 'json',
			body: {
				sales_orders: orders.map(change),
				meta: { current_page: 1, next_page: null, total_pages: 1, total_count: orders.length },
			},
		});

	test('creates nothing when it does not say whose the order with this ref is', async () => {
		await world.run({ parameters: once('PO-77') });
		changed((order) => ({ ...order, company_id: undefined }), [created()[0]?.order ?? {}]);
		const { message, description } = await failureOf(world.run({ parameters: once('PO-77') }));
		expect(message).toContain("with purchase order ref 'PO-77', but does not say which customer it belongs to");
		expect(description).toContain("turn off 'Return Existing Order'");
		expect(posts()).toHaveLength(1);
	});

	test('shows a hint, once, when the new order is not listed under its ref', async () => {
		const nothing = { sales_orders: [], meta: { current_page: 1, next_page: null, total_pages: 1, total_count: 0 } };
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'json', body: nothing, times: 9 });
		const parameters = once('={{ $json.ref }}');
		const { hints, records } = await world.run({ parameters, items: [{ ref: 'PO-77' }, { ref: 'PO-78' }] });
		expect(records.map(({ alreadyExisted }) => alreadyExisted)).toEqual([false, false]);
		expect(hints.map(({ message }) => message)).toEqual([
			`Uphance created order 351 of Meridian Department Store (ID ${String(records[0]?.id)}), but does not list it among the sales orders of this customer with purchase order ref 'PO-77'. Compare it in Uphance with what was sent: while it is not listed, another run may create it again.`,
		]);
		expect(posts()).toHaveLength(2);
	});

	test('shows that hint, too, when the new order is listed in another case', async () => {
		const listed = { id: 351, organisation_id: 9579, company_id: 55140, purchase_order_ref: 'po-77' };
		const meta = { current_page: 1, next_page: null, total_pages: 1, total_count: 1 };
		const body = { sales_orders: [listed], meta };
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'json', body, skip: 2, times: 9 });
		const { hints } = await world.run({ parameters: once('PO-77') });
		expect(hints.map(({ message }) => message)).toEqual([expect.stringContaining('another run may create it again')]);
		const { message } = await failureOf(world.run({ parameters: once('PO-77') }));
		expect(message).toContain("with purchase order ref 'po-77', which is nearly 'PO-77'");
		expect(posts()).toHaveLength(1);
	});

	test('shows no such hint when the look afterwards fails', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'status', status: 403, skip: 2 });
		expect((await world.run({ parameters: once('PO-77') })).hints).toEqual([]);
	});
});

describe('Rows of one order as several input items', () => {
	const sentence = 'have the same customer and purchase order ref';
	const each = {
		...once('={{ $json.po }}'),
		customerId: { __rl: true, mode: 'id', value: '={{ $json.customer ?? 55140 }}' },
		options: { returnExisting: true, organisationId: '={{ $json.organisation ?? 9579 }}' },
	} as INodeParameters;

	test('are refused before anything is sent for them', async () => {
		const { message, description } = await failureOf(
			world.run({ parameters: each, items: [{ po: 'PO-77' }, { po: 'PO-77' }] }),
		);
		expect(message).toBe(`Order 1 of 2: Input items 1 and 2 ${sentence} 'PO-77'`);
		expect(description).toContain('They look like rows of one order. Put them into one item first');
		expect(description).toContain("'Return Existing Order'");
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test.each([[['55140', ' 55140 ']], [[55140, '55140']]])(
		'are seen however the customer is typed: %j',
		async (typed) => {
			const items = typed.map((customer) => ({ po: 'PO-77', customer }));
			const { message } = await failureOf(world.run({ parameters: each, items }));
			expect(message).toContain(sentence);
			expect(posts()).toEqual([]);
		},
	);

	test('with Continue On Fail fail all, and the others are created', async () => {
		const items = ['PO-76', 'PO-77', 'PO-78', 'PO-77', 'PO-77'].map((po) => ({ po }));
		const ran = await world.run({ parameters: each, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => [json.purchase_order_ref, String(json.error).includes(sentence)])).toEqual([
			['PO-76', false],
			[undefined, true],
			['PO-78', false],
			[undefined, true],
			[undefined, true],
		]);
		expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(created().map(({ order }) => order.purchase_order_ref)).toEqual(['PO-76', 'PO-78']);
		expect(lookups().join()).not.toContain('PO-77');
	});

	test('are refused also when one of them has another mistake: an order without its row would be made', async () => {
		const lines = (quantity: number) => [{ sku_id: 640901, quantity }];
		const parameters = { ...each, lineItemsSource: 'json', lineItemsJson: '={{ $json.lines }}' };
		const items = [
			{ po: 'PO-77', lines: lines(1) },
			{ po: 'PO-77', lines: lines(-1) },
		];
		const ran = await world.run({ parameters, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => 'error' in json)).toEqual([true, true]);
		expect(posts()).toEqual([]);
	});

	test('are seen when a ref has spaces around it', async () => {
		const { message } = await failureOf(world.run({ parameters: each, items: [{ po: 'PO-77' }, { po: ' PO-77 ' }] }));
		expect(message).toContain(sentence);
		expect(posts()).toEqual([]);
	});

	test('are separate orders when the customers differ', async () => {
		const items = [{ po: 'PO-77' }, { po: 'PO-77', customer: 9498 }];
		const { records } = await world.run({ parameters: each, items });
		expect(records.map(({ company_id }) => company_id)).toEqual([55140, 9498]);
	});

	test('are separate orders when the organisations differ', async () => {
		const items = [{ po: 'PO-77' }, { po: 'PO-77', organisation: 9601 }];
		const { records } = await world.run({ parameters: each, items });
		expect(records.map(({ organisation_id }) => organisation_id)).toEqual([9579, 9601]);
	});

	test('are seen when the second is run, where one names the organisation in another way', async () => {
		const items = [{ po: 'PO-77' }, { po: 'PO-77', organisation: 'uphance demo' }];
		const { message } = await failureOf(world.run({ parameters: each, items }));
		expect(message).toContain(sentence);
		expect(posts()).toHaveLength(1);
	});
});

describe('At the same time', () => {
	/** One order: one run says it made it, the others that it existed. */
	function expectOne(records: IDataObject[]): void {
		expect(created()).toHaveLength(1);
		expect(new Set(records.map(({ id }) => id))).toEqual(new Set([created()[0]?.order.id]));
		expect(records.filter(({ alreadyExisted }) => alreadyExisted === false)).toHaveLength(1);
		expect(records.filter(({ alreadyExisted }) => alreadyExisted === true)).toHaveLength(records.length - 1);
	}
	const runs = async (count: number, run: (index: number) => Promise<{ records: IDataObject[] }>) =>
		(await Promise.all(Array.from({ length: count }, async (_, index) => await run(index)))).flatMap(
			({ records }) => records,
		);

	test.each([2, 10])('%i executions create one order', async (count) => {
		expectOne(await runs(count, async () => await world.run({ parameters: once('PO-77') })));
	});

	test('executions whose first was never answered create one order', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'dropAfter' });
		const records = await runs(4, async () => await world.run({ parameters: once('PO-77') }));
		expect(created()).toHaveLength(1);
		expect(new Set(records.map(({ id }) => id))).toEqual(new Set([created()[0]?.order.id]));
		expect(posts()).toHaveLength(1);
	});

	test('two users of one organisation create one order', async () => {
		world.uphance.addUser({ email: 'other@example.com', password: 'other', organisations: [9579] });
		const other = world.another({ email: 'other@example.com', password: 'other', organisationId: '' });
		const credential = (index: number) => (index % 2 === 0 ? world.credential : other);
		expectOne(
			await runs(6, async (index) => await world.run({ parameters: once('PO-77'), credential: credential(index) })),
		);
	});

	test('the organisation by id, by name and as the credential’s own is one', async () => {
		const organisations = [{}, { organisationId: '9579' }, { organisationId: 'uphance DEMO' }];
		expectOne(
			await runs(6, async (index) => await world.run({ parameters: once('PO-77', '55140', organisations[index % 3]) })),
		);
	});

	test('the others of a failed one still create the order', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: 403 });
		const ended = await Promise.allSettled(
			Array.from({ length: 3 }, async () => await world.run({ parameters: once('PO-77') })),
		);
		expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
		expect(created()).toHaveLength(1);
	});

	test('other refs and customers are all created', async () => {
		await runs(
			8,
			async (index) => await world.run({ parameters: once(`PO-${index % 4}`, index < 4 ? '9498' : '9936') }),
		);
		expect(created()).toHaveLength(8);
	});
});

describe('An order whose creation was never answered', () => {
	const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
		world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });

	test('but that was created is found and returned', async () => {
		injectFault({ kind: 'dropAfter' });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ ...created()[0]?.order, alreadyExisted: false });
		expect(records).toHaveLength(1);
		expect(posts()).toHaveLength(1);
		expect(created()).toHaveLength(1);
	});

	test('but that was created by this run did not exist before', async () => {
		injectFault({ kind: 'dropAfter' });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]?.alreadyExisted).toBe(false);
	});

	test('and that is created a little later is found and returned', async () => {
		Object.assign(limits, { requestTimeoutMs: 100, recheckAfterMs: [10, 50, 400] });
		injectFault({ kind: 'slow', milliseconds: 300 });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toHaveProperty('id', created()[0]?.order.id);
		expect(posts()).toHaveLength(1);
		expect(created()).toHaveLength(1);
		expect(lookups().length).toBeGreaterThan(2);
	});

	test.each(['empty', 'status'] as const)('with itself (%s) is found and returned', async (createdAnswer) => {
		await world.start({ switches: { createdAnswer } });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records).toEqual([{ ...created()[0]?.order, alreadyExisted: false }]);
		expect(posts()).toHaveLength(1);
	});

	test.each([
		['drop', 0],
		['hang', 0],
		['status', 500],
		['status', 502],
		['status', 503],
		['status', 504],
		['html', 502],
		['empty', 200],
		['malformed', 200],
	] as const)('(%s %i) is looked for three times more, and never posted again', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault({ kind, status, times: 10 });
		const { message, description } = await failureOf(world.run({ parameters: once('PO-77') }));
		expect(message).toMatch(/created/);
		expect(description).toContain('PO-77');
		expect(`${message} ${description}`).not.toMatch(/was not created/i);
		expect(posts()).toHaveLength(1);
		// An empty answer may be asked for again, to be sure of the organisation.
		expect(lookups().length).toBeGreaterThanOrEqual(4);
	});

	test('is looked for after the delays that the limits say', async () => {
		Object.assign(limits, { recheckAfterMs: [100, 200, 400] });
		injectFault({ kind: 'drop' });
		await failureOf(world.run({ parameters: once('PO-77') }));
		const log = world.uphance.log().filter(({ path }) => path === '/sales_orders');
		const posted = log.find(({ method }) => method === 'POST')?.at ?? 0;
		const waited = log.flatMap(({ at }) => (at > posted ? [at - posted] : []));
		expect(waited[0]).toBeGreaterThanOrEqual(95);
		expect(waited.some((each) => each >= 195 && each < 395)).toBe(true);
		expect(waited.at(-1)).toBeGreaterThanOrEqual(395);
	});

	test('is still looked for when looking fails once', async () => {
		injectFault({ kind: 'dropAfter' });
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 2, kind: 'status', status: 500 });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toHaveProperty('id', created()[0]?.order.id);
		expect(posts()).toHaveLength(1);
	});

	test('may have been created, when it cannot be looked for at all', async () => {
		injectFault({ kind: 'dropAfter' });
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 2, times: 100, kind: 'status', status: 500 });
		const { message, description } = await failureOf(world.run({ parameters: once('PO-77') }));
		expect(message).toContain('may have been created');
		expect(description).toContain('PO-77');
		expect(description).not.toContain('not found');
		expect(posts()).toHaveLength(1);
	});

	test('is found by the next run of the node', async () => {
		injectFault({ kind: 'dropAfter' });
		const body = { sales_orders: [] };
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 1, times: 100, kind: 'json', body });
		await failureOf(world.run({ parameters: once('PO-77') }));
		world.uphance.clearFaults();
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ id: created()[0]?.order.id, alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});

	test('after the session ended at that moment is not posted a third time', async () => {
		injectFault({ kind: 'expireFirst' });
		injectFault({ kind: 'dropAfter', times: 10 });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toHaveProperty('id', created()[0]?.order.id);
		expect(posts()).toHaveLength(2);
		expect(created()).toHaveLength(1);
	});

	test('is found after someone switched in Uphance’s own page', async () => {
		Object.assign(limits, { recheckAfterMs: [300, 600, 900] });
		injectFault({ kind: 'dropAfter' });
		const running = world.run({ parameters: once('PO-77') });
		await until(() => created().length === 1);
		world.uphance.switchOrganisation(group.email, 9601);
		expect((await running).records[0]).toHaveProperty('id', created()[0]?.order.id);
		expect(created().map(({ organisation }) => organisation)).toEqual([9579]);
	});

	test('does not hold up another organisation while it is looked for', async () => {
		Object.assign(limits, { recheckAfterMs: [1_500, 1_500, 1_500] });
		injectFault({ kind: 'drop' });
		const first = failureOf(world.run({ parameters: once('PO-77') }));
		await until(() => posts().length === 1);
		const begun = Date.now();
		await world.run({ parameters: once('PO-78', '55140', { organisationId: '9601' }) });
		expect(Date.now() - begun).toBeLessThan(1_000);
		await first;
		expect(created().map(({ organisation }) => organisation)).toEqual([9601]);
	});
});

test('What Uphance refuses with Return Existing Order is not looked for again', async () => {
	world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: 422 });
	const { description } = await failureOf(world.run({ parameters: once('PO-77') }));
	expect(description).toContain('The sales order was not created.');
	expect(posts()).toHaveLength(1);
	expect(lookups()).toHaveLength(2); // this user has two organisations, so nothing found is asked once more
});

test('Under Retry On Fail, Return Existing Order runs', async () => {
	const { records } = await world.run({ parameters: once('PO-77'), retryOnFail: true });
	expect(records[0]).toMatchObject({ alreadyExisted: false });
	expect(created()).toHaveLength(1);
});

test('An existing order that lacks a SKU is returned with a hint: nothing was added to it', async () => {
	await world.run({ parameters: once('PO-HINT') });
	const { records, hints } = await world.run({
		parameters: { ...once('PO-HINT'), ...documentedLine(1, undefined, 640902) },
	});
	expect(records[0]).toMatchObject({ alreadyExisted: true });
	expect(hints.map(({ message }) => message).join()).toContain(
		'already existed without SKU 640902. The node did not add anything to it',
	);
	expect((await world.run({ parameters: once('PO-HINT') })).hints).toEqual([]);
});

test('An existing order with other quantities is returned with a hint: nothing was changed in it', async () => {
	await world.run({ parameters: { ...once('PO-HINT'), ...documentedLine(3) } });
	const { records, hints } = await world.run({ parameters: { ...once('PO-HINT'), ...documentedLine(30) } });
	expect(records[0]).toMatchObject({ alreadyExisted: true });
	expect(hints.map(({ message }) => message).join()).toMatch(
		/already existed with other quantities: 3 instead of 30 of SKU 640901\. The node did not change it\.$/,
	);
});

describe('Several orders of the customer with the ref', () => {
	const hintOf = (number: unknown, customer: unknown, id: unknown): string =>
		`Uphance has 3 sales orders of this customer with purchase order ref 'PO-77'. The node returned the one with the lowest ID: order ${String(number)} of ${String(customer)} (ID ${String(id)}). If the others are duplicates, delete them in Uphance.`;

	test('are counted in a hint, which says which one was returned', async () => {
		for (let run = 0; run < 3; run++) await world.run({ parameters: { ...once('PO-77'), options: {} } });
		const [first] = created().map(({ order }) => order);
		const { records, hints } = await world.run({ parameters: once('PO-77') });
		expect(records).toEqual([{ ...first, alreadyExisted: true }]);
		expect(hints.map(({ message }) => message)).toEqual([hintOf(first?.order_number, first?.company_name, first?.id)]);
		expect(posts()).toHaveLength(3);
	});

	test('are counted too when they are found after an answer that was lost', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'dropAfter' });
		const order = { company_id: 55140, company_name: 'Barneys', purchase_order_ref: 'PO-77', organisation_id: 9579 };
		const sales_orders = [7, 5, 6].map((id) => ({ ...order, id, order_number: id + 100 }));
		const meta = { current_page: 1, next_page: null, total_pages: 1, total_count: 3 };
		const body = { sales_orders, meta };
		// This user has two organisations: a first look that finds nothing is made twice.
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 2, times: 9, kind: 'json', body });
		const { records, hints } = await world.run({ parameters: once('PO-77') });
		expect(records).toEqual([{ ...sales_orders[1], alreadyExisted: false }]);
		expect(hints.map(({ message }) => message)).toEqual([hintOf(105, 'Barneys', 5)]);
	});
});

describe('Another process that creates the same order at the same moment', () => {
	/** An order as another process left it: not there at the first look, there after this one's POST. */
	function anotherProcess(id: number): void {
		const other = { id, order_number: 900, company_id: 55140, purchase_order_ref: 'PO-77', organisation_id: 9579 };
		const list = { sales_orders: [other], meta: { current_page: 1, next_page: null, total_pages: 1, total_count: 1 } };
		// This user has two organisations: a first look that finds nothing is made twice.
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 2, times: 9, kind: 'json', body: list });
	}

	test('and has the lower ID goes on; this execution fails, names both and says which to delete', async () => {
		anotherProcess(1);
		const { message, description } = await failureOf(world.run({ parameters: once('PO-77') }));
		const [own] = created();
		expect(message).toContain('(ID 1)');
		expect(message).toContain(`(ID ${own?.order.id})`);
		expect(description).toContain(`Delete the one with ID ${own?.order.id}`);
		expect(posts()).toHaveLength(1);
	});

	test('and has the higher ID is left to that process; this execution goes on', async () => {
		anotherProcess(99_999_999);
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ id: created()[0]?.order.id, alreadyExisted: false });
	});

	test('does not matter where the look after the creation fails: the order was created', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'GET', skip: 2, times: 9, kind: 'status', status: 404 });
		const { records } = await world.run({ parameters: once('PO-77') });
		expect(records[0]).toMatchObject({ id: created()[0]?.order.id, alreadyExisted: false });
	});
});

test('An existing order that is cancelled is returned, and a hint says its status', async () => {
	await world.run({ parameters: once('PO-77') });
	const existing = created()[0]?.order;
	const list = {
		sales_orders: [{ ...existing, status: 'cancelled' }],
		meta: { current_page: 1, next_page: null, total_pages: 1, total_count: 1 },
	};
	world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'json', body: list });
	const { records, hints } = await world.run({ parameters: once('PO-77') });
	expect(records[0]).toMatchObject({ id: existing?.id, alreadyExisted: true });
	expect(hints.map(({ message }) => message).join()).toContain('its status is cancelled');
});
