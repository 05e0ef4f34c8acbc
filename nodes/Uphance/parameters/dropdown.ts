import type { INodeProperties } from 'n8n-workflow';

/** A field whose choices Uphance knows, with the label and description that n8n wants of all of them. */
export const dynamicOptions = (
	label: string,
	name: string,
	loadOptionsMethod: string,
	settings: { dependsOn?: string; hint?: string } = {},
): INodeProperties => ({
	displayName: `${label} Name or ID`,
	name,
	type: 'options',
	typeOptions: { loadOptionsMethod, ...(settings.dependsOn && { loadOptionsDependsOn: [settings.dependsOn] }) },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	...(settings.hint && { hint: settings.hint }),
});
