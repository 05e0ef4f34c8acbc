import { describe, expect, test } from '@jest/globals';
import { tryToParseDateTime } from 'n8n-workflow';
import { toIsoDate, toIsoDateTime } from '../../nodes/Uphance/parameters/dates.ts';
import { failureOf } from '../failure.mts';

const amsterdam = 'Europe/Amsterdam';
const newYork = 'America/New_York';
const kiritimati = 'Pacific/Kiritimati';

describe('A day without a zone is that of the workflow', () => {
	test.each([
		'2026-12-01',
		' 2026-12-01 ',
		'20261201',
		'2026-12-01T00:00:00',
		'2026-12-01T00:00',
		'2026-12-01T23:59:59.999',
		'20261201T235959',
		'2026-W49-2',
		'2026W492',
		'2026-335',
		'2026335',
	])('%j', (typed) => {
		for (const timezone of [amsterdam, newYork, kiritimati, 'UTC']) {
			expect(toIsoDate('End Ship Date', typed, timezone)).toBe('2026-12-01');
		}
	});

	test('also at a time that the clock skips there', () => {
		expect(toIsoDate('End Ship Date', '2026-03-29T02:30:00', amsterdam)).toBe('2026-03-29');
	});

	test('also in a leap year', () => {
		expect(toIsoDate('End Ship Date', '2028-02-29', newYork)).toBe('2028-02-29');
	});
});

describe('A time without a zone is that of the workflow, whatever the timezone of the server', () => {
	test.each([
		['2026-12-31', '00:00:00'],
		['2026-12-31T09', '09:00:00'],
		['2026-12-31T0905', '09:05:00'],
		['20261231T090507', '09:05:07'],
		['2026-12-31T090507,5', '09:05:07.500'],
		['2026-12-31 09:05', '09:05:00'],
		['2026-12-31  09:05:07.25', '09:05:07.250'],
		['2026-12-31t09:05', '09:05:00'],
		['2026-12-31 9:05', '09:05:00'],
		['2026-12-31T9:05:07', '09:05:07'],
		['2026-12-31 9:05 AM', '09:05:00'],
		['2026-12-31 1:05 PM', '13:05:00'],
		['2026-12-31 9:05pm', '21:05:00'],
		['2026-12-31 09:05:07 p.m.', '21:05:07'],
		['2026-12-31 12:05 am', '00:05:00'],
		['2026-12-31 12:05 PM', '12:05:00'],
		['2026-12-31 11:59 PM', '23:59:00'],
		['2026-W53-4T09:05', '09:05:00'],
		['2026-365T090507', '09:05:07'],
	])('%j', (typed, time) => {
		expect(toIsoDateTime('Created At', typed, kiritimati)).toBe(`2026-12-31T${time}+14:00`);
	});

	test.each([
		['2026-12-31 9:05 Z', '2026-12-31T09:05:00Z'],
		['2026-12-31 9:05 +02:00', '2026-12-31T09:05:00+02:00'],
		['2026-12-31 9:05 PM -0500', '2026-12-31T21:05:00-05:00'],
		['2026-12-31T09+02', '2026-12-31T09:00:00+02:00'],
		['2026-365T09:05Z', '2026-12-31T09:05:00Z'],
	])('but %j has one', (typed, moment) => {
		expect(toIsoDateTime('Created At', typed, kiritimati)).toBe(moment);
	});

	test.each([
		'2026-12-31 (foo)',
		'2026-12-31 9',
		'2026-12-31 9 AM',
		'2026-12-31 09',
		'2026-12-31 2027',
		'2026-12-31 0:05 AM',
		'2026-12-31 13:05 PM',
		'2026-12-31 9:5',
		'2026-12-31 9:05:7',
		'2026-12-31 9:05 (local)',
		'2026-12-31 9:05 GMT',
		'2026-12-31 9:05 EST',
		'2026-12-31Z',
		'2026-12-31+02:00',
		'2026-12-31 24:05',
		'x2026-12-31',
		'2026-W53-4T9:05',
		'2026-365T9:05',
		'2026-365T09:05 (foo)',
	])('%j is refused: it would be read in the timezone of the server, or guessed', async (typed) => {
		const { message } = await failureOf(Promise.resolve().then(() => toIsoDateTime('Created At', typed, kiritimati)));
		expect(message).toBe(`'Created At' is not a date: '${typed}'`);
	});
});

describe('A moment with a zone is converted to the timezone of the workflow before it is cut', () => {
	test.each([
		['2026-11-01T23:00:00Z', amsterdam, '2026-11-02'],
		['2026-11-01T23:00:00Z', newYork, '2026-11-01'],
		['2026-11-01T23:00:00.000Z', amsterdam, '2026-11-02'],
		['2026-11-01T23:00:00.123456Z', amsterdam, '2026-11-02'],
		['20261101T230000Z', amsterdam, '2026-11-02'],
		['2026-11-01T23:00Z', amsterdam, '2026-11-02'],
		['2026-11-02T01:00:00+09:00', amsterdam, '2026-11-01'],
		['2026-11-02T01:00:00+0900', amsterdam, '2026-11-01'],
		['2026-11-01T22:00:00-05:00', amsterdam, '2026-11-02'],
		['2026-11-01T22:00:00-05', amsterdam, '2026-11-02'],
		['2026-12-31T23:30:00Z', amsterdam, '2027-01-01'],
		['2026-03-01T03:00:00Z', newYork, '2026-02-28'],
		['2026-11-01T10:30:00Z', kiritimati, '2026-11-02'],
		['2026-10-24T22:30:00Z', amsterdam, '2026-10-25'],
		['2026-10-25T22:30:00Z', amsterdam, '2026-10-25'],
	])('%j in %s is %s', (typed, timezone, day) => {
		expect(toIsoDate('End Ship Date', typed, timezone)).toBe(day);
	});

	test('a Luxon value', () => {
		const evening = tryToParseDateTime('2026-11-01T23:30:00', newYork);
		expect(toIsoDate('End Ship Date', evening, amsterdam)).toBe('2026-11-02');
		expect(toIsoDate('End Ship Date', evening, newYork)).toBe('2026-11-01');
	});

	test('a Date', () => {
		const evening = new Date(Date.UTC(2026, 10, 1, 23));
		expect(toIsoDate('End Ship Date', evening, amsterdam)).toBe('2026-11-02');
		expect(toIsoDate('End Ship Date', evening, newYork)).toBe('2026-11-01');
	});
});

describe('Exactly midnight UTC is the day itself', () => {
	test.each([
		'2026-12-01T00:00:00.000Z',
		'2026-12-01T00:00:00Z',
		'2026-12-01T00:00Z',
		'2026-12-01 00:00:00Z',
		'20261201T000000Z',
		'2026-12-01T00:00:00+00:00',
		'2026-12-01T00:00:00.000-00:00',
	])('%j', (typed) => {
		for (const timezone of [amsterdam, newYork, kiritimati, 'UTC']) {
			expect(toIsoDate('End Ship Date', typed, timezone)).toBe('2026-12-01');
		}
	});

	test('as a Date, which spreadsheets yield', () => {
		expect(toIsoDate('End Ship Date', new Date('2026-12-01'), newYork)).toBe('2026-12-01');
	});

	test('as a Luxon value', () => {
		const midnight = tryToParseDateTime('2026-12-01T00:00:00.000Z', 'UTC');
		expect(toIsoDate('End Ship Date', midnight, newYork)).toBe('2026-12-01');
	});

	test.each([
		['2026-12-01T00:00:01Z', '2026-11-30'],
		['2026-12-01T00:00:00.001Z', '2026-11-30'],
		['2026-12-01T01:00:00+01:00', '2026-11-30'],
		['2026-12-01T00:00:00+01:00', '2026-11-30'],
		['2026-11-30T19:00:00-05:00', '2026-11-30'],
	])('but %j is a moment, and on %s in New York', (typed, day) => {
		expect(toIsoDate('End Ship Date', typed, newYork)).toBe(day);
	});

	test('only where a day is wanted: a moment stays the moment', () => {
		expect(toIsoDateTime('Created At', '2026-12-01T00:00:00Z', newYork)).toBe('2026-12-01T00:00:00Z');
	});
});

describe('Anything else is refused with the name of the field', () => {
	const refusalOf = async (value: unknown) =>
		await failureOf(Promise.resolve().then(() => toIsoDate('End Ship Date', value, amsterdam)));

	test('says which date to use instead', async () => {
		const { message, description } = await refusalOf('31/12/2026');
		expect(message).toBe("'End Ship Date' is not a date: '31/12/2026'");
		expect(description).toBe('Use year, month, day: 2026-12-31.');
	});

	test.each([
		'12/31/2026',
		'31.12.2026',
		'31-12-2026',
		'Dec 31 2026',
		'December 2026',
		'tomorrow',
		'Thu, 31 Dec 2026 00:00:00 GMT',
		'1798675200000',
		'1798675200',
		'2026',
		'26-12-31',
		'2026-13-01',
		'2026-00-10',
		'2026-02-29',
		'2026-02-30',
		'20260230',
		'2026-04-31T10:00:00Z',
		'2026-W54-1',
		'2026-366',
		'2026-12-31T25:00:00',
		'2026-12-31Tlater',
		'2026-12-31 or later',
		'2026-12-31, 2027-01-31',
		'null',
		'',
		' ',
	])('%j', async (typed) => {
		expect((await refusalOf(typed)).message).toContain("'End Ship Date' is not a date");
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['a switch', true],
		['a list', ['2026-12-31']],
		['an object', {}],
		['a Date that is none', new Date(NaN)],
	])('%s', async (_, value) => {
		expect((await refusalOf(value)).message).toContain("'End Ship Date' is not a date");
	});
});

test.each(['tomorrow', '2026-02-30', '31/12/2026', '', null, {}])(
	'The moment %j is refused, with what to write',
	async (value) => {
		const { message, description } = await failureOf(
			Promise.resolve().then(() => toIsoDateTime('Created Since', value, amsterdam)),
		);
		expect(message).toBe(`'Created Since' is not a date: '${String(value)}'`);
		expect(description).toBe('Use year, month and day, and a time if you need one: 2026-12-31 or 2026-12-31T18:00.');
	},
);
