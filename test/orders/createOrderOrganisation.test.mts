import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Options } from '../../sandbox/uphance/uphance.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: {
		initialDelayMs: 5,
		requestTimeoutMs: 5_000,
		recheckAfterMs: [10, 50, 150],
		severalOrganisationsTrustMs: 0,
	},
	starts: 'inTest',
});

const order = (notes: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { notes, purchaseOrderRef: notes },
	options,
});

const created = () =>
	world.uphance.created().map(({ organisation, order: { notes } }) => `${notes} in ${organisation}`);
const registered = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === '/organisations/set_current_org')
		.map(({ body }) => (body as { organizationId: number }).organizationId);

describe.each(['user', 'token'] as const)('With an organisation for each %s', (organisationState) => {
	const options: Options = { switches: { organisationState } };

	test('an order is created in the credential’s', async () => {
		await world.start(options);
		world.uphance.switchOrganisation(group.email, 9601);
		const { records } = await world.run({ parameters: order('A') });
		expect(records[0]?.organisation_id).toBe(9579);
		expect(created()).toEqual(['A in 9579']);
	});

	test.each(['9601', 'uphance outlet'])(
		'an order for %s is created there, and the own is registered again',
		async (other) => {
			await world.start(options);
			const { records } = await world.run({ parameters: order('A', { organisationId: other }) });
			expect(records[0]?.organisation_id).toBe(9601);
			expect(created()).toEqual(['A in 9601']);
			expect(registered().at(-1)).toBe(9579);
		},
	);

	test('each of many items is created in its own', async () => {
		await world.start(options);
		const parameters = order('={{ $json.notes }}', { organisationId: '={{ $json.to }}' });
		const items = [9579, 9601, 9579, 9601].map((to, index) => ({ to, notes: `item ${index}` }));
		await world.run({ parameters, items });
		expect(created()).toEqual(items.map(({ to, notes }) => `${notes} in ${to}`));
		expect(registered().at(-1)).toBe(9579);
	});

	test.each([{}, { returnExisting: true }])(
		'an order whose session ends at that moment is created in the right one, once, with %j',
		async (more) => {
			await world.start(options);
			world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'expireFirst' });
			const { records } = await world.run({ parameters: order('A', { organisationId: '9601', ...more }) });
			expect(records[0]?.organisation_id).toBe(9601);
			expect(created()).toEqual(['A in 9601']);
			expect(registered().at(-1)).toBe(9579);
		},
	);

	test.each([{}, { returnExisting: true }])('twenty at once are created each in its own, with %j', async (more) => {
		await world.start(options);
		const expected = Array.from({ length: 20 }, (_, run) => [`run ${run}`, run % 2 === 0 ? '9579' : '9601'] as const);
		const runs = expected.map(
			async ([notes, organisationId]) => await world.run({ parameters: order(notes, { organisationId, ...more }) }),
		);
		const ran = await Promise.all(runs);
		expect(created().sort()).toEqual(expected.map(([notes, to]) => `${notes} in ${to}`).sort());
		expect(ran.map(({ records }) => String(records[0]?.organisation_id))).toEqual(expected.map(([, to]) => to));
		expect(registered().at(-1)).toBe(9579);
	});

	test('ten at once whose creation is never answered are found each in its own', async () => {
		await world.start(options);
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'dropAfter', times: 10 });
		const expected = Array.from({ length: 10 }, (_, run) => [`run ${run}`, run % 2 === 0 ? 9579 : 9601] as const);
		const runs = expected.map(async ([notes, to]) => {
			const parameters = order(notes, { organisationId: String(to), returnExisting: true });
			return (await world.run({ parameters })).records[0];
		});
		const records = await Promise.all(runs);
		expect(records.map((record) => [record?.notes, record?.organisation_id])).toEqual(expected);
		expect(created()).toHaveLength(10);
	});

	test('twenty at once whose session ends on the way are created each in its own, once', async () => {
		await world.start(options);
		const expected = Array.from({ length: 20 }, (_, run) => [`run ${run}`, run % 2 === 0 ? '9579' : '9601'] as const);
		const runs = expected.map(
			async ([notes, organisationId]) => await world.run({ parameters: order(notes, { organisationId }) }),
		);
		await until(() => world.uphance.created().length >= 7);
		world.uphance.expireTokens();
		await Promise.all(runs);
		expect(created().sort()).toEqual(expected.map(([notes, to]) => `${notes} in ${to}`).sort());
	});
});

test('An order that was refused leaves the credential’s organisation registered', async () => {
	await world.start();
	world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: 422 });
	await failureOf(world.run({ parameters: order('A', { organisationId: '9601' }) }));
	expect(registered().at(-1)).toBe(9579);
});

test('An organisation that the user does not belong to is named, and nothing is sent', async () => {
	await world.start();
	const { message } = await failureOf(world.run({ parameters: order('A', { organisationId: 'Nowhere' }) }));
	expect(message).toContain("'Nowhere'");
	expect(world.asked('/sales_orders')).toEqual([]);
});

test('An order that is created in a foreign organisation is not returned as a success', async () => {
	await world.start();
	const body = { sales_order: { id: 1, organisation_id: 9601, purchase_order_ref: 'A' } };
	world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'json', body });
	const { message, description } = await failureOf(world.run({ parameters: order('A') }));
	expect(`${message} ${description}`).toContain('9601');
	expect(`${message} ${description}`).not.toMatch(/was not created/i);
	expect(world.asked('/sales_orders')).toEqual(['POST /sales_orders']);
});
