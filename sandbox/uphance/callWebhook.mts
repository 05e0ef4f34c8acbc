import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/**
 * POSTs a text once, over a connection of its own, which nobody can have closed in the meantime.
 * @returns the status; redirects are not followed, as they count as failures (uphance-api.md 5.2)
 * @throws Error when nothing comes within the time, or the signal ends it
 */
export async function postOnce(
	url: string,
	body: string,
	headers: Record<string, string>,
	timeoutMs: number,
	abortSignal: AbortSignal,
): Promise<number> {
	const signal = AbortSignal.any([abortSignal, AbortSignal.timeout(timeoutMs)]);
	return await new Promise((resolve, reject) => {
		const send = url.startsWith('https:') ? httpsRequest : httpRequest;
		const request = send(url, {
			method: 'POST',
			agent: false,
			signal,
			headers: {
				'Content-Type': 'application/json',
				'Content-Length': String(Buffer.byteLength(body)),
				...headers,
			},
		});
		request.once('error', reject);
		request.once('response', (response) => {
			response.once('error', reject);
			response.once('end', () => resolve(response.statusCode ?? 0));
			response.resume();
		});
		request.end(body);
	});
}
