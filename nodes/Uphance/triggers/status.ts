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

/** Statuses as somebody typed them, separated by commas; compared without case. Empty for any. */
export const parseStatuses = (value: unknown): string[] =>
	String(value ?? '')
		.split(',')
		.map((status) => status.trim().toLowerCase())
		.filter((status) => status !== '');

export const statusOf = ({ status }: { status?: unknown }): string =>
	typeof status === 'string' ? status.trim().toLowerCase() : '';
