import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../http/json';
import type { PollableList } from './pollableLists';

/** Marks how a version was made. A stored version without it was made by `firstVersion`. */
const prefix = '2 ';

/**
 * Returns a text that differs if the record has changed: a hash of `updated_at` and of the fields that may change without
 * it. A record without `updated_at` is compared as a whole.
 */
export function recordVersion({ comparedFields, ignoredFields }: PollableList, record: IDataObject): string {
	const isDated = typeof record.updated_at === 'string' && record.updated_at !== '';
	const isCompared = (name: string) =>
		isDated ? name === 'updated_at' || comparedFields.includes(name) : !ignoredFields.includes(name);
	const compared = Object.fromEntries(Object.entries(record).filter(([name]) => isCompared(name)));
	return prefix + sha256(canonicalText(compared));
}

/** Returns whether a record is as it was when its version was stored, by this or an earlier version of the package. */
export const isUnchanged = (version: string, list: PollableList, record: IDataObject): boolean =>
	version === (version.startsWith(prefix) ? recordVersion(list, record) : firstVersion(record));

/** As 0.1.0 was first built. Static data of that time would otherwise show every record as changed. */
function firstVersion(record: IDataObject): string {
	const status = typeof record.status === 'string' ? record.status.trim().toLowerCase() : '';
	return typeof record.updated_at === 'string' ? `${record.updated_at} ${status}` : hash(record);
}

/** Returns 32 hex digits of the SHA-256 hash of the value's JSON. */
export const hash = (value: unknown): string => sha256(JSON.stringify(value));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * Returns JSON in which neither the order of fields nor that of list elements matters, and a field that is null or empty
 * is one that is missing: Uphance mixes these (docs/uphance.openapi.yaml).
 */
function canonicalText(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalText).sort().join()}]`;
	if (!isObject(value)) return JSON.stringify(value);
	const fields = Object.entries(value)
		.filter(([, field]) => field !== null && field !== undefined && field !== '')
		.map(([name, field]) => `${JSON.stringify(name)}:${canonicalText(field)}`);
	return `{${fields.sort().join()}}`;
}
