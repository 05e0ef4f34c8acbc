import { sleep } from 'n8n-workflow';
import { limits } from './limits';

const locks = new Map<string, Promise<void>>();

/**
 * Runs a task when all tasks of the same key that came before have ended, in this process. A task that the signal cut
 * off keeps its place for a while: what it sent may still be under way.
 *
 * @throws what the task throws, or the signal's reason when it comes while the task waits
 */
export async function runExclusive<T>(
	key: string,
	signal: AbortSignal | undefined,
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
		if (acquired && signal?.aborted) void sleep(limits.gracePeriodMs).then(release);
		else release();
	}
}

/** What a promise yields, unless the signal comes first. @throws the signal's reason then; what was begun goes on unheard */
export async function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const onAbort = () => reject(signal?.reason);
		if (signal?.aborted) onAbort();
		signal?.addEventListener('abort', onAbort, { once: true });
		void promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
	});
}
