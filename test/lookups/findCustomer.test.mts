import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { sampled } from '../propertyRuns.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150], rereadPageMs: 0 },
});

type Mode = 'email' | 'reference' | 'name';

const chosen = (mode: string, value: string) => ({ customerId: { __rl: true as const, mode, value } });

const got = (mode: string, value: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'customer',
	operation: 'get',
	...chosen(mode, value),
	options,
});

const ordered = (mode: string, value: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	...chosen(mode, value),
	...documentedLine(2, 45),
	...more,
});

const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));
const companies = () => world.uphance.created().map(({ order }) => order.company_id);

/** Reading the list of 230 customers. */
const wholeList = ['GET /customers', 'GET /customers page=2', 'GET /customers page=3'];

const barneys = { id: 9498, email: 'ada.ohara@customer9498.example' };
/** A customer with two contacts. */
const ceremony = { id: 9936, emails: ['bram.nguyen@customer9936.example', 'chloe.garcia@customer9936.example'] };
/** The first of its own that the second organisation has. */
const outletOnly = { id: 9_661_000, email: 'ada.moreau@customer9661000.example' };

const nowhere =
	'Looked in organisation Uphance Demo (9579). This node cannot create customers, because Uphance has not documented how. Create the customer in Uphance first.';

describe.each(
	sampled<[Mode, string, number]>(
		[
			['email', 'ada.ohara@customer9498.example', 9498],
			['email', 'Ada.OHara@CUSTOMER9498.example', 9498],
			['email', ' ada.ohara@customer9498.example\n', 9498],
			['email', 'chloe.garcia@customer9936.example', 9936],
			['reference', 'C-1001', 9936],
			['reference', ' c-1001 ', 9936],
			['reference', 'C-1229', 60_000 + 9_579_000 + 222 * 3],
			['name', 'Barneys', 9498],
			['name', '\tBARNEYS ', 9498],
			['name', 'closing , ceremony', 9936],
			['name', 'MAISON LUMIÈRE', 10040],
			['name', 'kōen select', 10077],
		],
		2,
	),
)('The customer with the %s %j', (mode, value, id) => {
	test('is returned', async () => {
		const { items } = await world.run({ parameters: got(mode, value) });
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([[id, { item: 0 }]]);
	});

	test('receives the order', async () => {
		await world.run({ parameters: ordered(mode, value) });
		expect(companies()).toEqual([id]);
		expect(posts()).toHaveLength(1);
	});
});

describe.each<[Mode, string, string]>([
	['email', 'jo@x.com', "No customer has a contact with the email 'jo@x.com'"],
	['email', 'ada.ohara@customer9498', "No customer has a contact with the email 'ada.ohara@customer9498'"],
	['email', 'Barneys', "No customer has a contact with the email 'Barneys'"],
	['reference', 'C-1', "No customer has the reference 'C-1'"],
	['reference', '9498', "No customer has the reference '9498'"],
	['name', 'Barney', "No customer has the name 'Barney'"],
	['name', 'C-1000', "No customer has the name 'C-1000'"],
])('Nobody with the %s %j', (mode, value, message) => {
	test.each([
		['got', got],
		['ordered for', ordered],
	])('is %s', async (_, parametersFor) => {
		const failed = await failureOf(world.run({ parameters: parametersFor(mode, value) }));
		expect(failed).toMatchObject({ message, description: nowhere, itemIndex: 0 });
		expect(posts()).toEqual([]);
	});

	test('is an empty item where that was wanted', async () => {
		const { items } = await world.run({ parameters: got(mode, value, { ifNotFound: 'emptyItem' }) });
		expect(items).toEqual([{ json: { found: false }, pairedItem: { item: 0 } }]);
	});
});

describe('Of two customers', () => {
	const cases: Array<[Mode, string, IDataObject, string]> = [
		['email', barneys.email, { people: [{ email: barneys.email }] }, 'a contact with the email'],
		['reference', 'C-1000', { reference: 'C-1000' }, 'the reference'],
		['name', 'Barneys', { name: 'barneys' }, 'the name'],
	];

	test.each(cases)('with one %s none is chosen', async (mode, value, values, words) => {
		world.uphance.changeRecord('/customers', ceremony.id, values);
		world.sendsAnything = true; // a contact with an e-mail only
		const other = mode === 'name' ? 'barneys' : 'Closing , Ceremony';
		const emptyItem = got(mode, value, { ifNotFound: 'emptyItem' });
		for (const parameters of [got(mode, value), ordered(mode, value), emptyItem]) {
			const { message, description } = await failureOf(world.run({ parameters }));
			expect(message).toBe(`2 customers have ${words} '${value}': Barneys (9498), ${other} (9936)`);
			expect(description).toBe(mode === 'reference' ? 'Choose one by ID.' : 'Choose one by ID or by reference.');
		}
		expect(posts()).toEqual([]);
	});

	test('on different pages none is chosen either', async () => {
		const last = 60_000 + 9_579_000 + 222 * 3;
		world.uphance.changeRecord('/customers', last, { people: [{ email: barneys.email.toUpperCase() }] });
		world.sendsAnything = true;
		const { message } = await failureOf(world.run({ parameters: ordered('email', barneys.email) }));
		expect(message).toMatch(/^2 customers have a contact with the email '.+': Barneys \(9498\), .+ \(9639666\)$/);
		expect(posts()).toEqual([]);
	});

	test('a customer with one e-mail on two of its contacts is one', async () => {
		world.uphance.changeRecord('/customers', ceremony.id, { people: [{ email: 'jo@x.com' }, { email: 'JO@x.com' }] });
		world.sendsAnything = true;
		const { records } = await world.run({ parameters: got('email', 'jo@x.com') });
		expect(records.map(({ id }) => id)).toEqual([ceremony.id]);
		await world.run({ parameters: ordered('email', 'jo@x.com') });
		expect(companies()).toEqual([ceremony.id]);
	});
});

describe.each(['email', 'reference', 'name'])('A blank %s', (mode) => {
	test.each(['', ' \t ', '={{ "" }}', '={{ "  " }}'])('%j is refused before the list is read', async (value) => {
		for (const parameters of [got(mode, value), ordered(mode, value), got(mode, value, { ifNotFound: 'emptyItem' })]) {
			const { message } = await failureOf(world.run({ parameters }));
			expect(message).toBe("'Customer' is empty");
		}
		expect(world.asked('/customers')).toEqual([]);
		expect(posts()).toEqual([]);
	});

	test('is not that of the customers who have none', async () => {
		world.uphance.changeRecord('/customers', ceremony.id, { people: [{ email: '' }], reference: '', name: '' });
		world.sendsAnything = true;
		const { message } = await failureOf(world.run({ parameters: ordered(mode, '  ') }));
		expect(message).toBe("'Customer' is empty");
		expect(posts()).toEqual([]);
	});
});

describe('The list of customers', () => {
	const emails = Array.from({ length: 20 }, (_, item) => [barneys.email, ...ceremony.emails][item % 3]);
	const items = emails.map((email) => ({ email }));
	const ids = emails.map((email) => (email === barneys.email ? barneys.id : ceremony.id));

	test.each([
		['got', got],
		['ordered for', ordered],
	])('is read once for 20 that are %s, and not by the next execution', async (_, parametersFor) => {
		const parameters = parametersFor('email', '={{ $json.email }}');
		const { records } = await world.run({ parameters, items });
		expect(records.map(({ id, company_id }) => company_id ?? id)).toEqual(ids);
		expect(world.asked('/customers')).toEqual(wholeList);
		await world.run({ parameters, items });
		const singles = ['GET /customers/9498', 'GET /customers/9936'];
		expect(world.asked('/customers')).toEqual([...wholeList, ...singles]);
	});

	test('is read once whatever the customers are found by', async () => {
		const ways = [
			{ mode: 'email', value: barneys.email },
			{ mode: 'reference', value: 'C-1001' },
			{ mode: 'name', value: 'Barneys' },
		];
		const parameters = got('={{ $json.mode }}', '={{ $json.value }}');
		const { records } = await world.run({ parameters, items: ways });
		expect(records.map(({ id }) => id)).toEqual([9498, 9936, 9498]);
		expect(world.asked('/customers')).toEqual(wholeList);
	});

	test('is read once also when it is empty', async () => {
		const nobodies = emails.map((_, item) => ({ email: `jo${item}@x.com` }));
		const parameters = got('email', '={{ $json.email }}', { ifNotFound: 'emptyItem' });
		const { records } = await world.run({ parameters, items: nobodies });
		expect(records).toEqual(nobodies.map(() => ({ found: false })));
		expect(world.asked('/customers')).toEqual(wholeList);
	});

	test('is read again by the next execution', async () => {
		await failureOf(world.run({ parameters: got('reference', 'NEW-1') }));
		world.uphance.changeRecord('/customers', ceremony.id, { reference: 'NEW-1' });
		const { records } = await world.run({ parameters: got('reference', 'NEW-1') });
		expect(records[0]).toMatchObject({ id: ceremony.id, reference: 'NEW-1' });
	});

	test('is not read for a customer chosen by ID, nor for anything else', async () => {
		await world.run({ parameters: ordered('id', '9498') });
		await world.run({ parameters: ordered('list', '9498') });
		for (const resource of ['payment', 'product', 'pickTicket', 'invoice']) {
			await world.run({ parameters: { resource, operation: 'getAll', limit: 1 } });
		}
		expect(world.asked('/customers')).toEqual([]);
		expect(companies()).toEqual([9498, 9498]);
	});

	test('is that of the organisation under Options', async () => {
		const options = { organisationId: '9601' };
		const { records } = await world.run({ parameters: got('email', outletOnly.email, options) });
		expect(records.map(({ id }) => id)).toEqual([outletOnly.id]);
		await world.run({ parameters: ordered('email', outletOnly.email, { options }) });
		expect(world.uphance.created().map(({ organisation, order }) => [organisation, order.company_id])).toEqual([
			[9601, outletOnly.id],
		]);
		const failed = await failureOf(world.run({ parameters: got('email', outletOnly.email) }));
		expect(failed).toMatchObject({ description: nowhere });
		const other = await failureOf(world.run({ parameters: got('email', 'jo@x.com', options) }));
		expect(other.description).toBe(nowhere.replace('Uphance Demo (9579)', 'Uphance Outlet (9601)'));
	});

	test('is read once for each organisation', async () => {
		const mixed = emails.map((_, item) => ({ at: item % 2 === 0 ? '9579' : '9601' }));
		const options = { organisationId: '={{ $json.at }}', ifNotFound: 'emptyItem' };
		const { records } = await world.run({ parameters: got('email', outletOnly.email, options), items: mixed });
		expect(records.map(({ id, found }) => id ?? found)).toEqual(
			mixed.map(({ at }) => (at === '9601' ? outletOnly.id : false)),
		);
		expect(world.asked('/customers').sort()).toEqual([...wholeList, ...wholeList].sort());
	});
});

describe.each<[string, Partial<Fault>]>([
	['is down for ever', { kind: 'status', status: 503 }],
	['fails', { kind: 'status', status: 500 }],
	['fails at the last page', { kind: 'status', status: 500, page: 3 }],
	['closes the connection', { kind: 'drop' }],
	['has a page for people', { kind: 'html' }],
])('While Uphance %s', (_, fault) => {
	beforeEach(() => world.uphance.fault({ path: '/customers', times: 1_000, kind: 'status', ...fault }));

	test('no customer is reported as missing', async () => {
		for (const options of [{}, { ifNotFound: 'emptyItem' }]) {
			for (const value of ['jo@x.com', barneys.email]) {
				const { message } = await failureOf(world.run({ parameters: got('email', value, options) }));
				expect(message).not.toMatch(/No customer/);
			}
		}
	});

	test('no order is created', async () => {
		const { message } = await failureOf(world.run({ parameters: ordered('email', barneys.email) }));
		expect(message).not.toMatch(/No customer/);
		const items = [{}, {}];
		const ran = await world.run({ parameters: ordered('email', barneys.email), items, continueOnFail: true });
		expect(ran.items.map(({ json }) => typeof json.error)).toEqual(['string', 'string']);
		expect(posts()).toEqual([]);
	});
});

test('A page that fails once is retried', async () => {
	world.uphance.fault({ path: '/customers', page: 2, kind: 'status', status: 503 });
	await world.run({ parameters: ordered('reference', 'C-1229') });
	expect(companies()).toEqual([9_639_666]);
});

describe('Orders of several input items', () => {
	const each = (options: INodeParameters = {}, mode = '={{ $json.mode }}') =>
		ordered(mode, '={{ $json.who }}', { additionalFields: { purchaseOrderRef: '={{ $json.po }}' }, options });
	const rows = (...who: Array<[string, string, string?]>) =>
		who.map(([mode, value, po = 'PO-77']) => ({ mode, who: value, po }));
	const once = { returnExisting: true };
	const duplicateItems = "Input items 1 and 2 have the same customer and purchase order ref 'PO-77'";
	const [first = '', second = ''] = ceremony.emails;

	test.each([
		['by e-mail and by ID', rows(['email', first], ['id', '9936'])],
		['by ID and by e-mail', rows(['id', '9936'], ['email', second])],
		['by the e-mails of two contacts', rows(['email', first], ['email', second])],
		['by reference and by name', rows(['reference', 'c-1001'], ['name', 'Closing , Ceremony '])],
	])('for one customer, %s, are refused when the second is run', async (_, items) => {
		const { message } = await failureOf(world.run({ parameters: each(once), items }));
		expect(message).toBe(`Order 2 of 2: ${duplicateItems}`);
		expect(posts()).toHaveLength(1);
	});

	test('for one customer, by one e-mail in two cases, are refused before anything is asked', async () => {
		const items = rows(['email', first], ['email', ` ${first.toUpperCase()}`]);
		const { message } = await failureOf(world.run({ parameters: each(once), items }));
		expect(message).toBe(`Order 1 of 2: ${duplicateItems}`);
		expect(world.asked('/sales_orders')).toEqual([]);
		expect(world.asked('/customers')).toEqual([]);
	});

	test('for one customer under Continue On Fail: the first is created, the second fails, the others are created', async () => {
		const items = rows(['email', first], ['email', barneys.email], ['id', '9936'], ['email', second, 'PO-78']);
		const ran = await world.run({ parameters: each(once), items, continueOnFail: true });
		expect(ran.records.map(({ error, company_id }) => error ?? company_id)).toEqual([
			9936,
			9498,
			expect.stringContaining(duplicateItems.replace('and 2', 'and 3')),
			9936,
		]);
		expect(posts()).toHaveLength(3);
	});

	test('for one customer become orders of their own without Return Existing Order, with a hint', async () => {
		const ran = await world.run({ parameters: each(), items: rows(['email', first], ['id', '9936']) });
		expect(companies()).toEqual([9936, 9936]);
		expect(ran.hints.map(({ message }) => message).join()).toContain(duplicateItems);
	});

	test('for different customers are separate orders', async () => {
		const items = rows(['email', first], ['email', barneys.email], ['id', '10012'], ['name', 'Maison Lumière']);
		const { records } = await world.run({ parameters: each(once), items });
		const expected = [9936, 9498, 10012, 10040];
		expect(records.map(({ company_id, alreadyExisted }) => [company_id, alreadyExisted])).toEqual(
			expected.map((id) => [id, false]),
		);
		expect(world.asked('/customers')).toEqual(wholeList);
	});

	test('find the order that a run by another way created', async () => {
		await world.run({ parameters: each(once), items: rows(['id', '9936']) });
		const { records } = await world.run({ parameters: each(once), items: rows(['email', second]) });
		expect(records[0]).toMatchObject({ company_id: 9936, alreadyExisted: true });
		expect(posts()).toHaveLength(1);
	});

	test.each([
		['with Return Existing Order', once],
		['without', {}],
	])('fail by themselves when their customer is not found, %s', async (_, options) => {
		const items = rows(
			['email', 'jo@x.com', 'PO-1'],
			['email', barneys.email, 'PO-2'],
			['email', '', 'PO-3'],
			['reference', 'C-1001', 'PO-4'],
			['name', 'Nobody', 'PO-5'],
		);
		const ran = await world.run({ parameters: each(options), items, continueOnFail: true });
		expect(ran.records.map(({ error, company_id }) => error ?? company_id)).toEqual([
			expect.stringMatching(/^Order 1 of 5 \(PO-1\): No customer has a contact with the email 'jo@x\.com'\. ./),
			9498,
			expect.stringMatching(/^Order 3 of 5 \(PO-3\): 'Customer' is empty\. ./),
			9936,
			expect.stringMatching(/^Order 5 of 5 \(PO-5\): No customer has the name 'Nobody'\. ./),
		]);
		expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_row, item) => ({ item })));
		expect(companies()).toEqual([9498, 9936]);
		expect(world.asked('/customers')).toEqual(wholeList);
	});

	test('fail by themselves when two customers are meant', async () => {
		world.uphance.changeRecord('/customers', ceremony.id, { name: 'Barneys' });
		const items = rows(['name', 'Barneys', 'PO-1'], ['email', barneys.email, 'PO-2']);
		const ran = await world.run({ parameters: each(once), items, continueOnFail: true });
		expect(ran.records.map(({ error, company_id }) => error ?? company_id)).toEqual([
			expect.stringMatching(
				/^Order 1 of 2 \(PO-1\): 2 customers have the name 'Barneys': Barneys \(9498\), Barneys \(9936\)\. ./,
			),
			9498,
		]);
		expect(posts()).toHaveLength(1);
	});
});

test('A list of customers that cannot be read fails only the item that needed it, where no item has a ref', async () => {
	world.uphance.fault({ path: '/customers', kind: 'status', status: 501 });
	const parameters = {
		...ordered('id', ''),
		customerId: { __rl: true as const, mode: '={{ $json.mode }}', value: '={{ $json.value }}' },
	};
	const items = [
		{ mode: 'email', value: barneys.email },
		{ mode: 'id', value: '9936' },
		{ mode: 'email', value: barneys.email },
	];
	const { items: out } = await world.run({ parameters, items, continueOnFail: true });
	expect(out.map(({ json }) => 'error' in json)).toEqual([true, false, false]);
	expect(companies()).toEqual([9936, 9498]);
});
