import { beforeEach, describe, expect, test } from '@jest/globals';
import { demo } from '../../sandbox/uphance/uphance.mts';
import { advanceClock, days } from '../clock.mts';
import { limits } from '../limits.mts';
import { failureOf, testCredential } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });

const fifty = Array.from({ length: 50 });
const everything = { parameters: { returnAll: true } };

/** How sessions were asked for, in order. */
const grants = () =>
	world.uphance
		.log()
		.filter(({ path }) => path === '/oauth/token')
		.map(({ body }) => (body as { grant_type: string }).grant_type);

/** Serials of the tokens that requests carried, each once. */
const tokensUsed = () => [...new Set(world.uphance.log().flatMap(({ token }) => token ?? []))];

/** A world whose credential holds a session, with an empty log. */
async function signedIn(orders = 250): Promise<void> {
	await world.start({ orders });
	await world.run();
	world.uphance.clearLog();
}

describe('The first run', () => {
	test('signs in once, looks up the organisation, registers it, reads', async () => {
		await world.start({ orders: 2 });
		const { records } = await world.run();
		expect(records).toHaveLength(2);
		const asked = world.asked();
		expect(asked.slice(0, 3)).toEqual([
			'POST /oauth/token',
			'GET /organisations',
			'POST /organisations/set_current_org',
		]);
		expect(asked.at(-1)).toBe('GET /sales_orders');
		expect(grants()).toEqual(['password']);
		expect(world.credential.writes).toBe(1);
	});

	test('stores one JSON text in one field and changes no other', async () => {
		await world.start();
		const before = structuredClone(world.credential.data);
		await world.run();
		const { sessionToken } = world.credential.data;
		expect(world.credential.data).toEqual({ ...before, sessionToken: expect.any(String) });
		expect(JSON.parse(String(sessionToken))).toMatchObject({
			accessToken: expect.stringMatching(/^[0-9a-f]{64}$/),
			refreshToken: expect.stringMatching(/^[0-9a-f]{64}$/),
			organisation: { id: 9579, name: 'Uphance Demo' },
		});
		expect(sessionToken).not.toContain(world.credential.data.password);
	});

	test.each([
		[3600, 3600],
		['3600', 3600],
	])('asks for a session of %j seconds as a number', async (typed, sent) => {
		await world.start({}, { expires_in: typed });
		await world.run();
		expect(world.uphance.log()[0]?.body).toStrictEqual({
			email: demo.email,
			password: '***',
			grant_type: 'password',
			expires_in: sent,
		});
	});

	test('leaves the length to Uphance when it is left empty', async () => {
		await world.start();
		await world.run();
		expect(world.uphance.log()[0]?.body).toStrictEqual({
			email: demo.email,
			password: '***',
			grant_type: 'password',
		});
	});

	test.each([
		['email', '  '],
		['password', ''],
	])('with an empty %s sends nothing and names the field', async (name, value) => {
		await world.start({}, { [name]: value });
		const { message } = await failureOf(world.run());
		expect(message.toLowerCase()).toContain(`'${name}'`);
		expect(world.uphance.log()).toEqual([]);
	});
});

describe('A stored session', () => {
	test('is used by the next run, which asks for the list and nothing else', async () => {
		await signedIn();
		await world.run({ parameters: { newestFirst: false } });
		expect(world.asked()).toEqual(['GET /sales_orders']);
	});

	test('stays in use when the password was changed at Uphance', async () => {
		await signedIn();
		world.uphance.changePassword(demo.email, 'another');
		expect((await world.run()).records).toHaveLength(50);
		expect(grants()).toEqual([]);
	});

	test('that ended by the clock is renewed once, without the password', async () => {
		await signedIn();
		advanceClock(8 * days);
		expect((await world.run()).records).toHaveLength(50);
		expect(grants()).toEqual(['refresh_token']);
	});

	test('whose renewal is refused is replaced with the password', async () => {
		await signedIn();
		world.uphance.revokeRefreshTokens();
		advanceClock(8 * days);
		expect((await world.run()).records).toHaveLength(50);
		expect(grants()).toEqual(['refresh_token', 'password']);
	});

	test('that is not a session or not JSON is replaced', async () => {
		await signedIn();
		world.credential.data.sessionToken = '{"accessToken":';
		expect((await world.run()).records).toHaveLength(50);
	});

	test('that ended after the password was changed sends the wrong one once, not for every item nor for the next run', async () => {
		await signedIn();
		world.uphance.changePassword(demo.email, 'another');
		world.uphance.revokeTokens();
		world.uphance.clearLog();
		const { records } = await world.run({ items: Array(20).fill({}), continueOnFail: true });
		expect(new Set(records.map(({ error }) => String(error).replace(/^Item \d+ of 20: /, ''))).size).toBe(1);
		expect(records[19]?.error).toContain('Uphance did not accept the email or password');
		await failureOf(world.run());
		expect(world.asked('/oauth/token')).toHaveLength(1);
	});

	test('is tested with the password even so, and a right one ends the refusal', async () => {
		await signedIn();
		world.uphance.changePassword(demo.email, 'another');
		world.uphance.revokeTokens();
		await failureOf(world.run());
		world.uphance.changePassword(demo.email, String(world.credential.data.password));
		await testCredential(world.credential);
		world.uphance.revokeTokens();
		expect((await world.run()).records).toHaveLength(50);
	});

	test('that ended after the password was changed at Uphance ends in a sentence that says what to do', async () => {
		await signedIn();
		world.uphance.changePassword(demo.email, 'another');
		world.uphance.revokeRefreshTokens();
		advanceClock(8 * days);
		const { message, description } = await failureOf(world.run());
		expect(message).toBe('Uphance did not accept the email or password');
		expect(description).toContain('Open the credential, correct it and save');
	});
});

describe('A session that ends while pages are read', () => {
	test('continues after a single 401 on page 7', async () => {
		await signedIn(1250);
		world.uphance.fault({ path: '/sales_orders', skip: 6, kind: 'status', status: 401 });
		const { records } = await world.run(everything);
		expect(new Set(records.map(({ id }) => id)).size).toBe(1250);
		expect(records).toHaveLength(1250);
		expect(world.asked('/sales_orders')).toHaveLength(14);
		expect(grants()).toEqual([]);
	});

	test('all tokens revoked: one sign-in, and the result is complete with nothing twice', async () => {
		await signedIn(1250);
		// Page 7, refused once, holds the run still for long enough to end the session under it.
		world.uphance.fault({ path: '/sales_orders', skip: 6, kind: 'status', status: 503 });
		Object.assign(limits, { initialDelayMs: 200 });
		const running = world.run(everything);
		await until(() => world.asked('/sales_orders').length === 7);
		world.uphance.expireTokens();
		const { records } = await running;
		expect(new Set(records.map(({ id }) => id)).size).toBe(1250);
		expect(records).toHaveLength(1250);
		expect(grants()).toEqual(['password']);
		const pages = world.uphance.log().filter(({ path }) => path === '/sales_orders');
		expect(pages.map(({ token }) => token)).toEqual([...Array(8).fill(1), ...Array(7).fill(2)]);
	});

	test('a 401 that stays is explained after one renewal', async () => {
		await signedIn();
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 401, times: 100 });
		const { message } = await failureOf(world.run());
		expect(message).toContain('does not accept the session');
		expect(world.asked('/sales_orders')).toHaveLength(2);
	});
});

describe('A credential that was changed by import', () => {
	test('signs in again after a new password, and never sends the old session again', async () => {
		await signedIn();
		world.uphance.changePassword(demo.email, 'another');
		world.credential.data.password = 'another';
		expect((await world.run()).records).toHaveLength(50);
		expect(grants()).toEqual(['password']);
		expect(tokensUsed()).not.toContain(1);
		expect(tokensUsed()).toContain(2);
	});

	test('fails with a message after a wrong new password, although the old session is valid', async () => {
		await signedIn();
		world.credential.data.password = 'mistyped';
		const { message } = await failureOf(world.run());
		expect(message).toBe('Uphance did not accept the email or password');
		expect(tokensUsed()).not.toContain(1);
	});

	test.each([
		['', 3600],
		[3600, ''],
		[3600, 7200],
	])(
		'a new Session Length (%j, then %j) takes effect at once, and the old session is not sent again',
		async (old, changed) => {
			await world.start({}, { expires_in: old });
			await world.run();
			world.uphance.clearLog();
			world.credential.data.expires_in = changed;
			expect((await world.run()).records).toHaveLength(50);
			expect(grants()).toEqual(['password']);
			expect(tokensUsed()).not.toContain(1);
			const { expiresAt } = JSON.parse(String(world.credential.data.sessionToken));
			const seconds = changed === '' ? 604_800 : changed;
			expect(Math.abs(expiresAt - Date.now() - Number(seconds) * 1000)).toBeLessThan(60_000);
			await world.run();
			expect(grants()).toEqual(['password']);
		},
	);

	test('a new organisation takes effect, and no record of the old one comes', async () => {
		await world.start({}, groupForm);
		await world.run();
		world.credential.data.organisationId = '9601';
		const { records } = await world.run({ parameters: { returnAll: true, simplify: false } });
		expect(records).toHaveLength(250);
		expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
	});
});

describe('Fifty executions at once', () => {
	test('on an empty session sign in once, and all complete', async () => {
		await world.start();
		const runs = await Promise.all(fifty.map(async () => await world.run()));
		expect(runs.map(({ records }) => records.length)).toEqual(Array(50).fill(50));
		expect(world.uphance.signIns()).toBe(1);
	});

	test('on an ended session renew it once, and all complete', async () => {
		await signedIn();
		advanceClock(8 * days);
		const runs = await Promise.all(fifty.map(async () => await world.run()));
		expect(runs.map(({ records }) => records.length)).toEqual(Array(50).fill(50));
		expect(grants()).toEqual(['refresh_token']);
	});

	test('on a session that Uphance ended early sign in once, and all complete', async () => {
		await signedIn();
		world.uphance.expireTokens();
		const runs = await Promise.all(fifty.map(async () => await world.run()));
		expect(runs.map(({ records }) => records.length)).toEqual(Array(50).fill(50));
		expect(grants()).toEqual(['password']);
	});
});

describe('A refused sign-in', () => {
	test.each([400, 401] as const)('answered %i says what to do and is sent once, not for every item', async (status) => {
		await world.start({ switches: { refusedSignIn: status } });
		world.credential.data.password = 'mistyped';
		const { records } = await world.run({ items: [{}, {}, {}, {}], continueOnFail: true });
		expect(records).toHaveLength(4);
		for (const { error } of records) {
			expect(error).toContain('Uphance did not accept the email or password');
			expect(error).toContain('Open the credential');
		}
		expect(world.asked()).toEqual(['POST /oauth/token']);
	});

	test('names the item it happened at', async () => {
		await world.start();
		world.credential.data.password = 'mistyped';
		const { itemIndex } = await failureOf(world.run());
		expect(itemIndex).toBe(0);
	});

	test.each(['status', 'drop'] as const)('is retried after an outage (%s)', async (kind) => {
		await world.start();
		world.uphance.fault({ path: '/oauth/token', kind, status: 503 });
		expect((await world.run()).records).toHaveLength(50);
		expect(grants()).toEqual(['password', 'password']);
	});

	test('is not retried after status 501', async () => {
		await world.start();
		world.uphance.fault({ path: '/oauth/token', kind: 'status', status: 501 });
		const { message } = await failureOf(world.run());
		expect(message).toContain('501');
		expect(grants()).toEqual(['password']);
	});

	test('by something that is not Uphance points to the address', async () => {
		await world.start();
		world.uphance.fault({ path: '/oauth/token', kind: 'html', status: 200 });
		const { message, description } = await failureOf(world.run());
		expect(message).toContain('unexpected answer');
		expect(description).toContain("'API URL'");
	});
});

describe('Secrets', () => {
	const password = 'correct horse battery';

	beforeEach(async () => {
		await world.start();
		world.uphance.changePassword(demo.email, password);
		world.credential.data.password = password;
		await world.run();
	});

	function expectNoneIn(text: string): void {
		for (const secret of [password, ...world.uphance.secrets()]) expect(text).not.toContain(secret);
	}

	async function everythingSaid(): Promise<string> {
		const { whole } = await failureOf(world.run());
		const { items, hints } = await world.run({ continueOnFail: true });
		return whole + JSON.stringify([items, hints]);
	}

	test.each([
		['/sales_orders', 'status', 500],
		['/sales_orders', 'status', 401],
		['/sales_orders', 'status', 422],
		['/sales_orders', 'html', 502],
		['/sales_orders', 'malformed', 0],
		['/sales_orders', 'drop', 0],
		['/sales_orders', 'redirect', 302],
	] as const)('are in nothing that comes of %s %s %i', async (path, kind, status) => {
		world.uphance.fault({ path, kind, status, times: 100 });
		expectNoneIn(await everythingSaid());
	});

	test.each([
		['status', 403],
		['drop', 0],
	] as const)('are in nothing that comes of a registration that ends in %s %i', async (kind, status) => {
		await world.start({}, groupForm);
		await world.run();
		world.uphance.fault({ path: '/organisations/set_current_org', kind, status, times: 100 });
		const { whole } = await failureOf(world.run({ parameters: { options: { organisationId: '9601' } } }));
		expectNoneIn(whole);
	});

	test.each(['status', 'html', 'malformed', 'drop', 'redirect'] as const)(
		'are in nothing that comes of a sign-in that ends in %s',
		async (kind) => {
			world.uphance.fault({ path: '/oauth/token', kind, status: 500, times: 100 });
			advanceClock(8 * days);
			expectNoneIn(await everythingSaid());
		},
	);

	test('are in nothing when Uphance, or a proxy before it, repeats them', async () => {
		const body = { error: `No: ${[password, ...world.uphance.secrets()].join(' ')}` };
		world.uphance.fault({ path: '/sales_orders', kind: 'status', status: 422, body, times: 100 });
		expectNoneIn(await everythingSaid());
	});

	test('are in no item and no hint of a run that goes well', async () => {
		const { items, hints } = await world.run({ parameters: { returnAll: true, simplify: false } });
		expect(items).toHaveLength(250);
		expectNoneIn(JSON.stringify([items, hints]));
	});
});

describe('A clock that is set an hour', () => {
	test.each([
		['back', -1],
		['forward', 1],
	])('%s while a session is stored costs one renewal at most', async (_word, hours) => {
		await world.start({}, { expires_in: '600' });
		await world.run();
		const before = world.uphance.signIns();
		advanceClock((hours * days) / 24);
		world.uphance.expireTokens();
		const { records } = await world.run({ parameters: { returnAll: true } });
		expect(records).toHaveLength(250);
		expect(world.uphance.signIns() - before).toBe(1);
	});
});
