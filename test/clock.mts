import { afterEach, jest } from '@jest/globals';

const now = Date.now;
afterEach(() => void jest.restoreAllMocks());

export const days = 86_400_000;

/** The clock of n8n and of the sandbox goes forward; timers stay as they are. */
export function advanceClock(milliseconds: number): void {
	jest.spyOn(Date, 'now').mockImplementation(() => now() + milliseconds);
}
