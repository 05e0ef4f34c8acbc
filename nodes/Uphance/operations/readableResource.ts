import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { inAlphabet } from '../parameters/fields';
import type { Filter } from '../parameters/filters';
import type { Findable } from '../parameters/findable';
import { get } from './get';
import type { Search } from '../parameters/search';
import { getMany } from './getMany';
import { listSearch } from '../methods/listSearch';
import type { Operation, Resource } from './operation';
import type { Shapes } from '../output/output';

export interface ReadableFacts extends Shapes {
	option: INodePropertyOptions;
	findable: Findable;
	/** The name of the parameter that says which record, e.g. "invoiceId". */
	idParameter: string;
	filters: Filter[];
	search?: Search;
	/** How a record reads in a list, in parts. */
	label: (record: IDataObject) => unknown[];
	/** Lists whose newest records matter show them first; the others as Uphance lists them. */
	newestFirst: boolean;
	/** What else can be done, beside reading. */
	operations?: Operation[];
}

/** A resource whose records can be listed, searched and got one by one. */
export function readable(facts: ReadableFacts): Resource {
	const { option, findable, idParameter, filters, search, simplify, itemPer, operations = [] } = facts;
	const { kind, withoutId } = findable;
	const lookups = findable.lookups.filter((lookup) => 'filter' in lookup);
	return {
		option,
		records: { kind, simplify },
		operations: [
			get({ findable, idParameter, simplify, itemPer }),
			getMany({ kind, filters, search, simplify, itemPer }),
			...operations,
		].sort((one, other) => inAlphabet(one.option.name, other.option.name)),
		listSearch: {
			[findable.search]: listSearch({
				kind,
				label: facts.label,
				newestFirst: facts.newestFirst,
				value: withoutId && lookups[0]?.field,
				queries: (text) =>
					lookups.map(({ filter, isNumber }) => ({ [filter]: isNumber ? text.replace(/^#\s*/, '') : text })),
				alsoSearched: (record) => [...lookups.map(({ field }) => record[field]), ...(search?.texts(record) ?? [])],
			}),
		},
	};
}
