import { describe, expect, test } from '@jest/globals';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	ticketNotFoundError,
	putPickTicket,
	readTracking,
	saveTracking,
	trackingFields,
} from '../../nodes/Uphance/resources/pickTicket/tracking.ts';
import type { ApiRequest } from '../../nodes/Uphance/transport/sendWithRetry.ts';
import { clientOf } from '../clientInMemory.mts';

/** The tracking data of the third item. Other items have none. */
function read(values: Record<string, unknown>): IDataObject {
	const context = {
		getNodeParameter: (name: string, item: number, usual: unknown) =>
			item === 2 && name in values ? values[name] : usual,
		getTimezone: () => 'Europe/Brussels',
	} as unknown as IExecuteFunctions;
	return readTracking(context, 'more', 2);
}

describe('Tracking data', () => {
	test('is all that the user filled in, under the names of the API', () => {
		const values = {
			carrier: { __rl: true, mode: 'name', value: ' dhl ' },
			tracking_number: 'JD01',
			more: { service: 'Express', shipping_cost: '12.5' },
		};
		expect(read(values)).toEqual({
			carrier: 'dhl',
			tracking_number: 'JD01',
			service: 'Express',
			shipping_cost: '12.5',
		});
	});

	test('has a number as the digits of a code, and a cost as text', () => {
		expect(read({ tracking_number: 123, more: { shipping_cost: 12.5 } })).toEqual({
			tracking_number: '123',
			shipping_cost: '12.5',
		});
	});

	test('is none when nothing is filled in', () => {
		for (const more of [{}, { service: '', shipping_cost: ' ' }, undefined, null, 'text', []]) {
			expect(read({ carrier: { __rl: true, mode: 'list', value: '' }, tracking_number: ' ', more })).toEqual({});
		}
		expect(read({})).toEqual({});
	});

	test('has what Additional JSON says, which wins', () => {
		const more = { service: 'Express', additionalJson: '{"service": "Eco", "tracking_number": "2", "new_field": 1}' };
		expect(read({ tracking_number: '1', more })).toEqual({ tracking_number: '2', service: 'Eco', new_field: 1 });
	});

	test('does not take a field of the node from the collection', () => {
		expect(read({ tracking_number: '1', more: { tracking_number: '2' } })).toEqual({ tracking_number: '1' });
	});

	test.each([
		[{ more: { shipping_cost: 'abc' } }, "'Shipping Cost'"],
		[{ tracking_number: '5.01E+12' }, "'Tracking Number'"],
		[{ tracking_number: {} }, "'Tracking Number'"],
		[{ more: { additionalJson: '[]' } }, "'Additional JSON'"],
	])('that cannot be used is refused by the name of the field: %j', (values, label) => {
		expect(() => read(values)).toThrow(label);
	});

	test('is asked for in two fields and a collection for the rarer ones', () => {
		const [carrier, number, collection, ...more] = trackingFields('Additional Fields', 'additionalFields');
		expect(carrier).toMatchObject({ name: 'carrier', displayName: 'Carrier', type: 'resourceLocator' });
		expect(carrier?.description).toContain('Code of the carrier');
		expect(carrier).toHaveProperty('modes.0.typeOptions.searchListMethod', 'searchCarriers');
		expect(number).toMatchObject({
			name: 'tracking_number',
			displayName: 'Tracking Number',
			type: 'string',
			default: '',
		});
		expect(collection).toMatchObject({
			name: 'additionalFields',
			displayName: 'Additional Fields',
			type: 'collection',
		});
		expect(collection?.options).toEqual([
			expect.objectContaining({ name: 'additionalJson' }),
			expect.objectContaining({ name: 'service', displayName: 'Service', type: 'string', default: '' }),
			expect.objectContaining({ name: 'shipping_cost', displayName: 'Shipping Cost', type: 'string', default: '' }),
		]);
		expect(more).toEqual([]);
	});
});

/** A client that gives one answer, and what it was asked. */
function answering(body: unknown) {
	const asked: ApiRequest[] = [];
	const client = clientOf((request) => {
		asked.push(request);
		return body;
	});
	return { client, asked };
}

const gone = {
	message: 'No pick ticket has the ID 7',
	description:
		'Nothing was changed. Check the ID: it is not the shipment number. If it is right, somebody may have deleted the pick ticket while the warehouse worked on it. Then ask that person before you ship again.',
};
const unclear = { message: 'Uphance gave an unexpected answer when asked to update pick ticket 7' };

describe('Saving tracking data', () => {
	const save = async (body: unknown) => await saveTracking(answering(body).client, 7, { carrier: 'dhl' });

	test('sends it in the query of one request', async () => {
		const { client, asked } = answering({ pick_ticket: { id: 7 } });
		await saveTracking(client, 7, { carrier: 'dhl' });
		expect(asked).toEqual([
			{
				action: 'update pick ticket 7',
				method: 'PUT',
				path: '/pick_tickets/7',
				query: { carrier: 'dhl' },
				allowNotFound: true,
			},
		]);
	});

	test.each([
		[{ pick_ticket: { id: 7, carrier: 'dhl' } }],
		[{ pick_tickets: [{ id: 7, carrier: 'dhl' }] }],
		[{ id: 7, carrier: 'dhl' }],
	])('returns the pick ticket of the answer %j', async (body) => {
		expect(await save(body)).toEqual({ id: 7, carrier: 'dhl' });
	});

	test('takes an ID that is text for the same', async () => {
		expect(await save({ pick_ticket: { id: '7' } })).toEqual({ id: '7' });
	});

	test.each([[{ Status: 'Updated' }], [{}], ['']])('returns the ID when the answer is %j', async (body) => {
		expect(await save(body)).toEqual({ id: 7 });
	});

	test('is an error when there is no such pick ticket', async () => {
		await expect(save(undefined)).rejects.toMatchObject(gone);
	});

	test.each([[{ pick_ticket: { id: 8 } }], ['<html>'], [null]])('is an error when the answer is %j', async (body) => {
		await expect(save(body)).rejects.toMatchObject({ message: expect.stringContaining(unclear.message) });
	});

	test('is an error when Uphance refuses it', async () => {
		await expect(save({ error: 'Carrier is unknown' })).rejects.toMatchObject({
			message: 'Uphance refused to update pick ticket 7: Carrier is unknown',
		});
	});
});

describe('Another change of a pick ticket', () => {
	const shipping = { doing: 'mark pick ticket 7 as shipped', path: '/ship' };

	test('is asked for by its own path', async () => {
		const { client, asked } = answering({ pick_ticket: { id: 7, status: 'shipped' } });
		expect(await putPickTicket(client, 7, shipping, '')).toEqual({ id: 7, status: 'shipped' });
		expect(asked).toMatchObject([{ action: shipping.doing, method: 'PUT', path: '/pick_tickets/7/ship' }]);
		expect(asked[0]?.query).toBeUndefined();
	});

	test('says what was changed before when the pick ticket is gone', async () => {
		const { client } = answering(undefined);
		const error = ticketNotFoundError(7, 'Its tracking data was saved');
		await expect(putPickTicket(client, 7, shipping, 'Its tracking data was saved')).rejects.toMatchObject({
			message: error.message,
			description: error.description,
		});
		expect(error.description).toMatch(/^Its tracking data was saved\. /);
	});
});
