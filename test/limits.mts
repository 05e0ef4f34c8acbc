import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Limits } from '../nodes/Uphance/http/limits.ts';
import { defaultLimits } from '../nodes/Uphance/http/limits.ts';

/** What the tests give to the client: the shipped limits, unless a test says otherwise. */
export const limits: Limits = { ...defaultLimits };

/**
 * Other limits for tests that would otherwise wait, back to the shipped ones after each test.
 *
 * @param until 'file': for all tests together, as those that run at the same time need it
 */
export function useLimits(values: Partial<Limits>, until: 'test' | 'file' = 'test'): void {
	const [before, after] = until === 'file' ? [beforeAll, afterAll] : [beforeEach, afterEach];
	before(() => void Object.assign(limits, { gracePeriodMs: 20, rateLimitBackoffMs: 40, ...values }));
	after(() => void Object.assign(limits, defaultLimits));
}
