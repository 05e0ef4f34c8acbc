import { isObject } from '../http/json';
import type { IDataObject, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { UphanceClient } from '../transport/client';
import type { RecordType } from '../transport/recordType';
import { parseText, toRecordId } from './parse';

/** What somebody chose in a resource locator; a bare value, which expressions and AI agents yield, is an id. */
export interface LocatorValue {
	mode: string;
	value: string;
}

/** @throws UserError for a locator that was left empty, or whose expression yields nothing */
export function parseLocator(label: string, locator: unknown): LocatorValue {
	const { mode, value } = isObject(locator) && '__rl' in locator ? locator : { mode: 'id', value: locator };
	const text = parseText(label, value);
	if (text !== '') return { mode: String(mode), value: text };
	throw new UserError(`'${label}' is empty`, {
		description: 'Choose one from the list, or enter what identifies it.',
	});
}

/**
 * The id in a choice by list or id: a number, or the address of the record's page in Uphance.
 *
 * @throws UserError for anything else
 */
export function parseRecordId(label: string, { value }: LocatorValue, { path, singular, example }: RecordType): number {
	const [, fromUrl = value] = new RegExp(`^https?://[^/]+${path}/(\\d+)(?:[/?#].*)?$`).exec(value) ?? [];
	const id = toRecordId(fromUrl);
	if (id !== undefined) return id;
	throw new UserError(`'${label}' is not an ID: '${value}'`, {
		description: `Use the number that Uphance gave the ${singular}${example ? `, such as ${example}` : ''}, or choose it from the list.`,
	});
}

/** A way to find a record by something else than its id. */
export type Lookup = FilterLookup | ListLookup;

/** By a filter of its list. */
export interface FilterLookup {
	/** How the editor offers it. */
	mode: Omit<INodePropertyMode, 'type'>;
	/** Completes "No sales order has the …", e.g. "number". */
	label: string;
	/** The filter, e.g. "by_order_number". */
	filter: string;
	/** The field of a record that must carry the value: a filter that the server ignores must never yield just any record. */
	field: string;
	/** Numbers may be mistaken for ids, and are often written with "#". */
	isNumber?: true;
}

/** By reading the list, where Uphance has no filter: compared without case and stray blanks. */
export interface ListLookup {
	mode: Omit<INodePropertyMode, 'type'>;
	label: string;
	/** Completes "No customer …", where that is not "has the" and the words. */
	predicate: string;
	loadAll: (client: UphanceClient) => Promise<IDataObject[]>;
	/** The texts of a record of which one must be the value. */
	values: (record: IDataObject) => unknown[];
	/** What to do when no record has it, and when several do. */
	whenMissing: string;
	whenSeveral: string;
}

/** What a resource states once about how people say which record they mean. */
export interface LookupConfig {
	recordType: RecordType;
	/** e.g. "Sales Order" */
	label: string;
	/** The name of the list search in the node. */
	listSearchMethod: string;
	lookups: Lookup[];
	/** Uphance gives one only by the first of the lookups: the list yields its value, and there is no mode for ids. */
	noIdLookup?: true;
	/** A record as messages name it, e.g. "order 101 of Barneys". */
	describe: (record: IDataObject) => string;
}

/** The field that says which record is meant: from a list, by id, or by what else people know of it. */
export const locatorField = (
	{ recordType, label, listSearchMethod, lookups, noIdLookup }: LookupConfig,
	name: string,
	description: string,
): INodeProperties => ({
	displayName: label,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: listSearchMethod, searchable: true },
		},
		...(noIdLookup
			? []
			: [{ displayName: 'By ID', name: 'id', type: 'string' as const, placeholder: `e.g. ${recordType.example}` }]),
		...lookups.map(({ mode }) => ({ ...mode, type: 'string' as const })),
	],
});
