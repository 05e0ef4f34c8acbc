import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { Uphance } from '../../nodes/Uphance/Uphance.node.ts';
import createOrder from '../../sandbox/uphance/documented/createSalesOrder.request.json';
import type { Switches } from '../../sandbox/uphance/switches.mts';
import { customApiCall, failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

async function groupUser(switches: Partial<Switches> = {}): Promise<void> {
	await world.start({ switches }, groupForm);
	await world.run();
	world.uphance.clearLog();
}

const registered = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === '/organisations/set_current_org')
		.map(({ body }) => (body as { organizationId: number }).organizationId);

describe('Get Many', () => {
	const parameters = { resource: 'organisation', operation: 'getAll' };
	const both = [
		{ id: 9579, name: 'Uphance Demo' },
		{ id: 9601, name: 'Uphance Outlet' },
	];

	test.each([
		[{ returnAll: true }, both],
		[{}, both],
		[{ limit: 2 }, both],
		[{ limit: 1 }, both.slice(0, 1)],
	])('with %j', async (how, expected) => {
		await groupUser();
		const { records } = await world.run({ parameters: { ...parameters, ...how } });
		expect(records).toEqual(expected);
		expect(world.asked('/organisations').filter((request) => request.startsWith('GET'))).toHaveLength(1);
	});

	test('has those of this user only, each linked to its input item', async () => {
		await world.start();
		const { items } = await world.run({ parameters, items: [{}, {}] });
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[both[0], { item: 0 }],
			[both[0], { item: 1 }],
		]);
	});

	test('leaves the organisation as the credential says', async () => {
		await groupUser();
		await world.run({ parameters });
		expect(await customApiCall(world.credential, 'GET', '/sales_orders')).toMatchObject({
			sales_orders: { 0: { organisation_id: 9579 } },
		});
	});
});

describe.each(['user', 'token'] as const)('Set for Custom API Calls, where organisations belong to the %s', (state) => {
	const setting = (mode: string, value: unknown): INodeParameters => ({
		resource: 'organisation',
		operation: 'setCurrent',
		organisationId: { __rl: true, mode, value } as unknown as INodeParameters,
	});

	const ofCustomApiCall = async () => {
		const answer = (await customApiCall(world.credential, 'GET', '/sales_orders')) as {
			sales_orders: Array<{ organisation_id: number }>;
		};
		return answer.sales_orders[0]?.organisation_id;
	};

	test.each([
		['list', 9601],
		['list', '9601'],
		['id', '9601'],
		['id', ' 9601 '],
		['id', 'Uphance Outlet'],
		['id', ' uphance OUTLET '],
		['id', '={{ 9601 }}'],
	])('chosen by %s as %j stays after the run', async (mode, value) => {
		await groupUser({ organisationState: state });
		const { items } = await world.run({ parameters: setting(mode, value) });
		expect(items).toMatchObject([{ json: { id: 9601, name: 'Uphance Outlet' }, pairedItem: { item: 0 } }]);
		expect(registered().at(-1)).toBe(9601);
		expect(await ofCustomApiCall()).toBe(9601);
		expect(await ofCustomApiCall()).toBe(9601);
	});

	test('is ignored by Uphance nodes: they have their own', async () => {
		await groupUser({ organisationState: state });
		await world.run({ parameters: setting('id', '9601') });
		const { records } = await world.run({ parameters: { returnAll: true, simplify: false } });
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9579]));
	});

	test('can be set back', async () => {
		await groupUser({ organisationState: state });
		await world.run({ parameters: setting('id', '9601') });
		await world.run({ parameters: setting('id', '9579') });
		expect(await ofCustomApiCall()).toBe(9579);
	});

	test('that does not exist fails with the list, and nothing changes', async () => {
		await groupUser({ organisationState: state });
		const { message } = await failureOf(world.run({ parameters: setting('id', 'Nowhere') }));
		expect(message).toContain("'Nowhere'");
		expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
		expect(await ofCustomApiCall()).toBe(9579);
	});

	test.each(['', ' ', '={{ $json.nowhere }}'])('left empty (%j) is refused', async (value) => {
		await groupUser({ organisationState: state });
		const { message } = await failureOf(world.run({ parameters: setting('id', value) }));
		expect(message).toContain("'Organisation'");
		expect(registered()).not.toContain(9601);
	});

	test('of several items is the last one’s, each with its output', async () => {
		await groupUser({ organisationState: state });
		const items = [{ to: 9579 }, { to: 'Uphance Outlet' }];
		const ran = await world.run({ parameters: setting('id', '={{ $json.to }}'), items });
		expect(ran.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[9579, { item: 0 }],
			[9601, { item: 1 }],
		]);
		expect(await ofCustomApiCall()).toBe(9601);
	});

	test('does not disturb a long run', async () => {
		await groupUser({ organisationState: state });
		const reading = world.run({ parameters: { returnAll: true, simplify: false } });
		const setting9601 = world.run({ parameters: setting('id', '9601') });
		const { records } = await reading;
		expect(records).toHaveLength(250);
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9579]));
		expect((await setting9601).records).toMatchObject([{ id: 9601 }]);
	});

	test('is retried after 429, because it is idempotent', async () => {
		await groupUser({ organisationState: state });
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'status', status: 503 });
		await world.run({ parameters: setting('id', '9601') });
		expect(await ofCustomApiCall()).toBe(9601);
	});

	test('that Uphance refuses fails', async () => {
		await groupUser({ organisationState: state });
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'status', status: 422, times: 100 });
		const { message } = await failureOf(world.run({ parameters: setting('id', '9601') }));
		expect(message).toContain('Uphance Outlet (9601)');
		world.uphance.clearFaults();
		expect(await ofCustomApiCall()).toBe(9579);
	});
});

describe('Another workflow with the same user, between Set for Custom API Calls and the next node', () => {
	const setting: INodeParameters = {
		resource: 'organisation',
		operation: 'setCurrent',
		organisationId: { __rl: true, mode: 'id', value: '9601' },
	};
	const created = () => world.uphance.created().map(({ organisation }) => organisation);

	async function setAndSwitched(): Promise<void> {
		await groupUser();
		await world.run({ parameters: setting });
		const other = world.another({ organisationId: '9579' });
		await world.run({ credential: other, parameters: { resource: 'customer', operation: 'getAll', limit: 1 } });
	}

	test('is what the operation warns of in the editor, with what to do instead', () => {
		const notice = new Uphance().description.properties.find(({ name }) => name === 'setCurrentNotice');
		expect(notice?.displayOptions?.show).toEqual({ resource: ['organisation'], operation: ['setCurrent'] });
		expect(notice?.displayName).toContain('writes');
		expect(notice?.displayName).toContain("'Organisation Name or ID' under Options");
		expect(notice?.displayName).toContain('one Uphance user for each organisation');
	});

	test('makes a Custom API Call write to the wrong organisation, as README says', async () => {
		await setAndSwitched();
		await customApiCall(world.credential, 'POST', '/sales_orders', createOrder);
		expect(created()).toEqual([9579]);
	});

	test('does not disturb an operation with Organisation under Options, as README says', async () => {
		await setAndSwitched();
		const parameters: INodeParameters = {
			resource: 'order',
			operation: 'create',
			customerId: { __rl: true, mode: 'id', value: '55140' },
			...documentedLine(2),
			options: { organisationId: '9601' },
		};
		await world.run({ parameters });
		expect(created()).toEqual([9601]);
	});
});
