import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../http/json';
import { cleanText } from '../http/text';
import type { Organisation } from '../organisation/organisations';
import { formatOrganisation } from '../organisation/organisations';
import type { RowMode } from '../output/rows';
import type { Filter } from '../parameters/filters';
import type { SearchFilter } from '../parameters/recordFilters';
import type { RecordType } from '../transport/recordType';

/** What Get Many returned for one input item. */
export interface ListResult {
	recordType: RecordType;
	organisation: Organisation;
	records: number;
	items: number;
	pages: number;
	/** Set if the records are split into rows. */
	rowMode?: RowMode;
	/** Undefined if all that match were returned. Otherwise whether there are more: a page can end where Limit does. */
	beyondLimit?: 'more' | 'unknown';
	/** The filters in use, e.g. "Order Number 'A'". */
	filters: string[];
}

/**
 * Returns a hint on what was returned, where the number of items does not say it. If nothing was, it says what was looked
 * for and where.
 */
export function resultHint(result: ListResult): string | undefined {
	const { recordType, organisation, records, items, pages, rowMode, beyondLimit, filters } = result;
	const where = formatOrganisation(organisation);
	if (records === 0) {
		const wanted = filters.length > 0 ? ` with ${filters.join(' and ')}` : '';
		const advice = filters.length > 0 ? `Check the filters` : 'Check what the Uphance user may see';
		return `No ${recordType.plural}${wanted} in ${where}. ${advice}, or choose another 'Organisation Name or ID' under Options.`;
	}
	if (pages < 2 && !rowMode) return undefined;
	const rows = rowMode ? `${count(items, rowMode)} of ` : '';
	const from = pages > 1 ? ` in ${pages} pages from ${where}` : '';
	const more = { more: "; 'Limit' left out the rest", unknown: "; 'Limit' may have left out more" };
	return `${rows}${count(records, recordType)}${from}${beyondLimit ? more[beyondLimit] : ''}`;
}

/** Returns a number with its noun, e.g. "1,250 sales orders". */
export const count = (number: number, { singular, plural }: { singular: string; plural: string }): string =>
	`${number.toLocaleString('en')} ${number === 1 ? singular : plural}`;

/** Returns the filters that the user has filled in, with their values. */
export const describeFilters = (filters: Filter[], search: SearchFilter | undefined, values: IDataObject): string[] =>
	[...filters.map(({ field }) => field), ...(search ? [search.field] : [])].flatMap(({ name, displayName }) => {
		const value = [values[name] ?? []].flat().map(formatValue).join(', ');
		return value === '' ? [] : [`${displayName} '${value}'`];
	});

/** Luxon's dates, which expressions return, become ISO text by themselves. */
function formatValue(value: unknown): string {
	if (isObject(value) && '__rl' in value) return formatValue(value.value ?? '');
	return cleanText(value instanceof Date ? value.toISOString() : String(value));
}

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
		supportsSinceId && "'Limit' with 'After ID' in a loop (with an If node: Loop Over Items starts too late)",
	].filter((suggestion) => suggestion);
	if (items <= (areFullRecords ? 10_000 : 50_000) || suggestions.length === 0) return undefined;
	return `n8n holds all ${items.toLocaleString('en')} items in memory. To use less memory, use ${suggestions.join(', ')}.`;
}
