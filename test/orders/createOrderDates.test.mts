import { afterEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { failureOf } from '../n8n.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld();

const withFields = (additionalFields: INodeParameters): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields,
});

/** The dates in the request, of both fields filled in alike. */
async function sent(typed: string, timezone: string): Promise<unknown[]> {
	await world.run({ parameters: withFields({ startShipDate: typed, endShipDate: typed }), timezone });
	const { startShipDate, endShipDate } = (world.uphance.log().at(-1)?.body ?? {}) as IDataObject;
	return [startShipDate, endShipDate];
}

describe('A ship date', () => {
	test.each([
		['2026-11-02T00:00:00', 'America/New_York', '2026-11-02'],
		['2026-11-02T00:00:00', 'Pacific/Auckland', '2026-11-02'],
		['2026-11-02T23:59:59', 'Pacific/Auckland', '2026-11-02'],
		['2026-11-02 00:00:00', 'America/New_York', '2026-11-02'],
		['2026-11-02', 'America/Los_Angeles', '2026-11-02'],
		['2026-11-02', 'Pacific/Kiritimati', '2026-11-02'],
		[' 2026-11-02 ', 'Europe/Amsterdam', '2026-11-02'],
		['20261201', 'Europe/Amsterdam', '2026-12-01'],
		['2026-W49-2', 'Europe/Amsterdam', '2026-12-01'],
		['2026-335', 'Europe/Amsterdam', '2026-12-01'],
	])('without a zone, %j, is the day it says, in %s too', async (typed, timezone, day) => {
		expect(await sent(typed, timezone)).toEqual([day, day]);
	});

	test.each([
		['2026-11-01T23:00:00Z', 'Europe/Amsterdam', '2026-11-02'],
		['2026-11-01T23:00:00.000Z', 'Europe/Amsterdam', '2026-11-02'],
		['2026-11-02T04:30:00Z', 'America/New_York', '2026-11-01'],
		['2026-11-02T00:00:00+14:00', 'Etc/UTC', '2026-11-01'],
		['20261101T230000Z', 'Europe/Amsterdam', '2026-11-02'],
		['={{ DateTime.fromISO("2026-11-01T23:00:00Z") }}', 'Europe/Amsterdam', '2026-11-02'],
		['={{ DateTime.fromISO("2026-11-01T23:00:00Z", { setZone: true }) }}', 'Europe/Amsterdam', '2026-11-02'],
		['={{ DateTime.fromISO("2026-11-01T23:00:00Z").toISO() }}', 'Europe/Amsterdam', '2026-11-02'],
		['={{ DateTime.fromISO("2026-11-02T00:30:00", { zone: "Asia/Tokyo" }) }}', 'Europe/Amsterdam', '2026-11-01'],
	])('with a zone, %s, is the day it is in %s: %s', async (typed, timezone, day) => {
		expect(await sent(typed, timezone)).toEqual([day, day]);
	});

	test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('from $now is today in %s', async (timezone) => {
		const today = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(Date.now());
		expect(await sent('={{ $now }}', timezone)).toEqual([today, today]);
	});

	test('that is 31/12/2026 is refused with the way out', async () => {
		const { message, description } = await failureOf(sentOne('31/12/2026'));
		expect(message).toBe("'End Ship Date' is not a date: '31/12/2026'");
		expect(description).toContain('Use year, month, day: 2026-12-31.');
	});

	test.each([
		'2026-02-30',
		'2026-13-01',
		'20261301',
		'12/31/2026',
		'31.12.2026',
		'tomorrow',
		'2026-11-02T25:00:00',
		'2026-11-02 or later',
		'={{ DateTime.fromISO("nothing") }}',
		'={{ true }}',
		'={{ [2026, 11, 2] }}',
		'={{ {} }}',
	])('that is no date, %j, is refused by the name of its field', async (typed) => {
		const { message } = await failureOf(sentOne(typed));
		expect(message).toContain("'End Ship Date'");
	});

	afterEach(() => {
		const expected = world.uphance.created().length;
		expect(world.asked('/sales_orders')).toHaveLength(expected);
	});

	const sentOne = async (endShipDate: string) =>
		await world.run({ parameters: withFields({ endShipDate }), timezone: 'Europe/Amsterdam' });
});

describe('A Start Ship Date after the End Ship Date', () => {
	const refusal = {
		message: "'Start Ship Date' is after 'End Ship Date': 2026-12-01 and 2026-11-30",
		description: 'Correct one of the two dates, or leave one empty. Nothing was sent for this item.',
	};

	test.each<INodeParameters>([
		{ startShipDate: '2026-12-01', endShipDate: '2026-11-30' },
		{ startShipDate: '2026-11-01', endShipDate: '2026-11-30', additionalJson: '{"startShipDate": "2026-12-01"}' },
	])('is refused: %j', async (fields) => {
		const { message, description } = await failureOf(world.run({ parameters: withFields(fields) }));
		expect({ message, description }).toEqual(refusal);
		expect(world.asked('/sales_orders')).toEqual([]);
	});

	test.each<INodeParameters>([
		{ startShipDate: '2026-12-01' },
		{ endShipDate: '2026-11-30' },
		{ startShipDate: '2026-11-30', endShipDate: '2026-11-30' },
		{ startShipDate: '2026-12-01', endShipDate: '2026-11-30', additionalJson: '{"endShipDate": null}' },
	])('is not in %j', async (fields) => {
		world.sendsAnything = true;
		await world.run({ parameters: withFields(fields) });
		expect(world.asked('/sales_orders')).toEqual(['POST /sales_orders']);
	});
});
