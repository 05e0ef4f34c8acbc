import type { UphanceClient } from './client';

/**
 * Reads something once for each execution and organisation, and forgets it with the execution: what is kept longer goes
 * stale and creates wrong orders (users.md 7). What failed is read again when it is next asked for.
 */
export function memoizePerExecution<T>(
	load: (client: UphanceClient) => Promise<T>,
): (client: UphanceClient) => Promise<T> {
	const cache = new WeakMap<object, Map<number, Promise<T>>>();
	return async (client) => {
		const { cacheKey: execution, organisation } = client;
		const entries = cache.get(execution) ?? new Map<number, Promise<T>>();
		cache.set(execution, entries);
		const promise = entries.get(organisation.id) ?? load(client);
		entries.set(organisation.id, promise);
		return await promise.catch((error: unknown) => {
			entries.delete(organisation.id);
			throw error;
		});
	};
}

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
