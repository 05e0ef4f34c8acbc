import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { group } from '../../sandbox/uphance/uphance.mts';
import { limits } from '../limits.mts';
import { customApiCall, failureOf, listSearch } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 10_000, recheckAfterMs: [10, 50, 100] },
});

const switching = '/organisations/set_current_org';
const elsewhere: INodeParameters = { limit: 1, options: { organisationId: '9601' } };

/** The organisation that an HTTP Request node with this credential would see now. */
async function current(): Promise<unknown> {
	const answer = (await customApiCall(world.credential, 'GET', '/sales_orders')) as { sales_orders: IDataObject[] };
	return answer.sales_orders[0]?.organisation_id;
}

const registered = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === switching)
		.map(({ body }) => (body as { organizationId: number }).organizationId);

describe('The organisation of the credential is registered again after a run in another', () => {
	test.each([429, 503])('although Uphance answers %i at first', async (status) => {
		world.uphance.fault({ path: switching, kind: 'status', status, retryAfter: '0', skip: 1, times: 2 });
		const { records } = await world.run({ parameters: elsewhere });
		expect(records).toHaveLength(1);
		expect(registered()).toEqual([9601, 9579, 9579, 9579]);
		expect(await current()).toBe(9579);
	});

	test('although the run failed', async () => {
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 403 });
		await failureOf(world.run({ parameters: elsewhere }));
		expect(await current()).toBe(9579);
	});
});

describe('The organisation of the credential is registered again after the editor searched in another', () => {
	const search = async () => await listSearch(world.credential, 'searchOrders', undefined, undefined, elsewhere);

	test('and found what it looked for', async () => {
		expect((await search()).results.length).toBeGreaterThan(0);
		expect(registered()).toEqual([9601, 9579]);
		expect(await current()).toBe(9579);
	});

	test('and ran out of time', async () => {
		Object.assign(limits, { deadlineMs: 800 });
		world.uphance.fault({ path: '/sales_orders', kind: 'slow', milliseconds: 1_600 });
		expect((await failureOf(search())).message).toContain('did not answer in time');
		expect(registered()).toEqual([9601, 9579]);
		expect(await current()).toBe(9579);
	});
});

describe('Someone switches while a POST waits for a busy Uphance', () => {
	test.each([true, false])('and the order is still created in its own, with Return Existing Order %p', async (once) => {
		const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));
		world.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: 429, retryAfter: '1' });
		const running = world.run({
			parameters: {
				resource: 'order',
				operation: 'create',
				customerId: { __rl: true, mode: 'id', value: '55140' },
				...documentedLine(2, 45),
				additionalFields: { purchaseOrderRef: 'PO-77' },
				options: { returnExisting: once },
			},
		});
		const ended = running.catch((error: unknown) => error); // looked at below, after the order itself
		await until(() => posts().length === 1);
		world.uphance.switchOrganisation(group.email, 9601);
		await ended;
		expect(world.uphance.created().map(({ organisation }) => organisation)).toEqual([9579]);
		expect((await running).records).toMatchObject([{ organisation_id: 9579, purchase_order_ref: 'PO-77' }]);
		expect(posts()).toHaveLength(2);
	});
});
