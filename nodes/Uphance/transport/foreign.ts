import { isObject } from '../http/failure';

/**
 * The id of another organisation that a record in an answer names; undefined when none does. Records without
 * `organisation_id` (customers, products, payments …) cannot be told apart. Envelopes: uphance-api.md 7.7.
 */
export function findForeignOrganisation(answer: unknown, organisationId: number): number | string | undefined {
	if (!isObject(answer)) return undefined;
	for (const value of [answer, ...Object.values(answer)]) {
		for (const record of Array.isArray(value) ? value : [value]) {
			const organisation: unknown = isObject(record) ? record.organisation_id : undefined;
			if (
				(typeof organisation === 'number' || typeof organisation === 'string') &&
				String(organisation) !== String(organisationId)
			)
				return organisation;
		}
	}
	return undefined;
}
