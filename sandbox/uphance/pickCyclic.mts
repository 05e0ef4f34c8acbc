/** The list's element at an index that goes round and round. */
export function pickCyclic<T>(list: T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('an empty list');
	return value;
}
