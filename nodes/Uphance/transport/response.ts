import type { IDataObject } from 'n8n-workflow';
import { getProperty, isDataObject, isObject } from '../http/json';
import type { RecordType } from './recordType';

/**
 * Returns the records in an answer that should hold one. Uphance sends them under the singular key, under the plural key
 * as an object or a list, or bare. An empty list yields []; any other answer undefined.
 */
export function unwrapRecords(body: unknown, { singularKey, listKey }: RecordType): IDataObject[] | undefined {
	for (const candidate of [getProperty(body, singularKey), getProperty(body, listKey), body]) {
		if (Array.isArray(candidate) && candidate.every(hasId)) return candidate;
		if (hasId(candidate)) return [candidate];
	}
	return undefined;
}

const hasId = (value: unknown): value is IDataObject =>
	isDataObject(value) && value.id !== undefined && value.id !== null;

/** Returns the different values of `organisation_id` in the records of an answer, as text; most kinds have none. */
export function namedOrganisations(body: unknown): string[] {
	if (!isObject(body)) return [];
	const candidates = [body, ...Object.values(body)].flatMap((value) => (Array.isArray(value) ? value : [value]));
	const ids = candidates.map((record) => getProperty(record, 'organisation_id'));
	return [...new Set(ids.filter((id) => typeof id === 'number' || typeof id === 'string').map(String))];
}
