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
export function mergedRecords(base: Records, removed: number[], added: NewRecord[]): Records {
	const gaps = removed
		.map((id) => ({ id, position: positionOf(base, id) }))
		.filter(({ id, position }) => position < base.length && base.at(position).id === id)
		.map(({ position }) => position)
		.sort((one, other) => one - other);
	const kept = base.length - gaps.length;
	const lastId = base.length > 0 ? Number(base.at(base.length - 1).id) : 0;
	// New ids are nearly always the highest; those that come late are few.
	const late = added
		.filter(({ id }) => id < lastId)
		.map(({ id, make }, index) => {
			const position = positionOf(base, id);
			return { make, position: position - gaps.filter((gap) => gap < position).length + index };
		});
	const newest = added.slice(late.length);
	return {
		length: kept + added.length,
		at(index) {
			const after = newest[index - kept - late.length];
			if (after) return after.make();
			const between = late.find(({ position }) => position === index);
			if (between) return between.make();
			let position = index - late.filter((each) => each.position < index).length;
			for (const gap of gaps) if (gap <= position) position += 1;
			return base.at(position);
		},
	};
}

/** How many records have a lower id. */
function positionOf(records: Records, id: number): number {
	let low = 0;
	let high = records.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (Number(records.at(middle).id) < id) low = middle + 1;
		else high = middle;
	}
	return low;
}
