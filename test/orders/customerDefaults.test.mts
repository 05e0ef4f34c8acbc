import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({ form: groupForm, signedIn: true, limits: { initialDelayMs: 5, requestTimeoutMs: 2_000 } });

/** The customer with the most to choose from: two people, and an address each for goods and for bills. */
const closing = 9936;
const chosen = (mode: string, value: string | number): INodeParameters => ({ __rl: true, mode, value });

function creating(
	customerId: INodeParameters,
	additionalFields: INodeParameters = {},
	options: INodeParameters = { useCustomerDefaults: true },
): INodeParameters {
	return {
		resource: 'order',
		operation: 'create',
		customerId,
		...documentedLine(2, 45),
		additionalFields,
		options,
	};
}

const names = ['billing_contact_id', 'shipping_contact_id', 'billing_address_id', 'shipping_address_id'];
const posted = (): IDataObject[] =>
	world.uphance
		.log()
		.filter(({ method, path }) => method === 'POST' && path === '/sales_orders')
		.map(({ body }) => body as IDataObject);
/** The four ids of each order that was asked for, without those that were not sent. */
const sent = () =>
	posted().map((body) => Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name))));
const read = () => world.asked('/customers');

const defaults = {
	billing_contact_id: 99361,
	shipping_contact_id: 99361,
	billing_address_id: 99362,
	shipping_address_id: 99361,
};

/** Makes people and addresses of a customer that differ from the first of each in what is given. */
async function change(people: IDataObject[], addresses: IDataObject[], organisation = 9579): Promise<void> {
	const parameters = {
		resource: 'customer',
		operation: 'get',
		customerId: chosen('id', String(closing)),
		options: { organisationId: String(organisation) },
	};
	const [customer] = (await world.run({ parameters })).records;
	const none = { shipping: false, billing: false, default_for_shipping: false, default_for_billing: false };
	const like = (list: unknown, each: IDataObject) => {
		const example = (list as IDataObject[])[0] ?? {};
		const off = Object.fromEntries(Object.entries(none).filter(([name]) => name in example));
		return { ...example, ...off, ...each };
	};
	world.uphance.changeRecord(
		'/customers',
		closing,
		{
			people: people.map((each) => like(customer?.people, each)),
			addresses: addresses.map((each) => like(customer?.addresses, each)),
		},
		organisation,
	);
	world.uphance.clearLog();
}

describe('Use Customer Defaults', () => {
	test('is off by default: nothing is requested, nothing is filled in', async () => {
		await world.run({ parameters: creating(chosen('id', closing), {}, {}) });
		await world.run({ parameters: creating(chosen('id', closing), {}, { useCustomerDefaults: false }) });
		expect(sent()).toEqual([{}, {}]);
		expect(read()).toEqual([]);
	});

	test('fills in all four, as numbers, with one more request', async () => {
		await world.run({ parameters: creating(chosen('id', String(closing))) });
		expect(sent()).toStrictEqual([defaults]);
		expect(read()).toEqual([`GET /customers/${closing}`]);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('takes each from whom it is marked for', async () => {
		await change(
			[{ id: 1 }, { id: 2, shipping: true }, { id: 3, billing: true }],
			[{ id: 4 }, { id: 5, default_for_billing: true }, { id: 6, default_for_shipping: true }],
		);
		await world.run({ parameters: creating(chosen('id', closing)) });
		expect(sent()).toEqual([
			{ billing_contact_id: 3, shipping_contact_id: 2, billing_address_id: 5, shipping_address_id: 6 },
		]);
	});

	test('leaves the rest of the body as it is', async () => {
		const fields = { notes: 'Hello', purchaseOrderRef: 'PO-1' };
		await world.run({ parameters: creating(chosen('id', closing), fields, {}) });
		await world.run({ parameters: creating(chosen('id', closing), fields) });
		const [without, filled] = posted();
		expect(filled).toEqual({ ...without, ...defaults });
	});

	test.each(names)('fills in only what is left empty: %s was not', async (name) => {
		await world.run({ parameters: creating(chosen('id', closing), { [name]: '7' }) });
		expect(sent()).toEqual([{ ...defaults, [name]: 7 }]);
	});

	test.each(['', '  ', '={{ "" }}'])('fills in what was added and left blank: %j', async (blank) => {
		const fields = Object.fromEntries(names.map((name) => [name, blank]));
		await world.run({ parameters: creating(chosen('id', closing), fields) });
		expect(sent()).toEqual([defaults]);
	});

	test('requests nothing when all four are filled in', async () => {
		const fields = Object.fromEntries(names.map((name, index) => [name, index + 1]));
		await world.run({ parameters: creating(chosen('id', closing), fields) });
		expect(sent()).toEqual([fields]);
		expect(read()).toEqual([]);
	});

	test('keeps what Additional JSON says', async () => {
		const additionalJson = JSON.stringify({ billing_contact_id: 7, shipping_address_id: 8 });
		await world.run({ parameters: creating(chosen('id', closing), { additionalJson }) });
		expect(sent()).toEqual([{ ...defaults, billing_contact_id: 7, shipping_address_id: 8 }]);
	});

	test('requests nothing when Additional JSON and fields have all four', async () => {
		const additionalJson = '={{ { billing_contact_id: 7, shipping_address_id: 8 } }}';
		const fields = { additionalJson, shipping_contact_id: '9', billing_address_id: '10' };
		await world.run({ parameters: creating(chosen('id', closing), fields) });
		expect(sent()).toEqual([
			{ billing_contact_id: 7, shipping_contact_id: 9, billing_address_id: 10, shipping_address_id: 8 },
		]);
		expect(read()).toEqual([]);
	});

	test('works with Return Existing Order, which finds the order the second time', async () => {
		const options = { useCustomerDefaults: true, returnExisting: true };
		const parameters = creating(chosen('id', closing), { purchaseOrderRef: 'PO-77' }, options);
		await world.run({ parameters });
		const { records } = await world.run({ parameters });
		expect(records[0]).toHaveProperty('alreadyExisted', true);
		expect(sent()).toEqual([defaults]);
	});

	test('may come from an expression', async () => {
		const options = { useCustomerDefaults: '={{ $json.fill }}' };
		await world.run({
			parameters: creating(chosen('id', closing), {}, options),
			items: [{ fill: true }, { fill: false }],
		});
		expect(sent()).toEqual([defaults, {}]);
	});
});

describe('A customer', () => {
	test('without people and addresses gets an order without', async () => {
		await world.run({ parameters: creating(chosen('id', 9639009)) });
		expect(sent()).toEqual([{}]);
		expect(world.uphance.created()).toHaveLength(1);
	});

	test.each<[string, IDataObject]>([
		['null', { people: null, addresses: null }],
		['missing', { people: undefined, addresses: undefined }],
		['something else', { people: 'none', addresses: {} }],
		['lists of nothing', { people: [null], addresses: [null, 'x'] }],
	])('whose people and addresses are %s gets an order without', async (_, values) => {
		world.sendsAnything = true; // answers, too, are none that anybody described
		world.uphance.changeRecord('/customers', closing, values);
		await world.run({ parameters: creating(chosen('id', closing)) });
		expect(sent()).toEqual([{}]);
	});

	test('with none that is marked gets an order without', async () => {
		await change([{ id: 1 }, { id: 2 }], [{ id: 4 }]);
		await world.run({ parameters: creating(chosen('id', closing)) });
		expect(sent()).toEqual([{}]);
	});

	test('with some that are marked gets those', async () => {
		await change([{ id: 1 }, { id: 2, billing: true }], [{ id: 4, default_for_shipping: true }]);
		await world.run({ parameters: creating(chosen('id', closing), { shipping_contact_id: '7' }) });
		expect(sent()).toEqual([{ billing_contact_id: 2, shipping_contact_id: 7, shipping_address_id: 4 }]);
	});

	test.each(['singular', 'plural', 'list', 'bare'] as const)('is read from the envelope "%s"', async (single) => {
		await world.start({ switches: { single } });
		await world.run({ parameters: creating(chosen('id', closing)) });
		expect(sent()).toEqual([defaults]);
	});

	test('that does not exist fails with an explanation, and nothing is created', async () => {
		const { message } = await failureOf(world.run({ parameters: creating(chosen('id', 1)) }));
		expect(message).toMatch(/customer/i);
		expect(world.uphance.created()).toEqual([]);
	});
});

describe('Requests', () => {
	const parameters = creating(chosen('id', '={{ $json.customer }}'));

	test('are one for three items of the same customer', async () => {
		const items = [closing, String(closing), closing].map((customer) => ({ customer }));
		await world.run({ parameters, items });
		expect(sent()).toEqual(Array(3).fill(defaults));
		expect(read()).toEqual([`GET /customers/${closing}`]);
	});

	test('are one for each different customer', async () => {
		const items = [closing, 9498, closing, 9498].map((customer) => ({ customer }));
		await world.run({ parameters, items });
		expect(read()).toEqual([`GET /customers/${closing}`, 'GET /customers/9498']);
		expect(sent()[1]).toEqual({
			billing_contact_id: 94981,
			shipping_contact_id: 94981,
			billing_address_id: 94981,
			shipping_address_id: 94981,
		});
	});

	test.each([
		['email', 'bram.nguyen@customer9936.example'],
		['reference', 'C-1001'],
		['name', 'closing , ceremony'],
	])('are none besides the list for customers found by %s', async (mode, value) => {
		await world.run({ parameters: creating(chosen(mode, value)), items: [{}, {}, {}] });
		expect(sent()).toEqual(Array(3).fill(defaults));
		expect(posted().map(({ customerId }) => customerId)).toEqual(Array(3).fill(closing));
		expect(read()).toEqual(['GET /customers', 'GET /customers page=2', 'GET /customers page=3']);
	});

	test('are one for a customer chosen from the list', async () => {
		await world.run({ parameters: creating(chosen('list', closing)) });
		expect(sent()).toEqual([defaults]);
		expect(read()).toEqual([`GET /customers/${closing}`]);
	});

	test('are made again by the next execution', async () => {
		await world.run({ parameters: creating(chosen('id', closing)) });
		await change([{ id: 1, billing: true }], []);
		await world.run({ parameters: creating(chosen('id', closing)) });
		expect(sent()).toEqual([{ billing_contact_id: 1 }]);
	});
});

describe('Another organisation', () => {
	test('has defaults of its own for the same customer', async () => {
		await change([{ id: 1, billing: true }], [{ id: 4, default_for_shipping: true }], 9601);
		const options = { useCustomerDefaults: true, organisationId: '={{ $json.to }}' };
		const items = [9579, 9601, 9579, 9601].map((to) => ({ to }));
		await world.run({ parameters: creating(chosen('id', closing), {}, options), items });
		const other = { billing_contact_id: 1, shipping_address_id: 4 };
		expect(sent()).toEqual([defaults, other, defaults, other]);
		expect(world.uphance.created().map(({ organisation }) => organisation)).toEqual([9579, 9601, 9579, 9601]);
		expect(read()).toHaveLength(2);
	});
});

describe('A failure to read the customer', () => {
	const path = `/customers/${closing}`;
	const parameters = creating(chosen('id', closing));

	test.each([
		['status', 503],
		['status', 429],
		['drop', 0],
		['expireFirst', 0],
	] as const)('that passes (%s %i) is retried', async (kind, status) => {
		world.uphance.fault({ path, kind, status, times: kind === 'expireFirst' ? 1 : 2 });
		await world.run({ parameters });
		expect(sent()).toEqual([defaults]);
	});

	test.each([
		['status', 500],
		['status', 403],
		['malformed', 200],
		['html', 500],
	] as const)('that stays (%s %i) fails with an explanation, and nothing is created', async (kind, status) => {
		world.uphance.fault({ path, kind, status, times: 100 });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters }));
		expect(message).toContain('Uphance');
		expect(`${message} ${description}`).not.toMatch(/may have/);
		expect(itemIndex).toBe(0);
		expect(posted()).toEqual([]);
	});

	test('of one item does not affect the orders of the others', async () => {
		const items = [closing, 1, 9498].map((customer) => ({ customer }));
		const each = creating(chosen('id', '={{ $json.customer }}'));
		const ran = await world.run({ parameters: each, items, continueOnFail: true });
		expect(ran.items.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
		expect(Object.keys(ran.items[1]?.json ?? {})).toEqual(['error']);
		expect(world.uphance.created()).toHaveLength(2);
	});
});
