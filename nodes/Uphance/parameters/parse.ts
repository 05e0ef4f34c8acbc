import { UserError } from 'n8n-workflow';

/**
 * What the user typed into a field, or an expression yielded, as text without stray blanks; empty for a field left blank.
 *
 * @throws UserError for an expression that found nothing, or a list: leaving the value out would mean something else
 */
export function parseText(label: string, value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
	throw new UserError(`'${label}' has no value that could be used`, {
		description: 'Its expression yields nothing, or more than one value. Correct it, or remove the field.',
	});
}
