import type { UphanceClient } from './client';
import { memoizePerExecution } from './memoize';

/** As oncePerExecution, for each of the values that are asked for. */
export function memoizeByKey<T>(
	load: (client: UphanceClient, key: string) => Promise<T>,
): (client: UphanceClient, key: string) => Promise<T> {
	const cache = memoizePerExecution(async () => await Promise.resolve(new Map<string, Promise<T>>()));
	return async (client, key) => {
		const entries = await cache(client);
		const promise = entries.get(key) ?? load(client, key);
		entries.set(key, promise);
		return await promise.catch((error: unknown) => {
			entries.delete(key);
			throw error;
		});
	};
}
