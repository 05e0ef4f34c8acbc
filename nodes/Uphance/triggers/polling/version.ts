import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { PollState } from './state';
import { statusOf } from '../statuses';

/** How a record looks, to notice when it looks different: `updated_at` and the status, which may change without it; a hash where there is none. */
export const recordVersion = (record: IDataObject): string =>
	typeof record.updated_at === 'string' ? `${record.updated_at} ${statusOf(record)}` : hash(record);

export const hash = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** What is remembered of a record. @param markEmitted whether its present status counts as announced */
export const snapshot = (
	record: IDataObject,
	emittedStatuses: string[] = [],
	markEmitted = true,
): PollState['snapshots'][string] => ({
	version: recordVersion(record),
	statuses: markEmitted ? [...new Set([...emittedStatuses, statusOf(record)])] : emittedStatuses,
});
