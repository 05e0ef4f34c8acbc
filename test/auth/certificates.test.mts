import { afterEach, describe, expect, jest, test } from '@jest/globals';
import tls from 'node:tls';
import type { CertificateFault } from '../../sandbox/uphance/certificate.mts';
import { createCertificate } from '../../sandbox/uphance/certificate.mts';
import { failureOf } from '../n8n.mts';
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
		expect(message).toBe('Could not connect to Uphance securely (sign in): its certificate is for another host');
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

test('an address that does not speak https is told as that, and not as a missing internet connection', async () => {
	await world.start();
	world.credential.data.apiUrl = world.uphance.url.replace('http:', 'https:');
	const { message, description } = await failureOf(world.run());
	expect(message).toBe('Could not connect to Uphance securely (sign in)');
	expect(description).toContain("'API URL'");
	expect(description).not.toContain('internet connection');
});
