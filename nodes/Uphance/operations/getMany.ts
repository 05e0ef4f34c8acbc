import type { IDataObject } from 'n8n-workflow';
import type { OutputConfig } from '../output/output';
import { outputParameters, showHintOnce } from '../output/output';
import { collection } from '../parameters/fields';
import { buildQuery, parseCreatedRange } from '../parameters/filters';
import type { Filter } from '../parameters/filters';
import { parseCount } from '../parameters/numbers';
import { getBooleanParameter } from '../parameters/parse';
import { createMatcher, createRecordChecks } from '../parameters/recordFilters';
import type { SearchFilter } from '../parameters/recordFilters';
import { RESTART } from '../transport/createdRange';
import type { RecordType } from '../transport/recordType';
import { limit, newestFirst, newestFirstUnlessAfterId, returnAll } from './listFields';
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

/** Returns the operation Get Many of a resource. It returns all records that match the filters, or up to a limit. */
export function getMany({ recordType, filters, search, ...outputConfig }: GetManyConfig): Operation {
	const { supportsSinceId = false, isUnpaginated } = recordType;
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
			...(isUnpaginated ? [] : [supportsSinceId ? newestFirstUnlessAfterId : newestFirst]),
			...output.fields,
			...(filterFields.length > 0 ? [collection('Filters', 'filters', 'filter', filterFields)] : []),
		],
		options: output.options,
		async run(item, client) {
			const limitCount = getBooleanParameter(this, returnAll, item)
				? Infinity
				: parseCount('Limit', this.getNodeParameter('limit', item, 50), "To get everything, turn on 'Return All'.");
			const filterValues = this.getNodeParameter('filters', item, {});
			const query = buildQuery(filters, filterValues, this.getTimezone());
			const created = parseCreatedRange(filters, filterValues, this.getTimezone());
			const matches = search && createMatcher(search, filterValues);
			const isLimited = limitCount !== Infinity;
			const fromNewest =
				!isUnpaginated && isLimited && query.since_id === undefined && getBooleanParameter(this, newestFirst, item);
			const { toItems, rowMode, complete } = output.select(this, item);

			const items: IDataObject[] = [];
			let count = 0;
			let pages = 0;
			let beyondLimit: ListResult['beyondLimit'];
			const notes: ListNotes = { undatedCount: 0, isUnordered: false, missingCount: 0, ignoredFilters: new Set() };
			const checks = createRecordChecks(filters, query);
			const request = { recordType, query, checks, created, isLimited, newestFirst: fromNewest };
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
				const isCounted = !created && !matches && notes.ignoredFilters.size === 0;
				const total = isCounted ? notes.totalCount : undefined;
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
			const warnings = hintsOf(notes, recordType);
			if (memory) warnings.set('memory', memory);
			// Many items would give the same warnings with other numbers.
			for (const [about, warning] of warnings) await showHintOnce(this, client, `hint: ${about}`, warning, 'warning');
			return items;
		},
	};
}
