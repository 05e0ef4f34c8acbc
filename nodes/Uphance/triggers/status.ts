import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** The option of both triggers that selects records by status. */
export const statusField: INodeProperties = {
	displayName: 'Only When Status Is',
	name: 'status',
	type: 'string',
	default: '',
	placeholder: 'e.g. shipped',
	description:
		'Starts once per record and status. Separate several statuses with commas. Known statuses are shipped, checked in, draft and confirmed.',
};

/** Returns the statuses in comma-separated text, in lower case, or [] for every status. */
export const parseStatuses = (value: unknown): string[] =>
	String(value ?? '')
		.split(',')
		.map((status) => status.trim().toLowerCase())
		.filter((status) => status !== '');

/** Returns the status of a record in lower case, or '' if it has none. */
export const statusOf = ({ status }: { status?: unknown }): string =>
	typeof status === 'string' ? status.trim().toLowerCase() : '';

/** Returns every status of a record, in lower case: its `status` and fields such as `financial_status`. */
export const statusesOf = (record: IDataObject): string[] =>
	Object.entries(record)
		.filter(([name]) => name === 'status' || name.endsWith('_status'))
		.map(([, status]) => (typeof status === 'string' ? status.trim().toLowerCase() : ''))
		.filter((status) => status !== '');
