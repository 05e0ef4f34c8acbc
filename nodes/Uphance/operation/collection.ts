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
	options: [...fields].sort((one, other) => one.displayName.localeCompare(other.displayName, 'en')),
});
