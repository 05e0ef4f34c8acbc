import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { TimeRange } from '../transport/createdRange';
import type { Filter } from './filters';
import { toIsoDateTime } from './momentText';

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
