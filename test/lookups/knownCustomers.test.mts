import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { advanceClock, days } from '../clock.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { until } from '../until.mts';
import { World, groupForm, useWorld } from '../world.mts';

const world = useWorld({
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 5_000, rereadPageMs: 60_000 },
});

const chosen = (mode: string, value: string) => ({ customerId: { __rl: true as const, mode, value } });
const getBy = (mode: string, value: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'customer',
	operation: 'get',
	...chosen(mode, value),
	options,
});
const orderBy = (mode: string, value: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	...chosen(mode, value),
	...documentedLine(2, 45),
	options,
});

const barneys = { id: 9498, email: 'ada.ohara@customer9498.example', reference: 'C-1000', name: 'Barneys' };
const ceremony = { id: 9936, reference: 'C-1001', name: 'Closing , Ceremony' };
/** The last of 230. */
const last = { id: 9_639_666, reference: 'C-1229' };
const wholeList = ['GET /customers', 'GET /customers page=2', 'GET /customers page=3'];
const lastPage = 'GET /customers page=3';
const single = (id: number) => `GET /customers/${id}`;

/** Which customer the node gets, and what it asks for. */
async function found(parameters: INodeParameters) {
	world.uphance.clearLog();
	const { records } = await world.run({ parameters });
	return { id: records[0]?.company_id ?? records[0]?.id, asked: world.asked('/customers') };
}

/** How the node says that there is no such customer, or several, and what it asks for. */
async function refused(parameters: INodeParameters) {
	world.uphance.clearLog();
	const { message, description } = await failureOf(world.run({ parameters }));
	expect(world.asked('/sales_orders').filter((request) => request.startsWith('POST'))).toEqual([]);
	return { message, description, asked: world.asked('/customers') };
}

describe('A customer that an earlier execution looked up', () => {
	test.each(['email', 'reference', 'name'] as const)('costs one request: by %s', async (mode) => {
		expect(await found(orderBy(mode, barneys[mode]))).toEqual({ id: 9498, asked: wholeList });
		expect(await found(orderBy(mode, barneys[mode]))).toEqual({ id: 9498, asked: [single(9498)] });
		expect(await found(getBy(mode, barneys[mode].toUpperCase()))).toEqual({ id: 9498, asked: [single(9498)] });
	});

	test('costs one request, whatever the earlier one looked for', async () => {
		await found(getBy('name', 'Nordlys Butikk'));
		expect(await found(orderBy('email', barneys.email))).toEqual({ id: 9498, asked: [single(9498)] });
		expect(await found(orderBy('reference', last.reference))).toEqual({ id: last.id, asked: [single(last.id)] });
	});

	test('costs one request with its contacts and addresses', async () => {
		await found(orderBy('email', barneys.email));
		expect(await found(orderBy('email', barneys.email, { useCustomerDefaults: true }))).toEqual({
			id: 9498,
			asked: [single(9498)],
		});
		expect(world.uphance.created().at(-1)?.body).toMatchObject({ billing_contact_id: 94981 });
	});

	test('is read once for 20 input items', async () => {
		await found(getBy('email', barneys.email));
		world.uphance.clearLog();
		const items = Array.from({ length: 20 }, (_, item) => ({ who: item % 2 ? barneys.email : ' BARNEYS ' }));
		const modes = { email: '={{ $json.who.includes("@") ? "email" : "name" }}' };
		await world.run({ parameters: orderBy(modes.email, '={{ $json.who }}'), items });
		expect(world.uphance.created()).toHaveLength(20);
		expect(world.asked('/customers')).toEqual([single(9498)]);
	});

	test('is got as it is now', async () => {
		await found(getBy('email', barneys.email));
		world.uphance.changeRecord('/customers', 9498, { city: 'Tromsø' });
		const { records } = await world.run({ parameters: getBy('email', barneys.email) });
		expect(records[0]).toMatchObject({ id: 9498, city: 'Tromsø' });
	});

	test('in a batch with many others costs no more than three single requests and the list', async () => {
		await found(getBy('email', barneys.email));
		world.uphance.clearLog();
		const items = Array.from({ length: 60 }, (_, index) => ({ reference: `C-${1000 + index}` }));
		const { records } = await world.run({ parameters: getBy('reference', '={{ $json.reference }}'), items });
		expect(records.map(({ reference }) => reference)).toEqual(items.map(({ reference }) => reference));
		expect(world.asked('/customers')).toEqual([single(9498), single(9936), single(10012), ...wholeList]);
	});
});

describe('A customer that has another value now', () => {
	beforeEach(async () => void (await found(getBy('reference', barneys.reference))));

	test('is not used: the one that has the value is', async () => {
		world.uphance.changeRecord('/customers', 9498, { reference: 'C-9' });
		world.uphance.changeRecord('/customers', ceremony.id, { reference: 'c-1000' });
		expect(await found(orderBy('reference', 'C-1000'))).toEqual({
			id: ceremony.id,
			asked: [single(9498), ...wholeList],
		});
		expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: ceremony.id, asked: [single(ceremony.id)] });
		expect(await found(orderBy('reference', 'C-9'))).toEqual({ id: 9498, asked: [single(9498)] });
	});

	test('is not used if nobody has the value', async () => {
		world.uphance.changeRecord('/customers', 9498, { reference: null });
		world.sendsAnything = true;
		const { message, asked } = await refused(orderBy('reference', 'C-1000'));
		expect(message).toBe("No customer has the reference 'C-1000'");
		expect(asked).toEqual([single(9498), ...wholeList]);
	});

	test('is not used if it does not exist any more', async () => {
		world.uphance.fault({ path: '/customers/9498', kind: 'status', status: 404, times: 100 });
		world.uphance.changeRecord('/customers', 9498, { reference: 'gone' });
		expect((await refused(orderBy('reference', 'C-1000'))).message).toBe("No customer has the reference 'C-1000'");
	});

	test('cannot be told from one whose record says less than the list, which is then read each time', async () => {
		const customer = { id: 9498, name: 'Barneys' };
		world.uphance.fault({ path: '/customers/9498', kind: 'json', body: { customer }, times: 100 });
		expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: 9498, asked: [single(9498), ...wholeList] });
		expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: 9498, asked: [single(9498), ...wholeList] });
	});

	test('is an error, not a missing customer, if Uphance fails', async () => {
		world.uphance.fault({ path: '/customers/9498', kind: 'status', status: 500, times: 100 });
		expect((await refused(orderBy('reference', 'C-1000'))).message).not.toMatch(/No customer/);
	});
});

describe('Of two customers with one value', () => {
	beforeEach(async () => {
		world.uphance.changeRecord('/customers', ceremony.id, { reference: 'C-1000' });
		await refused(getBy('reference', 'C-1000'));
	});

	test('none is chosen later either, and both are named as they are called now', async () => {
		world.uphance.changeRecord('/customers', 9498, { name: 'Barneys New York' });
		const { message, asked } = await refused(orderBy('reference', 'c-1000'));
		expect(message).toBe("2 customers have the reference 'c-1000': Barneys New York (9498), Closing , Ceremony (9936)");
		expect(asked).toEqual([single(9498), single(9936)]);
	});

	test('the one that still has it is used', async () => {
		world.uphance.changeRecord('/customers', 9498, { reference: 'C-9' });
		expect((await found(orderBy('reference', 'C-1000'))).id).toBe(ceremony.id);
		expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: ceremony.id, asked: [single(9936)] });
	});
});

describe('A value that nobody had when the list was read', () => {
	beforeEach(async () => void (await found(getBy('email', barneys.email))));

	test('is found if the customer was created since, with one request for the last page', async () => {
		const [id = 0] = world.uphance.addRecords('/customers', 1);
		world.uphance.changeRecord('/customers', id, { reference: 'NEW-1' });
		expect(await found(getBy('reference', 'NEW-1'))).toEqual({ id, asked: [lastPage] });
		expect(await found(getBy('reference', 'NEW-1'))).toEqual({ id, asked: [single(id)] });
	});

	test('is found on the pages that came since', async () => {
		const ids = world.uphance.addRecords('/customers', 200);
		const id = ids[199] ?? 0;
		world.uphance.changeRecord('/customers', id, { reference: 'NEW-1' });
		const newPages = [lastPage, 'GET /customers page=4', 'GET /customers page=5'];
		expect(await found(getBy('reference', 'NEW-1'))).toEqual({ id, asked: newPages });
		expect((await refused(orderBy('reference', 'NEW-2'))).asked).toEqual(['GET /customers page=5']);
	});

	test('is found on an earlier page where customers were deleted since', async () => {
		const { records } = await world.run({
			parameters: { resource: 'customer', operation: 'getAll', limit: 60 },
		});
		for (const { id } of records.slice(20)) world.uphance.deleteRecord('/customers', Number(id));
		const [id = 0] = world.uphance.addRecords('/customers', 1);
		world.uphance.changeRecord('/customers', id, { reference: 'NEW-1' });
		const secondPage = 'GET /customers page=2';
		expect(await found(getBy('reference', 'NEW-1'))).toEqual({ id, asked: [lastPage, secondPage] });
		expect((await refused(getBy('reference', 'NEW-2'))).asked).toEqual([secondPage]);
	});

	test('is not found with one request, however often, until it is time to read the list again', async () => {
		for (const value of ['no-1', 'no-2', 'no-1']) {
			const { message, description, asked } = await refused(orderBy('reference', value));
			expect(message).toBe(`No customer has the reference '${value}'`);
			expect(description).toContain(
				'The node read all customers a minute ago. If an existing customer was changed since, run this again in 3 minutes.',
			);
			expect(asked).toEqual([lastPage]);
		}
		advanceClock(3 * 60_000);
		expect((await refused(orderBy('reference', 'no-1'))).asked).toEqual([lastPage, ...wholeList]);
		expect((await refused(orderBy('reference', 'no-1'))).asked).toEqual([lastPage]);
	});

	test('is looked for once in the list by one execution, for 20 input items', async () => {
		advanceClock(3 * 60_000);
		world.uphance.clearLog();
		const items = Array.from({ length: 20 }, (_, item) => ({ who: `nobody ${item}` }));
		const parameters = getBy('name', '={{ $json.who }}', { ifNotFound: 'emptyItem' });
		const { records } = await world.run({ parameters, items });
		expect(records).toEqual(items.map(() => ({ found: false })));
		expect(world.asked('/customers')).toEqual([lastPage, ...wholeList]);
	});

	test('is found if an existing customer got it, when the list is read again', async () => {
		world.uphance.changeRecord('/customers', ceremony.id, { reference: 'NEW-1' });
		expect((await refused(orderBy('reference', 'NEW-1'))).description).toContain('run this again in 3 minutes');
		advanceClock(3 * 60_000);
		expect(await found(orderBy('reference', 'NEW-1'))).toEqual({ id: ceremony.id, asked: [lastPage, ...wholeList] });
	});

	test('is not called missing while Uphance fails', async () => {
		world.uphance.fault({ path: '/customers', kind: 'status', status: 503, times: 1_000 });
		expect((await refused(orderBy('reference', 'no-1'))).message).not.toMatch(/No customer/);
	});
});

test('A list of one page is read again for each unknown value, as the last page would cost the same', async () => {
	const meta = { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 1 };
	const customers = [{ id: 9498, name: 'Barneys', reference: 'C-1000' }];
	world.uphance.fault({ path: '/customers', kind: 'json', body: { customers, meta }, times: 100 });
	expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: 9498, asked: ['GET /customers'] });
	expect(await found(orderBy('reference', 'C-1000'))).toEqual({ id: 9498, asked: [single(9498)] });
	const { asked, description } = await refused(orderBy('reference', 'no-1'));
	expect(asked).toEqual(['GET /customers']);
	expect(description).not.toContain('The node read all customers');
});

test('A list whose IDs do not ascend is read as a whole: new customers may be anywhere in it', async () => {
	const page = (number: number, ids: number[]) => ({
		customers: ids.map((id) => ({ id, name: `Customer ${id}` })),
		meta: {
			current_page: number,
			next_page: number < 2 ? number + 1 : null,
			prev_page: null,
			total_pages: 2,
			total_count: 4,
		},
	});
	const fault = { path: '/customers', kind: 'json', times: 100 } as const;
	world.uphance.fault({ ...fault, page: 1, body: page(1, [4, 3]) });
	world.uphance.fault({ ...fault, page: 2, body: page(2, [2, 1]) });
	await failureOf(world.run({ parameters: getBy('name', 'Nobody') }));
	expect((await refused(getBy('name', 'Nobody'))).asked).toEqual([]);
	advanceClock(2 * 60_000);
	expect((await refused(getBy('name', 'Nobody'))).asked).toEqual(['GET /customers', 'GET /customers page=2']);
});

describe('Executions at the same time', () => {
	const twenty = Array.from({ length: 20 }, (_, index) => `C-${1000 + index}`);

	test('read the list once, and each its own customer', async () => {
		const runs = twenty.map(async (value) => await world.run({ parameters: getBy('reference', value) }));
		const ran = await Promise.all(runs);
		expect(ran.map(({ records }) => records[0]?.reference)).toEqual(twenty);
		const asked = world.asked('/customers');
		expect(asked.filter((request) => !/customers\/\d/.test(request))).toEqual(wholeList);
		expect(asked).toHaveLength(3 + 19);
	});

	test('go on when the one that reads the list for all is cancelled', async () => {
		world.uphance.fault({ path: '/customers', page: 2, kind: 'slow', milliseconds: 300 });
		const cancel = new AbortController();
		const cancelled = failureOf(world.run({ parameters: getBy('email', barneys.email), signal: cancel.signal }));
		await until(() => world.asked('/customers').length === 2);
		const others = twenty.map(async (value) => await world.run({ parameters: getBy('reference', value) }));
		cancel.abort();
		expect((await cancelled).message).toBe('The execution was cancelled');
		const ran = await Promise.all(others);
		expect(ran.map(({ records }) => records[0]?.reference)).toEqual(twenty);
		const lists = world.asked('/customers').filter((request) => !/customers\/\d/.test(request));
		expect(lists).toEqual([...wholeList.slice(0, 2), ...wholeList]);
	});

	test('end at once when they are cancelled while another reads the list', async () => {
		world.uphance.fault({ path: '/customers', page: 2, kind: 'slow', milliseconds: 2_000 });
		const cancel = new AbortController();
		const reading = world.run({ parameters: getBy('email', barneys.email) });
		await until(() => world.asked('/customers').length === 2);
		const waiting = failureOf(world.run({ parameters: getBy('name', 'Barneys'), signal: cancel.signal }));
		const began = Date.now();
		setTimeout(() => cancel.abort(), 50);
		expect((await waiting).message).toBe('The execution was cancelled');
		expect(Date.now() - began).toBeLessThan(1_500);
		expect((await reading).records[0]?.id).toBe(9498);
	});

	test('fail together, each with its own error, when the list cannot be read; the next one reads it', async () => {
		world.uphance.fault({ path: '/customers', page: 2, kind: 'status', status: 503, times: 5 });
		const errors: unknown[] = [];
		const runs = twenty.map(
			async (value) =>
				await world.run({ parameters: getBy('reference', value) }).catch((error: unknown) => void errors.push(error)),
		);
		await Promise.all(runs);
		expect(new Set(errors).size).toBe(20);
		expect([...new Set(errors.map((error) => (error instanceof Error ? error.message : '')))]).toEqual([
			expect.stringContaining('Uphance'),
		]);
		expect(world.asked('/customers')).toHaveLength(1 + 5);
		expect(await found(getBy('email', barneys.email))).toEqual({ id: 9498, asked: wholeList });
	});
});

describe('What is known', () => {
	test('is of one organisation', async () => {
		const own = await World.start({}, groupForm);
		const at = async (organisationId: string, value: string) => {
			own.uphance.clearLog();
			const { records } = await own.run({
				parameters: getBy('reference', value, { organisationId, ifNotFound: 'emptyItem' }),
			});
			return { id: records[0]?.id, lists: own.asked('/customers').filter((request) => !/customers\/\d/.test(request)) };
		};
		expect(await at('9579', last.reference)).toEqual({ id: last.id, lists: wholeList });
		expect(await at('9601', last.reference)).toEqual({ id: 9_661_666, lists: wholeList });
		expect(await at('9579', last.reference)).toEqual({ id: last.id, lists: [] });
		expect(await at('9601', last.reference)).toEqual({ id: 9_661_666, lists: [] });
		await own.close();
	});

	test('is of one user', async () => {
		world.uphance.addUser({ email: 'other@example.com', password: 'other', organisations: [9579] });
		await found(getBy('email', barneys.email));
		world.uphance.clearLog();
		const credential = world.another({ email: 'other@example.com', password: 'other' });
		await world.run({ parameters: getBy('email', barneys.email), credential });
		expect(world.asked('/customers')).toEqual(wholeList);
	});

	test('is forgotten after a day', async () => {
		await found(getBy('email', barneys.email));
		advanceClock(0.9 * days);
		expect((await found(getBy('email', barneys.email))).asked).toEqual([single(9498)]);
		advanceClock(days);
		expect((await found(getBy('email', barneys.email))).asked).toEqual(wholeList);
	});
});
