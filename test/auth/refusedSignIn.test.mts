import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { advanceClock, days } from '../clock.mts';
import type { Failed } from '../n8n.mts';
import { customApiCall, failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const passwordMessage = 'Uphance did not accept the email or password';
const signIns = () => world.asked('/oauth/token').length;

/** Runs the node once while every sign-in goes wrong. */
async function refusedWith(
	fault: Omit<Fault, 'path'>,
	form: ICredentialDataDecryptedObject = {},
	items = [{}],
): Promise<Failed> {
	await world.start({}, form);
	world.uphance.fault({ path: '/oauth/token', times: 100, ...fault });
	return await failureOf(world.run({ items }));
}

const locked = { error: 'account_locked', error_description: 'Account locked' };

describe('A sign-in that Uphance refuses for another reason than the password', () => {
	test.each<[string, Omit<Fault, 'path'>, string, string]>([
		['the page of a firewall, 403', { kind: 'html', status: 403 }, 'web page', 'firewall'],
		['the page of a firewall, 401', { kind: 'html', status: 401 }, 'web page', 'firewall'],
		['the page of a firewall, 400', { kind: 'html', status: 400 }, 'web page', 'firewall'],
		['a page of a proxy, 200', { kind: 'html', status: 200 }, 'unexpected answer', "'API URL'"],
		['account locked, 400', { kind: 'status', status: 400, body: locked }, 'Account locked', 'credential'],
		['account locked, 401', { kind: 'status', status: 401, body: locked }, 'Account locked', 'credential'],
		['account locked, 403', { kind: 'status', status: 403, body: locked }, 'Account locked', 'administrator'],
		['account locked, 423', { kind: 'status', status: 423, body: locked }, 'Account locked', 'administrator'],
		['account locked, 200', { kind: 'json', body: locked }, 'Account locked', 'credential'],
		['JSON that breaks off, 400', { kind: 'status', status: 400, body: '{"error":"acc' }, 'refused', 'credential'],
		['JSON that breaks off, 401', { kind: 'status', status: 401, body: '{"error":"acc' }, 'refused', 'credential'],
		['403 without a reason', { kind: 'status', status: 403 }, 'does not allow', 'administrator'],
		['a text', { kind: 'status', status: 401, body: 'Too many attempts' }, 'Too many attempts', 'credential'],
		[
			'another error word',
			{ kind: 'status', status: 400, body: { error: 'unsupported_grant_type' } },
			'unsupported_grant_type',
			'credential',
		],
		[
			'errors by field',
			{ kind: 'status', status: 422, body: { errors: { email: ['is not confirmed'] } } },
			'email is not confirmed',
			'credential',
		],
	])('fails with the reason, and the next run signs in at once (%s)', async (_, fault, words, advice) => {
		const { message, description } = await refusedWith(fault);
		expect(message).toContain(words);
		expect(message).not.toContain('password');
		expect(description).toContain(advice);
		expect(description).not.toContain('this node');
		world.uphance.clearFaults();
		expect((await world.run()).records).toHaveLength(50);
		expect(signIns()).toBe(2);
	});

	test('is sent once per execution, not for every item', async () => {
		await world.start();
		await world.run();
		world.uphance.expireTokens();
		world.uphance.clearLog();
		world.uphance.fault({ path: '/oauth/token', kind: 'status', status: 400, body: locked, times: 100 });
		const { records } = await world.run({ items: Array(20).fill({}), continueOnFail: true });
		expect(new Set(records.map(({ error }) => String(error).replace(/^Item \d+ of 20: /, ''))).size).toBe(1);
		expect(records[19]?.error).toContain('Account locked');
		expect(signIns()).toBe(1);
	});
});

describe('A sign-in whose password Uphance refuses', () => {
	test.each<[string, Omit<Fault, 'path'>]>([
		['invalid_grant, 400', { kind: 'status', status: 400, body: { error: 'invalid_grant' } }],
		['invalid_grant, 401', { kind: 'status', status: 401, body: { error: 'invalid_grant' } }],
		['invalid_grant as text', { kind: 'status', status: 400, body: '{"error":"invalid_grant"}' }],
		['400 without a reason', { kind: 'status', status: 400 }],
		['401 without a reason', { kind: 'status', status: 401 }],
		['401 with empty JSON', { kind: 'status', status: 401, body: {} }],
		['the name of 401', { kind: 'status', status: 401, body: { status: 401, error: 'Unauthorized' } }],
		['the name of 400, as text', { kind: 'status', status: 400, body: 'Bad Request' }],
	])('blames the password, and does not send it again for a minute (%s)', async (_, fault) => {
		const { message } = await refusedWith(fault);
		expect(message).toBe(passwordMessage);
		world.uphance.clearFaults();
		expect((await failureOf(world.run())).message).toBe(passwordMessage);
		expect(signIns()).toBe(1);
	});

	test('passes on what Uphance says about it in its own words', async () => {
		const body = { error: 'invalid_grant', error_description: 'Your account is locked' };
		const { message, description } = await refusedWith({ kind: 'status', status: 400, body });
		expect(message).toBe(passwordMessage);
		expect(description).toContain('Uphance says: Your account is locked');
	});

	test('does not pass on the sentence that Doorkeeper always sends', async () => {
		await world.start();
		world.credential.data.password = 'mistyped';
		expect((await failureOf(world.run())).description).not.toContain('Uphance says');
	});
});

describe('A Session Length that Uphance refuses', () => {
	const tooLong = { error: 'invalid_request', error_description: 'expires_in is too large' };

	test('is named, and a shorter one is tried at once', async () => {
		const { message, description } = await refusedWith(
			{ kind: 'status', status: 400, body: tooLong },
			{ expires_in: 99_999_999 },
		);
		expect(message).toContain("'Session Length (Seconds)'");
		expect(message).toContain('expires_in is too large');
		expect(description).toContain('99999999');
		expect(message + description).not.toContain('password');
		world.uphance.clearFaults();
		world.credential.data.expires_in = 3600;
		expect((await world.run()).records).toHaveLength(50);
	});

	test.each<[string, Omit<Fault, 'path'>]>([
		['in other words', { kind: 'status', status: 400, body: { error: 'Duration is too long' } }],
		['without a reason', { kind: 'status', status: 400 }],
	])('may be the cause, so the field is named, when Uphance refuses %s', async (_, fault) => {
		const { description } = await refusedWith(fault, { expires_in: 99_999_999 });
		expect(description).toContain("'Session Length (Seconds)'");
		expect(description).toContain('99999999');
	});

	test('is not named when none was typed', async () => {
		const { description } = await refusedWith({ kind: 'status', status: 400, body: locked });
		expect(description).not.toContain('Session Length');
	});
});

describe('An answer to a sign-in that is no session', () => {
	test.each([[{}], [{ access_token: null }], [{ access_token: '' }], [{ access_token: 7 }], [[]], [{ error: null }]])(
		'is not used as one: %j',
		async (body) => {
			const { message } = await refusedWith({ kind: 'json', body });
			expect(message).toBe("Uphance gave an unexpected answer when asked to sign in; check 'API URL'");
			expect(world.asked()).toEqual(['POST /oauth/token']);
		},
	);

	test.each([[{}], [{ access_token: null }], [{ error: 'account locked' }], ['<html></html>']])(
		'to a renewal makes the node sign in with the password: %j',
		async (body) => {
			await world.start();
			await world.run();
			advanceClock(8 * days);
			world.uphance.clearLog();
			world.uphance.fault({ path: '/oauth/token', kind: 'json', body });
			expect((await world.run()).records).toHaveLength(50);
			expect(signIns()).toBe(2);
		},
	);

	test.each([null, 'soon', 0, -5])('lasts the documented seven days when it says %j', async (expires_in) => {
		await world.start();
		await world.run();
		const [access_token] = world.uphance.secrets();
		const another = world.another({ organisationId: '9579' });
		world.uphance.fault({ path: '/oauth/token', kind: 'json', body: { access_token, expires_in } });
		await world.run({ credential: another });
		const { expiresAt } = JSON.parse(String(another.data.sessionToken));
		expect(Math.abs(expiresAt - Date.now() - 604_800_000)).toBeLessThan(60_000);
	});
});

describe('What Uphance repeats of a sign-in', () => {
	const echo = () => ({ error: `No: ${[password(), ...world.uphance.secrets()].join(' ')}` });
	const password = () => String(world.credential.data.password);

	function expectNoSecretIn(text: string): void {
		for (const secret of [password(), ...world.uphance.secrets()]) expect(text).not.toContain(secret);
	}

	test.each([
		['node', async () => await world.run()],
		['HTTP Request node', async () => await customApiCall(world.credential, 'GET', '/sales_orders')],
	])('holds no password (%s)', async (_, run) => {
		await world.start();
		world.uphance.fault({ path: '/oauth/token', kind: 'status', status: 400, body: echo(), times: 100 });
		const { message, whole } = await failureOf(run());
		expect(message).toContain('No: ***');
		expectNoSecretIn(whole);
	});

	test.each(['status', 'json'] as const)('holds no token of the session that it began (%s)', async (kind) => {
		await world.start();
		const access_token = 'a token that the sandbox never issued';
		world.uphance.fault({ path: '/oauth/token', kind: 'json', body: { access_token } });
		world.uphance.fault({
			path: '/organisations',
			kind: 'json',
			body: { organisations: [{ id: 9579, name: 'Demo' }] },
		});
		const path = '/organisations/set_current_org';
		world.uphance.fault({ path, kind, status: 422, body: { error: `No: ${access_token}` } });
		const { message, whole } = await failureOf(customApiCall(world.credential, 'GET', '/sales_orders'));
		expect(message).toContain('No: ***');
		expect(whole).not.toContain(access_token);
	});
});
