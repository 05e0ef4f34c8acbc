import type { Organisation } from './accounts.mts';
import type { ListRoute, Query } from './listRoute.mts';
import type { Row } from './generatedRecords.mts';
import { listOf, oneOf } from './generatedRecords.mts';
import type { SingleRoute } from './singleRoute.mts';

type Item = Record<string, unknown>;

/** Records that can be added to and changed while the sandbox runs. */
export interface Kind {
	list: ListRoute;
	one: SingleRoute;
	/** A record as there could be one: what new ones are made after, turn by turn. */
	example(organisation: Organisation, turn: number): Item;
	/** The field that people know a record by, for the kinds that number theirs. */
	number?: string;
	/** The filters of the list, as far as new records heed them. */
	filters: string[];
}

/** The order at this place is shipped and has whatever an order can have: an example where there are no orders yet. */
const completePlace = 24;

export const kindOf = (row: Row, filters: string[], number?: string): Kind => ({
	list: listOf(row),
	one: oneOf(row),
	example(organisation, turn) {
		const places = row.places(organisation);
		return row.at(organisation, places[turn % Math.max(1, places.length)] ?? completePlace);
	},
	number,
	filters,
});

/** Which field a filter looks at. */
const fields: Record<string, string> = {
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
export function isAskedFor(record: Item, { filters }: Kind, query: Query): boolean {
	const since = filters.includes('since_created_at') ? Date.parse(query.since_created_at ?? '') : NaN;
	return (
		(Number.isNaN(since) || Date.parse(String(record.created_at)) >= since) &&
		filters.every((filter) => {
			const field = fields[filter];
			return !field || !query[filter] || String(record[field]) === query[filter];
		})
	);
}
