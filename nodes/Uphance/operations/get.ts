import type { INodeProperties } from 'n8n-workflow';
import type { OutputConfig } from '../output/output';
import { outputParameters } from '../output/output';
import { locatorField, parseLocator } from '../parameters/locator';
import type { LookupConfig } from '../parameters/locator';
import { findByLocator, notFoundError } from './lookup';
import type { Operation } from './operation';

/** Describes the operation Get of a resource. */
export interface GetConfig extends OutputConfig {
	lookup: LookupConfig;
	/** Name of the resource locator, e.g. "orderId". */
	idParameter: string;
}

const ifNotFound: INodeProperties = {
	displayName: 'If Not Found',
	name: 'ifNotFound',
	type: 'options',
	default: 'error',
	options: [
		{
			name: 'Return an Empty Item',
			value: 'emptyItem',
			description:
				'At least one item per input item, with "found" set to true or false for an If node. A record without lines comes with the fields of Simplify.',
		},
		{ name: 'Stop With an Error', value: 'error' },
	],
};

/** Returns the operation Get of a resource. It finds one record by its ID or by one of the lookups. */
export function get({ lookup, idParameter, ...outputConfig }: GetConfig): Operation {
	const { recordType, label, lookups } = lookup;
	const lookupLabels = [...(lookup.noIdLookup ? [] : ['ID']), ...lookups.map((other) => other.label)]
		.join(', ')
		.replace(/, ([^,]+)$/, ' or $1');
	const output = outputParameters(recordType, outputConfig, false);
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${withArticle(recordType.singular)}`,
			description: `Retrieve one ${recordType.singular} by ${lookupLabels}`,
		},
		fields: [locatorField(lookup, idParameter, `The ${recordType.singular} to get`), ...output.fields],
		options: [ifNotFound, ...output.options],
		async run(item, client) {
			const { toItems, complete } = output.select(this, item);
			const locatorValue = parseLocator(label, this.getNodeParameter(idParameter, item));
			const record = await findByLocator(client, lookup, locatorValue);
			const returnEmptyItem = this.getNodeParameter('options', item, {}).ifNotFound === 'emptyItem';
			if (!record && !returnEmptyItem) throw await notFoundError(client, lookup, locatorValue);
			if (!record) return { found: false };
			const items = toItems?.(record) ?? [record];
			await complete(client, items);
			if (!returnEmptyItem) return items;
			// A record without lines has no rows, but an If node after this one needs an item.
			const shown = items.length > 0 ? items : [outputConfig.simplify?.(record) ?? record];
			return shown.map((json) => ({ ...json, found: true }));
		},
	};
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
