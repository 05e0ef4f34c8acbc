import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Options } from '../../sandbox/uphance/uphance.mts';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const organisations = (demo: number, outlet: number) => [
	{ id: 9579, name: 'Uphance Demo', orders: demo },
	{ id: 9601, name: 'Uphance Outlet', orders: outlet },
];

async function groupUser(form: ICredentialDataDecryptedObject = {}, options: Options = {}): Promise<void> {
	await world.start(options, { email: group.email, ...form });
}

const all = { returnAll: true, simplify: false };
const allOf = (organisationId: string): INodeParameters => ({ ...all, options: { organisationId } });

const organisationsOf = (records: IDataObject[]) => [...new Set(records.map(({ organisation_id }) => organisation_id))];

/** The organisations that were registered, in order. */
const registered = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === '/organisations/set_current_org')
		.map(({ body }) => (body as { organizationId: number }).organizationId);

describe('The organisation of the credential', () => {
	test('may be left empty when the user belongs to one', async () => {
		await world.start();
		const { records } = await world.run({ parameters: all });
		expect(organisationsOf(records)).toEqual([9579]);
	});

	test('left empty by a user of several fails with the list to choose from', async () => {
		await groupUser();
		const { message, description } = await failureOf(world.run());
		expect(message).toContain('2 organisations');
		expect(`${message} ${description}`).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
		expect(message).toContain("'Organisation ID or Name'"); // n8n's dialog of a credential shows only the message
		expect(world.asked('/sales_orders')).toEqual([]);
		expect(registered()).toEqual([]);
	});

	test.each(['4711', 'Uphance', '957'])(
		'%s, which the user does not belong to, is named with the list',
		async (wanted) => {
			await groupUser({ organisationId: wanted });
			const { message } = await failureOf(world.run());
			expect(message).toContain(`'${wanted}'`);
			expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
			expect(registered()).toEqual([]);
		},
	);

	test.each(['9601', ' 9601 ', 'Uphance Outlet', 'UPHANCE outlet', ' uphance outlet '])(
		'can be chosen as %j',
		async (organisationId) => {
			await groupUser({ organisationId });
			const { records } = await world.run({ parameters: all });
			expect(records).toHaveLength(250);
			expect(organisationsOf(records)).toEqual([9601]);
		},
	);
});

describe('Another organisation under Options', () => {
	test.each(['9601', ' uphance OUTLET '])(
		'%j is read, and the credential’s own is registered again after',
		async (other) => {
			await groupUser({ organisationId: '9579' });
			await world.run();
			world.uphance.clearLog();
			const { records } = await world.run({ parameters: allOf(other) });
			expect(records).toHaveLength(250);
			expect(organisationsOf(records)).toEqual([9601]);
			expect(registered()).toEqual([9601, 9579]);
		},
	);

	test('that is the credential’s own, by id, needs no look-up', async () => {
		await groupUser({ organisationId: '9579' });
		await world.run();
		world.uphance.clearLog();
		await world.run({ parameters: { newestFirst: false, options: { organisationId: '9579' } } });
		expect(world.asked()).toEqual(['GET /sales_orders']);
	});

	test('whose name two have is refused, also when one of them is the credential’s own', async () => {
		const namesakes = [
			{ id: 9579, name: 'Acme', orders: 3 },
			{ id: 9601, name: 'ACME', orders: 2 },
		];
		await groupUser({ organisationId: '9579' }, { organisations: namesakes });
		const { message, description } = await failureOf(world.run({ parameters: allOf('acme') }));
		expect(message).toBe("2 organisations of this user are called 'acme': Acme (9579), ACME (9601)");
		expect(description).toContain('ID');
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test.each(['={{ $json.nowhere }}', '={{ null }}', '={{ [9601] }}', '={{ {} }}'])(
		'from an expression that yields no organisation (%s) is refused, and nothing is read',
		async (organisationId) => {
			await groupUser({ organisationId: '9579' });
			const { message } = await failureOf(world.run({ parameters: allOf(organisationId) }));
			expect(message).toContain("'Organisation' is empty or not a single value");
			expect(world.asked('/sales_orders')).toEqual([]);
		},
	);

	test('is registered by the next run when this one was cancelled', async () => {
		await groupUser({ organisationId: '9579' });
		await world.run();
		world.uphance.clearLog();
		world.uphance.fault({ path: '/sales_orders', kind: 'hang' });
		const cancel = new AbortController();
		const running = failureOf(world.run({ parameters: allOf('9601'), signal: cancel.signal }));
		await until(() => world.asked('/sales_orders').length === 1);
		cancel.abort();
		await running;
		const { records } = await world.run({ parameters: all });
		expect(organisationsOf(records)).toEqual([9579]);
		expect(registered().at(-1)).toBe(9579);
	});

	test('may differ for each item, as number too', async () => {
		await groupUser({ organisationId: '9579' }, { organisations: organisations(3, 2) });
		const parameters = { ...all, options: { organisationId: '={{ $json.id }}' } };
		const items = [{ id: 9579 }, { id: 9601 }, { id: 9579 }];
		const { records } = await world.run({ parameters, items });
		expect(records.map(({ organisation_id }) => organisation_id)).toEqual([
			...Array(3).fill(9579),
			...Array(2).fill(9601),
			...Array(3).fill(9579),
		]);
		expect(registered().at(-1)).toBe(9579);
	});

	test('is restored also when the run fails', async () => {
		await groupUser({ organisationId: '9579' });
		await world.run();
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 501 });
		await failureOf(world.run({ parameters: allOf('9601') }));
		expect(registered().at(-1)).toBe(9579);
	});

	test('that the user does not belong to is named with the list', async () => {
		await groupUser({ organisationId: '9579' });
		await world.run();
		world.uphance.clearLog();
		const { message } = await failureOf(world.run({ parameters: allOf('Nowhere') }));
		expect(message).toContain("'Nowhere'");
		expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});

describe('Someone switches in Uphance’s own page', () => {
	/** Page 7 is refused once, and while the run waits to ask for it again the switch happens. */
	async function switchedAtPage7(outlet: number): Promise<IDataObject[]> {
		await groupUser({ organisationId: '9579' }, { organisations: organisations(1250, outlet) });
		world.uphance.fault({ path: '/sales_orders', skip: 6, kind: 'status', status: 503 });
		Object.assign(limits, { initialDelayMs: 200 });
		const running = world.run({ parameters: all });
		await until(() => world.asked('/sales_orders').length === 7);
		world.uphance.switchOrganisation(group.email, 9601);
		return (await running).records;
	}

	test.each([
		['as many', 1250],
		['fewer', 20],
		['no', 0],
	])('before the run: it registers its own again, with %s records in the other', async (_, outlet) => {
		await groupUser({ organisationId: '9579' }, { organisations: organisations(120, outlet) });
		await world.run();
		world.uphance.switchOrganisation(group.email, 9601);
		const { records } = await world.run({ parameters: all });
		expect(records).toHaveLength(120);
		expect(organisationsOf(records)).toEqual([9579]);
	});

	test.each([
		['as many', 1250],
		['fewer', 20],
		['no', 0],
	])('in the middle of a read: every record is still of the right one, with %s in the other', async (_, outlet) => {
		const records = await switchedAtPage7(outlet);
		expect(records).toHaveLength(1250);
		expect(new Set(records.map(({ id }) => id)).size).toBe(1250);
		expect(organisationsOf(records)).toEqual([9579]);
	});

	test('between two of many items: an empty answer is asked for again in the right one', async () => {
		await groupUser({ organisationId: '9579' }, { organisations: organisations(50, 0) });
		const items = Array.from({ length: 20 }, (_, index) => ({ number: 101 + index }));
		const parameters = { ...all, filters: { by_order_number: '={{ $json.number }}' } };
		world.uphance.fault({ path: '/sales_orders', skip: 3, kind: 'status', status: 503 });
		Object.assign(limits, { initialDelayMs: 200 });
		const running = world.run({ parameters, items });
		await until(() => world.asked('/sales_orders').length === 4);
		world.uphance.switchOrganisation(group.email, 9601);
		expect((await running).records.map(({ order_number }) => Number(order_number))).toEqual(
			items.map(({ number }) => number),
		);
	});

	test('again and again: the run fails loudly and names both', async () => {
		await groupUser({ organisationId: '9579' });
		const body = {
			sales_orders: [
				{ id: 1, organisation_id: 9579 },
				{ id: 2, organisation_id: 9601 },
			],
		};
		world.uphance.fault({ path: '/sales_orders', kind: 'json', body, times: 100 });
		const { message, description } = await failureOf(world.run({ parameters: all }));
		expect(message).toContain('9601');
		expect(message).toContain('Uphance Demo (9579)');
		expect(description).toContain('one for each organisation');
		expect(world.asked('/sales_orders')).toHaveLength(2);
	});

	test('and the session ends at once: the right one is registered after the sign-in', async () => {
		await groupUser({ organisationId: '9579' });
		await world.run();
		world.uphance.expireTokens();
		world.uphance.clearLog();
		const { records } = await world.run({ parameters: allOf('9601') });
		expect(records).toHaveLength(250);
		expect(organisationsOf(records)).toEqual([9601]);
		expect(registered().at(-1)).toBe(9579);
	});
});

describe.each(['user', 'token'] as const)('Twenty executions at once, with an organisation for each %s', (state) => {
	const options: Options = { organisations: organisations(250, 130), switches: { organisationState: state } };
	const expected = Array.from({ length: 20 }, (_, run) => (run % 2 === 0 ? [250, [9579]] : [130, [9601]]));

	test('over two credentials of one user: each gets its own records, all of them', async () => {
		await groupUser({ organisationId: '9579' }, options);
		const outlet = world.another({ organisationId: '9601' });
		const runs = expected.map(async (_, run) =>
			run % 2 === 0 ? await world.run({ parameters: all }) : await world.run({ parameters: all, credential: outlet }),
		);
		const ran = await Promise.all(runs);
		expect(ran.map(({ records }) => [records.length, organisationsOf(records)])).toEqual(expected);
	});

	test('over one credential, half of them for another organisation', async () => {
		await groupUser({ organisationId: '9579' }, options);
		const runs = expected.map(
			async (_, run) => await world.run({ parameters: run % 2 === 0 ? all : allOf('Uphance Outlet') }),
		);
		const ran = await Promise.all(runs);
		expect(ran.map(({ records }) => [records.length, organisationsOf(records)])).toEqual(expected);
	});

	test('whose session ends on the way: still each its own', async () => {
		await groupUser({ organisationId: '9579' }, options);
		await world.run();
		world.uphance.clearLog();
		const runs = expected.map(async (_, run) => await world.run({ parameters: run % 2 === 0 ? all : allOf('9601') }));
		await until(() => world.asked('/sales_orders').length >= 10);
		world.uphance.expireTokens();
		const ran = await Promise.all(runs);
		expect(ran.map(({ records }) => [records.length, organisationsOf(records)])).toEqual(expected);
		expect(world.asked('/oauth/token')).toHaveLength(1);
	});
});
