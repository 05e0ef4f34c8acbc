import { afterEach, expect, test } from '@jest/globals';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import { group, startUphance } from '../../sandbox/uphance/uphance.mts';
import { customApiCall, failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld();
let elsewhere: Uphance | undefined;
afterEach(async () => {
	await elsewhere?.close();
	elsewhere = undefined;
});

const list = async () => await customApiCall(world.credential, 'GET', '/sales_orders');

test('signs in, in the organisation of the credential, and reads', async () => {
	expect(await list()).toMatchObject({ sales_orders: { length: 100, 0: { organisation_id: 9579 } } });
	expect(world.uphance.signIns()).toBe(1);
	expect(world.credential.writes).toBe(1);
});

test('registers its organisation when it uses a session of this process, in case someone switched', async () => {
	await world.start({}, groupForm);
	await list();
	world.uphance.switchOrganisation(group.email, 9601);
	const answer = await customApiCall(world.another({}), 'GET', '/sales_orders');
	expect(answer).toMatchObject({ sales_orders: { 0: { organisation_id: 9579 } } });
	expect(world.uphance.signIns()).toBe(1);
});

test('renews an ended session and is sent again', async () => {
	await list();
	world.uphance.expireTokens();
	expect(await list()).toMatchObject({ sales_orders: { length: 100 } });
	expect(world.uphance.signIns()).toBe(2);
});

test.each([422, 500, 503])('answered %i is not sent again, so nothing is written twice', async (status) => {
	await list();
	world.uphance.clearLog();
	world.uphance.fault({ path: '/sales_orders', kind: 'status', status });
	await failureOf(customApiCall(world.credential, 'POST', '/sales_orders', { a: 1 }));
	expect(world.asked('/sales_orders')).toEqual(['POST /sales_orders']);
	expect(world.uphance.signIns()).toBe(1);
});

test('does not sign in because of an outage', async () => {
	await list();
	for (const path of ['/sales_orders', '/organisations']) {
		world.uphance.fault({ path, kind: 'status', status: 503, times: 9 });
	}
	await failureOf(list());
	expect(world.uphance.signIns()).toBe(1);
});

test('does not follow a redirect with the session', async () => {
	await list();
	elsewhere = await startUphance();
	world.uphance.fault({ path: '/sales_orders', kind: 'redirect', location: elsewhere.url, times: 9 });
	await list().catch(() => undefined);
	expect(elsewhere.log()).toEqual([]);
	expect(world.asked('/sales_orders').length).toBeGreaterThan(1);
});

test('fails with the message of the node when the password is refused', async () => {
	world.credential.data.password = 'mistyped';
	const { message } = await failureOf(list());
	expect(message).toBe('Uphance did not accept the email or password');
});
