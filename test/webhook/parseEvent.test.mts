import { describe, expect, test } from '@jest/globals';
import type { UphanceEvent } from '../../nodes/Uphance/triggers/webhook/parseEvent.ts';
import { canTellCopies, parseEvent, splitName, updatedAtOf } from '../../nodes/Uphance/triggers/webhook/parseEvent.ts';
import { knownEvents, splitEvent } from '../../sandbox/uphance/webhookBody.mts';

const seen = (body: unknown): UphanceEvent => {
	const parsed = parseEvent(body);
	if ('reason' in parsed) throw new Error(parsed.reason);
	return parsed;
};
const refused = (body: unknown) => {
	const parsed = parseEvent(body);
	if (!('reason' in parsed)) throw new Error(`It is an event: ${parsed.event}`);
	return parsed;
};

describe('An event', () => {
	test.each(knownEvents)('%s is parsed', (event) => {
		const { resource, action } = splitEvent(event);
		const key = event === 'receiving_ticket_delete' ? 'delivery' : resource;
		const record = { id: 41002, status: 'draft' };
		expect(seen({ event, [key]: record })).toEqual({ event, resource, action, id: 41002, record });
	});

	test('carries its record untouched', () => {
		const record = { id: 7, total: '1300.00', nothing: null, lines: [{ id: 1 }], naïve: 'Zoë | 日本' };
		expect(seen({ event: 'invoice_update', invoice: record }).record).toEqual(record);
	});

	test.each([
		['sales_order_create', 'sales_order', 'create'],
		['shipment_partially_shipped', 'shipment_partially', 'shipped'],
		['ping', 'ping', ''],
		['_create', '_create', ''],
	])('of any other name, %s, is split at its last underscore', (event, resource, action) => {
		expect(seen({ event, thing: { id: 1 } })).toMatchObject({ event, resource, action, id: 1 });
	});

	test('may have its record before its name, and other keys beside it', () => {
		const body = { meta: { id: 'no' }, invoice: { id: 2 }, version: 3, event: 'invoice_update' };
		expect(seen(body)).toMatchObject({ id: 2, record: { id: 2 } });
	});

	test('takes the record from whatever key it comes in', () => {
		expect(seen({ event: 'pick_ticket_update', ticket: { id: 2 } }).record).toEqual({ id: 2 });
	});

	test('may have an id that is text', () => {
		expect(seen({ event: 'sku_update', sku: { id: 'abc' } }).id).toBe('abc');
	});
});

describe('An event that has only an id', () => {
	test.each([
		['invoice_create', { invoice_id: 1000079 }],
		['invoice_create', { invoice: 1000079 }],
		['invoice_create', { invoice: '1000079' }],
		['invoice_create', { id: 1000079 }],
		['invoice_create', { id: '1000079', version: 3, organisation_id: 9579 }],
		['invoice_create', { id: 7, invoice_id: 1000079 }],
		['invoice_create', { invoice_id: 1000079, organisation: { id: 9579 } }],
		['invoice_create', { invoice: { total: 1 }, invoice_id: 1000079 }],
		['receiving_ticket_delete', { delivery: 1000079 }],
		['receiving_ticket_delete', { delivery_id: 1000079 }],
		['receiving_ticket_delete', { receiving_ticket_id: 1000079, delivery: 7 }],
		['receiving_ticket_delete', { id: 7, delivery_id: 1000079 }],
	])('%s with %j has a record with nothing else', (event, body) => {
		expect(seen({ event, ...body })).toMatchObject({ event, id: 1_000_079, record: { id: 1_000_079 } });
		expect(Object.keys(seen({ event, ...body }).record)).toEqual(['id']);
	});

	test.each([
		['another resource', { delivery_id: 7 }],
		['another resource, under its own key', { delivery: 7 }],
		['an organisation', { organisation_id: 9579 }],
		['nothing', { version: 3 }],
		['something that is no number', { id: 'evt_1' }],
		['something beside its record', { id: 7, invoice: { total: 1 } }],
	])('is none if that is the id of %s', (_name, body) => {
		expect(refused({ event: 'invoice_create', ...body })).toEqual({
			name: 'invoice_create',
			reason: 'the body has no record with an id',
		});
	});

	test('does not hide the record under another key', () => {
		const record = { id: 2, status: 'draft' };
		expect(seen({ event: 'pick_ticket_update', id: 7, ticket: record }).record).toEqual(record);
	});

	test('beside other records has the first that has an id', () => {
		const body = { event: 'pick_ticket_update', meta: { sent: true }, ticket: { id: 2 }, more: { id: 3 } };
		expect(seen(body).id).toBe(2);
	});
});

describe.each([
	['pick_ticket_update', { id: 7 }, false],
	['ping', { id: 7 }, false],
	['pick_ticket_update', { id: 7, status: 'draft' }, true],
	['pick_ticket_create', { id: 7 }, true],
	['pick_ticket_delete', { id: 7 }, true],
])('A copy of %s with the record %j', (event, record, isKnown) => {
	test(`${isKnown ? 'is' : 'is not'} known by its body`, () => {
		expect(canTellCopies(seen({ event, thing: record }))).toBe(isKnown);
	});
});

describe('Returns a reason instead of an event', () => {
	test.each([undefined, null, '', 'text', 0, 42, true, [], [{ event: 'invoice_update', invoice: { id: 1 } }]])(
		'for the body %j, which is no object',
		(body) => expect(refused(body)).toEqual({ reason: 'the body is not a JSON object' }),
	);

	test.each([{}, { invoice: { id: 1 } }])('for the body %j, which names no event', (body) =>
		expect(refused(body)).toEqual({ reason: "the body has no 'event'" }),
	);

	test.each([null, 1, true, [], ['invoice_update'], {}, '', '  '])('for the name %j', (event) => {
		expect(refused({ event, invoice: { id: 1 } })).toEqual({ reason: "the body has no 'event'" });
	});

	test.each([
		undefined,
		null,
		0,
		-1,
		1.5,
		'text',
		'1 text',
		[],
		[1],
		[{ id: 1 }],
		{},
		{ id: null },
		{ id: '' },
		{ id: ' ' },
		{ id: {} },
		{ id: [1] },
		{ id: true },
	])('for the record %j', (invoice) => {
		expect(refused({ event: 'invoice_update', invoice })).toEqual({
			name: 'invoice_update',
			reason: 'the body has no record with an id',
		});
	});

	test.each(['__proto__', 'constructor', 'toString'])('for a property that every object inherits (%s)', (event) => {
		expect(refused({ event })).toEqual({ name: event, reason: 'the body has no record with an id' });
	});
});

test.each(['__proto__', 'constructor', 'toString'])(
	'The record of %s_update is a record like any other',
	(resource) => {
		const event = `${resource}_update`;
		const record = { id: 1, polluted: true };
		const parsed = parseEvent(JSON.parse(`{"event":"${event}","${resource}":${JSON.stringify(record)}}`));
		expect(parsed).toEqual({ event, resource, action: 'update', id: 1, record });
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect('polluted' in {}).toBe(false);
	},
);

test.each([
	['pick_ticket_update', 'pick_ticket', 'update'],
	['ping', 'ping', ''],
	['_create', '_create', ''],
	['a_create', 'a', 'create'],
	['create_', 'create', ''],
])('The name %s is that of %s and %j', (event, resource, action) => {
	expect(splitName(event)).toEqual({ resource, action });
});

test('An event may have blanks around its name', () => {
	expect(seen({ event: ' invoice_update ', invoice: { id: 1 } })).toMatchObject({ event: 'invoice_update', id: 1 });
});

describe('The moment of a change', () => {
	const moment = Date.UTC(2026, 10, 2, 9, 30, 15);

	test.each([
		['2026-11-02T09:30:15Z', moment],
		['2026-11-02T09:30:15.5Z', moment + 500],
		['2026-11-02T09:30:15.123Z', moment + 123],
		['2026-11-02T10:30:15+01:00', moment],
		['2026-11-02T04:30:15-05:00', moment],
		['2026-11-02T10:30:15+0100', undefined],
	])('%j is read', (updated_at, milliseconds) => {
		expect(updatedAtOf({ updated_at })).toBe(milliseconds ?? Date.parse(updated_at));
	});

	test.each([
		undefined,
		null,
		1_793_000_000_000,
		'',
		'2026-11-02',
		'2026-11-02T09:30:15',
		'2026-11-02 09:30:15Z',
		'2026-13-02T09:30:15Z',
		'x2026-11-02T09:30:15Z',
		'2026-11-02T09:30:15Zx',
		'2026-11-02T09:30:15.Z',
		'2026-11-02T09:30:15 01:00',
		'Mon, 02 Nov 2026 09:30:15 GMT',
	])('%j has none that counts', (updated_at) => {
		expect(updatedAtOf({ updated_at })).toBeUndefined();
	});
});
