import { afterEach, beforeEach } from '@jest/globals';
import { limits } from '../../nodes/Uphance/transport/limits.ts';

const shipped = { ...limits };

/** For tests that would otherwise wait: other tries, caps and time-outs, back to the shipped ones after each test. */
export function impatient(values: Partial<typeof limits>): void {
	beforeEach(() => void Object.assign(limits, { gracePeriodMs: 20, ...values }));
	afterEach(() => void Object.assign(limits, shipped));
}
