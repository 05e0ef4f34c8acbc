import { UserError } from 'n8n-workflow';
import { toComparable } from '../http/text';

/** An organisation as Uphance lists it (docs/uphance.openapi.yaml: GET /organisations). */
export interface Organisation {
	id: number;
	name: string;
}

/** Returns an organisation as every message names it. */
export const formatOrganisation = ({ name, id }: Organisation): string => `${name} (${id})`;

/** Returns the organisations in an answer of GET /organisations; undefined for any other answer. */
export function parseOrganisations(body: unknown): Organisation[] | undefined {
	if (typeof body !== 'object' || body === null || !('organisations' in body)) return undefined;
	const { organisations } = body;
	if (!Array.isArray(organisations) || !organisations.every(isOrganisation)) return undefined;
	return organisations.map(({ id, name }) => ({ id, name }));
}

/**
 * Returns the organisation with an id, or with a name in any letter case; an empty text means the only one.
 *
 * @throws UserError that lists the organisations to choose from
 */
export function resolveOrganisation(idOrName: string, organisations: Organisation[]): Organisation {
	const name = toComparable(idOrName).toLowerCase();
	const matches =
		idOrName === ''
			? organisations
			: organisations.filter((each) => String(each.id) === idOrName || toComparable(each.name).toLowerCase() === name);
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

/** Describes why no organisation could be chosen. @param matchCount how many have the name */
function organisationError(idOrName: string, organisations: Organisation[], matchCount: number): UserError {
	const list = organisations.map(formatOrganisation).join(', ');
	if (organisations.length === 0) {
		return new UserError('This user belongs to no organisation in Uphance', {
			description: 'Ask an administrator of Uphance to give this user access to the organisation.',
		});
	}
	if (idOrName === '') {
		return new UserError(`This user belongs to ${organisations.length} organisations and none is chosen: ${list}`, {
			description: `Put the number of one of them into 'Organisation ID' of the credential.`,
		});
	}
	if (matchCount > 1) {
		return new UserError(`${matchCount} organisations of this user are called '${idOrName}': ${list}`, {
			description: 'Use the number of one of them.',
		});
	}
	return new UserError(`This user does not belong to an organisation '${idOrName}', only to: ${list}`, {
		description: 'Use the number or the name of one of them.',
	});
}
