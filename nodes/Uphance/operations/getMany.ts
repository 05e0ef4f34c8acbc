import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { OutputConfig } from '../output/output';
import { outputParameters } from '../output/output';
import { collection } from '../parameters/fields';
import { buildQuery, createMatcher, parseCreatedRange } from '../parameters/filters';
import type { Filter, SearchFilter } from '../parameters/filters';
import { getBooleanParameter } from '../parameters/parse';
import { RESTART } from '../transport/createdRange';
import type { RecordType } from '../transport/recordType';
import type { ListResult } from './listHints';
import { describeFilters, resultHint, memoryHint } from './listHints';
import type { ListNotes } from './listPages';
import { hintsOf, listPages } from './listPages';
import type { Operation } from './operation';

/** Describes the operation Get Many of a resource. */
export interface GetManyConfig extends OutputConfig {
	recordType: RecordType;
	filters: Filter[];
	search?: SearchFilter;
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
	description: 'Whether to return the newest records first; otherwise the oldest come first',
};

/** The same for a list that has After ID. */
const newestFirstUnlessAfterId: INodeProperties = {
	...newestFirst,
	description: `${newestFirst.description}. With 'After ID' the oldest always come first, so that a loop can continue after the last one.`,
};

/** Returns the operation Get Many of a resource. It returns all records that match the filters, or up to a limit. */
export function getMany({ recordType, filters, search, ...outputConfig }: GetManyConfig): Operation {
	const { supportsSinceId = false, comesWhole } = recordType;
	const filterFields = [...filters.map(({ field }) => field), ...(search ? [search.field] : [])];
	const output = outputParameters(recordType, outputConfig, true, {
		description: `What each output item contains. The limit counts ${recordType.plural}, so that none of them is split.`,
	});
	return {
		option: {
			name: 'Get Many',
			value: 'getAll',
			action: `Get many ${recordType.plural}`,
			description: `Retrieve a list of ${recordType.plural}`,
		},
		fields: [
			returnAll,
			limit,
			...(comesWhole ? [] : [supportsSinceId ? newestFirstUnlessAfterId : newestFirst]),
			...output.fields,
			...(filterFields.length > 0 ? [collection('Filters', 'filters', 'filter', filterFields)] : []),
		],
		options: output.options,
		async run(item, client) {
			const limitCount = getBooleanParameter(this, returnAll, item)
				? Infinity
				: parseLimit(this.getNodeParameter('limit', item, 50));
			const filterValues = this.getNodeParameter('filters', item, {});
			const query = buildQuery(filters, filterValues, this.getTimezone());
			const created = parseCreatedRange(filters, filterValues, this.getTimezone());
			const matches = search && createMatcher(search, filterValues);
			const isLimited = limitCount !== Infinity;
			const fromNewest =
				!comesWhole && isLimited && query.since_id === undefined && getBooleanParameter(this, newestFirst, item);
			const { toItems, rowMode, complete } = output.select(this, item);

			const items: IDataObject[] = [];
			let count = 0;
			let pages = 0;
			let beyondLimit: ListResult['beyondLimit'];
			const notes: ListNotes = { undatedCount: 0, isUnordered: false };
			const request = { recordType, query, created, isLimited, newestFirst: fromNewest };
			for await (const page of listPages(client, request, notes)) {
				if (page === RESTART) {
					items.length = 0;
					count = 0;
					continue;
				}
				pages += 1;
				for (const record of matches ? page.filter(matches) : page) {
					if (count === limitCount) {
						beyondLimit = 'more';
						break;
					}
					if (toItems) items.push(...toItems(record));
					else items.push(record);
					count += 1;
				}
				if (count < limitCount) continue;
				const total = created || matches ? undefined : notes.totalCount;
				if (total !== count) beyondLimit ??= total === undefined ? 'unknown' : 'more';
				break;
			}
			const message = resultHint({
				recordType,
				organisation: client.organisation,
				filters: describeFilters(filters, search, filterValues),
				...{ records: count, items: items.length, pages, rowMode, beyondLimit },
			});
			const isOnlyItem = this.getInputData().length === 1; // the hints of many would hide the output
			if (message && isOnlyItem) this.addExecutionHints({ message, location: 'outputPane' });
			await complete(client, items);
			const memory = memoryHint({
				items: items.length,
				areFullRecords: !toItems && outputConfig.simplify !== undefined,
				hasRows: outputConfig.itemPer !== undefined,
				hasFilters: filterFields.length > 0,
				supportsSinceId,
			});
			for (const warning of [...hintsOf(notes, recordType), ...(memory ? [memory] : [])])
				this.addExecutionHints({ message: warning, type: 'warning', location: 'outputPane' });
			return items;
		},
	};
}

/** @throws UserError for anything but a whole number from 1, which an expression can return */
function parseLimit(value: unknown): number {
	const number = Number(value);
	if (Number.isInteger(number) && number >= 1) return number;
	throw new UserError(`'Limit' must be a whole number from 1, not '${String(value)}'`, {
		description: "To get everything, turn on 'Return All'.",
	});
}
