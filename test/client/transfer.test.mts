import { setTimeout as wait } from 'node:timers/promises';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import type { Relay, Write } from './relay.mts';
import { startRelay } from './relay.mts';

const world = useWorld({ limits: { initialDelayMs: 2, requestTimeoutMs: 2_000 }, starts: 'inTest' });
let relay: Relay | undefined;
afterEach(async () => await relay?.close());

const json = { 'Content-Type': 'application/json' };

/** Orders in which one has letters of two, three and four bytes, and what a read of them returns without a relay. */
async function startBehind(write: Write, host?: string) {
	await world.start({ orders: 250 });
	world.uphance.changeRecord('/sales_orders', 9005, { customer_name: 'Zoë 日本 👗'.repeat(200) });
	const parameters = { returnAll: true, simplify: false };
	const { records: direct } = await world.run({ parameters });
	relay = await startRelay(world.uphance.url, write, host);
	const credential = world.another({ apiUrl: relay.url });
	world.uphance.clearLog();
	return { direct, run: async () => await world.run({ parameters, credential }), offered: relay.offered };
}

const compressed: Array<[string, (body: Buffer) => Buffer]> = [
	['gzip', gzipSync],
	['br', (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
	['deflate', deflateSync],
];

describe.each(compressed)('Answers compressed with %s', (encoding, compress) => {
	test('are read as they are, and n8n had offered it', async () => {
		const { direct, run, offered } = await startBehind((response, status, body) => {
			const sent = compress(body);
			response.writeHead(status, { ...json, 'Content-Encoding': encoding, 'Content-Length': sent.length }).end(sent);
		});
		expect((await run()).records).toEqual(direct);
		expect([...offered].every((each) => each.includes(encoding))).toBe(true);
	});

	test('in pieces that break letters are read as they are', async () => {
		const { direct, run } = await startBehind(async (response, status, body) => {
			response.writeHead(status, { ...json, 'Content-Encoding': encoding });
			await inPieces(compress(body), async (piece) => void response.write(piece));
			response.end();
		});
		expect((await run()).records).toEqual(direct);
	});

	test('that break off are read again, and told of when they stay so', async () => {
		let broken = 1;
		const { direct, run } = await startBehind((response, status, body) => {
			const isOrders = body.includes('"sales_orders"');
			const sent = compress(body);
			response.writeHead(status, { ...json, 'Content-Encoding': encoding });
			response.end(isOrders && broken-- > 0 ? sent.subarray(0, sent.length / 2) : sent);
		});
		expect((await run()).records).toEqual(direct);
		broken = Infinity;
		world.uphance.clearLog();
		const { message } = await failureOf(run());
		expect(message).toBe("Uphance's answer was not complete when asked to list sales orders");
		expect(world.asked('/sales_orders')).toHaveLength(5);
	});
});

async function inPieces(bytes: Buffer, write: (piece: Buffer) => Promise<void>): Promise<void> {
	for (let start = 0; start < bytes.length; start += 1_237) {
		await write(bytes.subarray(start, start + 1_237));
		if (start % 30 === 0) await wait(1);
	}
}

describe('Answers in chunks', () => {
	test('that break letters are read as they are', async () => {
		const { direct, run } = await startBehind(async (response, status, body) => {
			response.writeHead(status, json);
			await inPieces(body, async (piece) => void response.write(piece));
			response.end();
		});
		expect((await run()).records).toEqual(direct);
	});

	test.each<[string, Write]>([
		[
			'without the last chunk',
			(response, status, body) => {
				response.writeHead(status, json);
				response.write(body, () => response.destroy());
			},
		],
		[
			'shorter than their Content-Length',
			(response, status, body) => {
				response.writeHead(status, { ...json, 'Content-Length': body.length + 10 });
				response.write(body, () => response.destroy());
			},
		],
		[
			'called gzip although they are not',
			(response, status, body) => void response.writeHead(status, { ...json, 'Content-Encoding': 'gzip' }).end(body),
		],
		[
			'with a chunk whose length is no number',
			(response, _status, body) => {
				response.socket?.end(
					`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n${String(body)}\r\n0\r\n\r\n`,
				);
			},
		],
		['that are no HTTP', (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')],
	])('%s are read again, and told of when they stay so', async (_name, writeBroken) => {
		let broken = 1;
		const { direct, run } = await startBehind(async (response, status, body) => {
			const isOrders = body.includes('"sales_orders"');
			if (isOrders && broken-- > 0) await writeBroken(response, status, body);
			else response.writeHead(status, json).end(body);
		});
		expect((await run()).records).toEqual(direct);
		broken = Infinity;
		world.uphance.clearLog();
		const { message, description } = await failureOf(run());
		expect([
			"Uphance's answer was not complete when asked to list sales orders",
			'Could not reach Uphance (list sales orders)',
		]).toContain(message);
		expect(description).toContain('Tried 5 times in ');
		expect(world.asked('/sales_orders')).toHaveLength(5);
	});
});

describe('IPv6', () => {
	test('on this machine is an address like any other', async () => {
		const { direct, run } = await startBehind(
			(response, status, body) => void response.writeHead(status, json).end(body),
			'::1',
		);
		expect(relay?.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
		expect((await run()).records).toEqual(direct);
	});
});
