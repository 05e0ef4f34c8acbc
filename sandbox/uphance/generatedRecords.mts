import type { Organisation } from './accounts.mts';
import type { ListRoute, Query } from './listRoute.mts';
import { ordinalOfId, getRecordId } from './recordIds.mts';
import type { RecordKeys, SingleRoute } from './singleRoute.mts';

/** Whether the record at a place is asked for; undefined where a query says nothing about it. */
export type OrdinalFilter = ((ordinal: number) => boolean) | undefined;

/** Records whose ids follow from their places in an organisation's row, made when they are asked for. */
export interface GeneratedRecords extends RecordKeys {
	path: string;
	firstId: number;
	perPage: number;
	/** The places that hold a record, ascending. */
	listOrdinals(organisation: Organisation): number[];
	generate(organisation: Organisation, ordinal: number): Record<string, unknown>;
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

/** since_id, "greater than" (uphance-api.md 3.2). */
export function sinceIdFilter(firstId: number, organisation: Organisation, query: Query): OrdinalFilter {
	const minimum = Number(query.since_id);
	return minimum ? (ordinal) => getRecordId(firstId, organisation, ordinal) > minimum : undefined;
}

/** since_created_at; that the moment itself is included is a guess, and so is that what is no date is ignored. */
export function sinceCreatedAtFilter(createdAt: (ordinal: number) => number, query: Query): OrdinalFilter {
	const minimum = Date.parse(query.since_created_at ?? '');
	return Number.isNaN(minimum) ? undefined : (ordinal) => createdAt(ordinal) >= minimum;
}
