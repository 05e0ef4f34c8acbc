import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toComparable } from '../http/text';
import { includesText } from '../output/values';
import type { Filter } from './filters';
import { parseText } from './parse';

/** A filter that Uphance does not have. The node reads the whole list and applies it. */
export interface SearchFilter {
	field: INodeProperties;
	/** Returns the values of a record that are searched. */
	values: (record: IDataObject) => unknown[];
}

/**
 * Returns whether a record contains the search text, ignoring case. Returns undefined if there is no search text.
 *
 * @throws UserError that names the field, if its expression returns no single value
 */
export function createMatcher(
	{ field, values }: SearchFilter,
	filterValues: IDataObject,
): ((record: IDataObject) => boolean) | undefined {
	const text = field.name in filterValues ? parseText(field.displayName, filterValues[field.name]) : '';
	if (text === '') return undefined;
	return (record) => includesText(values(record), text);
}

/** Compares records with the value of a filter that Uphance applies. */
export interface RecordCheck {
	/** Label of the filter. */
	label: string;
	/** Returns whether a record has the value. Returns undefined if it does not say so. */
	hasValue: (record: IDataObject) => boolean | undefined;
}

/**
 * Returns the checks for the filters in a query: Uphance may ignore one and return every record. They are as tolerant as
 * a filter can be. A moment may be later, an ID or a number may be one of several in the field, and of any other text the
 * field may contain more. Upper and lower case and zeros in front make no difference.
 */
export const createRecordChecks = (filters: Filter[], query: IDataObject): RecordCheck[] =>
	filters.flatMap(({ field, queryName = field.name, type, recordFields }) => {
		const value = query[queryName];
		if (!recordFields || typeof value !== 'string') return [];
		const fits = { id: isNamedIn, number: isNamedIn, moment: isReachedIn }[String(type)] ?? isContainedIn;
		const hasValue = (record: IDataObject) => {
			const values = recordFields.map((name) => record[name]).filter(isSingle);
			return values.length === 0 ? undefined : values.some((other) => fits(value, other));
		};
		return [{ label: field.displayName, hasValue }];
	});

const isSingle = (value: unknown): value is string | number =>
	(typeof value === 'string' && value.trim() !== '') || typeof value === 'number';

const isContainedIn = (value: string, other: unknown): boolean => plain(other).includes(plain(value));

const isNamedIn = (value: string, other: unknown): boolean =>
	[String(other), ...String(other).split(/[^\p{L}\p{N}]+/u)].map(plain).includes(plain(value));

/** A date that cannot be read counts as reached. */
const isReachedIn = (value: string, other: unknown): boolean => !(Date.parse(String(other)) < Date.parse(value));

const plain = (value: unknown): string =>
	toComparable(value)
		.replace(/^[#\s0]+/, '')
		.toLowerCase();
