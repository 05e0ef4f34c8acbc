import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { formatOrganisation } from '../organisation/organisations';
import { withoutNumberSign } from '../parameters/filters';
import type { LocatorValue, Lookup, LookupConfig } from '../parameters/locator';
import { parseLocator, parseRecordId } from '../parameters/locator';
import { toRecordId } from '../parameters/parse';
import type { UphanceClient } from '../transport/client';
import { idOf } from '../transport/pages';
import { findByField, findById, findOtherForm } from './find';

/**
 * Returns the record that a resource locator identifies, or undefined if there is none.
 *
 * @throws UserError if several records match, or if the value is not an ID; NodeApiError if a request fails
 */
export async function findByLocator(
	client: UphanceClient,
	config: LookupConfig,
	locatorValue: LocatorValue,
): Promise<IDataObject | undefined> {
	const { recordType, label } = config;
	const lookup = findLookup(config, locatorValue);
	if (!lookup) return await findById(client, recordType, parseRecordId(label, locatorValue, recordType));
	const matches: IDataObject[] = [];
	if (lookup.find) {
		matches.push(...(await lookup.find(client, locatorValue.value)));
	} else if ('filter' in lookup) {
		for await (const match of findByField(client, recordType, lookup, lookupValue(locatorValue, lookup)))
			matches.push(match);
	}
	if (matches.length > 1) throw ambiguousError(config, lookup, locatorValue, matches);
	return matches[0];
}

/** Returns the ID of the record that a locator names, as typed. Throws as `resolveLocator`. */
export const resolveId = async (client: UphanceClient, config: LookupConfig, locator: unknown): Promise<number> =>
	(await resolveLocator(client, config, parseLocator(config.label, locator))).id;

/**
 * Returns the ID of the record that a locator names. For modes other than "list" and "id" it asks Uphance, and returns
 * the record too.
 *
 * @throws UserError if there is no such record, or more than one; NodeApiError if a request fails
 */
export async function resolveLocator(
	client: UphanceClient,
	config: LookupConfig,
	locator: LocatorValue,
): Promise<{ id: number; record?: IDataObject }> {
	if (!findLookup(config, locator)) return { id: parseRecordId(config.label, locator, config.recordType) };
	const record = await findByLocator(client, config, locator);
	if (!record) throw await notFoundError(client, config, locator);
	const id = idOf(record);
	if (id !== undefined) return { id, record };
	throw new UserError(`Uphance does not tell the ID of the ${config.recordType.singular} ${config.describe(record)}`, {
		description: "If you know the ID, choose 'By ID'. Nothing was sent for this item.",
	});
}

/**
 * Returns the error for a record that was not found. Sends one more request to see what may be meant: a document number
 * may be an ID, and a barcode may be known with another number of leading zeros.
 */
export async function notFoundError(
	client: UphanceClient,
	config: LookupConfig,
	locatorValue: LocatorValue,
): Promise<UserError> {
	const { recordType, label, describe } = config;
	const lookup = findLookup(config, locatorValue);
	const message = lookup
		? `No ${recordType.singular} has ${lookupPhrase(lookup)} '${lookupValue(locatorValue, lookup)}'`
		: `No ${recordType.singular} has the ID ${parseRecordId(label, locatorValue, recordType)}`;
	const lookedIn = `Looked in organisation ${formatOrganisation(client.organisation)}.`;
	if (lookup && 'predicate' in lookup)
		return new UserError(message, { description: `${lookedIn} ${await lookup.whenMissing(client)}` });
	const record = lookup?.isNumber && (await findRecordWithThisId(client, config, lookupValue(locatorValue, lookup)));
	const other = lookup && (await findOtherForm(client, recordType, lookup, locatorValue.value));
	const advice = record
		? `${locatorValue.value} is the ID of ${describe(record)}: choose 'By ID' to get that one.`
		: other && lookup
			? otherFormAdvice(describe(other), lookup.label, other[lookup.field])
			: `Check the ${lookup?.label ?? 'ID'}, or choose another 'Organisation Name or ID' under Options.`;
	return new UserError(message, { description: [lookedIn, recordType.notFoundHint, advice].filter(Boolean).join(' ') });
}

/** Returns the record whose ID is the value. Returns undefined if there is none, or if the request fails. */
async function findRecordWithThisId(client: UphanceClient, { recordType }: LookupConfig, value: string) {
	const id = toRecordId(value);
	return id === undefined ? undefined : await findById(client, recordType, id).catch(() => undefined);
}

/** Returns the lookup of a locator's mode, or undefined for the modes "list" and "id". */
const findLookup = ({ lookups, noIdLookup }: LookupConfig, locatorValue: LocatorValue): Lookup | undefined =>
	noIdLookup ? lookups[0] : lookups.find(({ mode }) => mode.name === locatorValue.mode);

/** Returns the value of a locator. For a document number it removes the leading "#". */
const lookupValue = ({ value }: LocatorValue, lookup: Lookup): string =>
	'isNumber' in lookup && lookup.isNumber ? withoutNumberSign(value) : value;

/** Returns how messages name a lookup, after "has" or "have". */
const lookupPhrase = (lookup: Lookup): string => ('predicate' in lookup ? lookup.predicate : `the ${lookup.label}`);

/** Nobody knows which of the records is meant. */
function ambiguousError(
	{ recordType, describe, noIdLookup }: LookupConfig,
	lookup: Lookup,
	{ value }: LocatorValue,
	matches: IDataObject[],
): UserError {
	const listed = matches
		.map((match) => `${describe(match)} (${'predicate' in lookup ? '' : 'ID '}${String(match.id)})`)
		.join(', ');
	const message = `${matches.length} ${recordType.plural} have ${lookupPhrase(lookup)} '${value}': ${listed}`;
	const advice = noIdLookup ? 'Give each of them a different value in Uphance.' : 'Choose one of them by ID.';
	return new UserError(message, { description: 'predicate' in lookup ? lookup.whenSeveral : advice });
}

/** Names a record that has the value in another form, e.g. a barcode with a zero before it. */
export const otherFormAdvice = (name: string, label: string, value: unknown): string =>
	`${name} has the ${label} '${String(value)}', which differs by leading zeros only: use that.`;
