import type { Connection } from './client';
import { oncePerExecution } from './memoize';

/** As oncePerExecution, for each of the values that are asked for. */
export function oncePerValue<T>(
	read: (uphance: Connection, value: string) => Promise<T>,
): (uphance: Connection, value: string) => Promise<T> {
	const known = oncePerExecution(async () => await Promise.resolve(new Map<string, Promise<T>>()));
	return async (uphance, value) => {
		const ofValue = await known(uphance);
		const reading = ofValue.get(value) ?? read(uphance, value);
		ofValue.set(value, reading);
		return await reading.catch((error: unknown) => {
			ofValue.delete(value);
			throw error;
		});
	};
}
