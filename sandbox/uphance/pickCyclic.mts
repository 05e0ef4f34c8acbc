/** Returns the element at an index that wraps around the end of the list. @throws Error if the list is empty */
export function pickCyclic<T>(list: T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('an empty list');
	return value;
}
