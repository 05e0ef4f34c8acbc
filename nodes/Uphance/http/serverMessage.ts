import { isRecord } from './failure';

/**
 * What Uphance itself says in a body, whatever its shape (uphance-api.md 2.8): `{error}`, `{error:{message}}`,
 * `{errors:[…]}`, `{errors:{field:[…]}}`, `{message}` or plain text. HTML says nothing to a user.
 */
export function saidBy(body: unknown): string {
	const words = typeof body === 'string' ? textOf(body) : sentencesIn(body).join('; ');
	return words.length > 300 ? `${words.slice(0, 299)}…` : words;
}

function textOf(body: string): string {
	try {
		const value: unknown = JSON.parse(body);
		return sentencesIn(value).join('; ');
	} catch {
		return body.includes('<') ? '' : body.trim();
	}
}

function sentencesIn(body: unknown): string[] {
	if (Array.isArray(body)) return body.flatMap(sentencesIn);
	if (typeof body === 'string') return body.trim() ? [body.trim()] : [];
	if (!isRecord(body)) return [];
	const inner = [body.errors, body.error, body.error_description, body.message].filter((each) => each !== undefined);
	if (inner.length > 0) return [...new Set(inner.flatMap(sentencesIn))];
	return Object.entries(body).flatMap(([field, value]) =>
		sentencesIn(value).map((words) => (words.startsWith(field) ? words : `${field} ${words}`)),
	);
}
