import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runCommand, startServer } from '../../sandbox/n8n/server.mts';
import { N8nApi } from '../../sandbox/n8nApi.mts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import { until } from '../until.mts';
import type { RealN8n } from './realN8n.mts';
import { oneNode, startRealN8n, uphanceNode } from './realN8n.mts';

let real: RealN8n;
let credential: string;
let workflow: string;
const form = (more: object = {}) => ({ ...demo, organisationId: '', apiUrl: real.uphance.url, ...more });
const readAll = uphanceNode({ returnAll: true, simplify: false });

beforeAll(async () => {
	real = await startRealN8n({ orders: 1250 });
	credential = await real.n8n.createCredential('Uphance', form());
	workflow = await real.n8n.createWorkflow(oneNode(readAll, credential));
	await real.n8n.runWorkflow(workflow);
}, 600_000);

afterAll(async () => {
	await real?.server.stop();
	await real?.stop();
});

beforeEach(() => real.uphance.clearFaults());

async function read(id = workflow) {
	const before = real.uphance.signIns();
	const { status, error, nodes } = await real.n8n.runWorkflow(id);
	const records = (nodes.Node?.items ?? []).map(({ json }) => json);
	return { status, error: error?.message, records, signIns: real.uphance.signIns() - before };
}

/** Every order once, by one new sign-in at most. */
function expectAll({ status, error, records, signIns }: Awaited<ReturnType<typeof read>>, atMost = 1) {
	expect({ status, error }).toEqual({ status: 'success', error: undefined });
	expect(new Set(records.map(({ id }) => id)).size).toBe(1250);
	expect(records).toHaveLength(1250);
	expect(signIns).toBeLessThanOrEqual(atMost);
}

describe('a read of 13 pages', () => {
	test('goes on when the session ends in its middle', async () => {
		real.uphance.fault({ path: '/sales_orders', skip: 6, kind: 'expireFirst' });
		expectAll(await read());
	});

	test('by ten executions at once renews an ended session once', async () => {
		real.uphance.expireTokens();
		const before = real.uphance.signIns();
		for (const done of await Promise.all(Array.from({ length: 10 }, async () => await read()))) expectAll(done, 10);
		expect(real.uphance.signIns() - before).toBe(1);
	}, 60_000);

	test('signs in with the password when the refresh token is refused too', async () => {
		real.uphance.revokeTokens();
		expectAll(await read());
	});
});

test('a password that changes in Uphance is said, and what was entered in n8n then works by itself', async () => {
	const user = { email: 'changing@example.com', password: 'first', organisations: [9579] };
	real.uphance.addUser(user);
	const signIn = { email: user.email, password: user.password };
	const own = await real.n8n.createCredential('Changing', form(signIn));
	const reading = await real.n8n.createWorkflow(oneNode(readAll, own));
	expectAll(await read(reading));
	real.uphance.changePassword(user.email, 'second');
	real.uphance.revokeTokens();
	expect((await read(reading)).error).toBe('Uphance did not accept the email or password');
	await real.n8n.updateCredential(own, 'Changing', form({ ...signIn, password: 'second' }));
	expectAll(await read(reading));
});

test('a credential whose organisation is changed by import takes effect, without a test or a click', async () => {
	const own = await real.n8n.createCredential('Imported', form({ ...group, organisationId: '9579' }));
	const reading = await real.n8n.createWorkflow(oneNode(readAll, own));
	expectAll(await read(reading));
	const file = join(real.home.folder, 'credentials.json');
	expect(
		(await runCommand(real.home, ['export:credentials', `--id=${own}`, '--decrypted', `--output=${file}`])).code,
	).toBe(0);
	const [exported] = JSON.parse(readFileSync(file, 'utf8'));
	writeFileSync(file, JSON.stringify([{ ...exported, data: { ...exported.data, organisationId: '9601' } }]));
	expect((await runCommand(real.home, ['import:credentials', `--input=${file}`])).code).toBe(0);
	rmSync(file);
	const { records } = await read(reading);
	expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
}, 60_000);

test('n8n 2 lets its public API change the organisation of a credential: it takes effect, without a test or a click', async () => {
	const data = form({ ...group, organisationId: '9579' });
	const own = await real.n8n.createCredential('By API', data);
	const reading = await real.n8n.createWorkflow(oneNode(readAll, own));
	expectAll(await read(reading));
	const changed = { data: { ...data, organisationId: '9601' } };
	const answer = await real.n8n.publicApi('PATCH', `/credentials/${own}`, 'credential:update', changed);
	expect(answer.status).toBe(200);
	const { records } = await read(reading);
	expect(new Set(records.map(({ organisation_id }) => organisation_id))).toEqual(new Set([9601]));
});

test('two n8n processes that share a database both go on when the session ends', async () => {
	real.uphance.expireTokens();
	const before = real.uphance.signIns();
	const other = await real.n8n.createWorkflow(oneNode(readAll, credential));
	const [done, { code }] = await Promise.all([read(), runCommand(real.home, ['execute', `--id=${other}`])]);
	expectAll(done, 2);
	expect(code).toBe(0);
	expect((await real.n8n.getLatestExecution(other)).nodes.Node?.items).toHaveLength(1250);
	expect(real.uphance.signIns() - before).toBeLessThanOrEqual(2);
}, 60_000);

test('n8n that is killed between signing in and storing the session signs in again', async () => {
	const own = await real.n8n.createCredential('Killed', form());
	const reading = await real.n8n.createWorkflow(oneNode(readAll, own));
	real.uphance.clearLog();
	real.uphance.fault({ path: '/organisations', kind: 'hang', times: 10 });
	const given = real.n8n.runWorkflow(reading).catch(() => undefined);
	await until(() => real.uphance.log().some(({ path }) => path === '/organisations'));
	await real.server.kill();
	await given;
	real.uphance.clearFaults();
	real.server = await startServer(real.home, 0);
	real.n8n = new N8nApi(real.server.url);
	await real.n8n.signIn();
	expectAll(await read(reading));
}, 90_000);
