import type { INodeProperties } from 'n8n-workflow';
import { choiceIn } from '../parameters/locator';
import { findChosen, refusedMissing } from './lookup';
import type { Findable } from '../parameters/findable';
import { locatorField } from '../parameters/findable';
import type { Operation } from './operation';
import type { Shapes } from '../output/output';
import { shape } from '../output/output';

export interface GetFacts extends Shapes {
	findable: Findable;
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
export function get({ findable, idParameter, ...shapes }: GetFacts): Operation {
	const { kind, label, lookups } = findable;
	const ways = [...(findable.withoutId ? [] : ['ID']), ...lookups.map(({ words }) => words)]
		.join(', ')
		.replace(/, ([^,]+)$/, ' or $1');
	const shaped = shape(kind, shapes, false);
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${withArticle(kind.singular)}`,
			description: `Retrieve one ${kind.singular} by ${ways}`,
		},
		fields: [locatorField(findable, idParameter, `The ${kind.singular} to get`), ...shaped.fields],
		options: [ifNotFound, ...shaped.options],
		async run(item, uphance) {
			const itemsOf = shaped.chosen(this, item);
			const choice = choiceIn(label, this.getNodeParameter(idParameter, item));
			const record = await findChosen(uphance, findable, choice);
			const mayMiss = this.getNodeParameter('options', item, {}).ifNotFound === 'emptyItem';
			if (!record && !mayMiss) throw await refusedMissing(uphance, findable, choice);
			if (!record) return { found: false };
			const items = itemsOf?.(record) ?? [record];
			return mayMiss ? items.map((each) => ({ ...each, found: true })) : items;
		},
	};
}

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
