import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { momentText } from './momentText';
import { typedText } from './parse';

/** A filter of a list: its field bears the API's name, which is also what is sent unless `sends` says otherwise. */
export interface Filter {
	field: INodeProperties;
	sends?: string;
	/**
	 * Only the digits of an id are sent; anything else is refused, because the server would silently ignore it. A moment
	 * is sent with its timezone. A list sends all its choices, and all there are when none is chosen. What Uphance cannot
	 * filter by, the moments after or before which records were created, is not sent (createdBetween.ts).
	 */
	as?: 'id' | 'moment' | 'list' | 'after' | 'before';
}

/**
 * The query of a list from what the user filled in. Blank values are never sent.
 *
 * @param timezone of the workflow, for moments without one
 * @throws UserError for an id that is no number, and for an expression that yields nothing: everything would come back
 */
export function queryOf(filters: Filter[], values: IDataObject, timezone: string): IDataObject {
	const query: IDataObject = {};
	for (const { field, sends = field.name, as } of filters) {
		if (as === 'after' || as === 'before') continue;
		if (as === 'list') query[sends] = chosenIn(field, values);
		if (as === 'list' || !(field.name in values)) continue;
		const typed = values[field.name];
		const isBlank = typeof typed === 'string' && typed.trim() === '';
		if (as === 'moment' && !isBlank) query[sends] = momentText(field.displayName, typed, timezone);
		if (as === 'moment') continue;
		const value = typedText(field.displayName, typed);
		if (value === '') continue;
		if (as === 'id' && !/^\d+$/.test(value)) throw refusedId(field.displayName, value);
		query[sends] = value;
	}
	return query;
}

function chosenIn({ displayName, name, options = [] }: INodeProperties, values: IDataObject): string[] {
	const typed = values[name] ?? [];
	const chosen = (Array.isArray(typed) ? typed : [typed]).map((each) => typedText(displayName, each));
	const all = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const unknown = chosen.find((each) => !all.includes(each));
	if (unknown === undefined) return chosen.length > 0 ? chosen : all;
	throw new UserError(`'${displayName}' must be one or more of ${all.join(', ')}, not '${unknown}'`, {
		description: 'Choose from the list, or correct the expression.',
	});
}

const refusedId = (label: string, value: string): UserError =>
	new UserError(`'${label}' is not a number: '${value}'`, {
		description:
			"Use the ID that Uphance gave the record, such as 9005, or leave the field empty. IDs are in the output as 'id'.",
	});

/** Lists with ids that ascend can go on after one (uphance-api.md 3.2). */
export const afterId = (plural: string): Filter => ({
	as: 'id',
	field: {
		displayName: 'After ID',
		name: 'since_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9005',
		description: `Only ${plural} with a higher ID than this one; the ID is not the number people see`,
	},
});

export const createdSince = (plural: string): Filter => ({
	as: 'moment',
	field: {
		displayName: 'Created Since',
		name: 'since_created_at',
		type: 'dateTime',
		default: '',
		description: `Only ${plural} that were created at this moment or later`,
	},
});
