import { describe, expect, test } from '@jest/globals';
import { patience } from '../../nodes/Uphance/transport/patience.ts';
import { askedWait, waitBeforeRepeat } from '../../nodes/Uphance/transport/repeat.ts';
import { SignInRefused } from '../../nodes/Uphance/session/refused.ts';

const now = Date.UTC(2026, 10, 2, 9);
const waits = (...args: [Parameters<typeof waitBeforeRepeat>[0], number, boolean]) =>
	waitBeforeRepeat(...args, now, 0.5) !== undefined;

describe('May it be repeated?', () => {
	test.each([
		[429, true, true],
		[502, true, false],
		[503, true, false],
		[504, true, false],
		[500, false, false],
		[501, false, false],
		[400, false, false],
		[401, false, false],
		[403, false, false],
		[404, false, false],
		[408, false, false],
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
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
		[undefined, false],
	])('no answer (%s): a read %s, a write never', (code, read) => {
		expect(waits({ code }, 1, true)).toBe(read);
		expect(waits({ code }, 1, false)).toBe(false);
	});

	test('a write that the sign-in before it held back was not sent, so it may', () => {
		const signIn = new SignInRefused('', '');
		expect(waits({ signIn, status: 503 }, 1, false)).toBe(true);
		expect(waits({ signIn, code: 'ECONNRESET' }, 1, false)).toBe(true);
		expect(waits({ signIn, status: 400 }, 1, false)).toBe(false);
		expect(waits({ signIn, status: 500 }, 1, false)).toBe(false);
		expect(waits({ signIn }, 1, false)).toBe(false);
	});

	test('never more than five times', () => {
		expect([1, 2, 3, 4, 5, 6].map((tries) => waits({ status: 429 }, tries, true))).toEqual([
			true,
			true,
			true,
			true,
			false,
			false,
		]);
	});
});

describe('How long?', () => {
	const wait = (attempt: number, chance: number, retryAfter?: string) =>
		waitBeforeRepeat({ status: 429, retryAfter }, attempt, true, now, chance);

	test('longer each time, and spread by chance', () => {
		for (const attempt of [1, 2, 3, 4]) {
			const [shortest = 0, longest = 0] = [wait(attempt, 0), wait(attempt, 0.999)];
			expect(shortest).toBeGreaterThan(0);
			expect(longest).toBeGreaterThan(shortest);
			expect(longest).toBeLessThanOrEqual(patience.longestWait);
			expect(wait(attempt + 1, 0.5) ?? Infinity).toBeGreaterThan(wait(attempt, 0.5) ?? 0);
		}
	});

	test('never shorter than Uphance asks', () => {
		expect(wait(1, 0, '7')).toBeGreaterThanOrEqual(7000);
		expect(wait(4, 0.999, '7')).toBeGreaterThanOrEqual(7000);
		expect(wait(1, 0, '60')).toBeGreaterThanOrEqual(60_000);
	});

	test('not at all when Uphance asks for more than a minute', () => {
		expect(wait(1, 0, '61')).toBeUndefined();
	});
});

test.each([
	['7', 7000],
	[' 7 ', 7000],
	['0', 0],
	['99999999', 99_999_999_000],
	['Mon, 02 Nov 2026 09:00:30 GMT', 30_000],
	['Mon, 02 Nov 2026 08:00:00 GMT', 0],
	['Tue, 03 Nov 2026 09:00:00 GMT', 86_400_000],
	['soon', undefined],
	['', undefined],
	['-5', undefined],
	['1.5', undefined],
	[undefined, undefined],
])('Retry-After %j asks for %j milliseconds', (retryAfter, milliseconds) => {
	expect(askedWait({ retryAfter }, now)).toBe(milliseconds);
});
