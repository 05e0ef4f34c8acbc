import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { LocatorValue, Lookup, LookupConfig } from '../parameters/locator';

/** Returns how messages name a lookup, after "has" or "have". */
export const lookupPhrase = (lookup: Lookup): string =>
	'predicate' in lookup ? lookup.predicate : `the ${lookup.label}`;

/** Nobody knows which of the records is meant. */
export function ambiguousError(
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
