import type { Organisation } from './accounts.mts';
import type { ListRoute, Query } from './listRoute.mts';
import type { GeneratedRecords } from './generatedRecords.mts';
import { toListRoute, toSingleRoute } from './generatedRecords.mts';
import type { SingleRoute } from './singleRoute.mts';

type Item = Record<string, unknown>;

/** Records that can be added to and changed while the sandbox runs. */
export interface RecordType {
	list: ListRoute;
	single: SingleRoute;
	/** A record as there could be one: what new ones are made after, turn by turn. */
	makeExample(organisation: Organisation, sequence: number): Item;
	/** The field that people know a record by, for the kinds that number theirs. */
	numberField?: string;
	/** The filters of the list, as far as new records heed them. */
	filters: string[];
}

/** The order at this place is shipped and has whatever an order can have: an example where there are no orders yet. */
const completeOrdinal = 24;

export const toRecordType = (source: GeneratedRecords, filters: string[], number?: string): RecordType => ({
	list: toListRoute(source),
	single: toSingleRoute(source),
	makeExample(organisation, sequence) {
		const ordinals = source.listOrdinals(organisation);
		return source.generate(organisation, ordinals[sequence % Math.max(1, ordinals.length)] ?? completeOrdinal);
	},
	numberField: number,
	filters,
});

/** Which field a filter looks at. */
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

/** Whether a new record is one that a query asks for; since_id is looked at before there is a record. */
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
