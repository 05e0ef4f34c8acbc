import { sleep } from 'n8n-workflow';

/** The tail of each key's queue. An entry ends with its last task. */
const locks = new Map<string, Promise<void>>();

/**
 * Runs a task when all earlier tasks of the same key have ended, in this process. A task that the signal cut off keeps
 * its place for a while: what it sent may still be in flight.
 *
 * @param gracePeriodMs how long, in milliseconds
 * @throws what the task throws, or the signal's reason when it aborts while the task waits
 */
export async function runExclusive<T>(
	key: string,
	signal: AbortSignal | undefined,
	gracePeriodMs: number,
	task: () => Promise<T>,
): Promise<T> {
	const previous = locks.get(key) ?? Promise.resolve();
	let release = () => {};
	const current = new Promise<void>((resolve) => (release = resolve));
	const tail = previous.then(async () => await current);
	locks.set(key, tail);
	void tail.then(() => locks.get(key) === tail && locks.delete(key));
	let acquired = false;
	try {
		await raceAbort(previous, signal);
		acquired = true;
		return await task();
	} finally {
		if (acquired && signal?.aborted) void sleep(gracePeriodMs).then(release);
		else release();
	}
}

/** Returns what a promise yields, unless the signal aborts first. @throws the signal's reason; the promise goes on */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const onAbort = () => reject(signal?.reason);
		if (signal?.aborted) onAbort();
		signal?.addEventListener('abort', onAbort, { once: true });
		void promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
	});
}
