import type { IDataObject, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { isObject } from '../http/json';
import type { UphanceClient } from '../transport/client';
import type { RecordType } from '../transport/recordType';
import { parseCode, toRecordId } from './parse';

/** Describes how users identify a record of one resource. */
export interface LookupConfig {
	recordType: RecordType;
	/** e.g. "Sales Order" */
	label: string;
	/** Name of the resource's method in `listSearch`. */
	listSearchMethod: string;
	lookups: Lookup[];
	/**
	 * Set if Uphance returns one record only by the first of the lookups. The list then yields the value of that lookup,
	 * and the locator has no mode By ID.
	 */
	noIdLookup?: true;
	/** Returns a record's name for messages, e.g. "order 101 of Barneys". */
	describe: (record: IDataObject) => string;
}

/** A way to find a record by another value than its ID. */
export type Lookup = FilterLookup | ListLookup;

/** Finds a record with a filter of Uphance's list. */
export interface FilterLookup {
	/** The mode of the resource locator. */
	mode: Omit<INodePropertyMode, 'type'>;
	/** Completes "No sales order has the …", e.g. "number". */
	label: string;
	/** Query parameter, e.g. "by_order_number". */
	filter: string;
	/** Field of a record that must equal the value. If Uphance ignores the filter, other records do not count as found. */
	field: string;
	/** Set for document numbers: users confuse them with IDs, and write "#" in front. */
	isNumber?: true;
	/** Finds the records where those that the filter finds may not have the field. */
	find?: (client: UphanceClient, value: string) => Promise<IDataObject[]>;
	/** Returns another form in which the value is often written, or undefined. If it exists, the message names it. */
	otherForm?: (value: string) => string | undefined;
}

/** Finds a record if Uphance has no filter. */
export interface ListLookup {
	mode: Omit<INodePropertyMode, 'type'>;
	label: string;
	/** Replaces "the <label>" in messages, e.g. "a contact with the email" after "No customer has". */
	predicate: string;
	/** Returns the records with the value that the user entered. Ignores case and surrounding white space. */
	find: (client: UphanceClient, value: string) => Promise<IDataObject[]>;
	/** Returns advice if no record matches. */
	whenMissing: (client: UphanceClient) => Promise<string>;
	/** Advice if several records match. */
	whenSeveral: string;
}

/** The value of a resource locator, never blank. Its mode is "list", "id", or the name of a lookup's mode. */
export interface LocatorValue {
	mode: string;
	value: string;
}

/**
 * Returns the mode and value of a resource locator. Takes a bare value as an ID: expressions and AI agents return one.
 *
 * @throws UserError that names the field, if the locator is empty or its expression returns no single value
 */
export function parseLocator(label: string, locator: unknown): LocatorValue {
	const { mode, value } = isObject(locator) && '__rl' in locator ? locator : { mode: 'id', value: locator };
	const text = parseCode(label, value);
	if (text !== '') return { mode: String(mode), value: text };
	throw new UserError(`'${label}' is empty`, {
		description: 'Choose one from the list, or enter a value that identifies it.',
	});
}

/**
 * Returns the ID in a locator with mode "list" or "id". Accepts a number and the URL of the record's page in Uphance.
 *
 * @throws UserError that names the field, for any other value
 */
export function parseRecordId(label: string, { value }: LocatorValue, { path, singular, example }: RecordType): number {
	const fromUrl = new RegExp(`^https?://[^/]+${path}/(\\d+)(?:[/?#].*)?$`).exec(value)?.[1];
	const id = toRecordId(fromUrl ?? value);
	if (id !== undefined) return id;
	throw new UserError(`'${label}' is not an ID: '${value}'`, {
		description: `Use the ID that Uphance gave the ${singular}${example ? `, such as ${example}` : ''}, or choose it from the list.`,
	});
}

/**
 * Returns a field for a name that has to be spelled as in Uphance. The list has the names that Uphance's records have;
 * another name can be typed.
 */
export const nameField = (
	displayName: string,
	name: string,
	listSearchMethod: string,
	texts: { description: string; placeholder: string },
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: texts.description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: listSearchMethod, searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: texts.placeholder,
			hint: 'Spell it as in Uphance. The node does not check whether Uphance knows it.',
		},
	],
});

/** Returns the resource locator of a resource, with one mode for each way to find a record. */
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
