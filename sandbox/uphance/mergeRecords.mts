import type { Records } from './listRoute.mts';

type Item = Record<string, unknown>;

export interface NewRecord {
	id: number;
	make(): Item;
}

/**
 * Returns `base` without the removed ids and with the added records, in ascending order of ids. Positions are found by
 * binary search, so that only a few of a million base records are built.
 */
export function mergeRecords(base: Records, removed: number[], added: NewRecord[]): Records {
	const removedPositions = removed
		.map((id) => ({ id, position: findPosition(base, id) }))
		.filter(({ id, position }) => position < base.length && base.at(position).id === id)
		.map(({ position }) => position)
		.sort((one, other) => one - other);
	const keptCount = base.length - removedPositions.length;
	const lastId = base.length > 0 ? Number(base.at(base.length - 1).id) : 0;
	// Nearly all added ids are above the base ids; the others are few, so a linear search is enough.
	const inserted = added
		.filter(({ id }) => id < lastId)
		.map(({ id, make }, index) => {
			const position = findPosition(base, id);
			return { make, position: position - removedPositions.filter((gap) => gap < position).length + index };
		});
	const appended = added.slice(inserted.length);
	return {
		length: keptCount + added.length,
		at(index) {
			const appendedRecord = appended[index - keptCount - inserted.length];
			if (appendedRecord) return appendedRecord.make();
			const insertedRecord = inserted.find(({ position }) => position === index);
			if (insertedRecord) return insertedRecord.make();
			let position = index - inserted.filter((each) => each.position < index).length;
			for (const gap of removedPositions) if (gap <= position) position += 1;
			return base.at(position);
		},
	};
}

/** Returns the number of records with a lower id. */
function findPosition(records: Records, id: number): number {
	let low = 0;
	let high = records.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (Number(records.at(middle).id) < id) low = middle + 1;
		else high = middle;
	}
	return low;
}
