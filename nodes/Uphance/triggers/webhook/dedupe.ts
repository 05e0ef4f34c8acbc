import { fixedLimits } from '../../http/limits';

/** Identifies what must be processed once. */
export type DedupeKey =
	| {
			/** Node, name of the event and ID of the record. */
			record: string;
			/** Hash of the body. */
			body: string;
			/** When the record was last changed, in milliseconds. Undefined if the body does not say it. */
			updatedAt?: number;
	  }
	| {
			/** Counts once, whatever came in between and however long ago. */
			once: string;
	  };

/** The right to process something. The first call of either method counts, later ones do nothing. */
export interface Claim {
	/** It was processed: from now on it is a duplicate. */
	commit(): void;
	/** It was not processed: it can be claimed again. */
	release(): void;
}

interface Processed {
	record: string;
	updatedAt?: number;
	committedAt: number;
	/** Copies that were turned away while it was in progress, so that their sender delivers them again. */
	expectedCopies: number;
}

/*
 * What this n8n process has processed, oldest first. A restart forgets it. It is not in n8n's static data, because n8n
 * does not reliably save changes that a webhook makes there.
 */
const events = new Map<string, Processed>();
/** By record: the key in `events` of its newest event. */
const newest = new Map<string, string>();
const onceKeys = new Set<string>();
/** What is being processed, with the number of copies that were turned away meanwhile. */
const inProgress = new Map<string, number>();

/**
 * Claims what a key identifies. An event is a duplicate if it was processed within 48 hours and is the newest of its
 * record. An older one is a duplicate only if it certainly was delivered again, because a record may change back: a stock
 * of 5, 0, 5, 0 is four events with two different bodies.
 */
export function claim(key: DedupeKey): 'duplicate' | 'inProgress' | Claim {
	const id = 'once' in key ? `once ${key.once}` : `${key.record} ${key.body}`;
	const copies = inProgress.get(id);
	if (copies !== undefined) {
		inProgress.set(id, copies + 1);
		return 'inProgress';
	}
	if ('once' in key ? onceKeys.has(id) : isDuplicate(key, id)) return 'duplicate';
	inProgress.set(id, 0);
	let isSettled = false;
	const settle = (isProcessed: boolean): void => {
		if (isSettled) return;
		isSettled = true;
		const expectedCopies = inProgress.get(id) ?? 0;
		inProgress.delete(id);
		if (!isProcessed) return;
		if ('once' in key) rememberOnce(id);
		else rememberEvent(id, { ...key, committedAt: Date.now(), expectedCopies });
	};
	return { commit: () => settle(true), release: () => settle(false) };
}

function isDuplicate({ record, updatedAt }: { record: string; updatedAt?: number }, id: string): boolean {
	const processed = events.get(id);
	if (!processed || Date.now() - processed.committedAt >= fixedLimits.dedupeMs) return false;
	if (processed.expectedCopies > 0) {
		processed.expectedCopies -= 1;
		return true;
	}
	const newestId = newest.get(record);
	return newestId === id || isOlder(updatedAt, newestId);
}

/** Returns whether a record was changed before the version of another event. False if either does not say when. */
function isOlder(updatedAt = NaN, id = ''): boolean {
	return updatedAt < (events.get(id)?.updatedAt ?? NaN);
}

function rememberEvent(id: string, processed: Processed): void {
	const { record, updatedAt } = processed;
	events.delete(id); // a Map keeps the order of insertion, so this makes the key the newest
	events.set(id, processed);
	if (!isOlder(updatedAt, newest.get(record))) newest.set(record, id);
	dropOldest(events, (oldest) => {
		// Stryker disable all: without this only the memory would grow, which no test sees
		const dropped = events.get(oldest)?.record;
		if (dropped !== undefined && newest.get(dropped) === oldest) newest.delete(dropped);
		// Stryker restore all
	});
}

function rememberOnce(id: string): void {
	onceKeys.add(id);
	dropOldest(onceKeys);
}

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
