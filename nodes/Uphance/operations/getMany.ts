import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { named } from '../auth/errors';
import { pages, pagesFromNewest, readPage } from '../transport/pagination';
import { pagesCreated, startOver } from '../transport/createdRange';
import type { RecordKind } from '../transport/recordType';
import { collection } from '../parameters/fields';
import { createdBetween } from '../parameters/createdBetween';
import type { Filter } from '../parameters/filters';
import { queryOf } from '../parameters/filters';
import type { Operation } from './operation';
import type { Search } from '../parameters/search';
import { matcher } from '../parameters/search';
import type { Shapes } from '../output/output';
import { shape } from '../output/output';
import { isOn } from '../parameters/switchedOn';
import { tooManyItems } from './tooManyItems';

export interface ManyFacts extends Shapes {
	kind: RecordKind;
	filters: Filter[];
	search?: Search;
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

/** Get Many of a resource: everything, or up to a limit, filtered by what Uphance can filter by. */
export function getMany({ kind, filters, search, ...shapes }: ManyFacts): Operation {
	const canAskAfterId = filters.some(({ field }) => field.name === 'since_id');
	const filterFields = [...filters.map(({ field }) => field), ...(search ? [search.field] : [])];
	const shaped = shape(kind, shapes, true, {
		description: `What an item of the output is; 'Limit' counts ${kind.plural}, so that none is cut in two`,
	});
	return {
		option: {
			name: 'Get Many',
			value: 'getAll',
			action: `Get many ${kind.plural}`,
			description: `Retrieve a list of ${kind.plural}`,
		},
		fields: [
			returnAll,
			limit,
			...(canAskAfterId ? [newestFirst] : []),
			...shaped.fields,
			...(filterFields.length > 0 ? [collection('Filters', 'filters', 'filter', filterFields)] : []),
		],
		options: shaped.options,
		async run(item, uphance) {
			const most = isOn(this, returnAll, item) ? Infinity : limitIn(this.getNodeParameter('limit', item, 50));
			const typed = this.getNodeParameter('filters', item, {});
			const query = queryOf(filters, typed, this.getTimezone());
			const created = createdBetween(filters, typed, this.getTimezone());
			const isMeant = search && matcher(search, typed);
			const fromNewest =
				canAskAfterId && most !== Infinity && query.since_id === undefined && isOn(this, newestFirst, item);
			const itemsOf = shaped.chosen(this, item);

			const items: IDataObject[] = [];
			let taken = 0;
			let read = 0;
			const source = created
				? pagesCreated(async (number) => await readPage(uphance, kind, query, number), created, fromNewest)
				: (fromNewest ? pagesFromNewest : pages)(uphance, kind, query);
			for await (const page of source) {
				if (page === startOver) {
					items.length = 0;
					taken = 0;
					continue;
				}
				for (const record of page) {
					if (taken === most) break;
					if (isMeant && !isMeant(record)) continue;
					if (itemsOf) items.push(...itemsOf(record));
					else items.push(record);
					taken += 1;
				}
				read += 1;
				if (taken >= most) break;
			}
			if (read > 1 && this.getInputData().length === 1) {
				const message = `${taken.toLocaleString('en')} ${kind.plural} in ${read} pages from ${named(uphance.organisation)}`;
				this.addExecutionHints({ message, location: 'outputPane' });
			}
			const message = tooManyItems({
				items: items.length,
				areWhole: !itemsOf && shapes.simplify !== undefined,
				hasRows: shapes.itemPer !== undefined,
				hasFilters: filterFields.length > 0,
				canAskAfterId,
			});
			if (message) this.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
			return items;
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
