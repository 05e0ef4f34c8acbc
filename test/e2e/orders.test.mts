import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../sandbox/n8n/server.mts';
import { demo, group } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from './realN8n.mts';
import { httpRequestNode, oneNode, startRealN8n, uphanceNode } from './realN8n.mts';

let real: RealN8n;
let credential: string;
const name = 'Uphance';
const form = () => ({ ...demo, organisationId: '', apiUrl: real.uphance.url });

beforeAll(async () => {
	real = await startRealN8n({ orders: 1250 });
	credential = await real.n8n.createCredential(name, form());
}, 600_000);

afterAll(async () => await real?.stop());

beforeEach(() => {
	real.uphance.clearFaults();
	real.uphance.clearLog();
});

const asked = () => real.uphance.log().map(({ method, path }) => `${method} ${path}`);
const thirteenPages = Array.from({ length: 13 }, () => 'GET /sales_orders');

async function run(node: Parameters<typeof oneNode>[0], by = credential) {
	const execution = await real.n8n.runWorkflow(await real.n8n.createWorkflow(oneNode(node, by)));
	return { ...execution, node: execution.nodes.Node };
}

describe('every order', () => {
	test('Return All reads 1,250 orders in 13 pages, in order, never two at once, with one sign-in', async () => {
		const { status, node } = await run(uphanceNode({ returnAll: true }));
		expect(status).toBe('success');
		expect(node?.items).toHaveLength(1250);
		expect(new Set(node?.items.map(({ json }) => json.id)).size).toBe(1250);
		expect(asked().filter((each) => each.startsWith('GET /sales_orders'))).toEqual(thirteenPages);
		expect(Math.max(...real.uphance.log().map(({ underWay }) => underWay))).toBe(1);
		expect(real.uphance.signIns()).toBe(1);
		expect(node?.hints).toEqual(['1,250 sales orders in 13 pages from Uphance Demo (9579)']);
	});

	test('another n8n process uses the stored session without signing in', async () => {
		const workflow = await real.n8n.createWorkflow(oneNode(uphanceNode({ returnAll: true }), credential));
		const { code } = await runCommand(real.home, ['execute', `--id=${workflow}`]);
		expect(code).toBe(0);
		expect((await real.n8n.getLatestExecution(workflow)).nodes.Node?.items).toHaveLength(1250);
		expect(asked()).toEqual(thirteenPages);
		expect(real.uphance.signIns()).toBe(1);
	});

	test('a fresh n8n process with an expired session signs in by itself', async () => {
		real.uphance.expireTokens();
		const workflow = await real.n8n.createWorkflow(oneNode(uphanceNode({ returnAll: true }), credential));
		const { code } = await runCommand(real.home, ['execute', `--id=${workflow}`]);
		expect(code).toBe(0);
		expect((await real.n8n.getLatestExecution(workflow)).nodes.Node?.items).toHaveLength(1250);
		expect(real.uphance.signIns()).toBe(2);
		expect(asked().filter((each) => each.startsWith('GET /sales_orders'))).toEqual(thirteenPages);
	});
});

describe('the credential test', () => {
	const tested = async (changes: object) => {
		const id = await real.n8n.createCredential(name, { ...form(), ...changes });
		return await real.n8n.testCredential(id, name);
	};

	test('succeeds', async () => {
		expect(await tested({})).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	test('says that the password is wrong', async () => {
		const { status, message } = await tested({ password: 'wrong' });
		expect({ status, message }).toEqual({ status: 'Error', message: 'Uphance did not accept the email or password' });
	});

	test('lists the organisations when several are there and none is chosen', async () => {
		const { status, message } = await tested(group);
		expect(status).toBe('Error');
		expect(message).toContain('This user belongs to 2 organisations and none is chosen');
		expect(message).toContain('Uphance Demo (9579), Uphance Outlet (9601)');
	});

	test('accepts the name of an organisation', async () => {
		expect(await tested({ ...group, organisationId: 'uphance outlet' })).toMatchObject({ status: 'OK' });
	});

	test('turns red after the password was changed at Uphance, although a session is stored', async () => {
		const own = { email: 'changing@example.com', password: 'before' };
		real.uphance.addUser({ ...own, organisations: [9579] });
		const id = await real.n8n.createCredential(name, { ...form(), ...own });
		expect(await real.n8n.testCredential(id, name)).toMatchObject({ status: 'OK' });
		expect(await real.n8n.testCredential(id, name)).toMatchObject({ status: 'OK' });
		real.uphance.changePassword(own.email, 'after');
		expect(await real.n8n.testCredential(id, name)).toMatchObject({
			status: 'Error',
			message: 'Uphance did not accept the email or password',
		});
	});

	test('never shows the session to the browser', async () => {
		const shown = JSON.stringify(await real.n8n.readCredential(credential));
		expect(shown).toContain(demo.email);
		expect(shown).not.toContain('accessToken');
	});
});

describe("n8n's HTTP Request node with this credential", () => {
	test('reads from Uphance', async () => {
		const { status, node } = await run(httpRequestNode({ url: `${real.uphance.url}/sales_orders` }));
		expect(status).toBe('success');
		expect(node?.items[0]?.json.sales_orders).toHaveLength(100);
	});

	test.each([500, 422])('a POST that fails with %i arrives once', async (code) => {
		real.uphance.fault({ path: '/sales_orders', method: 'POST', kind: 'status', status: code, times: 10 });
		const body = { method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: '{ "notes": "once" }' };
		const { status } = await run(httpRequestNode({ url: `${real.uphance.url}/sales_orders`, ...body }));
		expect(status).toBe('error');
		expect(asked().filter((each) => each.startsWith('POST /sales_orders'))).toHaveLength(1);
	});

	test('does not follow a redirect', async () => {
		const elsewhere = `${real.uphance.url.replace('127.0.0.1', 'localhost')}/elsewhere`;
		real.uphance.fault({ path: '/sales_orders', kind: 'redirect', location: elsewhere, times: 10 });
		const { status } = await run(httpRequestNode({ url: `${real.uphance.url}/sales_orders` }));
		expect(status).toBe('error');
		expect(asked().filter((each) => each.includes('/elsewhere'))).toEqual([]);
	});
});

describe('what n8n tells its editor', () => {
	interface Described {
		name: string;
		displayName: string;
		usableAsTool?: boolean;
		authenticate?: unknown;
		supportedNodes?: string[];
		codex?: { categories?: string[]; alias?: string[] };
		properties: Array<{ name: string; options?: Array<{ name: string; value: string }> }>;
	}
	const described = async (file: string) => (await real.n8n.get(`/types/${file}.json`)) as Described[];

	test('the credential knows how to authenticate, and belongs to the node', async () => {
		const type = (await described('credentials')).find((each) => each.name === 'uphanceApi');
		expect(type).toMatchObject({ displayName: 'Uphance API' });
		const own = ['uphance', 'uphancePollingTrigger', 'uphanceTrigger'].map((name) => `n8n-nodes-uphance.${name}`);
		expect([...(type?.supportedNodes ?? [])].sort()).toEqual(own);
		expect(type?.authenticate).toBeDefined();
		expect(type?.properties.map((each) => each.name)).toEqual(
			expect.arrayContaining(['email', 'password', 'organisationId', 'expires_in', 'apiUrl', 'sessionToken']),
		);
	});

	test("the node is there, as a tool for AI agents too, with n8n's Custom API Call and its search words", async () => {
		const nodes = await described('nodes');
		const node = nodes.find((each) => each.name === 'n8n-nodes-uphance.uphance');
		expect(node).toMatchObject({ displayName: 'Uphance', usableAsTool: true });
		expect(node?.codex?.alias).toContain('ERP');
		const resource = node?.properties.find((each) => each.name === 'resource');
		expect(resource?.options?.map((each) => each.name)).toContain('Custom API Call');
		expect(nodes.map((each) => each.name)).toContain('n8n-nodes-uphance.uphanceTool');
	});

	test('the editor gets the fields of an order before the first run', async () => {
		const schema = await real.n8n.get('/schemas/n8n-nodes-uphance.uphance/1.0.0/order/getAll.json');
		expect(schema).toMatchObject({ properties: { order_number: {}, grand_total: {} } });
	});
});

test('nothing secret is in what n8n stored of a failed run', async () => {
	real.uphance.fault({ path: '/sales_orders', kind: 'status', status: 422, body: { error: 'no' }, times: 10 });
	const { status, stored, error } = await run(uphanceNode({}));
	expect(status).toBe('error');
	expect(error?.message).toBe('Uphance refused to list sales orders: no');
	expect([demo.password, ...real.uphance.secrets()].filter((secret) => stored.includes(secret))).toEqual([]);
});
