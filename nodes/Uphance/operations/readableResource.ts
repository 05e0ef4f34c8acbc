import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { listSearch } from '../methods/listSearch';
import type { OutputConfig } from '../output/output';
import { compareAlphabetically } from '../parameters/fields';
import type { Filter } from '../parameters/filters';
import { withoutNumberSign } from '../parameters/filters';
import type { LookupConfig } from '../parameters/locator';
import type { SearchFilter } from '../parameters/recordFilters';
import { get } from './get';
import { getMany } from './getMany';
import type { Operation, Resource } from './operation';

/** Describes a resource whose records can be read. */
export interface ReadableResourceConfig extends OutputConfig {
	option: INodePropertyOptions;
	lookup: LookupConfig;
	/** Name of the resource locator of Get, e.g. "invoiceId". */
	idParameter: string;
	filters: Filter[];
	search?: SearchFilter;
	/** Returns the parts of a record's name in the list of the locator. */
	label: (record: IDataObject) => unknown[];
	/** Set to show the newest records first in the list of the locator. */
	newestFirst: boolean;
	/** Set to show these records of a page of that list before the others. */
	listedFirst?: (record: IDataObject) => boolean;
	/** Further operations, besides Get and Get Many. */
	operations?: Operation[];
}

/** Returns a resource with Get, Get Many, further operations, and the list for its locator. */
export function readableResource(config: ReadableResourceConfig): Resource {
	const { option, lookup, idParameter, filters, search, simplify, itemPer, operations = [] } = config;
	const { recordType, noIdLookup } = lookup;
	const filterLookups = lookup.lookups.filter((candidate) => 'filter' in candidate);
	return {
		option,
		records: { recordType, simplify },
		operations: [
			get({ lookup, idParameter, simplify, itemPer }),
			getMany({ recordType, filters, search, simplify, itemPer }),
			...operations,
		].sort((a, b) => compareAlphabetically(a.option.name, b.option.name)),
		listSearch: {
			[lookup.listSearchMethod]: listSearch({
				recordType,
				label: config.label,
				newestFirst: config.newestFirst,
				first: config.listedFirst,
				value: noIdLookup && filterLookups[0]?.field,
				queries: (text) =>
					filterLookups
						.filter(({ isNumber }) => !isNumber || /\d/.test(text))
						.map(({ filter, isNumber }) => ({ [filter]: isNumber ? withoutNumberSign(text) : text })),
				searchedValues: (record) => [
					...filterLookups.map(({ field }) => record[field]),
					...(search?.values(record) ?? []),
				],
			}),
		},
	};
}
