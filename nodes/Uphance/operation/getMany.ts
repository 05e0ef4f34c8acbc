import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { named } from '../session/refused';
import type { List } from '../transport/pages';
import { pages, pagesFromNewest } from '../transport/pages';
import type { Filter } from './filters';
import { queryOf } from './filters';
import type { Operation } from './operation';

export interface ManyFacts {
	list: List;
	filters: Filter[];
	/** Ten flat fields worth showing; left out for records that have no more than ten (design 2). */
	simplify?: (record: IDataObject) => IDataObject;
}

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	displayOptions: { show: { returnAll: [false] } },
	default: 50,
	description: 'Max number of results to return',
};

const newestFirst: INodeProperties = {
	displayName: 'Newest First',
	name: 'newestFirst',
	type: 'boolean',
	displayOptions: { show: { returnAll: [false] } },
	default: true,
	description:
		"Whether to return the newest records first. With 'After ID' the oldest come first, so that a loop can go on from the last one.",
};

const simplified: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Get Many of a resource: everything, or up to a limit, filtered by what Uphance can filter by. */
export function getMany({ list, filters, simplify }: ManyFacts): Operation {
	const canAskAfterId = filters.some(({ field }) => field.name === 'since_id');
	const filterFields: INodeProperties = {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: filters.map(({ field }) => field),
	};
	return {
		option: {
			name: 'Get Many',
			value: 'getAll',
			action: `Get many ${list.plural}`,
			description: `Retrieve a list of ${list.plural}`,
		},
		fields: [
			returnAll,
			limit,
			...(canAskAfterId ? [newestFirst] : []),
			...(simplify ? [simplified] : []),
			...(filters.length > 0 ? [filterFields] : []),
		],
		async run(item, uphance) {
			const most = this.getNodeParameter('returnAll', item, false)
				? Infinity
				: limitIn(this.getNodeParameter('limit', item, 50));
			const query = queryOf(filters, this.getNodeParameter('filters', item, {}));
			const fromNewest =
				canAskAfterId &&
				most !== Infinity &&
				query.since_id === undefined &&
				this.getNodeParameter('newestFirst', item, true);
			const shape = simplify && this.getNodeParameter('simplify', item, true) ? simplify : undefined;

			const records: IDataObject[] = [];
			let read = 0;
			for await (const page of (fromNewest ? pagesFromNewest : pages)(uphance, list, query)) {
				for (const record of page.slice(0, most - records.length)) records.push(shape ? shape(record) : record);
				read += 1;
				if (records.length >= most) break;
			}
			if (read > 1 && this.getInputData().length === 1) {
				const message = `${records.length.toLocaleString('en')} ${list.plural} in ${read} pages from ${named(uphance.organisation)}`;
				this.addExecutionHints({ message, location: 'outputPane' });
			}
			return records;
		},
	};
}

/** @throws UserError for anything but a whole number from 1, which an expression can yield */
function limitIn(typed: unknown): number {
	const number = Number(typed);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new UserError(`'Limit' must be a whole number from 1, not '${String(typed)}'`, {
		description: "To get everything, turn on 'Return All'.",
	});
}
