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

/**
 * Returns the id of another organisation that a record in an answer names; undefined when none does. Records without
 * `organisation_id` (customers, products, payments …) cannot be told apart.
 */
export function findForeignOrganisation(body: unknown, organisationId: number): number | string | undefined {
	if (!isObject(body)) return undefined;
	for (const value of [body, ...Object.values(body)]) {
		for (const record of Array.isArray(value) ? value : [value]) {
			const id = getProperty(record, 'organisation_id');
			if ((typeof id === 'number' || typeof id === 'string') && String(id) !== String(organisationId)) return id;
		}
	}
	return undefined;
}
