import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { limits } from '../limits.mts';
import type { Failed } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 2_000, recheckAfterMs: [10, 50, 150] },
});

const order = (value: string, mode = 'id') => ({ __rl: true, mode, value }) as INodeParameters;
const base: INodeParameters = { resource: 'payment', operation: 'create', sale_id: order('9005'), amount: '125.00' };
const withFields = (additionalFields: INodeParameters): INodeParameters => ({ ...base, additionalFields });

const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/payments', method: 'POST', ...fault });
const posts = () => world.asked('/payments').filter((request) => request.startsWith('POST'));
const lookups = () => world.asked('/payments').filter((request) => request.startsWith('GET'));
const created = () => world.uphance.createdPayments();
const bodies = () => created().map(({ body }) => body);
const post = 'POST /payments';
/** Without the organisation, which is registered at the start of every execution. */
const log = () => world.uphance.log().filter((request) => !request.path.startsWith('/organisations'));
const asked = () => world.asked().filter((request) => !request.includes('/organisations'));

/** The id of some sales order of an organisation. */
async function orderOf(organisationId: string): Promise<string> {
	const { records } = await world.run({ parameters: { limit: 1, options: { organisationId } } });
	world.uphance.clearLog();
	return String(records[0]?.id);
}

describe('A payment', () => {
	test('of an order goes out as its amount and the id of the order, and nothing else', async () => {
		const { items } = await world.run({ parameters: base });
		const [request] = log();
		expect(request).toMatchObject({ method: 'POST', path: '/payments', query: {} });
		expect(request?.body).toStrictEqual({ amount: '125.00', sale_id: 9005 });
		expect(asked()).toEqual([post]);
		expect(items).toEqual([{ json: created()[0]?.payment, pairedItem: { item: 0 } }]);
	});

	test('with everything goes out under the API’s names and in the types of the one client known', async () => {
		const additionalFields = {
			reference: 'Transfer 4711',
			created_at: '2026-11-02T09:30:00',
			date: '2026-11-02T00:00:00',
			company_id: '9498',
			invoice_id: '1000079',
			source: 'Bank transfer',
		};
		await world.run({ parameters: withFields(additionalFields), timezone: 'Europe/Amsterdam' });
		const { created_at: entered, ...body } = log()[0]?.body as IDataObject;
		expect(body).toStrictEqual({
			amount: '125.00',
			reference: 'Transfer 4711',
			date: '2026-11-02',
			sale_id: 9005,
			company_id: 9498,
			invoice_id: 1000079,
			source: 'Bank transfer',
		});
		expect(String(entered)).toMatch(/^2026-11-02T09:30:00(\.000)?\+01:00$/);
	});

	test.each([
		['125', '125.00'],
		['125.5', '125.50'],
		['125.50', '125.50'],
		[' 125.00 ', '125.00'],
		['0.05', '0.05'],
		['1234567.89', '1234567.89'],
		['={{ 125.5 }}', '125.50'],
		['={{ 125 }}', '125.00'],
		['={{ "125.5" }}', '125.50'],
	])('of %j is one of %j', async (amount, sent) => {
		await world.run({ parameters: { ...base, amount } });
		expect(bodies()).toEqual([{ amount: sent, sale_id: 9005 }]);
	});

	// "1.234" is what much of Europe writes for 1234, and money has no thousandths.
	test.each(['1.234', '10.999', '={{ 0.1 + 0.2 }}'])(
		'of %s never goes out with other than two decimals',
		async (amount) => {
			const failed = await world.run({ parameters: { ...base, amount } }).then(
				() => undefined,
				({ message }: Error) => message,
			);
			for (const body of bodies()) expect(body).toHaveProperty('amount', expect.stringMatching(/^\d+\.\d\d$/));
			if (created().length === 0) expect(failed).toContain("'Amount'");
		},
	);

	test.each<INodeParameters>([
		{},
		{ reference: '', created_at: '', date: '', company_id: '', invoice_id: '', source: '', additionalJson: '' },
		{ reference: '  ', company_id: ' ', invoice_id: ' ', source: ' ', additionalJson: '{}' },
	])('with blank fields, %j, sends none of them', async (additionalFields) => {
		await world.run({ parameters: withFields(additionalFields) });
		expect(bodies()).toEqual([{ amount: '125.00', sale_id: 9005 }]);
	});

	test('sends Additional JSON, which overrides the fields', async () => {
		world.sendsAnything = true;
		const additionalJson = '{"new_field": {"a": [1]}, "source": "Cash"}';
		await world.run({ parameters: withFields({ source: 'Bank transfer', additionalJson }) });
		expect(bodies()).toEqual([{ amount: '125.00', sale_id: 9005, source: 'Cash', new_field: { a: [1] } }]);
	});

	test.each([
		['2026-11-02', 'America/Los_Angeles', '2026-11-02'],
		['2026-11-01T23:00:00Z', 'Europe/Amsterdam', '2026-11-02'],
		['2026-11-02T04:30:00Z', 'America/New_York', '2026-11-01'],
		['={{ DateTime.fromISO("2026-11-01T23:00:00Z") }}', 'Europe/Amsterdam', '2026-11-02'],
	])('of %s is of the day that it is in %s', async (date, timezone, day) => {
		await world.run({ parameters: withFields({ date }), timezone });
		expect(bodies()).toEqual([{ amount: '125.00', sale_id: 9005, date: day }]);
	});

	test.each([
		['2026-11-02', 'America/New_York', '2026-11-02T05:00:00Z'],
		['2026-11-02T09:30:00', 'Pacific/Auckland', '2026-11-01T20:30:00Z'],
		['2026-07-02 09:30', 'Europe/Amsterdam', '2026-07-02T07:30:00Z'],
		['2026-11-02T09:30:00+05:30', 'Europe/Amsterdam', '2026-11-02T04:00:00Z'],
		['={{ DateTime.fromISO("2026-11-01T23:00:00Z") }}', 'Europe/Amsterdam', '2026-11-01T23:00:00Z'],
	])('entered at %s in %s says the moment with its offset', async (typed, timezone, moment) => {
		await world.run({ parameters: withFields({ created_at: typed }), timezone });
		const sent = String((bodies()[0] as IDataObject).created_at);
		expect(sent).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/);
		expect(new Date(sent).toISOString()).toBe(new Date(moment).toISOString());
	});

	test('for each of many items goes out in order, and is linked to its item', async () => {
		const amounts = ['10.00', '20.00', '30.00'];
		const parameters = { ...base, amount: '={{ $json.amount }}' };
		const { items } = await world.run({ parameters, items: amounts.map((amount) => ({ amount })) });
		expect(bodies()).toEqual(amounts.map((amount) => ({ amount, sale_id: 9005 })));
		expect(items).toEqual(created().map(({ payment }, item) => ({ json: payment, pairedItem: { item } })));
	});
});

describe('The order that was paid', () => {
	test.each([
		[order('101', 'number'), 'by_order_number=101', 9005],
		[order('#102', 'number'), 'by_order_number=102', 9042],
		[order('PO234', 'purchaseOrderRef'), 'by_purchase_order_ref=PO234', 9005],
	])('as %j is looked up once, and its id sent', async (sale_id, filter, id) => {
		await world.run({ parameters: { ...base, sale_id } });
		expect(world.asked('/sales_orders')).toEqual([expect.stringContaining(filter)]);
		expect(world.asked('/payments')).toEqual([post]);
		expect(bodies()).toEqual([{ amount: '125.00', sale_id: id }]);
	});

	test.each([
		order('9005', 'list'),
		order(' 9005 '),
		order('={{ 9005 }}'),
		order('https://app.uphance.com/sales_orders/9005'),
		'9005',
	])('as %j is not looked up', async (sale_id) => {
		await world.run({ parameters: { ...base, sale_id } });
		expect(asked()).toEqual([post]);
		expect(bodies()).toEqual([{ amount: '125.00', sale_id: 9005 }]);
	});

	test.each([
		[order('999999', 'number'), "No sales order has the number '999999'"],
		[order('PO none', 'purchaseOrderRef'), "No sales order has the purchase order ref 'PO none'"],
	])('that does not exist, %j, fails with where it was looked up', async (sale_id, sentence) => {
		const { message, description, itemIndex } = await failureOf(world.run({ parameters: { ...base, sale_id } }));
		expect(message).toBe(sentence);
		expect(description).toContain('Looked in organisation Uphance Demo (9579).');
		expect(itemIndex).toBe(0);
		expect(world.asked('/payments')).toEqual([]);
	});

	test.each([order('999999', 'number'), order('PO none', 'purchaseOrderRef')])(
		'that does not exist, %j, is not the first of all where the filter is ignored',
		async (sale_id) => {
			await world.start({ switches: { ignoresFilters: true } });
			const { message } = await failureOf(world.run({ parameters: { ...base, sale_id } }));
			expect(message).toMatch(/^No sales order has the /);
			expect(posts()).toEqual([]);
		},
	);

	test('by a ref that two orders have is refused', async () => {
		const two = {
			resource: 'order',
			operation: 'create',
			customerId: order('55140'),
			...documentedLine(2),
			additionalFields: { purchaseOrderRef: 'TWICE' },
		};
		await world.run({ parameters: two, items: [{}, {}] });
		const run = world.run({ parameters: { ...base, sale_id: order('TWICE', 'purchaseOrderRef') } });
		expect((await failureOf(run)).message).toContain("'TWICE'");
		expect(posts()).toEqual([]);
	});
});

describe('Nothing is sent', () => {
	/** The sentence for a mistake, of which Uphance hears nothing. */
	async function refusal(parameters: INodeParameters, json: IDataObject = {}): Promise<Failed> {
		const failed = await failureOf(world.run({ parameters, items: [json] }));
		expect(world.asked()).toEqual([]);
		expect(failed.itemIndex).toBe(0);
		expect(failed.message).not.toMatch(/undefined|\[object|is not a function|Cannot read/);
		return failed;
	}

	test.each([
		'',
		'  ',
		'1.234,50',
		'1,234.50',
		'4,50',
		'-4.50',
		'4.50-',
		'€ 4.50',
		'4.50 EUR',
		'1e3',
		'0x10',
		'4.',
		'NaN',
		'={{ Infinity }}',
		'={{ -4.5 }}',
		'={{ $json.nowhere }}',
		'={{ null }}',
		'={{ true }}',
		'={{ [4.5] }}',
		'={{ {} }}',
	])('when the amount is %j, which is named', async (amount) => {
		expect((await refusal({ ...base, amount })).message).toContain("'Amount'");
		expect((await refusal({ ...base, amount, sale_id: order('101', 'number') })).message).toContain("'Amount'");
	});

	test('when an amount has a comma, with the amount to write instead', async () => {
		const { message, description } = await refusal({ ...base, amount: '4,50' });
		expect(message).toBe("'Amount' is not a number: '4,50'");
		expect(description).toContain('Use a dot: 4.50.');
	});

	test.each([
		['id', 'Barneys'],
		['id', '#9005'],
		['id', '9005.5'],
		['id', '-9005'],
		['id', '1e5'],
		['id', '0'],
		['id', '9005/2'],
		['id', '9005#2'],
		['id', 'https://app.uphance.com/invoices/9005'],
		['id', ''],
		['list', ''],
		['number', ''],
		['number', '  '],
		['purchaseOrderRef', ''],
		['id', '={{ $json.nowhere }}'],
		['number', '={{ $json.nowhere }}'],
		['purchaseOrderRef', '={{ null }}'],
		['id', '={{ {} }}'],
	])('when the order is chosen by %s as %j', async (mode, value) => {
		expect((await refusal({ ...base, sale_id: order(value, mode) })).message).toContain("'Sales Order'");
	});

	test.each([
		['company_id', 'Barneys'],
		['company_id', '9498.5'],
		['company_id', '-1'],
		['invoice_id', 'INV-60168'],
		['invoice_id', '1e6'],
		['date', '31/12/2026'],
		['date', '2026-02-30'],
		['created_at', 'yesterday'],
		['created_at', '2026-11-02T25:00:00'],
	])('when %s is %j', async (field, typed) => {
		expect((await refusal(withFields({ [field]: typed }))).message).toContain(typed);
	});

	test.each([
		['reference', "'Reference'"],
		['created_at', "'Created At'"],
		['date', "'Date'"],
		['company_id', "'Customer"],
		['invoice_id', "'Invoice"],
		['source', "'Source'"],
		['additionalJson', "'Additional JSON'"],
	])('when the expression of %s yields nothing, by its name', async (field, name) => {
		for (const value of ['={{ $json.nowhere }}', '={{ null }}']) {
			expect((await refusal(withFields({ [field]: value }))).message).toContain(name);
		}
	});

	test.each(['{"notes": ', 'notes', '[{"notes": "x"}]', '5', 'null', '={{ [1] }}'])(
		'when Additional JSON is %j and no object',
		async (additionalJson) => {
			expect((await refusal(withFields({ additionalJson }))).message).toContain("'Additional JSON'");
		},
	);
});

describe('What Uphance refuses', () => {
	test.each([
		[{ ...base, sale_id: order('1') }, 'sale must exist'],
		[withFields({ invoice_id: '1' }), 'invoice must exist'],
	])('is named: %j', async (parameters, reason) => {
		const { message, description, itemIndex } = await failureOf(world.run({ parameters }));
		expect(message).toBe(`Uphance refused the payment: ${reason}`);
		expect(description).toContain('The payment was not created.');
		expect(itemIndex).toBe(0);
		expect(posts()).toEqual([post]);
	});

	test.each([400, 403, 404, 409, 422])('with %i was not created, and is not sent again', async (status) => {
		injectFault({ kind: 'status', status, times: 10 });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(description).toContain('The payment was not created.');
		expect(`${message} ${description}`).not.toContain('may have been');
		expect(posts()).toEqual([post]);
	});

	test('with 429 is sent again, and created once', async () => {
		injectFault({ kind: 'status', status: 429, times: 3 });
		await world.run({ parameters: base });
		expect(posts()).toHaveLength(4);
		expect(created()).toHaveLength(1);
	});
});

const unanswered = [
	['status', 500],
	['status', 502],
	['status', 503],
	['status', 504],
	['html', 502],
	['drop', 0],
	['dropAfter', 0],
	['hang', 0],
] as const;

describe('A payment whose creation was not answered', () => {
	test.each(unanswered)('(%s %i) may have been created: it is sent once', async (kind, status) => {
		Object.assign(limits, { requestTimeoutMs: 200 });
		injectFault({ kind, status, times: 10 });
		const { message, description, itemIndex } = await failureOf(world.run({ parameters: base }));
		expect(message).toMatch(/so the payment may have been created$/);
		expect(description).toContain("'Return Existing Payment'");
		expect(`${message} ${description}`).not.toMatch(/nothing was|undefined|''/i);
		expect(itemIndex).toBe(0);
		expect(posts()).toEqual([post]);
	});

	test('after the session ended at that moment is not posted a third time', async () => {
		injectFault({ kind: 'expireFirst' });
		injectFault({ kind: 'dropAfter', times: 10 });
		const { message } = await failureOf(world.run({ parameters: base }));
		expect(message).toContain('so the payment may have been created');
		expect(posts()).toEqual([post, post]);
		expect(created()).toHaveLength(1);
	});

	test.each([[{ payments: [] }], [{ payment: null }], [{ payment: {} }], [[]], [{}], ['Created']])(
		'with a payment but %j is not returned as one',
		async (body) => {
			injectFault({ kind: 'json', body });
			const { message, description } = await failureOf(world.run({ parameters: base }));
			expect(message).toContain('created');
			expect(`${message} ${description}`).not.toMatch(/nothing was/i);
			expect(posts()).toEqual([post]);
		},
	);
});

describe('Any answer is understood', () => {
	test.each(['singular', 'plural', 'list', 'bare'] as const)('the payment in the envelope "%s"', async (single) => {
		await world.start({ switches: { single } });
		const { records } = await world.run({ parameters: base });
		expect(records).toEqual([created()[0]?.payment]);
	});

	test.each([200, 201, 202])('status %i', async (createdStatus) => {
		await world.start({ switches: { createdStatus } });
		expect((await world.run({ parameters: base })).records).toEqual([created()[0]?.payment]);
	});

	test.each(['status', 'empty'] as const)('one that only says that it was created (%s)', async (createdAnswer) => {
		await world.start({ switches: { createdAnswer } });
		expect((await world.run({ parameters: base })).records).toEqual([{ id: null, created: true }]);
		expect(posts()).toEqual([post]);
	});

	test('none at all with status 200: says that the payment may have been created', async () => {
		await world.start({ switches: { createdAnswer: 'empty', createdStatus: 200 } });
		const { message, description } = await failureOf(world.run({ parameters: base }));
		expect(message).toContain('may have been created');
		expect(`${message} ${description}`).not.toMatch(/nothing was/i);
		expect(posts()).toEqual([post]);
	});
});

describe('Return Existing Payment', () => {
	const once = (reference: string, amount = '60.00', more: INodeParameters = {}): INodeParameters => ({
		...base,
		amount,
		additionalFields: { reference },
		options: { returnExisting: true },
		...more,
	});
	/** Payment 6000079 is one of those made up. */
	const existing = () => once('Transfer 7000', '17.03');

	test('creates a payment that does not exist, and says so', async () => {
		const { records } = await world.run({ parameters: once('A') });
		expect(records).toEqual([{ ...created()[0]?.payment, alreadyExisted: false }]);
		const lookup = expect.stringContaining('order_id=9005');
		expect(lookups()).toEqual([lookup, lookup]); // before the creation and after
		expect(posts()).toEqual([post]);
	});

	test('returns the payment that the order has with this reference and amount, and posts nothing', async () => {
		const { items } = await world.run({ parameters: existing() });
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: 6000079, alreadyExisted: true }), pairedItem: { item: 0 } },
		]);
		expect(posts()).toEqual([]);
	});

	test.each(['60', '60.0', '60.00', '={{ 60 }}'])('returns what an earlier run created, for %j too', async (amount) => {
		const first = await world.run({ parameters: once('A') });
		const second = await world.run({ parameters: once('A', amount) });
		expect(second.records).toEqual([{ ...first.records[0], alreadyExisted: true }]);
		expect(created()).toHaveLength(1);
	});

	test('counts in a hint how many there are, and returns the lowest', async () => {
		for (let run = 0; run < 2; run++) await world.run({ parameters: once('A', '60.00', { options: {} }) });
		const [first] = created().map(({ payment }) => payment);
		const { records, hints } = await world.run({ parameters: once('A') });
		expect(records).toEqual([{ ...first, alreadyExisted: true }]);
		expect(hints.map(({ message }) => message)).toEqual([
			`Uphance has 2 payments of this sales order with reference 'A' and amount 60.00. The node returned the one with the lowest ID: payment ${String(first?.id)} (ID ${String(first?.id)}). If the others are duplicates, delete them in Uphance.`,
		]);
		expect(posts()).toHaveLength(2);
	});

	test.each([
		['amount', once('Transfer 7000', '17.04')],
		['reference', once('Transfer 7001', '17.03')],
		['part of a reference', once('Transfer 700', '17.03')],
		['order', { ...once('Transfer 7000', '17.03'), sale_id: order('9042') }],
	])('creates one that differs in its %s', async (_, parameters) => {
		const { records } = await world.run({ parameters });
		expect(records[0]).toMatchObject({ alreadyExisted: false });
		expect(created()).toHaveLength(1);
	});

	test.each(['transfer 7000', 'Transfer  7000'])(
		'creates nothing when there is nearly the reference %j',
		async (reference) => {
			const { message, description } = await failureOf(world.run({ parameters: once(reference, '17.03') }));
			expect(message).toMatch(
				/Uphance has payment 6000079 of 17\.03 with reference 'Transfer 7000', which is nearly '.+'$/,
			);
			expect(description).toContain('If it is the same, spell it as in Uphance.');
			expect(posts()).toEqual([]);
		},
	);

	test('creates nothing when Uphance does not say for which order the payment is', async () => {
		const payments = [{ id: 7, reference: 'A', amount: '60.0' }];
		world.uphance.fault({ path: '/payments', method: 'GET', kind: 'json', body: { payments }, times: 9 });
		const { message, description } = await failureOf(world.run({ parameters: once('A', '60') }));
		expect(message).toMatch(
			/Uphance has payment 7 of 60\.00 with reference 'A', but does not say which sales order it belongs to$/,
		);
		expect(description).toContain("turn off 'Return Existing Payment' for this item");
		expect(posts()).toEqual([]);
	});

	test('does not take another order’s payment where the filter is ignored', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		const { records } = await world.run({ parameters: { ...existing(), sale_id: order('9042') } });
		expect(records[0]).toMatchObject({ sale_id: 9042, alreadyExisted: false });
	});

	test('finds it where the filter is ignored', async () => {
		await world.start({ switches: { ignoresFilters: true } });
		await world.run({ parameters: once('A') });
		const { records } = await world.run({ parameters: once('A') });
		expect(records[0]).toMatchObject({ alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});

	test.each([
		['with spaces around it', { reference: ' A ' }],
		['that an expression yields as number', { reference: '={{ 77 }}' }],
		['in Additional JSON', { additionalJson: '{"reference": "A"}' }],
		['in both, of which Additional JSON wins', { reference: 'A', additionalJson: '{"reference": "B"}' }],
	])('finds again what it created for a reference %s', async (_, additionalFields) => {
		await world.run({ parameters: once('', '60', { additionalFields }) });
		const { records } = await world.run({ parameters: once('', '60', { additionalFields }) });
		expect(records[0]).toMatchObject({ id: created()[0]?.payment.id, alreadyExisted: true });
		expect(created()).toHaveLength(1);
	});

	test('looks for the amount and order that Additional JSON says', async () => {
		const additionalFields = { reference: 'Transfer 7000', additionalJson: '{"amount": "17.03"}' };
		const { records } = await world.run({ parameters: once('', '60', { additionalFields }) });
		expect(records[0]).toMatchObject({ id: 6000079, alreadyExisted: true });
	});

	test('is found by the number of the order', async () => {
		const { records } = await world.run({ parameters: { ...existing(), sale_id: order('101', 'number') } });
		expect(records[0]).toMatchObject({ id: 6000079, alreadyExisted: true });
		expect(posts()).toEqual([]);
	});

	// Payment 6000379, of order 9042, has no reference: it must never be taken for one.
	test.each<INodeParameters>([
		{ reference: '' },
		{ reference: '  ' },
		{ reference: '={{ "" }}' },
		{},
		{ additionalJson: '{"reference": ""}' },
		{ additionalJson: '{"reference": "  "}' },
		{ reference: 'A', additionalJson: '{"reference": null}' },
		{ reference: 'A', additionalJson: '{"reference": ""}' },
	])('without a reference, %j, is refused with the way out', async (additionalFields) => {
		const parameters = { ...once('', '2701.20', { additionalFields }), sale_id: order('9042') };
		const { message, description } = await failureOf(world.run({ parameters }));
		expect(message).toMatch(/(^|: )'Return Existing Payment' needs a 'Reference'$/);
		expect(description).toContain('It is empty in input item 1.');
		expect(world.asked('/payments')).toEqual([]);
	});

	test.each(['={{ $json.nowhere }}', '={{ "maybe" }}', '={{ null }}'])(
		'that is neither on nor off (%s) is refused, instead of creating twice',
		async (returnExisting) => {
			const { message } = await failureOf(world.run({ parameters: once('A', '60', { options: { returnExisting } }) }));
			expect(message).toContain("'Return Existing Payment'");
			expect(posts()).toEqual([]);
		},
	);

	test('does not create when the look-up fails', async () => {
		world.uphance.fault({ path: '/payments', method: 'GET', kind: 'status', status: 403 });
		await failureOf(world.run({ parameters: once('A') }));
		expect(posts()).toEqual([]);
	});

	test('of two input items with the same payment creates one', async () => {
		const { records } = await world.run({ parameters: once('A'), items: [{}, {}] });
		expect(created()).toHaveLength(1);
		expect(records.map(({ alreadyExisted }) => alreadyExisted)).toEqual([false, true]);
		expect(new Set(records.map(({ id }) => id)).size).toBe(1);
	});

	test('creates when only another organisation has the payment', async () => {
		const other = await orderOf('9601');
		await world.run({ parameters: once('A') });
		const options = { returnExisting: true, organisationId: '9601' };
		await world.run({ parameters: { ...once('A'), sale_id: order(other), options } });
		expect(created().map(({ organisation }) => organisation)).toEqual([9579, 9601]);
	});

	test.each([2, 10])('%i executions at once create one', async (count) => {
		const amounts = ['60', '60.0', '60.00'];
		const runs = Array.from({ length: count }, async (_, index) => {
			const sale_id = index % 2 === 0 ? order('9005') : order('101', 'number');
			return await world.run({ parameters: { ...once('A', amounts[index % 3]), sale_id } });
		});
		const records = (await Promise.all(runs)).flatMap((ran) => ran.records);
		expect(created()).toHaveLength(1);
		expect(new Set(records.map(({ id }) => id))).toEqual(new Set([created()[0]?.payment.id]));
		expect(records.filter(({ alreadyExisted }) => alreadyExisted === false)).toHaveLength(1);
	});

	test('two users of one organisation at once create one', async () => {
		world.uphance.addUser({ email: 'other@example.com', password: 'other', organisations: [9579] });
		const other = world.another({ email: 'other@example.com', password: 'other', organisationId: '' });
		const credential = (index: number) => (index % 2 === 0 ? world.credential : other);
		const six = Array.from({ length: 6 }, async (_, index) => {
			await world.run({ parameters: once('A'), credential: credential(index) });
		});
		await Promise.all(six);
		expect(created()).toHaveLength(1);
	});

	test('does not hold up other payments: all of them are created', async () => {
		const amounts = ['1', '2', '3', '4'];
		await Promise.all(amounts.map(async (amount) => await world.run({ parameters: once('A', amount) })));
		expect(created()).toHaveLength(4);
	});

	test('finds a payment that was created but never answered', async () => {
		injectFault({ kind: 'dropAfter' });
		const { records } = await world.run({ parameters: once('A') });
		expect(records).toEqual([{ ...created()[0]?.payment, alreadyExisted: false }]);
		expect(posts()).toEqual([post]);
	});

	test('finds a payment that is created a little later', async () => {
		Object.assign(limits, { requestTimeoutMs: 100, recheckAfterMs: [10, 50, 400] });
		injectFault({ kind: 'slow', milliseconds: 300 });
		const { records } = await world.run({ parameters: once('A') });
		expect(records[0]).toHaveProperty('id', created()[0]?.payment.id);
		expect(posts()).toEqual([post]);
	});

	test.each(['empty', 'status'] as const)('finds a payment that is not returned by the answer (%s)', async (form) => {
		await world.start({ switches: { createdAnswer: form } });
		const { records } = await world.run({ parameters: once('A') });
		expect(records).toEqual([{ ...created()[0]?.payment, alreadyExisted: false }]);
		expect(posts()).toEqual([post]);
	});

	test.each(unanswered.filter(([kind]) => kind !== 'dropAfter'))(
		'looks a payment up three times more that was never created (%s %i), and never posts again',
		async (kind, status) => {
			Object.assign(limits, { requestTimeoutMs: 200 });
			injectFault({ kind, status, times: 10 });
			const { message, description } = await failureOf(world.run({ parameters: once('A') }));
			expect(message).toContain('so the payment may have been created');
			expect(`${message} ${description}`).not.toMatch(/nothing was/i);
			expect(posts()).toEqual([post]);
			expect(lookups().length).toBeGreaterThanOrEqual(4);
		},
	);

	test('does not look a payment up again that Uphance refuses', async () => {
		injectFault({ kind: 'status', status: 422 });
		const { description } = await failureOf(world.run({ parameters: once('A') }));
		expect(description).toContain('The payment was not created.');
		expect(lookups()).toHaveLength(1);
	});

	test('runs under Retry On Fail', async () => {
		const { records } = await world.run({ parameters: once('A'), retryOnFail: true });
		expect(records[0]).toMatchObject({ alreadyExisted: false });
	});
});

describe('Retry On Fail', () => {
	const sentence = "'Retry On Fail' could create payments twice";

	test.each([{}, { options: { returnExisting: false } }])('with %j is refused, and nothing is sent', async (more) => {
		const parameters = { ...withFields({ reference: 'A' }), ...more };
		const { message, description } = await failureOf(world.run({ parameters, items: [{}, {}], retryOnFail: true }));
		expect(message).toBe(sentence);
		expect(description).toContain('Turn it off in Settings');
		expect(description).toContain("'Reference'");
		expect(description).toContain("'Return Existing Payment'");
		expect(description).toContain('Nothing was sent.');
		expect(world.uphance.log()).toEqual([]);
	});

	test('is refused before the sign-in', async () => {
		const credential = world.another({});
		const { message } = await failureOf(world.run({ parameters: base, credential, retryOnFail: true }));
		expect(message).toBe(sentence);
		expect(posts()).toEqual([]);
	});

	test('is refused also with Continue On Fail', async () => {
		const run = { parameters: base, items: [{}, {}], retryOnFail: true, continueOnFail: true };
		const outcome = await world.run(run).then(
			({ items }) => items.map(({ error }) => error?.message ?? 'created'),
			({ message }: Error) => [message],
		);
		for (const each of outcome) expect(each).toContain(sentence);
		expect(outcome).toHaveLength(2);
		expect(posts()).toEqual([]);
	});

	test('is refused before anything is sent when only some items return existing payments', async () => {
		const parameters = { ...withFields({ reference: 'A' }), options: { returnExisting: '={{ $json.safe }}' } };
		const run = world.run({ parameters, items: [{ safe: true }, { safe: false }], retryOnFail: true });
		expect((await failureOf(run)).message).toBe(sentence);
		expect(created()).toEqual([]);
	});
});

describe('Continue On Fail', () => {
	const each = { ...base, amount: '={{ $json.amount }}' };

	test('emits a failed item with nothing but its error, and creates the others once', async () => {
		const items = [{ amount: '1.00' }, { amount: '2,00' }, { amount: '3.00' }];
		const ran = await world.run({ parameters: each, items, continueOnFail: true });
		expect(ran.items[1]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 1 } });
		expect(ran.items[1]?.json.error).toContain("'Amount'");
		expect(ran.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(bodies()).toEqual(['1.00', '3.00'].map((amount) => ({ amount, sale_id: 9005 })));
	});

	test.each([
		['status', 422],
		['status', 500],
		['dropAfter', 0],
	] as const)('does so for what Uphance did (%s %i), too', async (kind, status) => {
		injectFault({ kind, status, skip: 1 });
		const items = ['1', '2', '3'].map((amount) => ({ amount }));
		const ran = await world.run({ parameters: each, items, continueOnFail: true });
		expect(ran.items[1]).toEqual({ json: { error: expect.any(String) }, pairedItem: { item: 1 } });
		expect(ran.items.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
		expect(posts()).toHaveLength(3);
	});

	test('turned off ends the run at the failed item, which is named', async () => {
		injectFault({ kind: 'status', status: 422, skip: 1 });
		const items = ['1', '2', '3'].map((amount) => ({ amount }));
		expect((await failureOf(world.run({ parameters: each, items }))).itemIndex).toBe(1);
		expect(posts()).toHaveLength(2);
	});
});

describe.each(['user', 'token'] as const)('With an organisation for each %s', (organisationState) => {
	beforeEach(async () => await world.start({ switches: { organisationState } }));

	test.each<INodeParameters>([{}, { returnExisting: true }])(
		'a payment whose session ends at that moment is created in the right one, once, with %j',
		async (more) => {
			const sale_id = order(await orderOf('9601'));
			injectFault({ kind: 'expireFirst' });
			const options = { organisationId: 'Uphance Outlet', ...more };
			const { records } = await world.run({ parameters: { ...withFields({ reference: 'A' }), sale_id, options } });
			expect(records[0]).toHaveProperty('id', created()[0]?.payment.id);
			expect(created().map(({ organisation }) => organisation)).toEqual([9601]);
		},
	);

	test('each of many items is created in its own', async () => {
		const other = await orderOf('9601');
		const items = [
			{ to: 9579, sale: '9005' },
			{ to: 9601, sale: other },
			{ to: 9579, sale: '9042' },
		];
		const parameters = {
			...base,
			sale_id: order('={{ $json.sale }}'),
			options: { organisationId: '={{ $json.to }}' },
		};
		await world.run({ parameters, items });
		expect(created().map(({ organisation }) => organisation)).toEqual([9579, 9601, 9579]);
	});

	test('the number of an order is looked up there', async () => {
		const sale_id = order('101', 'number');
		await world.run({ parameters: { ...base, sale_id, options: { organisationId: '9601' } } });
		expect(created().map(({ organisation, payment }) => [organisation, payment.sale_id])).toEqual([[9601, 9601000]]);
	});
});

test.each([
	['status', 422],
	['status', 401],
	['status', 500],
	['drop', 0],
	['hang', 0],
	['empty', 200],
	['malformed', 200],
] as const)('Nothing secret is in the error for %s %i', async (kind, status) => {
	Object.assign(limits, { requestTimeoutMs: 200 });
	for (const options of [{}, { returnExisting: true }]) {
		world.uphance.clearFaults();
		injectFault({ kind, status, times: 10 });
		const { whole } = await failureOf(world.run({ parameters: { ...withFields({ reference: 'A' }), options } }));
		for (const secret of [...world.uphance.secrets(), String(world.credential.data.password)]) {
			expect(whole).not.toContain(secret);
		}
	}
});
