import { isRecord } from '../http/failure';

/**
 * The id of another organisation that a record in an answer names; undefined when none does. Records without
 * `organisation_id` (customers, products, payments …) cannot be told apart. Envelopes: uphance-api.md 7.7.
 */
export function foreignOrganisationIn(answer: unknown, own: number): number | string | undefined {
	if (!isRecord(answer)) return undefined;
	for (const held of [answer, ...Object.values(answer)]) {
		for (const record of Array.isArray(held) ? held : [held]) {
			const named: unknown = isRecord(record) ? record.organisation_id : undefined;
			if ((typeof named === 'number' || typeof named === 'string') && String(named) !== String(own)) return named;
		}
	}
	return undefined;
}
