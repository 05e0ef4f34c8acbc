import { expect, test } from '@jest/globals';
import { credentialTestHeader } from '../../nodes/Uphance/auth/credentialTest.ts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import { failureOf, testCredential, type } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true });

test('the test of a credential with a good session signs in with the password all the same', async () => {
	expect(await testCredential(world.credential)).toEqual({ organisations: [{ id: 9579, name: 'Uphance Demo' }] });
	expect(world.asked('/oauth/token')).toHaveLength(1);
	expect(world.uphance.log().map(({ token }) => token)).not.toContain(1);
	expect(world.uphance.log().at(-1)).toMatchObject({ path: '/organisations', token: 2, status: 200 });
});

test('the test of a wrong password fails in our words, although the session is good', async () => {
	world.uphance.changePassword(demo.email, 'another');
	const { message } = await failureOf(testCredential(world.credential));
	expect(message).toBe('Uphance did not accept the email or password');
});

test('the test of a credential without a session signs in once', async () => {
	await testCredential(world.another({ organisationId: '9579' }));
	expect(world.asked('/oauth/token')).toHaveLength(1);
});

test('the test says which organisations there are to choose from', async () => {
	world.uphance.changePassword(group.email, 'group');
	const credential = world.another({ email: group.email, password: 'group' });
	const { message } = await failureOf(testCredential(credential));
	expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
});

test('the mark of the test never leaves n8n', async () => {
	await testCredential(world.credential);
	const headers = world.uphance.log().flatMap((request) => request.headers);
	expect(headers).not.toContain(credentialTestHeader);
	expect(headers).toContain('authorization');
});

test('the mark withholds the session of this credential and of no other', async () => {
	const session = JSON.parse(String(world.credential.data.sessionToken));
	const marked = structuredClone(world.credential.data);
	const other = structuredClone(world.credential.data);
	const url = `${world.uphance.url}/organisations`;
	const first = await type.authenticate(marked, { url, headers: { ...type.test.request.headers } });
	expect(first.headers).not.toHaveProperty(credentialTestHeader);
	expect(first.headers?.Authorization).not.toContain(session.accessToken);
	const second = await type.authenticate(other, { url });
	expect(second.headers?.Authorization).toBe(`Bearer ${session.accessToken}`);
});

test('no request may follow a redirect with the session', async () => {
	const request = await type.authenticate(world.credential.data, { url: world.uphance.url });
	expect(request).toMatchObject({ disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
});
