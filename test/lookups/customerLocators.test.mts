import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150], rereadPageMs: 0 },
});

const locator = (mode: string, value: unknown) =>
	({ customerId: { __rl: true, mode, value } }) as unknown as INodeParameters;
const getBy = (mode: string, value: unknown, more: INodeParameters = {}): INodeParameters => ({
	resource: 'customer',
	operation: 'get',
	...locator(mode, value),
	...more,
});
const orderBy = (mode: string, value: unknown, more: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	...locator(mode, value),
	...documentedLine(2, 45),
	...more,
});
const barneys = { id: 9498, email: 'ada.ohara@customer9498.example', reference: 'C-1000', name: 'Barneys' };
const lists = () => world.asked('/customers').filter((each) => !/customers\/\d/.test(each));
const posts = () => world.asked('/sales_orders').filter((each) => each.startsWith('POST'));
const ways: Array<['email' | 'reference' | 'name', string]> = [
	['email', "No customer has a contact with the email 'nobody'"],
	['reference', "No customer has the reference 'nobody'"],
	['name', "No customer has the name 'nobody'"],
];
const advice =
	'Looked in organisation Uphance Demo (9579). This node cannot create customers, because Uphance has not documented how. Create the customer in Uphance first.';

describe.each(ways)('by %s', (mode, missing) => {
	const value = barneys[mode];

	test.each([
		['as it is', value],
		['in another case', value.toUpperCase()],
		['with stray blanks', `  ${value.toLowerCase()}\t`],
	])('is found %s', async (_, typed) => {
		const { records } = await world.run({ parameters: getBy(mode, typed) });
		const byId = await world.run({ parameters: getBy('id', '9498') });
		expect(records).toHaveLength(1);
		expect(records[0]).toStrictEqual(byId.records[0]);
	});

	test('needs the whole of it', async () => {
		const { message } = await failureOf(world.run({ parameters: getBy(mode, value.slice(0, -1)) }));
		expect(message).toMatch(/^No customer has /);
	});

	test('says so when there is none, also of an order, and sends nothing', async () => {
		for (const parameters of [getBy(mode, 'nobody'), orderBy(mode, 'nobody')]) {
			const failed = await failureOf(world.run({ parameters }));
			expect(failed.message).toBe(missing);
			expect(failed.description).toBe(advice);
		}
		expect(posts()).toEqual([]);
	});

	test('or gives an empty item', async () => {
		const options = { ifNotFound: 'emptyItem' };
		expect((await world.run({ parameters: getBy(mode, 'nobody', { options }) })).records).toEqual([{ found: false }]);
		const { records } = await world.run({ parameters: getBy(mode, value, { options }) });
		expect(records[0]).toMatchObject({ id: 9498, found: true });
	});

	test('of two chooses none, and names both', async () => {
		world.sendsAnything = true;
		const twin = {
			email: { people: [{ email: ` ${value.toUpperCase()} ` }] },
			reference: { reference: value },
			name: { name: value },
		};
		world.uphance.changeRecord('/customers', 9936, twin[mode]);
		const words = { email: 'a contact with the email', reference: 'the reference', name: 'the name' }[mode];
		for (const parameters of [
			getBy(mode, value),
			orderBy(mode, value),
			getBy(mode, value, { options: { ifNotFound: 'emptyItem' } }),
		]) {
			const { message, description } = await failureOf(world.run({ parameters }));
			expect(message).toMatch(new RegExp(`^2 customers have ${words} '${value}': Barneys \\(9498\\), .+ \\(9936\\)$`));
			expect(description).toContain('Choose one by ID');
		}
		expect(posts()).toEqual([]);
	});

	test.each(['', '   '])('refuses a blank %j before it asks', async (blank) => {
		world.uphance.clearLog();
		const { message } = await failureOf(world.run({ parameters: getBy(mode, blank) }));
		expect(message).toMatch(/'Customer'|Customer/);
		expect(world.asked('/customers')).toEqual([]);
		await failureOf(world.run({ parameters: orderBy(mode, blank) }));
		expect(world.asked('/customers')).toEqual([]);
		expect(posts()).toEqual([]);
	});

	test('refuses what an expression did not find', async () => {
		const parameters = getBy(mode, '={{ $json.nothing }}');
		expect((await failureOf(world.run({ parameters, items: [{}] }))).message).toContain('Customer');
		expect(world.asked('/customers')).toEqual([]);
	});

	test('reads the list once, however many items, and creates for the right customer', async () => {
		const parameters = orderBy(mode, '={{ $json.who }}');
		const items = [value, value.toUpperCase(), ` ${value} `].map((who) => ({ who }));
		await world.run({ parameters, items });
		expect(lists()).toEqual(['GET /customers', 'GET /customers page=2', 'GET /customers page=3']);
		expect(world.asked('/customers')).toHaveLength(3);
		expect(world.uphance.created().map(({ order }) => order.company_id)).toEqual([9498, 9498, 9498]);
	});

	test('reads the list of each organisation', async () => {
		const parameters = getBy(mode, '={{ $json.who }}', {
			options: { organisationId: '={{ $json.at }}', ifNotFound: 'emptyItem' },
		});
		const items = ['9579', '9601', '9579', '9601'].map((at) => ({ who: value, at }));
		const { records } = await world.run({ parameters, items });
		expect(lists()).toHaveLength(6);
		expect(records[0]).toMatchObject({ id: 9498 });
		expect(records[2]).toStrictEqual(records[0]);
		expect(records[3]).toStrictEqual(records[1]);
	});

	test('never takes a record for one by a missing value', async () => {
		world.sendsAnything = true;
		for (const values of [
			{ people: null },
			{ people: [null, {}, { email: 5 }] },
			{ people: 'text', reference: null, name: null },
		]) {
			world.uphance.changeRecord('/customers', 9936, values);
			expect((await world.run({ parameters: getBy(mode, value) })).records[0]).toMatchObject({ id: 9498 });
			expect((await failureOf(world.run({ parameters: getBy(mode, 'null') }))).message).toMatch(/^No customer/);
		}
	});
});

test('compares the emails of all contacts', async () => {
	const { records } = await world.run({
		parameters: { resource: 'customer', operation: 'getAll', simplify: false, limit: 3 },
	});
	const customer = records[2];
	const people: unknown = customer?.people;
	expect(people).toHaveLength(3);
	if (!Array.isArray(people)) return;
	for (const { email } of people as Array<{ email: string }>) {
		expect((await world.run({ parameters: getBy('email', email) })).records[0]?.id).toBe(customer?.id);
	}
});

test('one customer with an email twice is one customer', async () => {
	world.sendsAnything = true;
	const people = [{ email: barneys.email }, { email: barneys.email.toUpperCase() }];
	world.uphance.changeRecord('/customers', 9498, { people });
	expect((await world.run({ parameters: getBy('email', barneys.email) })).records[0]?.id).toBe(9498);
});

describe('Return Existing Order', () => {
	const duplicates = (modes: string[], who: string[], refs = ['PO-77', 'PO-77']) => ({
		parameters: orderBy('={{ $json.mode }}', '={{ $json.who }}', {
			additionalFields: { purchaseOrderRef: '={{ $json.ref }}' },
			options: { returnExisting: true },
		}),
		items: modes.map((mode, index) => ({ mode, who: who[index], ref: refs[index] })),
	});
	/** The second is refused; before the first is posted only where both name the customer in one way. */
	const refused = async (parameters: INodeParameters, items: IDataObject[], posted = 1) => {
		const { message } = await failureOf(world.run({ parameters, items }));
		expect(message).toBe(
			`Order ${posted + 1} of 2: Input items 1 and 2 have the same customer and purchase order ref 'PO-77'`,
		);
		expect(posts()).toHaveLength(posted);
	};
	const rowsBy = (mode: string): INodeParameters =>
		orderBy(mode, '={{ $json.who }}', {
			additionalFields: { purchaseOrderRef: 'PO-77' },
			options: { returnExisting: true },
		});

	test('the same e-mail twice, in another case, is one customer', async () => {
		await refused(rowsBy('email'), [{ who: barneys.email }, { who: ` ${barneys.email.toUpperCase()}` }], 0);
	});

	test('two contacts of one customer are one customer', async () => {
		const { records } = await world.run({
			parameters: { resource: 'customer', operation: 'getAll', simplify: false, limit: 3 },
		});
		const people: unknown = records[2]?.people;
		if (!Array.isArray(people)) throw new Error('No contacts');
		const [one, other] = people as Array<{ email: string }>;
		await refused(rowsBy('email'), [{ who: one?.email ?? '' }, { who: other?.email ?? '' }]);
	});

	test('by e-mail in one item and by ID in the other', async () => {
		const { parameters, items } = duplicates(['email', 'id'], [barneys.email, '9498']);
		await refused(parameters, items);
	});

	test.each([
		['by e-mail, and by ID in the additional JSON', barneys.email],
		['also where the additional JSON stands against an e-mail that nobody has', 'nobody'],
	])('%s', async (_, who) => {
		const additionalJson = '={{ $json.more }}';
		const parameters = {
			...rowsBy('email'),
			additionalFields: { purchaseOrderRef: 'PO-77', additionalJson },
		};
		await refused(parameters, [
			{ who: barneys.email, more: '{}' },
			{ who, more: '{"customerId": 9498}' },
		]);
	});

	test('an item whose customer is unknown fails alone', async () => {
		const { items } = await world.run({
			parameters: rowsBy('email'),
			items: [{ who: 'nobody' }, { who: barneys.email }, { who: '' }],
			continueOnFail: true,
		});
		expect(items.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(/^Order 1 of 3 \(PO-77\): No customer has a contact with the email 'nobody'\. ./),
			undefined,
			expect.stringContaining('Customer'),
		]);
		expect(posts()).toHaveLength(1);
		expect(lists()).toHaveLength(3);
	});

	test('the same customer and ref in different organisations are different orders', async () => {
		const parameters = {
			...rowsBy('reference'),
			options: { returnExisting: true, organisationId: '={{ $json.at }}' },
		};
		const items = ['9579', '9601'].map((at) => ({ who: 'C-1000', at }));
		const { records } = await world.run({ parameters, items });
		expect(records.map(({ alreadyExisted }) => alreadyExisted)).toEqual([false, false]);
	});

	test('finds the order of the customer found by e-mail', async () => {
		const first = await world.run({ parameters: rowsBy('email'), items: [{ who: barneys.email }] });
		const second = await world.run({ parameters: rowsBy('id'), items: [{ who: '9498' }] });
		const third = await world.run({ parameters: rowsBy('reference'), items: [{ who: 'c-1000' }] });
		expect(first.records[0]).toMatchObject({ company_id: 9498, alreadyExisted: false });
		expect(second.records[0]).toMatchObject({ id: first.records[0]?.id, alreadyExisted: true });
		expect(third.records[0]).toMatchObject({ id: first.records[0]?.id, alreadyExisted: true });
		expect(posts()).toHaveLength(1);
	});

	test('another ref or customer is another order', async () => {
		const { records } = await world.run({
			parameters: rowsBy('reference'),
			items: [{ who: 'C-1000' }, { who: 'C-1001' }],
		});
		expect(records.map(({ alreadyExisted }) => alreadyExisted)).toEqual([false, false]);
	});
});
