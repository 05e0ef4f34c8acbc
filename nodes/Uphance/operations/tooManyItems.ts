/** The output of Get Many, and the ways to make it smaller. */
interface OutputSize {
	items: number;
	/** Set if the items are full records although the resource can be simplified. */
	areFullRecords: boolean;
	hasRows: boolean;
	hasFilters: boolean;
	supportsSinceId: boolean;
}

/**
 * Returns a hint on how to use less memory, the most effective way first. Returns undefined if there are few items, or
 * if nothing helps. From 10,000 full records or 50,000 other items on, n8n needs about 0.3 GB to hold and store them
 * (docs/benchmarks.md).
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
		supportsSinceId && "'Limit' with 'After ID' in a loop (the Loop Over Items node starts too late)",
	].filter((suggestion) => suggestion);
	if (items <= (areFullRecords ? 10_000 : 50_000) || suggestions.length === 0) return undefined;
	return `n8n holds all ${items.toLocaleString('en')} items in memory. To use less memory, use ${suggestions.join(', ')}.`;
}
