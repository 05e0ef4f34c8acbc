import { expect, test } from '@jest/globals';
import { credentialTestHeader } from '../../nodes/Uphance/auth/credentialTest.ts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import { failureOf, testCredential, type } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true });

test('signs in with the password although the credential has a valid session', async () => {
	expect(await testCredential(world.credential)).toEqual({ organisations: [{ id: 9579, name: 'Uphance Demo' }] });
	expect(world.asked('/oauth/token')).toHaveLength(1);
	expect(world.uphance.log().map(({ token }) => token)).not.toContain(1);
	expect(world.uphance.log().at(-1)).toMatchObject({ path: '/organisations', token: 2, status: 200 });
});

test('fails with the message of the node when the password is wrong, although the session is valid', async () => {
	world.uphance.changePassword(demo.email, 'another');
	const { message } = await failureOf(testCredential(world.credential));
	expect(message).toBe('Uphance did not accept the email or password');
});

test('signs in once when the credential has no session', async () => {
	await testCredential(world.another({ organisationId: '9579' }));
	expect(world.asked('/oauth/token')).toHaveLength(1);
});

test('says in the message what to check where nothing answers: n8n shows no description', async () => {
	const credential = world.another({ apiUrl: 'http://127.0.0.1:9' });
	const { message } = await failureOf(testCredential(credential));
	expect(message).toBe(
		"Could not reach Uphance (sign in); check the internet connection of n8n and 'API URL' (http://127.0.0.1:9)",
	);
});

test.each([
	['no such page', { kind: 'status', status: 404 }, /^Uphance found nothing when asked to sign in.*; check 'API URL'/],
	['a page for people', { kind: 'html', status: 200 }, /^Uphance gave an unexpected answer .*; check 'API URL'/],
] as const)('says in the message what to check where something else answers: %s', async (_, fault, words) => {
	world.uphance.fault({ path: '/oauth/token', ...fault });
	const { message } = await failureOf(testCredential(world.another({})));
	expect(message).toMatch(words);
});

test('lists the organisations that can be chosen', async () => {
	world.uphance.changePassword(group.email, 'group');
	const credential = world.another({ email: group.email, password: 'group' });
	const { message } = await failureOf(testCredential(credential));
	expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
});

test('never sends the header that marks the test to Uphance', async () => {
	await testCredential(world.credential);
	const headers = world.uphance.log().flatMap((request) => request.headers);
	expect(headers).not.toContain(credentialTestHeader);
	expect(headers).toContain('authorization');
});

test('withholds the session of this credential and of no other', async () => {
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

test('follows no redirect with the session', async () => {
	const request = await type.authenticate(world.credential.data, { url: world.uphance.url });
	expect(request).toMatchObject({ disableFollowRedirect: true, followRedirect: false, followAllRedirects: false });
});
