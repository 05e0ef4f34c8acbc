import { UserError } from 'n8n-workflow';
import { getProperty, isObject } from '../http/json';
import { toComparable } from '../http/text';

/** An organisation as Uphance lists it (docs/uphance.openapi.yaml: GET /organisations). */
export interface Organisation {
	id: number;
	/** Empty if Uphance gives no name. */
	name: string;
}

/** The organisations of a user. */
export interface OrganisationList {
	organisations: Organisation[];
	/** Names of those that cannot be registered, because Uphance gives no numeric id for them. */
	withoutId: string[];
}

/** Returns an organisation as every message names it: `Name (id)`, or the id if it has no name. */
export const formatOrganisation = ({ name, id }: Organisation): string => (name ? `${name} (${id})` : String(id));

/** Returns how many organisations a user has. */
export const countOrganisations = ({ organisations, withoutId }: OrganisationList): number =>
	organisations.length + withoutId.length;

/**
 * Returns the organisations in an answer of GET /organisations, each once; undefined for any other answer. One odd entry
 * must not end the sign-in for all, so an entry without a name or with its id as text counts.
 */
export function parseOrganisations(body: unknown): OrganisationList | undefined {
	const entries = getProperty(body, 'organisations');
	if (!Array.isArray(entries)) return undefined;
	const byId = new Map<number, Organisation>();
	const withoutId: string[] = [];
	for (const entry of entries) {
		const organisation = parseOrganisationRecord(entry);
		if (organisation) byId.set(organisation.id, organisation);
		else withoutId.push(parseName(entry));
	}
	return { organisations: [...byId.values()], withoutId };
}

/** Returns the organisation in one entry of that list; undefined if it has no numeric id. */
export function parseOrganisationRecord(entry: unknown): Organisation | undefined {
	const value = getProperty(entry, 'id');
	const id = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
	if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) return undefined;
	return { id, name: parseName(entry) };
}

function parseName(entry: unknown): string {
	const name = getProperty(entry, 'name');
	return typeof name === 'string' || typeof name === 'number' ? String(name) : '';
}

/**
 * Returns the organisation with an id, or with a name in any letter case; an empty text means the only one.
 *
 * @throws UserError that lists the organisations to choose from
 */
export function resolveOrganisation(idOrName: string, list: OrganisationList): Organisation {
	const { organisations, withoutId } = list;
	const wanted = toComparable(idOrName).toLowerCase();
	const hasName = (name: string) => toComparable(name).toLowerCase() === wanted;
	const isAny = idOrName === '';
	const byId = organisations.find(({ id }) => String(id) === idOrName);
	if (byId) return byId;
	const matches = isAny ? organisations : organisations.filter(({ name }) => hasName(name));
	const unusable = isAny ? withoutId : withoutId.filter(hasName);
	const [match] = matches;
	if (match && matches.length + unusable.length === 1) return match;
	throw organisationError(idOrName, list, matches, unusable);
}

/** Tells whether a value from a stored session is an organisation. */
export const isOrganisation = (value: unknown): value is Organisation =>
	isObject(value) && typeof value.id === 'number' && typeof value.name === 'string';

/** Describes why no organisation could be chosen. */
function organisationError(
	idOrName: string,
	list: OrganisationList,
	matches: Organisation[],
	unusable: string[],
): UserError {
	const count = countOrganisations(list);
	const all = formatList(list);
	if (count === 0) {
		return new UserError('This user belongs to no organisation in Uphance', {
			description: 'Ask your Uphance administrator to give this user access to the organisation.',
		});
	}
	if (idOrName === '' && count > 1) {
		// n8n's dialog of a credential shows only the message.
		return new UserError(
			`This user belongs to ${count} organisations and none is chosen: ${all}. Enter one of them in 'Organisation ID or Name' of the credential`,
			{ description: 'Enter its ID or its name.' },
		);
	}
	if (matches.length + unusable.length > 1) {
		const namesakes = formatList({ organisations: matches, withoutId: unusable });
		return new UserError(
			`${matches.length + unusable.length} organisations of this user are called '${idOrName}': ${namesakes}`,
			{ description: 'Use the ID of one of them.' },
		);
	}
	if (unusable.length === 1) {
		return new UserError(`Uphance gives no numeric id for the organisation '${unusable[0]}', so it cannot be used`, {
			description: `Contact Uphance support. The organisations of this user: ${all}.`,
		});
	}
	return new UserError(`This user does not belong to an organisation '${idOrName}', only to: ${all}`, {
		description: 'Use the ID or the name of one of them.',
	});
}

/** Returns all organisations of a list as text. */
const formatList = ({ organisations, withoutId }: OrganisationList): string =>
	[...organisations.map(formatOrganisation), ...withoutId.map((name) => `${name} (without a numeric id)`.trim())].join(
		', ',
	);
