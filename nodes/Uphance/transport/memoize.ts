import type { Connection } from './client';

/**
 * Reads something once for each execution and organisation, and forgets it with the execution: what is kept longer goes
 * stale and creates wrong orders (users.md 7). What failed is read again when it is next asked for.
 */
export function oncePerExecution<T>(read: (uphance: Connection) => Promise<T>): (uphance: Connection) => Promise<T> {
	const known = new WeakMap<object, Map<number, Promise<T>>>();
	return async (uphance) => {
		const { execution, organisation } = uphance;
		const ofExecution = known.get(execution) ?? new Map<number, Promise<T>>();
		known.set(execution, ofExecution);
		const reading = ofExecution.get(organisation.id) ?? read(uphance);
		ofExecution.set(organisation.id, reading);
		return await reading.catch((error: unknown) => {
			ofExecution.delete(organisation.id);
			throw error;
		});
	};
}
