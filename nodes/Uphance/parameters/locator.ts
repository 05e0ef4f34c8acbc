import { UserError } from 'n8n-workflow';
import { isObject } from '../http/failure';
import type { RecordType } from '../transport/recordType';
import { parseText } from './parse';

/** What somebody chose in a resource locator; a bare value, which expressions and AI agents yield, is an id. */
export interface LocatorValue {
	mode: string;
	value: string;
}

/** @throws UserError for a locator that was left empty, or whose expression yields nothing */
export function parseLocator(label: string, locator: unknown): LocatorValue {
	const { mode, value } = isObject(locator) && '__rl' in locator ? locator : { mode: 'id', value: locator };
	const text = parseText(label, value);
	if (text !== '') return { mode: String(mode), value: text };
	throw new UserError(`'${label}' is empty`, {
		description: 'Choose one from the list, or enter what identifies it.',
	});
}

/**
 * The id in a choice by list or id: a number, or the address of the record's page in Uphance.
 *
 * @throws UserError for anything else
 */
export function parseRecordId(label: string, { value }: LocatorValue, { path, singular, example }: RecordType): number {
	const match = new RegExp(`^(?:https?://[^/]+${path}/([1-9]\\d{0,14})(?:[/?#].*)?|([1-9]\\d{0,14}))$`).exec(value);
	if (match) return Number(match[1] ?? match[2]);
	throw new UserError(`'${label}' is not an ID: '${value}'`, {
		description: `Use the number that Uphance gave the ${singular}${example ? `, such as ${example}` : ''}, or choose it from the list.`,
	});
}
