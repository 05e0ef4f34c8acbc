import { describe, expect, test } from '@jest/globals';
import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import { useLimits } from '../limits.mts';
import { failureOf, loadOptions } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5, deadlineMs: 5_000 }, starts: 'inTest' });

const creating = (additionalFields: INodeParameters = {}, options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	additionalFields,
	options,
});

async function choices(name: string, parameters = creating()): Promise<INodePropertyOptions[]> {
	const found = await loadOptions(world.credential, name, parameters);
	return found.map(({ name, value }) => ({ name, value }));
}

const byName = (...names: string[]) => names.map((name) => ({ name, value: name }));

const registered = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === '/organisations/set_current_org')
		.map(({ body }) => (body as { organizationId: number }).organizationId);

describe('Channels', () => {
	test('have each name once', async () => {
		await world.start();
		expect(await choices('getChannelNames')).toEqual(byName('Online Store', 'Retail', 'Wholesale'));
	});

	test.each([
		['Wholesale', ['EUR', 'GBP', 'USD']],
		['Retail', ['EUR']],
		['Online Store', ['GBP']],
	])('%s has its own currencies', async (channel_name, currencies) => {
		await world.start();
		expect(await choices('getChannelCurrencies', creating({ channel_name }))).toEqual(byName(...currencies));
	});

	test.each([[{}], [{ channel_name: '' }], [{ channel_name: '={{ $json.channel }}' }]])(
		'have all currencies while no channel is known: %j',
		async (additionalFields) => {
			await world.start();
			expect(await choices('getChannelCurrencies', creating(additionalFields))).toEqual(byName('EUR', 'GBP', 'USD'));
		},
	);

	test('are read under the other keys that Uphance uses elsewhere', async () => {
		await world.start();
		const body = { channels: [{ id: 1, name: 'Fair', currency: 'JPY' }] };
		world.uphance.fault({ path: '/channels', kind: 'json', body, times: 2 });
		expect(await choices('getChannelNames')).toEqual(byName('Fair'));
		expect(await choices('getChannelCurrencies', creating({ channel_name: 'Fair' }))).toEqual(byName('JPY'));
	});
});

describe('Seasons', () => {
	test('are chosen by name, which is what an order takes', async () => {
		await world.start();
		const seasons = await choices('getSeasons');
		expect(seasons).toHaveLength(4);
		expect(seasons).toEqual(expect.arrayContaining(byName('UPHANCE2023', 'AW24', 'SS25', 'AW25')));
	});
});

test.each([
	['getSeasons', '/seasons', 'seasons'],
	['getChannelNames', '/channels', 'channels'],
])('%s follows pages, should Uphance have some', async (name, path, key) => {
	await world.start();
	const page = (id: number, label: string, next_page: number | null) => ({
		[key]: [{ id, name: label }],
		meta: { next_page, total_pages: 2 },
	});
	world.uphance.fault({ path, page: 1, kind: 'json', body: page(1, 'First', 2) });
	world.uphance.fault({ path, page: 2, kind: 'json', body: page(2, 'Second', null) });
	expect(await choices(name)).toEqual(byName('First', 'Second'));
});

describe('Contacts and addresses of a customer', () => {
	test.each(['getCustomerContacts', 'getCustomerAddresses'])('%s: an ID that comes as text counts', async (name) => {
		await world.start();
		world.sendsAnything = true;
		const customerId = { __rl: true, mode: 'id', value: '55140' } as unknown as INodeParameters;
		const own = { people: [{ id: '71', first_name: 'Jo' }, { id: '' }], addresses: [{ id: '71', city: 'Jo' }, {}] };
		world.uphance.changeRecord('/customers', 55140, own);
		expect(await choices(name, { ...creating(), customerId })).toEqual([{ name: 'Jo', value: 71 }]);
	});
});

describe('Organisations', () => {
	test('are shown with name and ID, and chosen by ID', async () => {
		await world.start({}, groupForm);
		expect(await choices('getOrganisations')).toEqual([
			{ name: 'Uphance Demo (9579)', value: 9579 },
			{ name: 'Uphance Outlet (9601)', value: 9601 },
		]);
	});

	test('are those of this user', async () => {
		await world.start();
		expect(await choices('getOrganisations')).toEqual([{ name: 'Uphance Demo (9579)', value: 9579 }]);
	});
});

describe.each(['getSeasons', 'getChannelNames', 'getChannelCurrencies'])('%s', (name) => {
	test('reads from the organisation chosen in the node, and restores the credential’s own', async () => {
		await world.start({}, groupForm);
		await world.run();
		world.uphance.clearLog();
		await choices(name, creating({}, { organisationId: '9601' }));
		expect(registered()).toEqual([9601, 9579]);
	});

	test('reads from the credential’s own when an expression is there', async () => {
		await world.start({}, groupForm);
		await choices(name, creating({}, { organisationId: '={{ $json.organisation }}' }));
		expect(new Set(registered())).toEqual(new Set([9579]));
	});

	test('says what is wrong', async () => {
		await world.start();
		world.uphance.fault({ path: '/seasons', kind: 'status', status: 403, times: 100 });
		world.uphance.fault({ path: '/channels', kind: 'status', status: 403, times: 100 });
		const { message, description } = await failureOf(choices(name));
		expect(message).toMatch(/^Uphance does not allow this user to list (seasons|channels)$/);
		expect(description).toContain('Uphance Demo (9579)');
	});

	describe('ends at the deadline', () => {
		useLimits({ initialDelayMs: 5_000, requestTimeoutMs: 30_000, deadlineMs: 400 });

		test('when Uphance hangs', async () => {
			await world.start();
			await world.run();
			world.uphance.fault({ path: '/seasons', kind: 'hang', times: 100 });
			world.uphance.fault({ path: '/channels', kind: 'hang', times: 100 });
			const begin = Date.now();
			const { message } = await failureOf(choices(name));
			expect(Date.now() - begin).toBeLessThan(2_000);
			expect(message).toContain('Uphance');
		});
	});
});
