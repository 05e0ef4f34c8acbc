import { afterEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import type { Uphance } from '../../sandbox/uphance/uphance.mts';
import { demo, startUphance } from '../../sandbox/uphance/uphance.mts';
import type { Failed } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 5 } });
let elsewhere: Uphance | undefined;
afterEach(async () => {
	await elsewhere?.close();
	elsewhere = undefined;
});

async function failureAfter(fault: Omit<Fault, 'path'>): Promise<Failed> {
	world.uphance.fault({ path: '/sales_orders', times: 100, ...fault });
	return await failureOf(world.run());
}

describe('What Uphance answers, in a sentence', () => {
	test('a web page (502): no HTML, and that the fault is on the side of Uphance', async () => {
		const { message, description } = await failureAfter({ kind: 'html' });
		expect(message).toContain('could not list sales orders');
		expect(message).toContain('502');
		expect(description).toContain('Try again later');
		expect(message + description).not.toMatch(/[<>]/);
	});

	test.each(['malformed', 'empty', 'brokenOff', 'brokenGzip'] as const)(
		'%s is not taken for an empty list',
		async (kind) => {
			const { message, description } = await failureAfter({ kind, times: 100 });
			expect(message).toBe("Uphance's answer was not complete when asked to list sales orders");
			expect(description).toContain("'API URL'");
		},
	);

	test.each([
		['a page for people with status 200', { kind: 'html', status: 200 }],
		['another envelope', { kind: 'json', body: { orders: [{ id: 1 }] } }],
		['a list of something else than records', { kind: 'json', body: { sales_orders: ['a'] } }],
		['no list under the key', { kind: 'json', body: { sales_orders: { id: 1 } } }],
	] as const)('%s is not taken for an empty list', async (_, fault) => {
		const { message, description } = await failureAfter(fault);
		expect(message).toContain('unexpected answer');
		expect(message).toContain('list sales orders');
		expect(description).toContain("'API URL'");
	});

	test.each(['status', 'html'] as const)('a proxy that asks for its own password (407, %s)', async (kind) => {
		const { message, description } = await failureAfter({ kind, status: 407 });
		expect(message).toBe(
			'The proxy between n8n and Uphance wants a user name and password of its own (list sales orders)',
		);
		expect(description).toBe(
			"Ask the person who runs the proxy for both. Put them into n8n's environment variable HTTPS_PROXY, such as http://user:password@proxy.example.com:8080. Then restart n8n.",
		);
		expect(world.asked('/sales_orders')).toHaveLength(1);
	});

	test('a redirect: not followed, and the host is named', async () => {
		elsewhere = await startUphance();
		const { message, description } = await failureAfter({ kind: 'redirect', location: `${elsewhere.url}/steal?x=1` });
		expect(elsewhere.log()).toEqual([]);
		expect(message).toContain(new URL(elsewhere.url).host);
		expect(message).toContain('another address');
		expect(description).toContain("'API URL'");
	});

	test('a redirected sign-in: the password is not sent there', async () => {
		elsewhere = await startUphance();
		world.uphance.fault({ path: '/oauth/token', kind: 'redirect', location: `${elsewhere.url}/oauth/token` });
		const { message } = await failureOf(world.run({ credential: world.another({ organisationId: '9579' }) }));
		expect(elsewhere.log()).toEqual([]);
		expect(message).toContain('another address');
	});

	test('403: who can give the right, and in which organisation', async () => {
		const { message, description } = await failureAfter({ kind: 'status', status: 403 });
		expect(message).toContain('does not allow this user to list sales orders');
		expect(description).toContain('administrator');
		expect(description).toContain('Uphance Demo (9579)');
	});

	test('404: where it looked', async () => {
		const { message, description } = await failureAfter({ kind: 'status', status: 404 });
		expect(message).toContain('found nothing');
		expect(description).toContain('Uphance Demo (9579)');
	});

	test('422: what Uphance said about the field', async () => {
		const body = { errors: { season: ['is not known'] } };
		const { message } = await failureAfter({ kind: 'status', status: 422, body });
		expect(message).toContain('refused to list sales orders');
		expect(message).toContain('season is not known');
	});

	test('500: that the fault is on the side of Uphance', async () => {
		const { message, description } = await failureAfter({ kind: 'status', status: 500 });
		expect(message).toContain('500');
		expect(description).toContain('side of Uphance');
	});

	test('a refused registration: what was attempted', async () => {
		const path = '/organisations/set_current_org';
		await world.start({}, groupForm);
		world.uphance.fault({ path, kind: 'status', status: 422, body: { error: 'Organization not found' } });
		const { message } = await failureOf(world.run({ parameters: { options: { organisationId: '9601' } } }));
		expect(message).toContain('switch to organisation Uphance Outlet (9601)');
		expect(message).toContain('Organization not found');
		expect(world.asked('/sales_orders')).toEqual([]);
	});
});

describe('The address of the API', () => {
	test.each(['http://api.uphance.com', 'http://localhost.evil.com', 'ftp://api.uphance.com', 'api.uphance.com'])(
		'%s is refused before anything is sent',
		async (apiUrl) => {
			world.credential.data.apiUrl = apiUrl;
			const { message, description } = await failureOf(world.run());
			expect(message).toContain("'API URL'");
			expect(message).toContain(apiUrl);
			expect(description).toContain('https://api.uphance.com');
			expect(world.uphance.log()).toEqual([]);
		},
	);

	test('with a slash at the end is the same address', async () => {
		world.credential.data.apiUrl = `${world.uphance.url}/`;
		expect((await world.run()).records).toHaveLength(50);
		expect(world.asked('/oauth/token')).toEqual([]);
	});

	test('with a login in it is refused without showing the login', async () => {
		world.credential.data.apiUrl = world.uphance.url.replace('//', '//ann:s3cret@');
		const { message, description, whole } = await failureOf(world.run());
		expect(message + description).toContain("'API URL'");
		expect(whole).not.toContain('s3cret');
		expect(world.uphance.log()).toEqual([]);
	});
});

test.each(['http://127.0.0.1', 'http://localhost'])('%s may be used without https', async (host) => {
	world.uphance.changePassword(demo.email, String(world.credential.data.password));
	world.credential.data.apiUrl = `${host}:${new URL(world.uphance.url).port}`;
	expect((await world.run()).records).toHaveLength(50);
});
