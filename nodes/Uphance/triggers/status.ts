import type { INodeProperties } from 'n8n-workflow';
import { toComparable } from '../http/text';

/** The option of both triggers that selects records by status. Each says in its own words what it does. */
export const statusField: INodeProperties = {
	displayName: 'Only When Status Is',
	name: 'status',
	type: 'string',
	default: '',
	placeholder: 'e.g. shipped',
};

/**
 * Returns a status as it is compared: without case, white space and underscores. Uphance writes both `not_paid` and
 * `Not Paid` (docs/uphance.openapi.yaml: SalesOrder and ProductionOrder).
 */
export const normalizeStatus = (status: string): string =>
	toComparable(status)
		.toLowerCase()
		.replace(/[\s_]+/g, '');

/** Returns the statuses in comma-separated text, normalized, or [] for every status. */
export const parseStatuses = (value: unknown): string[] =>
	String(value ?? '')
		.split(',')
		.map(normalizeStatus)
		.filter((status) => status !== '');

/**
 * Returns every status that a record has, normalized: `status` and fields such as `financial_status`. What lies deeper,
 * such as the last order of a customer, is the status of another record.
 */
export const statusesOf = (record: object): string[] =>
	Object.entries(record).flatMap(([name, value]: [string, unknown]) => {
		const status = /(^|_)status$/.test(name) && typeof value === 'string' ? normalizeStatus(value) : '';
		return status === '' ? [] : [status];
	});

/** Returns whether a record has one of the statuses, which are normalized. Every record does if there are none. */
export const hasStatus = (record: object, statuses: string[]): boolean =>
	statuses.length === 0 || statusesOf(record).some((status) => statuses.includes(status));
