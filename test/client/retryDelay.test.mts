import { describe, expect, test } from '@jest/globals';
import { SignInError } from '../../nodes/Uphance/auth/errors.ts';
import type { RequestFailure } from '../../nodes/Uphance/http/failure.ts';
import { defaultLimits as limits } from '../../nodes/Uphance/http/limits.ts';
import { mayHaveSucceeded, retryDelay } from '../../nodes/Uphance/transport/retry.ts';

const now = Date.UTC(2026, 10, 2, 9);
const waits = (...args: [RequestFailure, number, boolean]) => retryDelay(limits, ...args, now, 0.5) !== undefined;

describe('Whether a request is retried', () => {
	test.each([
		[429, true, true],
		[502, true, false],
		[503, true, false],
		[504, true, false],
		[500, true, false],
		[520, true, false],
		[521, true, false],
		[522, true, false],
		[523, true, false],
		[524, true, false],
		[529, true, false],
		[501, false, false],
		[525, false, false],
		[400, false, false],
		[401, false, false],
		[403, false, false],
		[404, false, false],
		[408, true, false],
		[422, false, false],
		[302, false, false],
	])('status %i: a read %s, a write %s', (status, read, write) => {
		expect(waits({ status }, 1, true)).toBe(read);
		expect(waits({ status }, 1, false)).toBe(write);
	});

	test.each([
		['ECONNRESET', true],
		['ECONNREFUSED', true],
		['ETIMEDOUT', true],
		['ECONNABORTED', true],
		['EAI_AGAIN', true],
		['ENOTFOUND', true],
		['EPIPE', true],
		['Z_DATA_ERROR', true],
		['HPE_INVALID_CHUNK_SIZE', true],
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
		[undefined, false],
	])('no answer (%s): a read is retried (%s), a write never', (code, read) => {
		expect(waits({ code }, 1, true)).toBe(read);
		expect(waits({ code }, 1, false)).toBe(false);
	});

	test('retries a write when the sign-in before it failed: the write was not sent', () => {
		const signIn = new SignInError({ message: '', description: '' });
		expect(waits({ signInError: signIn, status: 503 }, 1, false)).toBe(true);
		expect(waits({ signInError: signIn, code: 'ECONNRESET' }, 1, false)).toBe(true);
		expect(waits({ signInError: signIn, status: 400 }, 1, false)).toBe(false);
		expect(waits({ signInError: signIn, status: 500 }, 1, false)).toBe(true);
		expect(waits({ signInError: signIn }, 1, false)).toBe(false);
	});

	test('never after the fifth attempt', () => {
		expect([1, 2, 3, 4, 5, 6].map((attempt) => waits({ status: 429 }, attempt, true))).toEqual([
			true,
			true,
			true,
			true,
			false,
			false,
		]);
	});
});

describe('The delay', () => {
	const wait = (attempt: number, chance: number, retryAfter?: string) =>
		retryDelay(limits, { status: 429, retryAfter }, attempt, true, now, chance);

	test('grows with each attempt, and is random', () => {
		for (const attempt of [1, 2, 3, 4]) {
			const [shortest = 0, longest = 0] = [wait(attempt, 0), wait(attempt, 0.999)];
			expect(shortest).toBeGreaterThan(0);
			expect(longest).toBeGreaterThan(shortest);
			expect(wait(attempt + 1, 0.5) ?? Infinity).toBeGreaterThan(wait(attempt, 0.5) ?? 0);
		}
	});

	test('is never shorter than Retry-After', () => {
		expect(wait(1, 0, '7')).toBeGreaterThanOrEqual(7000);
		expect(wait(4, 0.999, '7')).toBeGreaterThanOrEqual(7000);
		expect(wait(1, 0, '60')).toBeGreaterThanOrEqual(60_000);
	});

	test('adds up to a quarter of the first wait to Retry-After, by chance', () => {
		expect([0, 0.5, 1].map((chance) => wait(1, chance, '7'))).toEqual([7_000, 7_125, 7_250]);
	});

	test('is at most five minutes; there is no retry when Retry-After is longer', () => {
		expect(wait(1, 0.999, '300')).toBeGreaterThanOrEqual(300_000);
		expect(wait(1, 0, '301')).toBeUndefined();
	});

	test.each([undefined, '0', 'soon', 'Mon, 02 Nov 2026 08:00:00 GMT'])(
		'adds up to at least 90 seconds when Retry-After says %j',
		(retryAfter) => {
			for (const chance of [0, 0.5, 0.999]) {
				const waits = [1, 2, 3, 4].map((attempt) => wait(attempt, chance, retryAfter) ?? NaN);
				const total = waits.reduce((sum, each) => sum + each, 0);
				expect(total).toBeGreaterThanOrEqual(90_000);
				expect(total).toBeLessThanOrEqual(150_000);
				expect(waits[0]).toBeLessThan(3_000);
			}
		},
	);
});

describe('Method and failure decide, with the waits', () => {
	const waitOf = (failure: RequestFailure, attempt: number, idempotent: boolean, chance: number) =>
		retryDelay(limits, failure, attempt, idempotent, now, chance);
	const nearest = 0.999_999;

	const always: Array<[string, RequestFailure]> = [
		['429', { status: 429 }],
		['429 with an absurd Retry-After', { status: 429, retryAfter: '-3' }],
	];
	const readsOnly: Array<[string, RequestFailure]> = [
		['408', { status: 408 }],
		['500', { status: 500 }],
		['502', { status: 502 }],
		['503', { status: 503 }],
		['504', { status: 504 }],
		['520', { status: 520 }],
		['529', { status: 529 }],
		['an answer that broke off', { status: 200, code: 'ERR_BAD_RESPONSE' }],
		['503 with a page for people', { status: 503, body: '<html></html>' }],
		['a connection that broke', { code: 'ECONNRESET' }],
		['a connection that never came about', { code: 'ECONNREFUSED' }],
		['a time-out', { code: 'ETIMEDOUT' }],
	];
	const never: Array<[string, RequestFailure]> = [
		['501', { status: 501 }],
		['501 with Retry-After', { status: 501, retryAfter: '1' }],
		['422', { status: 422 }],
		['404', { status: 404 }],
		['a redirect', { status: 307 }],
		['a certificate', { code: 'CERT_HAS_EXPIRED' }],
		['a host that n8n forbids', { code: 'Domain not allowed' }],
	];

	const grows = (failure: RequestFailure, idempotent: boolean) => {
		for (const attempt of [1, 2, 3, 4]) {
			const longest = waitOf(failure, attempt, idempotent, nearest) ?? NaN;
			const shortest = waitOf(failure, attempt, idempotent, 0) ?? NaN;
			expect(shortest).toBeGreaterThan(0);
			expect(longest).toBeGreaterThan(shortest);
			if (failure.status === 429) continue;
			expect(longest).toBeLessThanOrEqual(Math.min(limits.initialDelayMs * 2 ** (attempt - 1), limits.maxDelayMs));
		}
		expect(waitOf(failure, 5, idempotent, 0.5)).toBeUndefined();
	};

	const isNotSentAgain = (failure: RequestFailure, idempotent: boolean) => {
		expect([1, 2, 3, 4, 5].map((attempt) => waitOf(failure, attempt, idempotent, 0.5))).toEqual(
			Array(5).fill(undefined),
		);
	};

	test.each([...always, ...readsOnly])(
		'a read that ended in %s is sent up to five times, with growing delays',
		(_, failure) => {
			grows(failure, true);
		},
	);

	test.each(always)('a write that ended in %s is too: Uphance did not process it', (_, failure) => {
		grows(failure, false);
	});

	test.each([...readsOnly, ...never])('a write that ended in %s is not sent again', (_, failure) => {
		isNotSentAgain(failure, false);
	});

	test.each(never)('a read that ended in %s is not sent again either', (_, failure) => {
		isNotSentAgain(failure, true);
	});

	test.each([
		[429, true],
		[429, false],
		[503, true],
	])('Retry-After of status %i counts at every attempt, idempotent request: %s', (status, idempotent) => {
		for (const attempt of [1, 2, 3, 4]) {
			expect(waitOf({ status, retryAfter: '9' }, attempt, idempotent, 0)).toBeGreaterThanOrEqual(9000);
			expect(waitOf({ status, retryAfter: '9' }, attempt, idempotent, nearest)).toBeLessThan(15_000);
			expect(waitOf({ status, retryAfter: '301' }, attempt, idempotent, 0)).toBeUndefined();
		}
		const date = 'Mon, 02 Nov 2026 09:00:30 GMT';
		expect(waitOf({ status, retryAfter: date }, 1, idempotent, 0)).toBeGreaterThanOrEqual(30_000);
		expect(waitOf({ status, retryAfter: 'soon' }, 1, idempotent, 0)).toBeGreaterThan(0);
	});

	test('Retry-After changes nothing for a write that Uphance may have processed', () => {
		isNotSentAgain({ status: 503, retryAfter: '1' }, false);
	});
});

describe('Whether Uphance may have processed a request', () => {
	test.each([200, 201, 300, 301, 302, 303, 306, 408, 500, 501, 502, 503, 504, 520, 524, 529])(
		'yes, after status %i',
		(status) => {
			expect(mayHaveSucceeded({ status })).toBe(true);
		},
	);

	test.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', undefined])(
		'yes, after no answer (%s)',
		(code) => {
			expect(mayHaveSucceeded({ code })).toBe(true);
		},
	);

	test.each([199, 307, 308, 399, 400, 401, 403, 404, 409, 422, 429])('no, after status %i', (status) => {
		expect(mayHaveSucceeded({ status })).toBe(false);
	});

	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
		'no, after a connection that was never made (%s)',
		(code) => {
			expect(mayHaveSucceeded({ code })).toBe(false);
		},
	);

	test.each([
		...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'HOSTNAME_MISMATCH'],
		...['ERR_TLS_CERT_ALTNAME_INVALID', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'],
	])('no, after a certificate that was refused before anything was sent (%s)', (code) => {
		expect(mayHaveSucceeded({ code })).toBe(false);
	});

	test('no, after a request that could not be encrypted (EPROTO)', () => {
		expect(mayHaveSucceeded({ code: 'EPROTO' })).toBe(false);
	});

	test.each(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'NOT_EPROTO'])(
		'yes, after an answer that could not be decrypted (%s)',
		(code) => {
			expect(mayHaveSucceeded({ code })).toBe(true);
		},
	);

	test('no, when n8n says why it did not send it', () => {
		expect(mayHaveSucceeded({ code: 'Domain not allowed' })).toBe(false);
	});

	test('no, when the sign-in before it failed', () => {
		const signIn = new SignInError({ message: '', description: '' });
		expect(mayHaveSucceeded({ signInError: signIn, status: 503 })).toBe(false);
		expect(mayHaveSucceeded({ signInError: signIn, code: 'ECONNRESET' })).toBe(false);
		expect(mayHaveSucceeded({ signInError: signIn })).toBe(false);
	});

	test('no write is sent again that Uphance may have processed', () => {
		const failures: RequestFailure[] = [
			...Array.from({ length: 300 }, (_, index) => ({ status: 300 + index })),
			...['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'CERT_HAS_EXPIRED', undefined].map((code) => ({ code })),
		];
		const both = failures.filter((failure) => mayHaveSucceeded(failure) && waits(failure, 1, false));
		expect(both).toEqual([]);
	});
});
