import type { Organisation } from './accounts.mts';
import type { ListRoute, Query } from './listRoute.mts';
import { ordinalOfId, getRecordId } from './recordIds.mts';
import type { RecordKeys, SingleRoute } from './singleRoute.mts';

/** Returns whether the record with an ordinal matches the query. Undefined if the query does not use the filter. */
export type OrdinalFilter = ((ordinal: number) => boolean) | undefined;

/**
 * Records of one type, generated on demand. The ordinal of a record is its number in the organisation's sequence, from
 * 0; its id and its fields are computed from the ordinal, so a million records need no memory.
 */
export interface GeneratedRecords extends RecordKeys {
	path: string;
	firstId: number;
	perPage: number;
	/** The ordinals that have a record, ascending. */
	listOrdinals(organisation: Organisation): number[];
	/** Builds the record with an ordinal. */
	generate(organisation: Organisation, ordinal: number): Record<string, unknown>;
	/** Returns the filters of a query, which all have to match. */
	buildFilters(organisation: Organisation, query: Query): OrdinalFilter[];
}

export const toListRoute = (source: GeneratedRecords): ListRoute => ({
	path: source.path,
	listKey: source.listKey,
	perPage: source.perPage,
	find(organisation, query) {
		const filters = source.buildFilters(organisation, query).filter((each) => each !== undefined);
		const all = source.listOrdinals(organisation);
		const ordinals = filters.length > 0 ? all.filter((ordinal) => filters.every((matches) => matches(ordinal))) : all;
		return { length: ordinals.length, at: (index) => source.generate(organisation, ordinals[index] ?? 0) };
	},
});

export const toSingleRoute = (source: GeneratedRecords): SingleRoute => ({
	...source,
	find(organisation, id) {
		const ordinal = ordinalOfId(source.firstId, organisation, id);
		const exists = ordinal !== undefined && source.listOrdinals(organisation).includes(ordinal);
		return exists ? source.generate(organisation, ordinal) : undefined;
	},
});

/** Filter `since_id`: ids greater than the value (parameter `SinceId` in `docs/uphance.openapi.yaml`). */
export function sinceIdFilter(firstId: number, organisation: Organisation, query: Query): OrdinalFilter {
	const minimum = Number(query.since_id);
	return minimum ? (ordinal) => getRecordId(firstId, organisation, ordinal) > minimum : undefined;
}

/**
 * Filter `since_created_at`. Two assumptions: the moment itself is included, and an invalid date is ignored (parameter
 * `SinceCreatedAt` in `docs/uphance.openapi.yaml`).
 */
export function sinceCreatedAtFilter(createdAt: (ordinal: number) => number, query: Query): OrdinalFilter {
	const minimum = Date.parse(query.since_created_at ?? '');
	return Number.isNaN(minimum) ? undefined : (ordinal) => createdAt(ordinal) >= minimum;
}
