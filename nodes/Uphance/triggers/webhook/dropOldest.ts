import { fixedLimits } from '../../http/limits';

/** How many keys go at once: finding the oldest key takes long when many before it were deleted. */
const batchSize = 1_000;

/**
 * Keeps a Map or Set within its bound: when it has more keys than this process remembers, it loses the oldest ones.
 *
 * @param onDrop is called with each key before it is deleted
 */
export function dropOldest<Key>(
	collection: { readonly size: number; keys(): Iterable<Key>; delete(key: Key): boolean },
	onDrop?: (key: Key) => void,
): void {
	if (collection.size <= fixedLimits.maxDedupeKeys) return;
	for (const key of collection.keys()) {
		if (collection.size <= fixedLimits.maxDedupeKeys - batchSize) return;
		onDrop?.(key);
		collection.delete(key);
	}
}
