import { setTimeout } from 'node:timers/promises';

/** Waits until something is so; the test runner's own time limit ends what never comes. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await setTimeout(2);
}
