import { UserError } from 'n8n-workflow';
import { parseDateTime } from './dates';

/**
 * A moment as ISO text with its timezone, which is the workflow's where none was given.
 *
 * @throws UserError for anything that is no ISO form, date picker's or Luxon value
 */
export function toIsoDateTime(label: string, value: unknown, timezone: string): string {
	const text = parseDateTime(value, timezone)?.toISO({ suppressMilliseconds: true });
	if (text) return text;
	throw new UserError(`'${label}' is not a date: '${String(value)}'`, {
		description: 'Use year, month, day, and perhaps a time: 2026-12-31 or 2026-12-31T18:00.',
	});
}
