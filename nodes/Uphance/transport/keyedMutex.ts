import { sleep } from 'n8n-workflow';
import { patience } from './limits';
import { unlessAborted } from './unlessAborted';

const queues = new Map<string, Promise<void>>();

/**
 * Runs a task when all tasks of the same key that came before have ended, in this process. A task that the signal cut
 * off keeps its place for a while: what it sent may still be under way.
 *
 * @throws what the task throws, or the signal's reason when it comes while the task waits
 */
export async function inQueue<T>(key: string, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
	const before = queues.get(key) ?? Promise.resolve();
	let leave = () => {};
	const mine = new Promise<void>((resolve) => (leave = resolve));
	const after = before.then(async () => await mine);
	queues.set(key, after);
	void after.then(() => queues.get(key) === after && queues.delete(key));
	let begun = false;
	try {
		await unlessAborted(before, signal);
		begun = true;
		return await task();
	} finally {
		if (begun && signal?.aborted) void sleep(patience.settle).then(leave);
		else leave();
	}
}
