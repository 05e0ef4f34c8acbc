import type { INodeProperties } from 'n8n-workflow';

/** A menu of fields that can be added, sorted by what people read. @param noun completes "Add …" */
export const collection = (
	displayName: string,
	name: string,
	noun: string,
	fields: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder: `Add ${noun}`,
	default: {},
	options: [...fields].sort((one, other) => compareAlphabetically(one.displayName, other.displayName)),
});

/** Without Intl, which takes longer to begin than all else that happens while n8n loads the nodes. */
export const compareAlphabetically = (one: string, other: string): number =>
	one.toLowerCase() < other.toLowerCase() ? -1 : 1;
