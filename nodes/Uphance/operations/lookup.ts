import { toRecordId } from '../parameters/parse';
import { formatOrganisation } from '../organisation/organisations';
import { unexpectedResponseText } from '../http/failureText';
import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { equalsIgnoringCase } from '../output/values';
import type { FilterLookup, LocatorValue, Lookup, LookupConfig } from '../parameters/locator';
import { parseLocator, parseRecordId } from '../parameters/locator';
import type { UphanceClient } from '../transport/client';
import { paginate } from '../transport/pagination';
import type { RecordType } from '../transport/recordType';
import { unwrapRecords } from '../transport/response';

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
	const { recordType, label, describe } = config;
	const lookup = findLookup(config, locatorValue);
	if (!lookup) return await findById(client, recordType, parseRecordId(label, locatorValue, recordType));
	const matches: IDataObject[] = [];
	if ('filter' in lookup) {
		for await (const match of findByField(client, recordType, lookup, lookupValue(locatorValue, lookup)))
			matches.push(match);
	} else {
		const matchesValue = (record: IDataObject) =>
			lookup.values(record).some((text) => equalsIgnoringCase(text, locatorValue.value));
		matches.push(...(await lookup.loadAll(client)).filter(matchesValue));
	}
	if (matches.length < 2) return matches[0];
	const listed = matches
		.map((match) => `${describe(match)} (${'predicate' in lookup ? '' : 'ID '}${String(match.id)})`)
		.join(', ');
	const message = `${matches.length} ${recordType.plural} have ${lookupPhrase(lookup)} '${locatorValue.value}': ${listed}`;
	const advice = config.noIdLookup ? 'Give each of them a different value in Uphance.' : 'Choose one of them by ID.';
	throw new UserError(message, { description: 'predicate' in lookup ? lookup.whenSeveral : advice });
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
	return { id: Number(record.id), record };
}

/** Returns the error for a record that was not found. Sends one more request to see if a document number is an ID. */
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
		return new UserError(message, { description: `${lookedIn} ${lookup.whenMissing}` });
	const record = lookup?.isNumber && (await findRecordWithThisId(client, config, lookupValue(locatorValue, lookup)));
	const advice = record
		? `${locatorValue.value} is the ID of ${describe(record)}: choose 'By ID' to get that one.`
		: `Check the ${lookup?.label ?? 'ID'}, or choose another 'Organisation' under Options.`;
	return new UserError(message, { description: [lookedIn, recordType.notFoundHint, advice].filter(Boolean).join(' ') });
}

/** Returns the record whose ID is the value. Returns undefined if there is none, or if the request fails. */
async function findRecordWithThisId(client: UphanceClient, { recordType }: LookupConfig, value: string) {
	const id = toRecordId(value);
	return id === undefined ? undefined : await findById(client, recordType, id).catch(() => undefined);
}

const lookupPhrase = (lookup: Lookup): string => ('predicate' in lookup ? lookup.predicate : `the ${lookup.label}`);

/** Returns the lookup of a locator's mode, or undefined for the modes "list" and "id". */
const findLookup = ({ lookups, noIdLookup }: LookupConfig, locatorValue: LocatorValue): Lookup | undefined =>
	noIdLookup ? lookups[0] : lookups.find(({ mode }) => mode.name === locatorValue.mode);

/** Returns the value of a locator. For a document number it removes the leading "#". */
const lookupValue = ({ value }: LocatorValue, lookup: Lookup): string =>
	'isNumber' in lookup && lookup.isNumber ? value.replace(/^#\s*/, '') : value;

/**
 * Returns the record with an ID, or undefined if Uphance responds that there is none.
 *
 * @throws NodeApiError if the request fails or returns another record
 */
export async function findById(
	client: UphanceClient,
	recordType: RecordType,
	id: number,
): Promise<IDataObject | undefined> {
	if (recordType.idFilter)
		return await findFirst(client, recordType, { filter: recordType.idFilter, field: 'id' }, String(id));
	const request = {
		action: `get ${recordType.singular} ${id}`,
		method: 'GET',
		path: `${recordType.path}/${id}`,
		allowNotFound: true,
		records: (body: unknown) => unwrapRecords(body, recordType),
		namesOrganisation: recordType.namesOrganisation,
	} as const;
	const response = await client.request(request);
	const records = response === null ? [] : unwrapRecords(response, recordType);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id)))
		throw client.toError(unexpectedResponseText(request.action));
	return record;
}

async function findFirst(...parameters: Parameters<typeof findByField>): Promise<IDataObject | undefined> {
	for await (const record of findByField(...parameters)) return record;
	return undefined;
}

/**
 * Yields the records whose field equals the value. Compares them itself, because Uphance may ignore a filter, or match
 * parts of a value (docs/uphance.openapi.yaml: GET /sales_orders).
 *
 * @throws NodeApiError if a request fails
 */
export async function* findByField(
	client: UphanceClient,
	recordType: RecordType,
	{ filter, field }: Pick<FilterLookup, 'filter' | 'field'>,
	value: string,
): AsyncGenerator<IDataObject> {
	for await (const page of paginate(client, recordType, { [filter]: value })) {
		for (const record of page) if (String(record[field] ?? '').trim() === value) yield record;
	}
}
