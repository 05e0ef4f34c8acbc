import { afterEach, beforeEach } from '@jest/globals';
import { patience } from '../../nodes/Uphance/transport/limits.ts';

const shipped = { ...patience };

/** For tests that would otherwise wait: other tries, caps and time-outs, back to the shipped ones after each test. */
export function impatient(values: Partial<typeof patience>): void {
	beforeEach(() => void Object.assign(patience, { settle: 20, ...values }));
	afterEach(() => void Object.assign(patience, shipped));
}
