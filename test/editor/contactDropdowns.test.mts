import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import { useLimits } from '../limits.mts';
import { failureOf, loadOptions } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ form: groupForm, signedIn: true, limits: { initialDelayMs: 5, deadlineMs: 5_000 } });

const chosen = (mode: string, value: string | number): INodeParameters => ({ __rl: true, mode, value });
const creating = (customerId: INodeParameters, more: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId,
	...documentedLine(1),
	...more,
});

const dropdowns = ['getCustomerContacts', 'getCustomerAddresses'];

async function choices(name: string, customerId: INodeParameters, more: INodeParameters = {}): Promise<IDataObject[]> {
	const found = await loadOptions(world.credential, name, creating(customerId, more));
	return found.map(({ name: label, value }) => ({ label, value: Number(value) }));
}
const labels = async (name: string, id: number) =>
	(await choices(name, chosen('id', String(id)))).map(({ label }) => String(label));

/** People or addresses of customer 9498 that differ from its only one in what is given. */
async function change(list: 'people' | 'addresses', each: IDataObject[]): Promise<void> {
	const parameters = { resource: 'customer', operation: 'get', customerId: chosen('id', '9498') };
	const [customer] = (await world.run({ parameters })).records;
	const example = (customer?.[list] as IDataObject[])[0];
	world.uphance.changeRecord('/customers', 9498, { [list]: each.map((values) => ({ ...example, ...values })) });
	world.uphance.clearLog();
}

describe('Contacts', () => {
	test('are shown with name and position, and chosen by ID', async () => {
		const found = await choices('getCustomerContacts', chosen('id', '9936'));
		expect(found).toHaveLength(2);
		expect(found).toEqual(
			expect.arrayContaining([
				{ label: 'Bram Nguyen, Buyer', value: 99361 },
				{ label: 'Chloé García', value: 99362 },
			]),
		);
		expect(world.asked('/customers')).toEqual(['GET /customers/9936']);
	});

	test.each([
		[{ first_name: 'Jo', last_name: 'Smith', position: 'Buyer' }, 'Jo Smith, Buyer'],
		[{ first_name: 'Jo', last_name: '', position: 'Buyer' }, 'Jo, Buyer'],
		[{ first_name: null, last_name: 'Smith', position: '' }, 'Smith'],
		[{ first_name: 'Jo', last_name: 'Smith', position: null }, 'Jo Smith'],
	])('of %j are shown as %j', async (person, label) => {
		world.sendsAnything = true; // nulls are not described
		await change('people', [person]);
		expect(await labels('getCustomerContacts', 9498)).toEqual([label]);
	});

	test('without a name are still distinguishable', async () => {
		world.sendsAnything = true;
		const nameless = { first_name: '', last_name: null, position: null, email: '' };
		await change('people', [
			{ ...nameless, id: 1, email: 'jo@example.com' },
			{ ...nameless, id: 2 },
		]);
		const found = await labels('getCustomerContacts', 9498);
		expect(new Set(found).size).toBe(2);
		for (const label of found) expect(label).toMatch(/^(?!.*(null|undefined))\S/);
	});
});

describe('Addresses', () => {
	test('are shown with street, town and what they are the default for, and chosen by ID', async () => {
		const found = await choices('getCustomerAddresses', chosen('id', '9936'));
		expect(found.map(({ value }) => value).sort()).toEqual([99361, 99362]);
		const labelled = Object.fromEntries(found.map(({ label, value }) => [String(value), String(label)]));
		expect(labelled['99361']).toBe('2 rue de Turenne, Paris (default for shipping)');
		expect(labelled['99362']).toMatch(/^2 rue de Turenne,.* Paris \(default for billing\)$/);
	});

	test('that are the default for both say so', async () => {
		const [label] = await labels('getCustomerAddresses', 9498);
		expect(label).toMatch(/^1 Redchurch Street, London \(default for /);
		expect(label).toContain('shipping');
		expect(label).toContain('billing');
	});

	const off = { default_for_shipping: false, default_for_billing: false };
	test.each([
		[{ ...off, line_1: '1 High St', city: 'London' }, '1 High St, London'],
		[{ ...off, line_1: '1 High St', city: null }, '1 High St'],
		[{ ...off, line_1: '', city: 'London' }, 'London'],
	])('of %j are shown as %j', async (address, label) => {
		world.sendsAnything = true;
		await change('addresses', [address]);
		expect(await labels('getCustomerAddresses', 9498)).toEqual([label]);
	});

	test('without any details are still distinguishable', async () => {
		world.sendsAnything = true;
		const blank = { ...off, line_1: '', line_2: null, city: null, state: null, country: '', postcode: null };
		await change('addresses', [
			{ ...blank, id: 1 },
			{ ...blank, id: 2 },
		]);
		const found = await labels('getCustomerAddresses', 9498);
		expect(new Set(found).size).toBe(2);
		for (const label of found) expect(label).toMatch(/^(?!.*(null|undefined))\S/);
	});
});

describe.each(dropdowns)('%s', (name) => {
	test('is empty for a customer that has none', async () => {
		expect(await choices(name, chosen('id', '9639009'))).toEqual([]);
	});

	test.each([
		['list', 9936],
		['list', '9936'],
		['id', ' 9936 '],
		['email', 'bram.nguyen@customer9936.example'],
		['reference', 'c-1001'],
		['name', 'Closing , Ceremony'],
	])('works for a customer chosen by %s as %j', async (mode, value) => {
		const found = await choices(name, chosen(mode, value));
		expect(found.map((each) => each.value).sort()).toEqual([99361, 99362]);
	});

	test.each([
		['id', ''],
		['list', ''],
		['id', '={{ $json.customer }}'],
		['email', '={{ $json.email }}'],
	])('says what to do while no customer is known: %s %j', async (mode, value) => {
		const { message } = await failureOf(choices(name, chosen(mode, value)));
		expect(message).toBe('Choose a customer first');
		expect(world.asked('/customers/')).toEqual([]);
	});

	test('says that there is no such customer', async () => {
		const { message } = await failureOf(choices(name, chosen('id', '1')));
		expect(message).toBe('No customer has the ID 1');
	});

	test('reads from the organisation chosen in the node, and restores the credential’s own', async () => {
		world.uphance.changeRecord('/customers', 9936, { people: [], addresses: [] }, 9601);
		expect(await choices(name, chosen('id', '9936'), { options: { organisationId: '9601' } })).toEqual([]);
		const registered = world.uphance
			.log()
			.filter(({ path }) => path === '/organisations/set_current_org')
			.map(({ body }) => (body as { organizationId: number }).organizationId);
		expect(registered).toEqual([9601, 9579]);
	});

	test('says what is wrong', async () => {
		world.uphance.fault({ path: '/customers/9936', kind: 'status', status: 403, times: 100 });
		const { message, description } = await failureOf(choices(name, chosen('id', '9936')));
		expect(message).toMatch(/^Uphance does not allow this user to /);
		expect(description).toContain('Uphance Demo (9579)');
	});

	describe('ends at the deadline', () => {
		useLimits({ initialDelayMs: 5_000, requestTimeoutMs: 30_000, deadlineMs: 400 });

		test('when Uphance hangs', async () => {
			world.uphance.fault({ path: '/customers/9936', kind: 'hang', times: 100 });
			const begin = Date.now();
			const { message } = await failureOf(choices(name, chosen('id', '9936')));
			expect(Date.now() - begin).toBeLessThan(2_000);
			expect(message).toContain('Uphance');
		});
	});
});

describe('The fields', () => {
	const labelled: Array<[string, string, string]> = [
		['billing_contact_id', 'Billing Contact Name or ID', 'getCustomerContacts'],
		['shipping_contact_id', 'Shipping Contact Name or ID', 'getCustomerContacts'],
		['billing_address_id', 'Billing Address Name or ID', 'getCustomerAddresses'],
		['shipping_address_id', 'Shipping Address Name or ID', 'getCustomerAddresses'],
	];

	test.each(labelled)('%s is the dropdown %s', (name, displayName, loadOptionsMethod) => {
		const fields = new Uphance().description.properties
			.filter((property) => property.name === 'additionalFields')
			.flatMap((property) => (property.options ?? []) as INodeProperties[]);
		expect(fields.find((field) => field.name === name)).toMatchObject({
			displayName,
			type: 'options',
			default: '',
			typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['customerId.value'] },
		});
	});

	test.each(labelled)('%s sends the number of what was chosen in %s', async (name, _, dropdown) => {
		const [first] = await loadOptions(world.credential, dropdown, creating(chosen('id', '9936')));
		const values = [first?.value, String(first?.value), `={{ ${String(first?.value)} }}`];
		for (const value of values) {
			await world.run({ parameters: creating(chosen('id', '9936'), { additionalFields: { [name]: value ?? '' } }) });
		}
		const bodies = world.uphance.log().filter(({ method, path }) => method === 'POST' && path === '/sales_orders');
		expect(bodies.map(({ body }) => (body as IDataObject)[name])).toEqual(Array(3).fill(Number(first?.value)));
	});
});
