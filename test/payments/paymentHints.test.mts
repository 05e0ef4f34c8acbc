import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 1, recheckAfterMs: [1, 2, 3] } });

const pay = (additionalFields: INodeParameters = {}, returnExisting = true): INodeParameters => ({
	resource: 'payment',
	operation: 'create',
	sale_id: { __rl: true, mode: 'id', value: '9005' },
	amount: '125.00',
	additionalFields: { reference: 'A', ...additionalFields },
	options: { returnExisting },
});

async function hintsOf(parameters: INodeParameters, items?: IDataObject[]): Promise<Array<string | undefined>> {
	return (await world.run({ parameters, items })).hints.map(({ message }) => message);
}

const faults = (method: string, body: IDataObject, times = 9) =>
	world.uphance.fault({ path: '/payments', method, kind: 'json', body, times });

describe('A payment that already existed', () => {
	const existing = { id: 7, sale_id: 9005, reference: 'A', amount: '125.0' };
	const fields = { date: '2026-11-02', invoice_id: '1000079' };

	test.each<[IDataObject, string]>([
		[{ date: '2026-10-02T00:00:00.000Z' }, "date '2026-10-02T00:00:00.000Z' instead of '2026-11-02'"],
		[{ date: '2026-11-01' }, "date '2026-11-01' instead of '2026-11-02'"],
		[{ invoice_id: 1000379 }, "invoice ID '1000379' instead of '1000079'"],
		[
			{ date: '2026-12-02', invoice_id: 1000379 },
			"date '2026-12-02' instead of '2026-11-02' and invoice ID '1000379' instead of '1000079'",
		],
	])('with %j has one hint for all items', async (values, found) => {
		faults('GET', { payments: [{ ...existing, ...values }] });
		const items = [{ reference: 'A' }, { reference: ' A ' }];
		const [first, ...others] = await hintsOf(pay({ ...fields, reference: '={{ $json.reference }}' }), items);
		const same =
			"Input items 1 and 2 have the same sales order, reference and amount, so they are one payment. If they are two, give each its own 'Reference'.";
		expect(first).toBe(
			`Payment 7 already existed, with ${found}. The node did not create another one. If it is another payment, such as the next instalment, give it another 'Reference'. The same may be so for other items with "alreadyExisted" true.`,
		);
		expect(others).toEqual([same]);
	});

	test.each<IDataObject>([
		{},
		{ date: '2026-11-02T00:00:00.000+01:00', invoice_id: '1000079' },
		{ date: '2026-11-01T23:00:00.000Z', invoice_id: null },
		{ date: 'someday' },
	])('with %j has none', async (values) => {
		faults('GET', { payments: [{ ...existing, ...values }] });
		expect(await hintsOf(pay(fields))).toEqual([]);
	});
});

describe('The answer to a new payment', () => {
	test('that is another payment has a hint', async () => {
		faults('POST', {
			payment: { id: 7, amount: '100.0', reference: 'B', sale_id: 9042, invoice_id: 1, company_id: 2 },
		});
		expect(await hintsOf(pay({ invoice_id: '1000079', company_id: '9498' }, false))).toEqual([
			"Payment 7 was created, but Uphance answered with amount '100.0' instead of '125.00' and reference 'B' instead of 'A' and sales order ID '9042' instead of '9005' and invoice ID '1' instead of '1000079' and customer ID '2' instead of '9498'. Check it in Uphance, and the other payments of this run.",
		]);
	});

	test.each<IDataObject>([
		{},
		{ amount: '125.0', reference: 'A', sale_id: '9005', invoice_id: 1000079 },
		{ amount: null, reference: '', sale_id: undefined },
	])('that has %j has none', async (values) => {
		faults('POST', { payment: { id: 7, ...values } });
		expect(await hintsOf(pay({ invoice_id: '1000079' }, false))).toEqual([]);
	});

	test.each([
		[false, ''],
		[true, ', because the node did not find it'],
	])('without a payment has a hint where to look (Return Existing Payment: %p)', async (returnExisting, why) => {
		faults('POST', { Status: 'Created' });
		const { records, hints } = await world.run({ parameters: pay({}, returnExisting) });
		expect(records).toMatchObject([{ id: null, created: true }]);
		expect(hints.map(({ message }) => message)).toEqual([
			`Uphance created a payment but did not return it, so its ID is unknown. Look for it in sales order 9005 in Uphance before you run this again${why}.`,
		]);
	});
});

describe('Items with the same payment', () => {
	test('have one hint when all are created', async () => {
		expect(await hintsOf(pay({}, false), [{}, {}, {}])).toEqual([
			"Input items 1 and 2 have the same sales order, amount and other fields. The node creates a payment for each of them. To create it only once, fill in 'Reference' and turn on 'Return Existing Payment'.",
		]);
		expect(world.uphance.createdPayments()).toHaveLength(3);
	});

	test('have none when another field differs', async () => {
		const items = [{ date: '2026-11-02' }, { date: '2026-12-02' }];
		expect(await hintsOf(pay({ date: '={{ $json.date }}' }, false), items)).toEqual([]);
	});
});

test.each(['null', '""'])(
	'An amount or order in Additional JSON that is %s leaves that of the field',
	async (blank) => {
		await world.run({ parameters: pay({ additionalJson: `{"amount": ${blank}, "sale_id": ${blank}}` }) });
		expect(world.uphance.createdPayments().map(({ body }) => body)).toEqual([
			{ amount: '125.00', reference: 'A', sale_id: 9005 },
		]);
	},
);
