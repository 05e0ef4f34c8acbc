import type { AddressInfo, Socket } from 'node:net';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { CertificateFault } from '../../sandbox/uphance/certificate.mts';
import { createCertificate } from '../../sandbox/uphance/certificate.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { useWorld } from '../world.mts';

const world = useWorld({ starts: 'inTest' });
afterEach(() => void jest.restoreAllMocks());

/** Makes n8n trust a certificate, as NODE_EXTRA_CA_CERTS does when a process starts. */
function trust(certificate: string): void {
	const { createSecureContext } = tls;
	jest
		.spyOn(tls, 'createSecureContext')
		.mockImplementation((options) => createSecureContext({ ...options, ca: [...tls.rootCertificates, certificate] }));
}

async function startWith(fault: CertificateFault): Promise<string> {
	const certificate = createCertificate(fault);
	await world.start({ certificate });
	return certificate.cert;
}

describe('A certificate that n8n rejects', () => {
	test.each([
		['selfSigned', 'n8n does not trust its certificate', 'NODE_EXTRA_CA_CERTS', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['expired', 'its certificate has expired', 'clock', 'CERT_HAS_EXPIRED'],
		['notYetValid', 'its certificate is not valid yet', 'clock', 'CERT_NOT_YET_VALID'],
	] as const)('is named when it is %s, with advice, and nothing is sent', async (fault, problem, advice, code) => {
		await startWith(fault);
		const { message, description } = await failureOf(world.run());
		expect(message).toBe(`Could not connect to Uphance securely (sign in): ${problem}`);
		expect(description).toContain(advice);
		expect(description).toContain('proxy');
		expect(description).toContain(code);
		expect(description).not.toContain('internet connection');
		expect(world.uphance.log()).toEqual([]);
	});

	test('is named when it belongs to another host, and the address is shown', async () => {
		trust(await startWith('otherHost'));
		const { message, description } = await failureOf(world.run());
		expect(message).toBe(
			`Could not connect to Uphance securely (sign in): its certificate is for another host; check 'API URL' (${world.uphance.url})`,
		);
		expect(description).toContain("'API URL'");
		expect(description).toContain(world.uphance.url);
		expect(description).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
		expect(world.uphance.log()).toEqual([]);
	});

	test('is named the same way when a session exists', async () => {
		trust(await startWith('selfSigned'));
		await world.run();
		world.uphance.clearLog();
		jest.restoreAllMocks();
		const { message, description } = await failureOf(world.run());
		expect(message).toBe(
			'Could not connect to Uphance securely (list sales orders): n8n does not trust its certificate',
		);
		expect(description).toContain('NODE_EXTRA_CA_CERTS');
		expect(world.uphance.log()).toEqual([]);
	});

	test('is accepted when n8n trusts it', async () => {
		trust(await startWith('selfSigned'));
		expect((await world.run()).records).toHaveLength(50);
	});
});

describe('A sales order whose secure connection fails', () => {
	const plainText = 'HTTP/1.1 503 Service Unavailable\r\n\r\n';
	const order = { resource: 'order', operation: 'create', customerId: { __rl: true, mode: 'id', value: '55140' } };
	const isCreated = () => world.uphance.created().length > 0;
	let server: net.Server | undefined;
	afterEach(() => void server?.close());

	/** Starts a proxy that passes on bytes, and a session through it. @param interfere with what a client and Uphance send */
	async function startBehind(interfere: (client: Socket, uphance: Socket) => void): Promise<() => Promise<unknown>> {
		trust(await startWith('selfSigned'));
		const { hostname, port } = new URL(world.uphance.url);
		let isSignedIn = false;
		server = net.createServer((client) => {
			const uphance = net.connect(Number(port), hostname);
			client.on('error', () => uphance.destroy()).on('close', () => uphance.destroy());
			uphance.on('error', () => client.destroy()).on('close', () => client.destroy());
			if (isSignedIn) return interfere(client, uphance);
			client.pipe(uphance);
			uphance.pipe(client);
		});
		await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
		const credential = world.another({ apiUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
		await world.run({ credential });
		isSignedIn = true;
		world.uphance.clearLog();
		const parameters = { ...order, ...documentedLine(1) } as INodeParameters;
		return async () => await world.run({ credential, parameters });
	}

	test('before it is encrypted was not created, and the message says so', async () => {
		const run = await startBehind((client) => void client.once('data', () => client.end(plainText)));
		const { message, description } = await failureOf(run());
		expect(message).toBe('Could not connect to Uphance securely (create the sales order)');
		expect(description).toMatch(/The connection ended with EPROTO\. The sales order was not created\.$/);
		expect(world.uphance.log()).toEqual([]);
	});

	test('because n8n rejects the certificate was not created, and the message says so', async () => {
		const run = await startBehind((client, uphance) => void client.pipe(uphance).pipe(client));
		jest.restoreAllMocks();
		const { message, description } = await failureOf(run());
		expect(message).toContain('(create the sales order): n8n does not trust its certificate');
		expect(description).toMatch(/The sales order was not created\.$/);
		expect(world.uphance.log()).toEqual([]);
	});

	test('after it was sent may have been created', async () => {
		const run = await startBehind((client, uphance) => {
			client.pipe(uphance);
			uphance.on('data', (bytes) => void client.write(isCreated() ? plainText : bytes));
		});
		const { message } = await failureOf(run());
		expect(message).toBe('Uphance did not answer, so the sales order may have been created');
		expect(isCreated()).toBe(true);
	});
});

test('an address that does not speak https is told as that, and not as a missing internet connection', async () => {
	await world.start();
	world.credential.data.apiUrl = world.uphance.url.replace('http:', 'https:');
	const { message, description } = await failureOf(world.run());
	const { apiUrl } = world.credential.data;
	expect(message).toBe(`Could not connect to Uphance securely (sign in); check 'API URL' (${String(apiUrl)})`);
	expect(description).toContain("'API URL'");
	expect(description).not.toContain('internet connection');
});
