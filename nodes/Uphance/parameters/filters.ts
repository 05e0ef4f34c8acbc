import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { TimeRange } from '../transport/listOrder';
import { toIsoDateTime } from './dates';
import { parseCode, parseText } from './parse';

/** Describes one filter of a list. */
export interface Filter {
	field: INodeProperties;
	/** Name of the query parameter, if it differs from the name of the field. */
	queryName?: string;
	/** Fields of a record, one of which has the value; see `createRecordCheck`. */
	recordFields?: string[];
	/**
	 * Determines how the value is used. Without a type it is sent as text.
	 *
	 * - `id`: sent if it has only digits; Uphance could ignore anything else and return every record
	 * - `number`: sent without the "#" that people write in front of the number of a document
	 * - `moment`: sent as ISO 8601 with a timezone
	 * - `list`: sends the chosen options, or all options if none is chosen
	 * - `after`, `before`: not sent, because Uphance has no such filter; see `parseCreatedRange`
	 */
	type?: 'id' | 'number' | 'moment' | 'list' | 'after' | 'before';
}

/**
 * Returns the query of a list request. Omits blank values.
 *
 * @param timezone of the workflow, for moments without one
 * @throws UserError that names the field, if its value cannot be used: Uphance would return every record without it
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
		const text = parseCode(field.displayName, value);
		if (text === '') continue;
		if (type === 'id' && !/^\d+$/.test(text)) throw invalidIdError(field.displayName, text);
		query[queryName] = type === 'number' ? withoutNumberSign(text) : text;
	}
	return query;
}

/** Returns the number of a document without the "#" that people write in front of it. */
export const withoutNumberSign = (text: string): string => text.replace(/^#\s*(?=.)/, '');

function parseMultiOptions({ displayName, name, options = [] }: INodeProperties, values: IDataObject): string[] {
	const value = name in values ? values[name] : [];
	const selected = (Array.isArray(value) ? value : [value]).map((option) => parseText(displayName, option));
	const all = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const unknown = selected.find((option) => !all.includes(option));
	if (unknown === undefined) return selected.length > 0 ? selected : all;
	throw new UserError(`'${displayName}' must be one or more of ${all.join(', ')}, not '${unknown}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}

const invalidIdError = (label: string, value: string): UserError =>
	new UserError(`'${label}' is not a number: '${value}'`, {
		description: "Use the ID of a record, such as 9005, or leave the field empty. The output shows IDs as 'id'.",
	});

/** The filter `since_id` of lists with ascending IDs (docs/uphance.openapi.yaml: GET /sales_orders). */
export const afterIdFilter = (plural: string): Filter => ({
	type: 'id',
	field: {
		displayName: 'After ID',
		name: 'since_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9005',
		description: `Only ${plural} with a higher ID than this one. The ID is not the number that people see.`,
	},
});

/** The filter `since_created_at`, which some lists have (docs/uphance.openapi.yaml: GET /pick_tickets). */
export const createdSinceFilter = (plural: string): Filter => ({
	...dateFilter('moment', 'Created Since', 'since_created_at', `Only ${plural} created at this moment or later`),
	recordFields: ['created_at'],
});

/** A filter that the node applies itself. */
export const createdAfterFilter = (plural: string): Filter =>
	dateFilter('after', 'Created After', 'createdAfter', `Only ${plural} created at this moment or later. ${byNode}`);

/** A filter that the node applies itself. */
export const createdBeforeFilter = (plural: string): Filter =>
	dateFilter('before', 'Created Before', 'createdBefore', `Only ${plural} created before this moment. ${byNode}`);

const byNode = 'Uphance has no such filter, so the node searches the list for the right page.';

const dateFilter = (type: Filter['type'], displayName: string, name: string, description: string): Filter => ({
	type,
	field: { displayName, name, type: 'dateTime', default: '', description },
});

/**
 * Returns the range of the filters `after` and `before`, in milliseconds since 1970. An open end is infinite. Returns
 * undefined if neither filter is set.
 *
 * @param timezone of the workflow, for moments without one
 * @throws UserError that names the field, if a value is not a moment, or if the range is empty
 */
export function parseCreatedRange(filters: Filter[], values: IDataObject, timezone: string): TimeRange | undefined {
	const after = parseMoment('after', filters, values, timezone);
	const before = parseMoment('before', filters, values, timezone);
	// Uphance applies the `moment` filter itself. It is read here only to reject an empty range.
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
