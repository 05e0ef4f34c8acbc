import { afterEach, beforeEach } from '@jest/globals';
import type { Limits } from '../nodes/Uphance/http/limits.ts';
import { defaultLimits } from '../nodes/Uphance/http/limits.ts';

/** What the tests give to the client: the shipped limits, unless a test says otherwise. */
export const limits: Limits = { ...defaultLimits };

/** For tests that would otherwise wait: other limits, back to the shipped ones after each test. */
export function impatient(values: Partial<Limits>): void {
	beforeEach(() => void Object.assign(limits, { gracePeriodMs: 20, rateLimitBackoffMs: 40, ...values }));
	afterEach(() => void Object.assign(limits, defaultLimits));
}
