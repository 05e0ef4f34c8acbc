import { isObject } from '../http/json';
import { UserError, tryToParseDateTime } from 'n8n-workflow';

type DateTime = ReturnType<typeof tryToParseDateTime>;

const isoDatePattern = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/;
const weekOrOrdinal = /^\d{4}-?(?:W\d{2}-?\d|\d{3})(?:T.*)?$/;

/**
 * The day, as YYYY-MM-DD, of any ISO form, of n8n's date picker or of a Luxon value. Without a zone it is that of the
 * workflow; with one, the moment is first converted to the workflow's timezone (design 5).
 *
 * @throws UserError for anything else, such as 31/12/2026, and for days that do not exist
 */
export function toIsoDate(label: string, value: unknown, timezone: string): string {
	const day = parseDateTime(value, timezone)?.setZone(timezone).toISODate();
	if (day) return day;
	throw new UserError(`'${label}' is not a date: '${String(value)}'`, {
		description: 'Use year, month, day: 2026-12-31.',
	});
}

/** The moment that a value means, in the zone it was given with; undefined for anything but those forms. */
export function parseDateTime(value: unknown, timezone: string): DateTime | undefined {
	const text = toIsoInput(value).trim();
	const match = isoDatePattern.exec(text);
	if (!match && !weekOrOrdinal.test(text)) return undefined;
	try {
		const dateTime = tryToParseDateTime(text, timezone);
		// JavaScript, which n8n asks last, makes 2 March of 30 February.
		return match && dateTime.toISODate() !== match.slice(1).join('-') ? undefined : dateTime;
	} catch {
		return undefined;
	}
}

/** Empty for what is no moment. */
function toIsoInput(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	return isObject(value) && 'toISO' in value ? String(value) : ''; // Luxon prints ISO
}

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
