import type { Organisation } from '../auth/errors';
import { organisationError } from '../auth/errors';

/** The organisations in an answer of GET /organisations; undefined when it is no such answer (uphance-api.md 2.3). */
export function parseOrganisations(body: unknown): Organisation[] | undefined {
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
export function resolveOrganisation(idOrName: string, organisations: Organisation[]): Organisation {
	const name = idOrName.toLowerCase();
	const matches =
		idOrName === ''
			? organisations
			: organisations.filter((each) => String(each.id) === idOrName || each.name.trim().toLowerCase() === name);
	const byId = matches.find((each) => String(each.id) === idOrName);
	const chosen = byId ?? (matches.length === 1 ? matches[0] : undefined);
	if (!chosen) throw organisationError(idOrName, matches.length > 1 ? matches : organisations, matches.length);
	return chosen;
}

export const isOrganisation = (value: unknown): value is Organisation =>
	typeof value === 'object' &&
	value !== null &&
	'id' in value &&
	typeof value.id === 'number' &&
	'name' in value &&
	typeof value.name === 'string';
