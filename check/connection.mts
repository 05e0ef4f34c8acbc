import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './answer.mts';

/** The only requests that are no GET: none of them changes a record. */
export type PostPath = '/oauth/token' | '/organisations/set_current_org' | '/oauth/revoke_tokens';

/** Waits in milliseconds. */
export interface Waits {
	timeout: number;
	/** After 429 without Retry-After; each further one doubles it. */
	backOff: number;
	/** A longer Retry-After ends the check. */
	longestRetryAfter: number;
}

export const defaultWaits: Waits = { timeout: 60_000, backOff: 5_000, longestRetryAfter: 300_000 };
const attempts = 5;

/** Why the check could not go on, in a sentence without any value of the account. */
export class CheckError extends Error {}

/** Sends one request at a time and keeps every answer. */
export class Connection {
	readonly answers: Answer[] = [];
	requests = 0;
	/** Sent as it is; undefined sends none. */
	authorization: string | undefined;

	constructor(
		private readonly apiUrl: string,
		private readonly signal: AbortSignal,
		private readonly waits: Waits,
	) {}

	async get(path: string, query: Record<string, string> = {}): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			this.signal.throwIfAborted();
			const answer = await this.send('GET', path, query, undefined, this.signal);
			const isLimited = answer.status === 429;
			const isBroken = answer.status === 0 || answer.status >= 500;
			if (attempt === attempts || !(isLimited || (isBroken && attempt === 1))) return answer;
			await wait(this.backOff(answer, attempt), undefined, { signal: this.signal });
		}
	}

	/** Is not ended by Ctrl+C: a token that was asked for must be known, so that it can be revoked. */
	async post(path: PostPath, body?: object): Promise<Answer> {
		for (let attempt = 1; ; attempt++) {
			const answer = await this.send('POST', path, {}, body);
			if (answer.status !== 429 || attempt === attempts) return answer;
			// After Ctrl+C the tokens are still to be revoked.
			const signal = this.signal.aborted ? undefined : this.signal;
			await wait(this.backOff(answer, attempt), undefined, { signal });
		}
	}

	/** @throws CheckError if Uphance wants a longer wait than anyone would sit through */
	private backOff(answer: Answer & { retryAfterMs?: number }, attempt: number): number {
		if (answer.status !== 429) return this.waits.backOff / 5;
		const milliseconds = answer.retryAfterMs ?? this.waits.backOff * 2 ** (attempt - 1);
		if (milliseconds <= this.waits.longestRetryAfter) return milliseconds;
		throw new CheckError('Uphance asks to wait for more than five minutes (429). Run the check again later.');
	}

	private async send(
		method: string,
		path: string,
		query: Record<string, string>,
		body: object | undefined,
		signal?: AbortSignal,
	): Promise<Answer> {
		const url = new URL(this.apiUrl + path);
		for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
		const timeout = AbortSignal.timeout(this.waits.timeout);
		const start = performance.now();
		this.requests += 1;
		const made = { method, path, query };
		try {
			const response = await fetch(url, {
				method,
				headers: {
					'Content-Type': 'application/json',
					...(this.authorization !== undefined && { Authorization: this.authorization }),
				},
				body: body && JSON.stringify(body),
				redirect: 'manual', // n8n's nodes do not follow one either, and a token must not go elsewhere
				signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
			});
			const text = await response.text();
			const retryAfter = response.headers.get('retry-after');
			const answer = {
				...made,
				status: response.status,
				headers: [...response.headers.keys()],
				...(retryAfter !== null && readRetryAfter(retryAfter)),
				milliseconds: performance.now() - start,
				...parseBody(text),
			};
			this.answers.push(answer);
			return answer;
		} catch {
			signal?.throwIfAborted();
			const milliseconds = performance.now() - start;
			const none: Answer = { ...made, status: 0, headers: [], milliseconds, form: 'none', body: undefined };
			this.answers.push(none);
			return none;
		}
	}
}

function readRetryAfter(text: string): { retryAfter: 'seconds' | 'date'; retryAfterMs: number } {
	const isSeconds = /^\s*\d+\s*$/.test(text);
	const milliseconds = isSeconds ? Number(text) * 1000 : Date.parse(text) - Date.now();
	return { retryAfter: isSeconds ? 'seconds' : 'date', retryAfterMs: Math.max(0, milliseconds || 0) };
}

function parseBody(text: string): Pick<Answer, 'form' | 'body'> {
	if (text.trim() === '') return { form: 'empty', body: undefined };
	try {
		const body: unknown = JSON.parse(text);
		return { form: 'json', body };
	} catch {
		return { form: /<html|<!doctype/i.test(text) ? 'html' : 'text', body: text };
	}
}
