import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { compareAlphabetically } from '../parameters/fields';
import type { Filter, SearchFilter } from '../parameters/filters';
import type { LookupConfig } from '../parameters/locator';
import { get } from './get';
import { getMany } from './getMany';
import { listSearch } from '../methods/listSearch';
import type { Operation, Resource } from './operation';
import type { OutputConfig } from '../output/output';

export interface ReadableResourceConfig extends OutputConfig {
	option: INodePropertyOptions;
	lookup: LookupConfig;
	/** The name of the parameter that says which record, e.g. "invoiceId". */
	idParameter: string;
	filters: Filter[];
	search?: SearchFilter;
	/** How a record reads in a list, in parts. */
	label: (record: IDataObject) => unknown[];
	/** Lists whose newest records matter show them first; the others as Uphance lists them. */
	newestFirst: boolean;
	/** What else can be done, beside reading. */
	operations?: Operation[];
}

/** A resource whose records can be listed, searched and got one by one. */
export function readableResource(config: ReadableResourceConfig): Resource {
	const { option, lookup, idParameter, filters, search, simplify, itemPer, operations = [] } = config;
	const { recordType, noIdLookup: withoutId } = lookup;
	const lookups = lookup.lookups.filter((lookup) => 'filter' in lookup);
	return {
		option,
		records: { recordType, simplify },
		operations: [
			get({ lookup, idParameter, simplify, itemPer }),
			getMany({ recordType, filters, search, simplify, itemPer }),
			...operations,
		].sort((one, other) => compareAlphabetically(one.option.name, other.option.name)),
		listSearch: {
			[lookup.listSearchMethod]: listSearch({
				recordType,
				label: config.label,
				newestFirst: config.newestFirst,
				value: withoutId && lookups[0]?.field,
				queries: (text) =>
					lookups.map(({ filter, isNumber }) => ({ [filter]: isNumber ? text.replace(/^#\s*/, '') : text })),
				searchedValues: (record) => [...lookups.map(({ field }) => record[field]), ...(search?.values(record) ?? [])],
			}),
		},
	};
}
