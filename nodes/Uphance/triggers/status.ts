import type { INodeProperties } from 'n8n-workflow';

export const statusField: INodeProperties = {
	displayName: 'Only When Status Is',
	name: 'status',
	type: 'string',
	default: '',
	placeholder: 'e.g. shipped',
	description:
		'Starts once for each record and status. Several are separated by commas; shipped, checked in, draft and confirmed are known.',
};
