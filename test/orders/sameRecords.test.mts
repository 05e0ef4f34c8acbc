import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { sameRecords } from '../../nodes/Uphance/operations/sameRecords.ts';
import { failureOf } from '../failure.mts';

const payment = (reference: unknown, sale_id: unknown, id = 1) => ({ id, reference, sale_id }) as IDataObject;

const same = async (...records: IDataObject[]) =>
	await Promise.resolve().then(() =>
		sameRecords(records, {
			code: { field: 'reference', label: 'reference', value: 'T 7' },
			owner: { field: 'sale_id', label: 'sales order', id: 9005 },
			describe: ({ id }) => `payment ${String(id)}`,
			option: 'Return Existing Payment',
		}),
	);

describe('The records that are the same as one to create', () => {
	test('have its reference and its owner, whose ID may be text', async () => {
		const records = [payment('T 7', 9005), payment(' T 7 ', '9005', 2)];
		expect(await same(payment('T 8', 9005, 3), ...records, payment('T 7', 9006, 4))).toEqual(records);
	});

	test.each([
		['another reference', payment('T 8', 9005)],
		['another owner', payment('T 7', 9006)],
		['another owner, and a reference that differs in case', payment('t 7', 9006)],
		['another reference and no owner', payment('T 8', null)],
		['no reference', payment(null, 9005)],
	])('are none where one has %s', async (_, record) => expect(await same(record)).toEqual([]));

	test.each([undefined, null, ''])('cannot be told where one has the owner %j', async (owner) => {
		const { message, description } = await failureOf(same(payment('T 7', 9006, 2), payment('T 7', owner, 3)));
		expect(message).toBe(
			"Uphance has payment 3 with reference 'T 7', but does not say which sales order it belongs to",
		);
		expect(description).toBe(
			"The node cannot tell whether it is the same, so it created nothing. Look at it in Uphance. If it is another one, turn off 'Return Existing Payment' for this item.",
		);
	});

	test.each(['t 7', 'T  7'])('cannot be told where one of the owner has the reference %j', async (reference) => {
		const { message, description } = await failureOf(same(payment('t 7', 9006, 2), payment(reference, '9005', 3)));
		expect(message).toBe(`Uphance has payment 3 with reference '${reference}', which is nearly 'T 7'`);
		expect(description).toBe(
			"They differ only in capital letters or spaces, so the node created nothing. If it is the same, spell it as in Uphance. If it is another one, turn off 'Return Existing Payment' for this item.",
		);
	});

	test.each([payment('t 7', 9005, 2), payment('T 7', null, 2)])('are told although there is %j', async (unclear) => {
		expect(await same(unclear, payment('T 7', 9005))).toEqual([payment('T 7', 9005)]);
	});
});
