import type { IDataObject } from 'n8n-workflow';
import { getProperty, isObject } from '../http/failure';
import type { RecordType } from './recordType';

/**
 * The records in an answer that should hold one: under the singular key, under the plural key as an object or a list, or
 * bare (uphance-api.md 4.1, 4.8, 4.11). Empty for an empty list; undefined when it is no such answer.
 */
export function unwrapRecords(answer: unknown, { singularKey: key, listKey }: RecordType): IDataObject[] | undefined {
	for (const candidate of [getProperty(answer, key), getProperty(answer, listKey), answer]) {
		if (Array.isArray(candidate) && candidate.every(isWithId)) return candidate;
		if (isWithId(candidate)) return [candidate];
	}
	return undefined;
}

export const isDataObject = (value: unknown): value is IDataObject => isObject(value) && !Array.isArray(value);

const isWithId = (value: unknown): value is IDataObject =>
	isDataObject(value) && value.id !== undefined && value.id !== null;

/**
 * The id of another organisation that a record in an answer names; undefined when none does. Records without
 * `organisation_id` (customers, products, payments …) cannot be told apart. Envelopes: uphance-api.md 7.7.
 */
export function findForeignOrganisation(answer: unknown, organisationId: number): number | string | undefined {
	if (!isObject(answer)) return undefined;
	for (const value of [answer, ...Object.values(answer)]) {
		for (const record of Array.isArray(value) ? value : [value]) {
			const organisation: unknown = isObject(record) ? record.organisation_id : undefined;
			if (
				(typeof organisation === 'number' || typeof organisation === 'string') &&
				String(organisation) !== String(organisationId)
			)
				return organisation;
		}
	}
	return undefined;
}
