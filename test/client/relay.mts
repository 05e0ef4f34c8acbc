import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Writes an answer of Uphance in its own way. @param body of the answer */
export type Write = (response: ServerResponse, status: number, body: Buffer) => void | Promise<void>;

export interface Relay {
	/** For 'API URL'. */
	url: string;
	/** What clients offered in Accept-Encoding, each once. */
	offered: Set<string>;
	close(): Promise<void>;
}

/** Starts a proxy in front of the stand-in that passes requests on and writes the answers as it is told. */
export async function startRelay(target: string, write: Write, host = '127.0.0.1'): Promise<Relay> {
	const offered = new Set<string>();
	const server = createServer((request, response) => {
		offered.add(request.headers['accept-encoding'] ?? '');
		void pass(request, response, target, write);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, host, resolve);
	});
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, offered, close };
}

async function pass(request: IncomingMessage, response: ServerResponse, target: string, write: Write): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { method = 'GET', url = '/', headers } = request;
	const answer = await fetch(target + url, {
		method,
		headers: { 'Content-Type': 'application/json', Authorization: headers.authorization ?? '' },
		body: method === 'GET' ? undefined : Buffer.concat(chunks),
	});
	await write(response, answer.status, Buffer.from(await answer.arrayBuffer()));
}
