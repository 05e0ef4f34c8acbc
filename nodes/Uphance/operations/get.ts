import type { INodeProperties } from 'n8n-workflow';
import { locatorField, parseLocator } from '../parameters/locator';
import { findByLocator, notFoundError } from './lookup';
import type { LookupConfig } from '../parameters/locator';
import type { Operation } from './operation';
import type { OutputConfig } from '../output/output';
import { outputParameters } from '../output/output';

export interface GetConfig extends OutputConfig {
	lookup: LookupConfig;
	/** The name of the locator, e.g. "orderId". */
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
			description: 'One item for each input item, with "found" true or false, so that an If node can branch',
		},
		{ name: 'Stop With an Error', value: 'error' },
	],
};

/** Get of a resource: one record, by whatever people know of it. */
export function get({ lookup, idParameter, ...outputConfig }: GetConfig): Operation {
	const { recordType, label, lookups } = lookup;
	const lookupLabels = [...(lookup.noIdLookup ? [] : ['ID']), ...lookups.map(({ label: words }) => words)]
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
			const toItems = output.createMapper(this, item);
			const locatorValue = parseLocator(label, this.getNodeParameter(idParameter, item));
			const record = await findByLocator(client, lookup, locatorValue);
			const returnEmptyItem = this.getNodeParameter('options', item, {}).ifNotFound === 'emptyItem';
			if (!record && !returnEmptyItem) throw await notFoundError(client, lookup, locatorValue);
			if (!record) return { found: false };
			const items = toItems?.(record) ?? [record];
			return returnEmptyItem ? items.map((each) => ({ ...each, found: true })) : items;
		},
	};
}

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
