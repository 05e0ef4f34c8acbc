import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import { RetriesExhaustedError, attemptError, isOutage, retry } from '../../nodes/Uphance/transport/retry.ts';

const limits = { ...defaultLimits, maxAttempts: 3, initialDelayMs: 100 };
const outage = attemptError({ status: 503 }, true, false);
afterEach(() => void jest.restoreAllMocks());

/** Runs attempts that end in these ways, one after the other, with the clock at 1,000 and no chance in the waits. */
async function run(ends: unknown[], endsAt?: number) {
	jest.spyOn(Date, 'now').mockReturnValue(1_000);
	jest.spyOn(Math, 'random').mockReturnValue(1);
	const waits: number[] = [];
	let attempts = 0;
	const attempt = async () => {
		const end = ends[attempts++];
		if (end instanceof Error) throw end;
		return end;
	};
	const done = await retry(limits, attempt, async (delayMs) => void waits.push(delayMs), endsAt).catch(
		(error: unknown) => error,
	);
	return { done, attempts, waits };
}

describe('An attempt', () => {
	test('that succeeds is not repeated, whatever it returns', async () => {
		for (const value of ['done', undefined, 0]) {
			expect(await run([value])).toEqual({ done: value, attempts: 1, waits: [] });
		}
	});

	test('that failed is repeated after a wait that doubles, until one succeeds', async () => {
		expect(await run([outage, outage, 'done'])).toEqual({ done: 'done', attempts: 3, waits: [100, 200] });
	});

	test('is made so often as the limit says, and the last failure is told with their number and time', async () => {
		const { done, attempts, waits } = await run([outage, outage, outage, 'too late']);
		expect(done).toBeInstanceOf(RetriesExhaustedError);
		expect(done).toMatchObject({ last: outage, attempts: 3, elapsedMs: 0, maxRetryAfterMs: limits.maxRetryAfterMs });
		expect([attempts, waits]).toEqual([3, [100, 200]]);
	});

	test('that must not be repeated is made once', async () => {
		const write = attemptError({ status: 503 }, false, false);
		const { done, attempts, waits } = await run([write, 'twice']);
		expect(done).toMatchObject({ last: write, attempts: 1 });
		expect([attempts, waits]).toEqual([1, []]);
	});

	test('that fails in another way ends all with that very error', async () => {
		const other = new Error('cancelled');
		expect(await run([outage, other, 'done'])).toEqual({ done: other, attempts: 2, waits: [100] });
	});

	test('is not waited for beyond the end', async () => {
		expect((await run([outage, 'done'], 1_101)).done).toBe('done');
		const { done, waits } = await run([outage, 'done'], 1_100);
		expect(done).toMatchObject({ attempts: 1, maxRetryAfterMs: 100 });
		expect(waits).toEqual([]);
	});
});

describe('Uphance cannot be reached, or is too busy', () => {
	test.each([200, 299, 408, 429, 502, 503, 504, 520, 521, 522, 523, 524, 529])('after status %i', (status) =>
		expect(isOutage({ status })).toBe(true),
	);

	test.each([199, 300, 400, 401, 404, 422, 500, 501, 525])('not after status %i', (status) =>
		expect(isOutage({ status })).toBe(false),
	);

	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ERR_NETWORK', 'ERR_BAD_RESPONSE', 'Z_BUF_ERROR', 'HPE_INVALID_CONSTANT'])(
		'after %s',
		(code) => expect(isOutage({ code })).toBe(true),
	);

	test.each([undefined, '', 'CERT_HAS_EXPIRED', 'NOT_Z_BUF_ERROR', 'NOT_EPIPE', 'EPIPE_NOT'])('not after %j', (code) =>
		expect(isOutage({ code })).toBe(false),
	);
});
