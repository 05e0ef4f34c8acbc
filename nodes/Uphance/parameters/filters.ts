import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { includesText } from '../output/values';
import type { TimeRange } from '../transport/createdRange';
import { toIsoDateTime } from './dates';
import { parseText } from './parse';

/** A filter of a list: its field bears the API's name, which is also what is sent unless `sends` says otherwise. */
export interface Filter {
	field: INodeProperties;
	queryName?: string;
	/**
	 * Only the digits of an id are sent; anything else is refused, because the server would silently ignore it. A moment
	 * is sent with its timezone. A list sends all its choices, and all there are when none is chosen. What Uphance cannot
	 * filter by, the moments after or before which records were created, is not sent (createdBetween.ts).
	 */
	type?: 'id' | 'moment' | 'list' | 'after' | 'before';
}

/**
 * The query of a list from what the user filled in. Blank values are never sent.
 *
 * @param timezone of the workflow, for moments without one
 * @throws UserError for an id that is no number, and for an expression that yields nothing: everything would come back
 */
export function buildQuery(filters: Filter[], values: IDataObject, timezone: string): IDataObject {
	const query: IDataObject = {};
	for (const { field, queryName = field.name, type } of filters) {
		if (type === 'after' || type === 'before') continue;
		if (type === 'list') query[queryName] = parseMultiOptions(field, values);
		if (type === 'list' || !(field.name in values)) continue;
		const value = values[field.name];
		const isBlank = typeof value === 'string' && value.trim() === '';
		if (type === 'moment' && !isBlank) query[queryName] = toIsoDateTime(field.displayName, value, timezone);
		if (type === 'moment') continue;
		const text = parseText(field.displayName, value);
		if (text === '') continue;
		if (type === 'id' && !/^\d+$/.test(text)) throw invalidIdError(field.displayName, text);
		query[queryName] = text;
	}
	return query;
}

function parseMultiOptions({ displayName, name, options = [] }: INodeProperties, values: IDataObject): string[] {
	const value = values[name] ?? [];
	const choices = (Array.isArray(value) ? value : [value]).map((each) => parseText(displayName, each));
	const all = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const unknown = choices.find((each) => !all.includes(each));
	if (unknown === undefined) return choices.length > 0 ? choices : all;
	throw new UserError(`'${displayName}' must be one or more of ${all.join(', ')}, not '${unknown}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}

const invalidIdError = (label: string, value: string): UserError =>
	new UserError(`'${label}' is not a number: '${value}'`, {
		description:
			"Use the ID that Uphance gave the record, such as 9005, or leave the field empty. IDs are in the output as 'id'.",
	});

/** Lists with ids that ascend can go on after one (uphance-api.md 3.2). */
export const afterIdFilter = (plural: string): Filter => ({
	type: 'id',
	field: {
		displayName: 'After ID',
		name: 'since_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9005',
		description: `Only ${plural} with a higher ID than this one; the ID is not the number people see`,
	},
});

export const createdSinceFilter = (plural: string): Filter => ({
	type: 'moment',
	field: {
		displayName: 'Created Since',
		name: 'since_created_at',
		type: 'dateTime',
		default: '',
		description: `Only ${plural} that were created at this moment or later`,
	},
});

export const createdAfterFilter = (plural: string): Filter => ({
	type: 'after',
	field: {
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: `Only ${plural} that were created at this moment or later. Uphance has no such filter; the node finds the right page by itself.`,
	},
});

export const createdBeforeFilter = (plural: string): Filter => ({
	type: 'before',
	field: {
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: `Only ${plural} that were created before this moment. Uphance has no such filter; the node finds the right page by itself.`,
	},
});

/**
 * Between which moments records are to be searched; undefined where nothing says so.
 *
 * @param timezone of the workflow, for moments without one
 * @throws UserError for what is no moment, and for a range that cannot hold anything
 */
export function parseCreatedRange(filters: Filter[], values: IDataObject, timezone: string): TimeRange | undefined {
	const after = parseMoment('after', filters, values, timezone);
	const before = parseMoment('before', filters, values, timezone);
	// Uphance heeds this one itself; a range that holds nothing is a mistake all the same.
	const from = after ?? parseMoment('moment', filters, values, timezone);
	if (from && before && from.moment >= before.moment) {
		throw new UserError(`'${from.label}' is not before '${before.label}'`, {
			description: 'Nothing can be created between the two. Correct one of them, or leave it empty.',
		});
	}
	if (!after && !before) return undefined;
	return { from: after?.moment ?? -Infinity, to: before?.moment ?? Infinity };
}

function parseMoment(
	type: Filter['type'],
	filters: Filter[],
	values: IDataObject,
	timezone: string,
): { label: string; moment: number } | undefined {
	const field = filters.find((filter) => filter.type === type)?.field;
	if (!field || !(field.name in values)) return undefined;
	const value = values[field.name];
	if (typeof value === 'string' && value.trim() === '') return undefined;
	return { label: field.displayName, moment: Date.parse(toIsoDateTime(field.displayName, value, timezone)) };
}

/** A filter that Uphance does not have: the list is read and searched here. */
export interface SearchFilter {
	field: INodeProperties;
	/** The texts of a record that are searched. */
	values: (record: IDataObject) => unknown[];
}

/** Undefined when nothing is searched for. @throws UserError for an expression that yields nothing */
export function createMatcher(
	{ field, values }: SearchFilter,
	filterValues: IDataObject,
): ((record: IDataObject) => boolean) | undefined {
	const text = field.name in filterValues ? parseText(field.displayName, filterValues[field.name]).toLowerCase() : '';
	if (text === '') return undefined;
	return (record) => includesText(values(record), text);
}
