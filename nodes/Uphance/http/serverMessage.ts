import { isObject, parseJson } from './json';

/**
 * Returns what Uphance says in the body of an error, at most 300 characters; empty where it says nothing. No source
 * shows such a body (docs/api.md), so every usual form is read: `{error}`, `{error:{message}}`, `{errors:[…]}`,
 * `{errors:{field:[…]}}`, `{message}`, plain text. A web page yields nothing.
 */
export function serverMessage(body: unknown): string {
	const message = typeof body === 'string' ? messageFromText(body) : collectMessages(body).join('; ');
	// Ends with a whole word, or has none: half a token would not be recognized as a secret.
	return message.length > 300 ? `${message.slice(0, 299).replace(/(^|\s)\S*$/, '')}…` : message;
}

function messageFromText(body: string): string {
	const value = parseJson(body);
	if (value !== undefined) return collectMessages(value).join('; ');
	const isBrokenJson = /^\s*[{[]/.test(body);
	return isBrokenJson || isWebPage(body) ? '' : body.trim();
}

/** Tells whether a body is HTML or XML: a text with a tag, unless JSON begins before it. */
export const isWebPage = (body: unknown): boolean => typeof body === 'string' && /^[^{["]*<[a-z!/?]/i.test(body);

function collectMessages(body: unknown): string[] {
	if (Array.isArray(body)) return body.flatMap(collectMessages);
	if (typeof body === 'string') return body.trim() ? [body.trim()] : [];
	if (!isObject(body)) return [];
	const members = [body.errors, body.error, body.error_description, body.message].filter((each) => each !== undefined);
	if (members.length > 0) return [...new Set(members.flatMap(collectMessages))];
	return Object.entries(body).flatMap(([field, value]) =>
		collectMessages(value).map((message) => (message.startsWith(field) ? message : `${field} ${message}`)),
	);
}

/** Replaces secrets in a text, as they are and as JSON writes them: Uphance, or a proxy before it, may repeat a request. */
export function redact(text: string, secrets: Array<string | undefined>): string {
	let left = text;
	for (const secret of secrets) {
		if (!secret) continue;
		for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) left = left.replaceAll(form, '***');
	}
	return left;
}
