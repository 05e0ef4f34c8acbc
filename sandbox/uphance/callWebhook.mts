import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/**
 * POSTs a body once, over a new connection: a kept-alive one may have been closed by the receiver.
 *
 * @returns the HTTP status. Redirects are not followed: only 2xx counts as success
 * (`docs/uphance.openapi.yaml: webhooks`).
 * @throws Error if the receiver does not respond in time or the signal aborts the request
 */
export async function callWebhook(
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
