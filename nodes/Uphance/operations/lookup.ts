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

/** The record that somebody chose; undefined when there is none. @throws UserError when several have what was typed */
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
		for await (const hit of findByField(client, recordType, lookup, lookupValue(locatorValue, lookup)))
			matches.push(hit);
	} else {
		const matchesValue = (record: IDataObject) =>
			lookup.values(record).some((text) => equalsIgnoringCase(text, locatorValue.value));
		matches.push(...(await lookup.loadAll(client)).filter(matchesValue));
	}
	if (matches.length < 2) return matches[0];
	const listed = matches
		.map((hit) => `${describe(hit)} (${'predicate' in lookup ? '' : 'ID '}${String(hit.id)})`)
		.join(', ');
	const advice = config.noIdLookup ? 'Give each its own in Uphance.' : 'Choose one of them by ID.';
	throw new UserError(
		`${matches.length} ${recordType.plural} have ${lookupPhrase(lookup)} '${locatorValue.value}': ${listed}`,
		{
			description: 'predicate' in lookup ? lookup.whenSeveral : advice,
		},
	);
}

const lookupPhrase = (lookup: Lookup): string => ('predicate' in lookup ? lookup.predicate : `the ${lookup.label}`);

/** The id of the record in a locator's value, as below. */
export const resolveId = async (...parameters: Parameters<typeof resolveRecord>): Promise<number> =>
	(await resolveRecord(...parameters)).id;

/**
 * The id of the record in a locator's value, and the record where Uphance was asked: only when it was chosen by
 * something else than its id.
 *
 * @throws UserError when there is none
 */
export async function resolveRecord(
	client: UphanceClient,
	config: LookupConfig,
	locator: unknown,
): Promise<{ id: number; record?: IDataObject }> {
	const locatorValue = parseLocator(config.label, locator);
	if (!findLookup(config, locatorValue)) return { id: parseRecordId(config.label, locatorValue, config.recordType) };
	const record = await findByLocator(client, config, locatorValue);
	if (!record) throw await notFoundError(client, config, locatorValue);
	return { id: Number(record.id), record };
}

/** Says where it was looked, and whether a number that nobody has is an id (users.md 6). */
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
	const recordWithThisId =
		lookup?.isNumber && (await findRecordWithThisId(client, config, lookupValue(locatorValue, lookup)));
	const advice = recordWithThisId
		? `${locatorValue.value} is the ID of ${describe(recordWithThisId)}: choose 'By ID' to get that one.`
		: `Check the ${lookup?.label ?? 'ID'}, or choose another 'Organisation' under Options.`;
	return new UserError(message, { description: [lookedIn, recordType.notFoundHint, advice].filter(Boolean).join(' ') });
}

async function findRecordWithThisId(
	client: UphanceClient,
	{ recordType }: LookupConfig,
	value: string,
): Promise<IDataObject | undefined> {
	const id = toRecordId(value);
	return id === undefined ? undefined : await findById(client, recordType, id).catch(() => undefined);
}

const findLookup = ({ lookups, noIdLookup }: LookupConfig, locatorValue: LocatorValue): Lookup | undefined =>
	noIdLookup ? lookups[0] : lookups.find(({ mode }) => mode.name === locatorValue.mode);

const lookupValue = ({ value }: LocatorValue, lookup: Lookup): string =>
	'isNumber' in lookup && lookup.isNumber ? value.replace(/^#\s*/, '') : value;

/** The record with an id, or undefined when Uphance says that there is none. @throws NodeApiError */
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
	} as const;
	const answer = await client.request(request);
	const records = answer === null ? [] : unwrapRecords(answer, recordType);
	const [record] = records ?? [];
	if (!records || (record && String(record.id) !== String(id)))
		throw client.toError(unexpectedResponseText(request.action));
	return record;
}

async function findFirst(...parameters: Parameters<typeof findByField>): Promise<IDataObject | undefined> {
	for await (const record of findByField(...parameters)) return record;
	return undefined;
}

/** All records that carry a value, page by page: a filter may be ignored, or find parts of words too (uphance-api.md 4.1). */
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
