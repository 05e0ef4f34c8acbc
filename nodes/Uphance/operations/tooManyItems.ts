/** What Get Many gave, and what it could do to give less. */
interface Given {
	items: number;
	/** As Uphance sends them, though they could be simplified. */
	areWhole: boolean;
	hasRows: boolean;
	hasFilters: boolean;
	canAskAfterId: boolean;
}

/**
 * What takes less memory, in the order in which it helps; undefined where the items are few or nothing helps. More items
 * than this cost n8n, which stores them too, a third of a gigabyte (docs/benchmarks.md).
 */
export function tooManyItems({ items, areWhole, hasRows, hasFilters, canAskAfterId }: Given): string | undefined {
	const ways = [
		areWhole && "'Simplify'",
		areWhole && hasRows && "'Return One Item Per' SKU",
		hasFilters && "'Filters'",
		canAskAfterId && "'Limit' with 'After ID' in a loop (Loop Over Items begins too late)",
	].filter((way) => way);
	if (items <= (areWhole ? 10_000 : 50_000) || ways.length === 0) return undefined;
	return `n8n holds all ${items.toLocaleString('en')} items in memory. If they are too many: ${ways.join(', ')}.`;
}
