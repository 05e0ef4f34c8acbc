import type { Records } from './listRoute.mts';

type Item = Record<string, unknown>;

export interface NewRecord {
	id: number;
	make(): Item;
}

/**
 * Records without those of some ids and with new ones, all in ascending order of ids. Only the few records that are
 * needed to find a place are made, so that a million of them stay cheap.
 */
export function mergeRecords(base: Records, removed: number[], added: NewRecord[]): Records {
	const removedPositions = removed
		.map((id) => ({ id, position: findPosition(base, id) }))
		.filter(({ id, position }) => position < base.length && base.at(position).id === id)
		.map(({ position }) => position)
		.sort((one, other) => one - other);
	const keptCount = base.length - removedPositions.length;
	const lastId = base.length > 0 ? Number(base.at(base.length - 1).id) : 0;
	// New ids are nearly always the highest; those that come late are few.
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

/** How many records have a lower id. */
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
