import { isObject } from './json';

/**
 * What Uphance itself says in a body, whatever its shape (uphance-api.md 2.8): `{error}`, `{error:{message}}`,
 * `{errors:[…]}`, `{errors:{field:[…]}}`, `{message}` or plain text. HTML says nothing to a user.
 */
export function serverMessage(body: unknown): string {
	const message = typeof body === 'string' ? messageFromText(body) : collectMessages(body).join('; ');
	return message.length > 300 ? `${message.slice(0, 299)}…` : message;
}

function messageFromText(body: string): string {
	try {
		const value: unknown = JSON.parse(body);
		return collectMessages(value).join('; ');
	} catch {
		return /^\s*[{[]|</.test(body) ? '' : body.trim(); // JSON that breaks off says as little as a page
	}
}

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
