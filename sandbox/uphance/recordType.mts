import type { Organisation } from './accounts.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { toListRoute, toSingleRoute } from './generatedRecords.mts';
import type { ListRoute, Query } from './listRoute.mts';
import type { SingleRoute } from './singleRoute.mts';

type Item = Record<string, unknown>;

/** A type of record whose records can be added and changed while the sandbox runs. */
export interface RecordType {
	list: ListRoute;
	single: SingleRoute;
	/**
	 * Builds the template of an added record. `sequence` is the number of records added before it, so templates vary.
	 */
	makeTemplate(organisation: Organisation, sequence: number): Item;
	/** The field with the record's number for people, e.g. "order_number"; undefined if the type has none. */
	numberField?: string;
	/** The filters of the list that also apply to added records. */
	filters: string[];
}

/** The order with this ordinal is shipped and complete: the template if the organisation has no orders. */
const completeOrdinal = 24;

export const toRecordType = (source: GeneratedRecords, filters: string[], number?: string): RecordType => ({
	list: toListRoute(source),
	single: toSingleRoute(source),
	makeTemplate(organisation, sequence) {
		const ordinals = source.listOrdinals(organisation);
		return source.generate(organisation, ordinals[sequence % Math.max(1, ordinals.length)] ?? completeOrdinal);
	},
	numberField: number,
	filters,
});

/** The field that each filter compares. */
const filteredFields: Record<string, string> = {
	order_id: 'sale_id',
	invoice_id: 'id',
	by_order_number: 'order_number',
	by_order_id: 'order_id',
	by_shipment_number: 'shipment_number',
	by_purchase_order_ref: 'purchase_order_ref',
	'filter[warehouse_name]': 'warehouse',
	'filter[product_identifier]': 'product_identifier',
};

/** Returns whether an added record matches the query. `since_id` is checked earlier, before the record is built. */
export function matchesQuery(record: Item, { filters }: RecordType, query: Query): boolean {
	const since = filters.includes('since_created_at') ? Date.parse(query.since_created_at ?? '') : NaN;
	return (
		(Number.isNaN(since) || Date.parse(String(record.created_at)) >= since) &&
		filters.every((filter) => {
			const field = filteredFields[filter];
			return !field || !query[filter] || String(record[field]) === query[filter];
		})
	);
}
