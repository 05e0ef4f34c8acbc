import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choiceIn } from './chosenRecord';
import { findChosen, refusedMissing } from './findChosen';
import type { Findable } from './findable';
import { locatorField } from './findable';
import type { Operation } from './operation';
import { simplifyField } from './simplifyField';

export interface GetFacts {
	findable: Findable;
	/** The name of the locator, e.g. "orderId". */
	idParameter: string;
	simplify?: (record: IDataObject) => IDataObject;
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
export function get({ findable, idParameter, simplify }: GetFacts): Operation {
	const { kind, label, lookups } = findable;
	const ways = [...(findable.withoutId ? [] : ['ID']), ...lookups.map(({ words }) => words)]
		.join(', ')
		.replace(/, ([^,]+)$/, ' or $1');
	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${withArticle(kind.singular)}`,
			description: `Retrieve one ${kind.singular} by ${ways}`,
		},
		fields: [
			locatorField(findable, idParameter, `The ${kind.singular} to get`),
			...(simplify ? [{ ...simplifyField, default: false }] : []),
		],
		options: [ifNotFound],
		async run(item, uphance) {
			const choice = choiceIn(label, this.getNodeParameter(idParameter, item));
			const record = await findChosen(uphance, findable, choice);
			const mayMiss = this.getNodeParameter('options', item, {}).ifNotFound === 'emptyItem';
			if (!record && !mayMiss) throw await refusedMissing(uphance, findable, choice);
			const shape = simplify && this.getNodeParameter('simplify', item, false) ? simplify : undefined;
			return {
				...(record && (shape ? shape(record) : record)),
				...(mayMiss && { found: record !== undefined }),
			};
		},
	};
}

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
