import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Item = Record<string, unknown>;

/** Returns another answer in place of one; undefined lets it pass. `body` is undefined if it is no JSON object. */
export type Change = (request: { path: string; query: URLSearchParams }, body: Item | undefined) => Changed | undefined;

export interface Changed {
	status?: number;
	/** Text goes out as it is, everything else as JSON. */
	body: unknown;
	type?: string;
	headers?: Record<string, string>;
}

/** Stands between the check and the stand-in and answers what no switch foresees. */
export async function changeAnswers(url: string, change: Change): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer(
		(request, response) => void pass(request, response, url, change).catch(() => response.destroy()),
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}

async function pass(request: IncomingMessage, response: ServerResponse, url: string, change: Change): Promise<void> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	const { authorization } = request.headers;
	const answer = await fetch(url + (request.url ?? ''), {
		method: request.method,
		headers: { 'Content-Type': 'application/json', ...(authorization !== undefined && { authorization }) },
		body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
	});
	const text = await answer.text();
	const { pathname, searchParams } = new URL(request.url ?? '', url);
	const isRead = request.method === 'GET' && answer.ok;
	const changed = isRead ? change({ path: pathname, query: searchParams }, parse(text)) : undefined;
	response.writeHead(changed?.status ?? answer.status, {
		'Content-Type': changed?.type ?? 'application/json',
		Connection: 'close',
		...changed?.headers,
	});
	response.end(
		changed === undefined ? text : typeof changed.body === 'string' ? changed.body : JSON.stringify(changed.body),
	);
}

function parse(text: string): Item | undefined {
	const body: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
	return typeof body === 'object' && body !== null ? { ...body } : undefined;
}

/** Changes every record of the lists at a path, or of all lists. */
export const changeRecords =
	(path: string, change: (record: Item, index: number) => Item): Change =>
	(request, body) =>
		body && (path === '*' || request.path === path)
			? {
					body: Object.fromEntries(
						Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? value.map(change) : value]),
					),
				}
			: undefined;
