import { generateKeyPairSync, sign } from 'node:crypto';

/** What is wrong with a certificate. */
export type CertificateFault = 'selfSigned' | 'expired' | 'notYetValid' | 'otherHost';

/** A private key and a certificate, both as PEM. */
export interface Certificate {
	key: string;
	cert: string;
}

/** Creates a certificate for 127.0.0.1 and localhost that nobody trusts, with one more fault if it is not 'selfSigned'. */
export function createCertificate(fault: CertificateFault): Certificate {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)); // ecdsa-with-SHA256
	const name = sequence(tag(0x31, sequence(objectId(0x55, 0x04, 0x03), tag(0x0c, Buffer.from('Stand-in Uphance')))));
	const startDay = fault === 'expired' ? -10 : fault === 'notYetValid' ? 5 : -1;
	const validity = sequence(time(startDay), time(startDay + 5));
	const hosts =
		fault === 'otherHost'
			? [tag(0x82, Buffer.from('other.example'))]
			: [tag(0x87, Buffer.from([127, 0, 0, 1])), tag(0x82, Buffer.from('localhost'))];
	const alternativeName = sequence(objectId(0x55, 0x1d, 0x11), tag(0x04, sequence(...hosts)));
	const body = sequence(
		tag(0xa0, tag(0x02, Buffer.from([2]))), // version 3
		tag(0x02, Buffer.from([1])),
		algorithm,
		name,
		validity,
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
		tag(0xa3, sequence(alternativeName)),
	);
	const signature = tag(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
	const pem = sequence(body, algorithm, signature).toString('base64').replace(/.{64}/g, '$&\n');
	return {
		key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
	};
}

/** Encodes an element of DER (ITU-T X.690): its tag, its length and its contents. */
function tag(identifier: number, ...contents: Buffer[]): Buffer {
	const content = Buffer.concat(contents);
	const size = content.length;
	const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
	return Buffer.concat([Buffer.from([identifier, ...length]), content]);
}

const sequence = (...contents: Buffer[]): Buffer => tag(0x30, ...contents);

const objectId = (...bytes: number[]): Buffer => tag(0x06, Buffer.from(bytes));

/** Encodes the moment so many days from now as UTCTime. */
function time(daysFromNow: number): Buffer {
	const moment = new Date(Date.now() + daysFromNow * 86_400_000).toISOString();
	return tag(0x17, Buffer.from(`${moment.slice(2, 19).replace(/[-T:]/g, '')}Z`));
}
