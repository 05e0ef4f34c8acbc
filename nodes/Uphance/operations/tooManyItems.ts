/** What Get Many gave, and what it could do to give less. */
interface OutputSize {
	items: number;
	/** As Uphance sends them, though they could be simplified. */
	areFullRecords: boolean;
	hasRows: boolean;
	hasFilters: boolean;
	supportsSinceId: boolean;
}

/**
 * What takes less memory, in the order in which it helps; undefined where the items are few or nothing helps. More items
 * than this cost n8n, which stores them too, a third of a gigabyte (docs/benchmarks.md).
 */
export function memoryHint({
	items,
	areFullRecords,
	hasRows,
	hasFilters,
	supportsSinceId,
}: OutputSize): string | undefined {
	const suggestions = [
		areFullRecords && "'Simplify'",
		areFullRecords && hasRows && "'Return One Item Per' SKU",
		hasFilters && "'Filters'",
		supportsSinceId && "'Limit' with 'After ID' in a loop (Loop Over Items begins too late)",
	].filter((way) => way);
	if (items <= (areFullRecords ? 10_000 : 50_000) || suggestions.length === 0) return undefined;
	return `n8n holds all ${items.toLocaleString('en')} items in memory. If they are too many: ${suggestions.join(', ')}.`;
}
