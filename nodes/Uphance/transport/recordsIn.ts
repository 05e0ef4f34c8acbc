import type { IDataObject } from 'n8n-workflow';
import { isRecord, member } from '../http/failure';
import type { RecordKind } from './recordType';

/**
 * The records in an answer that should hold one: under the singular key, under the plural key as an object or a list, or
 * bare (uphance-api.md 4.1, 4.8, 4.11). Empty for an empty list; undefined when it is no such answer.
 */
export function recordsIn(answer: unknown, { key, listKey }: RecordKind): IDataObject[] | undefined {
	for (const held of [member(answer, key), member(answer, listKey), answer]) {
		if (Array.isArray(held) && held.every(isWithId)) return held;
		if (isWithId(held)) return [held];
	}
	return undefined;
}

export const isDataObject = (value: unknown): value is IDataObject => isRecord(value) && !Array.isArray(value);

const isWithId = (value: unknown): value is IDataObject =>
	isDataObject(value) && value.id !== undefined && value.id !== null;
