import { UserError, tryToParseDateTime } from 'n8n-workflow';
import { isObject } from '../http/json';

/** Luxon's DateTime, which n8n-workflow returns but does not export. */
type DateTime = ReturnType<typeof tryToParseDateTime>;

const isoDatePattern = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/;
const weekOrOrdinal = /^\d{4}-?(?:W\d{2}-?\d|\d{3})(?:T.*)?$/;

/**
 * Returns a date as YYYY-MM-DD. Accepts any ISO form, the value of n8n's date picker, and a Luxon or JavaScript date.
 * A value without a timezone is taken as local time of the workflow. A value with one is first converted to the
 * workflow's timezone: 2026-11-01T23:00:00Z is 2 November in Amsterdam. Exactly midnight UTC is the day itself in every
 * timezone: spreadsheets and databases write a day so, and `new Date('2026-12-01')` is one.
 *
 * @param timezone of the workflow
 * @throws UserError that names the field, for other forms such as 31/12/2026 and for dates that do not exist
 */
export function toIsoDate(label: string, value: unknown, timezone: string): string {
	const dateTime = parseDateTime(value, timezone);
	const day = (isMidnightUtc(dateTime) ? dateTime : dateTime?.setZone(timezone))?.toISODate();
	if (day) return day;
	throw new UserError(`'${label}' is not a date: '${String(value)}'`, {
		description: 'Use year, month, day: 2026-12-31.',
	});
}

const isMidnightUtc = (dateTime: DateTime | undefined): boolean =>
	dateTime?.offset === 0 && dateTime.toMillis() % 86_400_000 === 0;

/**
 * Returns a moment as ISO 8601 text with its timezone, without milliseconds. Accepts the same values as `toIsoDate`.
 *
 * @param timezone of the workflow, used if the value has none
 * @throws UserError that names the field, for other forms and for dates that do not exist
 */
export function toIsoDateTime(label: string, value: unknown, timezone: string): string {
	const text = parseDateTime(value, timezone)?.toISO({ suppressMilliseconds: true });
	if (text) return text;
	throw new UserError(`'${label}' is not a date: '${String(value)}'`, {
		description: 'Use year, month and day, and a time if you need one: 2026-12-31 or 2026-12-31T18:00.',
	});
}

/**
 * Returns the moment in its own timezone, or in `timezone` if it has none. Returns undefined if the value is not an ISO
 * form or does not exist.
 */
export function parseDateTime(value: unknown, timezone: string): DateTime | undefined {
	const text = toIsoInput(value).trim();
	const match = isoDatePattern.exec(text);
	if (!match && !weekOrOrdinal.test(text)) return undefined;
	try {
		const dateTime = tryToParseDateTime(text, timezone);
		// n8n-workflow's tryToParseDateTime falls back to Date.parse, which turns 30 February into 2 March.
		return match && dateTime.toISODate() !== match.slice(1).join('-') ? undefined : dateTime;
	} catch {
		return undefined;
	}
}

/** Returns the value as text, or '' if it is neither text nor a date object. */
function toIsoInput(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	return isObject(value) && 'toISO' in value ? String(value) : ''; // Luxon's toString() returns ISO text
}
