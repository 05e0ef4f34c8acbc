import type { INodeProperties } from 'n8n-workflow';
import { toComparable } from '../http/text';

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
		.map((status) => toComparable(status).toLowerCase())
		.filter((status) => status !== '');

/** Returns the status of a record in lower case, or '' if it has none. */
export const statusOf = ({ status }: { status?: unknown }): string =>
	typeof status === 'string' ? toComparable(status).toLowerCase() : '';
