import { UserError, tryToParseDateTime } from 'n8n-workflow';
import { isObject } from '../http/json';

/** Luxon's DateTime, which n8n-workflow returns but does not export. */
type DateTime = ReturnType<typeof tryToParseDateTime>;

const seconds = String.raw`(?::\d{2}(?:[.,]\d+)?)?`;
/** 09:05 as people and spreadsheets write it too: 9:05 or 9:05 PM. */
const clock = String.raw`[T ]\s*(\d{1,2})(:\d{2}${seconds})(?:\s*([AP])\.?M\.?)?`;
/** ISO 8601 without colons, or with the hour alone. */
const digits = String.raw`T\d{2}(?:\d{2}(?:\d{2}(?:[.,]\d+)?)?)?`;
const zone = String.raw`Z|[+-]\d{2}(?::?\d{2})?`;

const dateForm = new RegExp(String.raw`^(\d{4})-?(\d{2})-?(\d{2})(?:(?:(${digits})|${clock})\s*(${zone})?)?$`, 'i');
/** A week or the day of a year. */
const otherForm = new RegExp(
	String.raw`^\d{4}-?(?:W\d{2}-?\d|\d{3})(?:(?:${digits}|T\d{2}:\d{2}${seconds})(?:${zone})?)?$`,
);

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
 * Returns the moment in its own timezone, or in `timezone` if it has none. Returns undefined if the value has another form
 * or does not exist.
 */
function parseDateTime(value: unknown, timezone: string): DateTime | undefined {
	const text = toIsoInput(value).trim();
	const match = dateForm.exec(text);
	if (!match) return otherForm.test(text) ? parseIso(text, timezone) : undefined;
	const [, year, month, day, isoTime = '', hour, minutes, half, zone = ''] = match;
	const date = `${year}-${month}-${day}`;
	const time = hour === undefined ? isoTime : `T${toHour(Number(hour), half)}${minutes}`;
	const dateTime = parseIso(`${date}${time}${zone}`.toUpperCase(), timezone);
	// 30 February is taken for 2 March.
	return dateTime?.toISODate() === date ? dateTime : undefined;
}

/** Returns an hour with two digits. @param half "A" or "P" of a clock with twelve hours */
function toHour(hour: number, half?: string): string {
	if (half === undefined) return String(hour).padStart(2, '0');
	if (hour < 1 || hour > 12) return 'none';
	return String((hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)).padStart(2, '0');
}

function parseIso(text: string, timezone: string): DateTime | undefined {
	try {
		return tryToParseDateTime(text, timezone);
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
