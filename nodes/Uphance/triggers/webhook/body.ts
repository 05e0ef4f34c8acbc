import { createHash } from 'crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { isDataObject } from '../../http/json';

/**
 * Returns the parsed body. n8n parses a body only if it knows the content type (n8n: middlewares/body-parser). For other
 * types the raw body is parsed as JSON.
 */
export function readBody(context: IWebhookFunctions): unknown {
	const body: unknown = context.getBodyData();
	if (isDataObject(body) && 'event' in body) return body;
	try {
		const { rawBody } = context.getRequestObject();
		const parsed: unknown = JSON.parse(String(rawBody));
		return parsed;
	} catch {
		return body;
	}
}

/** Returns a SHA-256 hash of the bytes of the body. A repeated delivery has the same bytes. */
export function hashBody(context: IWebhookFunctions, body: unknown): string {
	const { rawBody } = context.getRequestObject();
	const bytes = rawBody instanceof Uint8Array && rawBody.length > 0 ? rawBody : JSON.stringify(body);
	return createHash('sha256').update(bytes).digest('hex');
}
