import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';

/** Bodies of revocations to the letter: the sandbox masks tokens in its log. */
let bodies: string[];
const world = useWorld({ limits: { initialDelayMs: 5 }, starts: 'inTest' });
let between: Server;

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks).toString();
	if (request.url === '/oauth/revoke_tokens') bodies.push(body);
	const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
	const answer = await fetch(`${world.uphance.url}${request.url}`, {
		method: request.method,
		headers: { authorization, ...(body ? { 'content-type': type } : {}) },
		...(body ? { body } : {}),
	});
	response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
	response.end(await answer.text());
}

beforeEach(async () => {
	bodies = [];
	between = createServer((request, response) => void passOn(request, response));
	await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
	const { port } = between.address() as AddressInfo;
	await world.start({}, { apiUrl: `http://127.0.0.1:${port}` });
	await world.run();
	world.uphance.clearLog();
});
afterEach(async () => {
	between.closeAllConnections();
	await new Promise((resolve) => between.close(resolve));
});

const revoking = (scope: string, tokens?: unknown): INodeParameters => ({
	resource: 'accessToken',
	operation: 'revoke',
	scope,
	...(tokens === undefined ? {} : { tokens: tokens as string }),
});

/** The token that the credential uses at the moment. */
const own = (): string => world.uphance.secrets()[2 * (world.uphance.signIns() - 1)] ?? '';

/** Another token of this user, as another program would have it. */
async function anotherToken(): Promise<string> {
	const { email, password } = world.credential.data;
	const answer = await fetch(`${world.uphance.url}/oauth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ grant_type: 'password', email, password }),
	});
	return String(((await answer.json()) as IDataObject).access_token);
}

async function isGood(token: string): Promise<boolean> {
	const headers = { authorization: `Bearer ${token}` };
	return (await fetch(`${world.uphance.url}/organisations`, { headers })).status === 200;
}

const sent = () => world.asked('/oauth/revoke_tokens');

const expectNoSecretIn = (text: string) => {
	for (const secret of world.uphance.secrets()) expect(text).not.toContain(secret);
};

describe('The token of this credential', () => {
	test('is revoked, and the request has no body', async () => {
		const token = own();
		const other = await anotherToken();
		const { items } = await world.run({ parameters: revoking('current') });
		expect(items).toMatchObject([{ pairedItem: { item: 0 } }]);
		expect(bodies).toEqual(['']);
		expect(await isGood(token)).toBe(false);
		expect(await isGood(other)).toBe(true);
	});

	test('is renewed by the next run, once', async () => {
		await world.run({ parameters: revoking('current') });
		expect(world.uphance.signIns()).toBe(1);
		expect((await world.run()).records).toHaveLength(50);
		expect((await world.run()).records).toHaveLength(50);
		expect(world.uphance.signIns()).toBe(2);
	});

	test('is revoked when Scope is left at its default', async () => {
		await world.run({ parameters: { resource: 'accessToken', operation: 'revoke' } });
		expect(bodies).toEqual(['']);
	});

	test('is revoked once for each item', async () => {
		const { items } = await world.run({ parameters: revoking('current'), items: [{}, {}, {}] });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(items.some(({ json }) => 'error' in json)).toBe(false);
		expect(await isGood(own())).toBe(false);
		expect((await world.run()).records).toHaveLength(50);
	});

	test.each([
		[429, 2],
		[503, 1],
	])('is revoked again after %i only if that was surely not carried out: %i requests', async (status, requests) => {
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'status', status });
		const run = await world.run({ parameters: revoking('current'), continueOnFail: true });
		expect(run.items).toHaveLength(1);
		expect(sent()).toHaveLength(requests);
	});

	test('is revoked without an error when it has ended already', async () => {
		world.uphance.expireTokens();
		const { items } = await world.run({ parameters: revoking('current') });
		expect(items).toHaveLength(1);
		expect((await world.run()).records).toHaveLength(50);
	});
});

describe('An answer with status 200', () => {
	test.each([{}, { Status: 'Revoked' }, { Status: 'Updated' }, { success: true }, ''])(
		'%j says that the tokens were revoked',
		async (body) => {
			world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'json', body });
			const { records } = await world.run({ parameters: revoking('all') });
			expect(records).toEqual([{ success: true }]);
		},
	);

	test.each<[unknown, string]>([
		[{ error: 'Tokens are locked' }, 'Uphance refused to revoke access tokens: Tokens are locked'],
		[{ errors: ['Tokens are locked'] }, 'Uphance refused to revoke access tokens: Tokens are locked'],
		[{ success: false }, 'Uphance refused to revoke access tokens'],
		[{ Status: 'Failed' }, 'Uphance refused to revoke access tokens: Status Failed'],
		['<html><body>Sign in</body></html>', 'Uphance gave an unexpected answer when asked to revoke access tokens'],
		[null, 'Uphance gave an unexpected answer when asked to revoke access tokens'],
		[{ revoked: 2 }, 'Uphance gave an unexpected answer when asked to revoke access tokens'],
	])('%j fails, and the next item is sent', async (body, expected) => {
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'json', body });
		const run = { parameters: revoking('current'), items: [{}, {}], continueOnFail: true };
		const { items } = await world.run(run);
		expect(items[0]?.json.error).toContain(expected);
		expect(items[1]?.json).toEqual({ success: true });
		expect(sent()).toHaveLength(2);
	});
});

describe('All tokens of the user', () => {
	test('are revoked, and those of no other user', async () => {
		const other = await anotherToken();
		const token = world.uphance.secrets()[0] ?? '';
		world.uphance.addUser({ email: 'other@example.com', password: 'other', organisations: [9579] });
		const foreign = await fetch(`${world.uphance.url}/oauth/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ grant_type: 'password', email: 'other@example.com', password: 'other' }),
		});
		const { access_token } = (await foreign.json()) as { access_token: string };
		await world.run({ parameters: revoking('all') });
		expect(bodies.map((body) => JSON.parse(body))).toEqual([{ revoke_all: true }]);
		expect([await isGood(token), await isGood(other), await isGood(access_token)]).toEqual([false, false, true]);
		expect((await world.run()).records).toHaveLength(50);
	});
});

describe('Listed tokens', () => {
	test.each([
		['commas', (tokens: string[]) => tokens.join(',')],
		['commas and blanks', (tokens: string[]) => ` ${tokens.join(' , ')} ,`],
		['lines', (tokens: string[]) => `${tokens.join('\n')}\n`],
		['Windows lines', (tokens: string[]) => tokens.join('\r\n')],
		['commas and lines', (tokens: string[]) => tokens.join(',\n\n')],
	])('are revoked, the credential’s own is not; separated by %s', async (_, written) => {
		const token = own();
		const tokens = [await anotherToken(), await anotherToken()];
		const kept = await anotherToken();
		const { items } = await world.run({ parameters: revoking('listed', written(tokens)) });
		expect(bodies.map((body) => JSON.parse(body))).toEqual([{ tokens }]);
		expect(await Promise.all([...tokens, kept, token].map(isGood))).toEqual([false, false, true, true]);
		expect(items).toHaveLength(1);
		expectNoSecretIn(JSON.stringify(items));
	});

	test('may be one', async () => {
		const token = await anotherToken();
		await world.run({ parameters: revoking('listed', token) });
		expect(bodies.map((body) => JSON.parse(body))).toEqual([{ tokens: [token] }]);
		expect(await isGood(token)).toBe(false);
	});

	test.each(['', ' ', ',', ' , \n ,', '={{ $json.nowhere }}', '={{ null }}', '={{ [] }}'])(
		'that are empty (%j) are refused, and nothing is sent: the own one could be meant',
		async (tokens) => {
			const token = own();
			const { message, description } = await failureOf(world.run({ parameters: revoking('listed', tokens) }));
			expect(message).toContain("'Tokens'");
			expect(description).not.toBe('');
			expect(sent()).toEqual([]);
			expect(await isGood(token)).toBe(true);
		},
	);

	test('with the own one among them: the next item and the next run sign in again', async () => {
		const token = own();
		const other = await anotherToken();
		const parameters = revoking('listed', '={{ $json.token }}');
		const { items } = await world.run({ parameters, items: [{ token }, { token: other }] });
		expect(items).toHaveLength(2);
		expect(await Promise.all([token, other].map(isGood))).toEqual([false, false]);
		expect((await world.run()).records).toHaveLength(50);
	});
});

test('A scope that does not exist is refused, and nothing is sent', async () => {
	const { message } = await failureOf(world.run({ parameters: revoking('={{ "everything" }}') }));
	expect(message).not.toBe('');
	expect(sent()).toEqual([]);
});

describe('No token gets out', () => {
	test.each(['current', 'all', 'listed'])('in the output, whatever Uphance answers (%s)', async (scope) => {
		const tokens = [own(), await anotherToken()];
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'json', body: { success: true, revoked: tokens } });
		const { items } = await world.run({
			parameters: revoking(scope, '={{ $json.tokens }}'),
			items: [{ tokens: tokens[1] }],
		});
		expect(items).toHaveLength(1);
		expectNoSecretIn(JSON.stringify(items));
	});

	test.each(['current', 'all', 'listed'])('in the failure, whatever Uphance answers with 200 (%s)', async (scope) => {
		const tokens = scope === 'listed' ? [own(), await anotherToken()] : [own()];
		const run = { parameters: revoking(scope, '={{ $json.tokens }}'), items: [{ tokens: tokens[1] }] };
		for (const body of [{ error: `${tokens.join()} are unknown` }, { revoked: tokens }, tokens, tokens.join()]) {
			world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'json', body });
			expectNoSecretIn((await failureOf(world.run(run))).whole);
		}
	});

	test.each([
		[500, 'json'],
		[422, 'json'],
		[400, 'text'],
		[403, 'json'],
		[404, 'text'],
	])('in the failure, whatever Uphance says (%i, %s)', async (status, form) => {
		const token = await anotherToken();
		const said = `Cannot revoke ${token} with ${own()}`;
		const body = form === 'json' ? { error: said } : said;
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'status', status, body, times: 100 });
		const run = { parameters: revoking('listed', '={{ $json.t }}'), items: [{ t: token }] };
		const { message, description, whole } = await failureOf(world.run(run));
		expect(message).toContain('Uphance');
		expectNoSecretIn(`${message} ${description}`);
		expectNoSecretIn(whole);
	});

	test('in the item of a failure with Continue On Fail', async () => {
		const token = await anotherToken();
		const body = { errors: { tokens: [`${token} is unknown`] } };
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'status', status: 422, body, times: 100 });
		const run = { parameters: revoking('listed', '={{ $json.t }}'), items: [{ t: token }], continueOnFail: true };
		const { items } = await world.run(run);
		const [item] = items;
		expect(items).toHaveLength(1);
		expectNoSecretIn(JSON.stringify(item));
	});

	test('in the failure when the connection breaks', async () => {
		Object.assign(limits, { maxAttempts: 2 });
		const token = await anotherToken();
		world.uphance.fault({ path: '/oauth/revoke_tokens', kind: 'status', status: 503, times: 100 });
		const run = { parameters: revoking('listed', '={{ $json.t }}'), items: [{ t: token }] };
		expectNoSecretIn((await failureOf(world.run(run))).whole);
	});
});
