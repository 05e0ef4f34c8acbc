import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

/** A mode in which people type what they know. */
export type TextMode = Omit<INodePropertyMode, 'type'>;

interface LocatorFacts {
	displayName: string;
	name: string;
	/** The name of a list search of the node. */
	search: string;
	description: string;
	/** Further ways to say which record is meant. */
	modes?: TextMode[];
	placeholder: string;
}

/** The field that says which record is meant: from a list, by id, or by what else people know of it. */
export const locatorField = (facts: LocatorFacts): INodeProperties => ({
	displayName: facts.displayName,
	name: facts.name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: facts.description,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: facts.search, searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: facts.placeholder },
		...(facts.modes ?? []).map((mode) => ({ ...mode, type: 'string' as const })),
	],
});
