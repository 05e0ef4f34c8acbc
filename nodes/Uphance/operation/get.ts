import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { named } from '../session/refused';
import type { Connection } from '../transport/connection';
import type { RecordKind } from '../transport/recordKind';
import type { Choice } from './chosenRecord';
import { choiceIn, idIn } from './chosenRecord';
import type { Lookup } from './find';
import { findAll, findById } from './find';
import type { TextMode } from './locatorField';
import type { Operation } from './operation';
import { simplifyField } from './simplifyField';

/** A mode of the locator that finds the record by something that people know. */
export interface LookupMode extends Lookup {
	mode: TextMode;
	/** Completes "No sales order has the …", e.g. "number". */
	words: string;
	/** Numbers may be mistaken for ids, and are often written with "#". */
	isNumber?: true;
}

export interface GetFacts {
	kind: RecordKind;
	/** A resource locator with the modes `list` and `id` and those of the lookups. */
	locator: INodeProperties;
	lookups?: LookupMode[];
	/** A record as messages name it, e.g. "order 101 of Barneys". */
	named: (record: IDataObject) => string;
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
export function get({ kind, locator, lookups = [], named: nameOf, simplify }: GetFacts): Operation {
	const label = locator.displayName;

	async function find(uphance: Connection, choice: Choice): Promise<IDataObject | undefined> {
		const lookup = lookups.find(({ mode }) => mode.name === choice.mode);
		if (!lookup) return await findById(uphance, kind, idIn(label, choice, kind));
		const hits: IDataObject[] = [];
		for await (const hit of findAll(uphance, kind, lookup, valueOf(choice, lookup))) hits.push(hit);
		if (hits.length < 2) return hits[0];
		throw new UserError(
			`${hits.length} ${kind.plural} have the ${lookup.words} '${choice.value}': ${hits.map((hit) => `${nameOf(hit)} (ID ${String(hit.id)})`).join(', ')}`,
			{ description: 'Choose one of them by ID.' },
		);
	}

	async function notFound(uphance: Connection, choice: Choice): Promise<UserError> {
		const lookup = lookups.find(({ mode }) => mode.name === choice.mode);
		const what = lookup
			? `No ${kind.singular} has the ${lookup.words} '${valueOf(choice, lookup)}'`
			: `No ${kind.singular} has the ID ${idIn(label, choice, kind)}`;
		const mistaken = lookup?.isNumber && (await withThisId(uphance, valueOf(choice, lookup)));
		const advice = mistaken
			? `${choice.value} is the ID of ${nameOf(mistaken)}: choose 'By ID' to get that one.`
			: `Check the ${lookup?.words ?? 'ID'}, or choose another 'Organisation' under Options.`;
		return new UserError(what, {
			description: `Looked in organisation ${named(uphance.organisation)}. ${kind.whenMissing ? `${kind.whenMissing} ` : ''}${advice}`,
		});
	}

	async function withThisId(uphance: Connection, value: string): Promise<IDataObject | undefined> {
		return /^\d{1,15}$/.test(value) ? await findById(uphance, kind, Number(value)).catch(() => undefined) : undefined;
	}

	return {
		option: {
			name: 'Get',
			value: 'get',
			action: `Get ${withArticle(kind.singular)}`,
			description: `Retrieve one ${kind.singular}`,
		},
		fields: [
			locator,
			...(simplify ? [{ ...simplifyField, default: false }] : []),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [ifNotFound],
			},
		],
		async run(item, uphance) {
			const choice = choiceIn(label, this.getNodeParameter(locator.name, item));
			const record = await find(uphance, choice);
			const mayMiss = this.getNodeParameter('options', item, {}).ifNotFound === 'emptyItem';
			if (!record && !mayMiss) throw await notFound(uphance, choice);
			const shape = simplify && this.getNodeParameter('simplify', item, false) ? simplify : undefined;
			return {
				...(record && (shape ? shape(record) : record)),
				...(mayMiss && { found: record !== undefined }),
			};
		},
	};
}

const valueOf = ({ value }: Choice, { isNumber }: LookupMode): string =>
	isNumber ? value.replace(/^#\s*/, '') : value;

const withArticle = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
