import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf, listSearch, loadOptions } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ starts: 'inTest' });

const demo = { id: 9579, name: 'Uphance Demo' };

/** A world in which Uphance lists these organisations; the stand-in knows 9579 and 9601. */
async function listing(organisations: unknown[], organisationId = ''): Promise<void> {
	await world.start({}, { organisationId });
	world.uphance.fault({ path: '/organisations', kind: 'json', body: { organisations }, times: 100 });
}

const idsOf = (records: IDataObject[]) => [...new Set(records.map(({ organisation_id }) => organisation_id))];
const all: INodeParameters = { returnAll: true, simplify: false };

describe('One odd organisation', () => {
	test.each([
		['name: null', { id: 9601, name: null }],
		['no name', { id: 9601 }],
		['its id as text', { id: '9601', name: 'Uphance Outlet' }],
		['id: null', { id: null, name: 'Uphance Outlet' }],
		['a word as id', { id: 'outlet', name: 'Uphance Outlet' }],
	])('(%s) does not break the sign-in for the others', async (_, odd) => {
		await listing([odd, demo], '9579');
		expect(idsOf((await world.run({ parameters: all })).records)).toEqual([9579]);
	});

	test.each([
		['its id as text', { id: '9579', name: 'Uphance Demo' }, ''],
		['its id as text', { id: '9579', name: 'Uphance Demo' }, '9579'],
		['its id as text', { id: '9579', name: 'Uphance Demo' }, 'uphance demo'],
		['name: null', { id: 9579, name: null }, ''],
		['name: null', { id: 9579, name: null }, '9579'],
	])('(%s) can be the chosen one (%j, %j)', async (_, odd, organisationId) => {
		await listing([odd], organisationId);
		expect(idsOf((await world.run({ parameters: all })).records)).toEqual([9579]);
		expect(world.uphance.log().find(({ path }) => path.endsWith('set_current_org'))?.body).toEqual({
			organizationId: 9579,
		});
	});

	test('without a numeric id is told when it is the chosen one, and nothing is registered', async () => {
		await listing([demo, { id: null, name: 'Uphance Outlet' }], 'uphance outlet');
		const { message } = await failureOf(world.run());
		expect(message).toBe("Uphance gives no numeric id for the organisation 'Uphance Outlet', so it cannot be used");
		expect(world.asked('/organisations/set_current_org')).toEqual([]);
	});

	test('without a numeric id is not skipped when none is chosen', async () => {
		await listing([demo, { id: null, name: 'Uphance Outlet' }]);
		const { message } = await failureOf(world.run());
		expect(message).toContain('2 organisations and none is chosen');
		expect(message).toContain('Uphance Demo (9579), Uphance Outlet (without a numeric id)');
	});

	test('without a numeric id is told when it is chosen under Options', async () => {
		await listing([demo, { id: null, name: 'Uphance Outlet' }], '9579');
		const options = { organisationId: 'Uphance Outlet' };
		const { message } = await failureOf(world.run({ parameters: { ...all, options } }));
		expect(message).toContain('cannot be used');
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test('without a name is shown by its id in messages and in the editor', async () => {
		await listing([demo, { id: 9601, name: null }, { id: null, name: 'Third' }], '9579');
		const shown = [
			{ name: 'Uphance Demo (9579)', value: 9579 },
			{ name: '9601', value: 9601 },
		];
		expect(await loadOptions(world.credential, 'getOrganisations')).toEqual(shown);
		expect((await listSearch(world.credential, 'searchOrganisations')).results).toEqual(shown);
		const options = { organisationId: 'Nowhere' };
		const { message } = await failureOf(world.run({ parameters: { ...all, options } }));
		expect(message).toContain('only to: Uphance Demo (9579), 9601, Third (without a numeric id)');
	});
});
