import type { Organisation } from '../auth/errors';
import { refusedOrganisation } from '../auth/errors';

/** The organisations in an answer of GET /organisations; undefined when it is no such answer (uphance-api.md 2.3). */
export function organisationsIn(body: unknown): Organisation[] | undefined {
	if (typeof body !== 'object' || body === null || !('organisations' in body)) return undefined;
	const { organisations } = body;
	if (!Array.isArray(organisations) || !organisations.every(isOrganisation)) return undefined;
	return organisations.map(({ id, name }) => ({ id, name }));
}

/**
 * The organisation that `wanted` (an id, or a name in any case; empty for the only one) stands for.
 *
 * @throws UserError that lists the organisations to choose from.
 */
export function chosenOrganisation(wanted: string, organisations: Organisation[]): Organisation {
	const name = wanted.toLowerCase();
	const hits =
		wanted === ''
			? organisations
			: organisations.filter((each) => String(each.id) === wanted || each.name.trim().toLowerCase() === name);
	const byId = hits.find((each) => String(each.id) === wanted);
	const chosen = byId ?? (hits.length === 1 ? hits[0] : undefined);
	if (!chosen) throw refusedOrganisation(wanted, hits.length > 1 ? hits : organisations, hits.length);
	return chosen;
}

export const isOrganisation = (value: unknown): value is Organisation =>
	typeof value === 'object' &&
	value !== null &&
	'id' in value &&
	typeof value.id === 'number' &&
	'name' in value &&
	typeof value.name === 'string';
