import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startServer } from '../../sandbox/n8n/server.mts';
import { N8nApi } from '../../sandbox/n8nApi.mts';
import { createCertificate } from '../../sandbox/uphance/certificate.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from './realN8n.mts';
import { httpRequestNode, oneNode, startRealN8n, uphanceNode } from './realN8n.mts';

/** n8n behind a company's proxy, and an Uphance whose certificate n8n trusts only by its environment. */
const certificate = createCertificate('selfSigned');
let proxy: Proxy;
let real: RealN8n;
let credential: string;

interface Proxy {
	url: string;
	/** The targets that were asked for, as "127.0.0.1:4010". */
	asked: string[];
	/** The answer to whoever asks; undefined lets everybody through. */
	refusal?: string;
	close(): void;
}

async function startProxy(): Promise<Proxy> {
	const server = createServer((_request, response) => response.writeHead(400).end());
	const started: Proxy = { url: '', asked: [], close: () => server.closeAllConnections() };
	server.on('connect', ({ url = '' }, client, head) => {
		started.asked.push(url);
		client.on('error', () => undefined);
		if (started.refusal) {
			client.end(`HTTP/1.1 ${started.refusal}\r\nContent-Length: 0\r\n\r\n`);
			return;
		}
		const [host, port] = url.split(':');
		const target = connect(Number(port), host, () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			target.write(head);
			target.pipe(client).pipe(target);
		});
		target.on('error', () => client.destroy());
		client.on('close', () => target.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	started.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	started.close = () => {
		server.closeAllConnections();
		server.close();
	};
	return started;
}

async function restart(settings: Record<string, string>): Promise<void> {
	await real.server.stop();
	real.server = await startServer({ ...real.home, settings }, 0);
	real.n8n = new N8nApi(real.server.url);
	await real.n8n.signIn();
	real.uphance.clearLog();
	proxy.asked.length = 0;
}

/** By a name: through a proxy n8n cannot compare an IP address with a certificate. */
const apiUrl = () => real.uphance.url.replace('127.0.0.1', 'localhost');
const readAll = uphanceNode({ returnAll: true, simplify: false });
const run = async (node: Parameters<typeof oneNode>[0]) =>
	await real.n8n.runWorkflow(await real.n8n.createWorkflow(oneNode(node, credential)));

beforeAll(async () => {
	proxy = await startProxy();
	real = await startRealN8n({ orders: 250, certificate }, { HTTPS_PROXY: proxy.url });
	const form = { ...demo, organisationId: '', apiUrl: apiUrl() };
	credential = await real.n8n.createCredential('Uphance', form);
}, 600_000);

afterAll(async () => {
	await real?.server.stop();
	await real?.stop();
	proxy?.close();
});

test('a certificate that nobody vouches for is refused, and nothing is sent', async () => {
	const { status, error } = await run(readAll);
	expect(status).toBe('error');
	expect(error?.message).toBe('Could not connect to Uphance securely (sign in): n8n does not trust its certificate');
	expect(error?.description).toContain('set NODE_EXTRA_CA_CERTS of n8n to a file');
	expect(real.uphance.log()).toEqual([]);
});

describe('With NODE_EXTRA_CA_CERTS', () => {
	let extra: Record<string, string>;

	beforeAll(() => {
		const file = join(real.home.folder, 'issuer.pem');
		writeFileSync(file, certificate.cert);
		extra = { NODE_EXTRA_CA_CERTS: file };
	});

	test('and HTTPS_PROXY everything goes through the proxy: the node, its sign-in, and a custom API call', async () => {
		await restart({ ...extra, HTTPS_PROXY: proxy.url });
		const { error, nodes } = await run(readAll);
		expect(error).toBeUndefined();
		expect(new Set(nodes.Node?.items.map(({ json }) => json.id)).size).toBe(250);
		const called = await run(httpRequestNode({ url: `${apiUrl()}/seasons` }));
		expect(called.status).toBe('success');
		const paths = new Set(real.uphance.log().map(({ path }) => path));
		expect(paths).toEqual(
			new Set(['/oauth/token', '/organisations', '/organisations/set_current_org', '/sales_orders', '/seasons']),
		);
		expect(proxy.asked.length).toBeGreaterThanOrEqual(2);
		expect(new Set(proxy.asked)).toEqual(new Set([new URL(apiUrl()).host]));
	}, 120_000);

	test('a proxy that wants a password is told of', async () => {
		proxy.refusal = '407 Proxy Authentication Required';
		real.uphance.clearLog();
		const { status, error } = await run(readAll);
		proxy.refusal = undefined;
		expect({ status, message: error?.message, log: real.uphance.log() }).toEqual({
			status: 'error',
			message: 'The proxy between n8n and Uphance wants a user name and password of its own (list sales orders)',
			log: [],
		});
	});

	test('and NO_PROXY the proxy is left alone', async () => {
		await restart({ ...extra, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' });
		const { error, nodes } = await run(readAll);
		expect(error).toBeUndefined();
		expect(nodes.Node?.items).toHaveLength(250);
		expect(proxy.asked).toEqual([]);
	}, 120_000);
});
