import type { Organisation } from './accounts.mts';
import type { ListRoute, Query } from './listRoute.mts';
import { placeOfId, recordId } from './recordIds.mts';
import type { Names, SingleRoute } from './singleRoute.mts';

/** Whether the record at a place is asked for; undefined where a query says nothing about it. */
export type Filter = ((place: number) => boolean) | undefined;

/** Records whose ids follow from their places in an organisation's row, made when they are asked for. */
export interface Row extends Names {
	path: string;
	firstId: number;
	perPage: number;
	/** The places that hold a record, ascending. */
	places(organisation: Organisation): number[];
	at(organisation: Organisation, place: number): Record<string, unknown>;
	filters(organisation: Organisation, query: Query): Filter[];
}

export const listOf = (row: Row): ListRoute => ({
	path: row.path,
	key: row.many,
	perPage: row.perPage,
	find(organisation, query) {
		const filters = row.filters(organisation, query).filter((each) => each !== undefined);
		const all = row.places(organisation);
		const places = filters.length > 0 ? all.filter((place) => filters.every((isMeant) => isMeant(place))) : all;
		return { length: places.length, at: (index) => row.at(organisation, places[index] ?? 0) };
	},
});

export const oneOf = (row: Row): SingleRoute => ({
	...row,
	find(organisation, id) {
		const place = placeOfId(row.firstId, organisation, id);
		const isThere = place !== undefined && row.places(organisation).includes(place);
		return isThere ? row.at(organisation, place) : undefined;
	},
});

/** since_id, "greater than" (uphance-api.md 3.2). */
export function sinceId(firstId: number, organisation: Organisation, query: Query): Filter {
	const since = Number(query.since_id);
	return since ? (place) => recordId(firstId, organisation, place) > since : undefined;
}

/** since_created_at; that the moment itself is included is a guess, and so is that what is no date is ignored. */
export function sinceCreatedAt(createdAt: (place: number) => number, query: Query): Filter {
	const since = Date.parse(query.since_created_at ?? '');
	return Number.isNaN(since) ? undefined : (place) => createdAt(place) >= since;
}
