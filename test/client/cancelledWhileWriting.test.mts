import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { until } from '../until.mts';
import type { Failed, Run } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import type { World } from '../world.mts';
import { groupForm, useWorld } from '../world.mts';

/** Longer than what is slow here, and longer than a cancelled execution may take to end. */
const settle = 1_500;
const slow = 800;

const world = useWorld({
	form: groupForm,
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 10_000, recheckDelaysMs: [10, 50, 100], gracePeriodMs: settle },
});

const order = (purchaseOrderRef: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	lineItems: { lineItem: [{ sku_id: '640901', quantity: 2, unit_price: '45.00' }] },
	additionalFields: { purchaseOrderRef },
	options,
});

const spoil = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });
const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));
const created = () =>
	world.uphance.created().map(({ organisation, order }) => [order.purchase_order_ref, organisation]);
const pause = async (milliseconds: number) => await new Promise((resolve) => void setTimeout(resolve, milliseconds));

/** Cancels a run as soon as something is so, and starts others before and after that; tells how the cancelled one ends. */
async function cancelled(run: Run, isTime: () => boolean, before = () => {}, after = () => {}): Promise<Failed> {
	const controller = new AbortController();
	const failure = failureOf(world.run({ ...run, signal: controller.signal }));
	await until(isTime);
	before();
	await pause(50);
	const start = Date.now();
	controller.abort();
	after();
	const failed = await failure;
	expect(Date.now() - start).toBeLessThan(1_000);
	expect(failed.message).toContain('cancelled');
	return failed;
}

/** Another execution, to be started at some time in a cancelled one. */
function another(parameters: INodeParameters) {
	let running: ReturnType<World['run']> | undefined;
	return {
		start: () => void (running = world.run({ parameters })),
		ended: async () => await (running ?? world.run({ parameters })),
	};
}

describe.each(['before', 'at', 'after'] as const)('An execution that starts %s the cancelling of a POST', (when) => {
	const startsIn = (start: () => void) =>
		[when === 'before' ? start : undefined, when === 'at' ? start : undefined] as const;

	test('finds the same order, which was still on its way', async () => {
		spoil({ kind: 'slow', milliseconds: slow });
		const parameters = order('PO-77', { returnExisting: true });
		const { start, ended } = another(parameters);
		await cancelled({ parameters }, () => posts().length === 1, ...startsIn(start));
		const { records } = await ended();
		await pause(slow);
		expect(created()).toEqual([['PO-77', 9579]]);
		expect(records).toMatchObject([{ purchase_order_ref: 'PO-77', alreadyExisted: true }]);
	});

	test('in another organisation leaves the order in its own, and so is its own order', async () => {
		spoil({ kind: 'slow', milliseconds: slow });
		const { start, ended } = another(order('PO-78'));
		const run = { parameters: order('PO-77', { organisationId: '9601' }) };
		await cancelled(run, () => posts().length === 1, ...startsIn(start));
		await ended();
		await pause(slow);
		expect(created()).toEqual([
			['PO-77', 9601],
			['PO-78', 9579],
		]);
	});

	test('that only reads elsewhere leaves the order in its own organisation too', async () => {
		spoil({ kind: 'slow', milliseconds: slow });
		const { start, ended } = another({ limit: 1 });
		const run = { parameters: order('PO-77', { organisationId: '9601' }) };
		await cancelled(run, () => posts().length === 1, ...startsIn(start));
		const { records } = await ended();
		await pause(slow);
		expect(records).toHaveLength(1);
		expect(created()).toEqual([['PO-77', 9601]]);
	});
});

describe('A cancelled switch that lands late', () => {
	const switches = () => world.asked('/organisations/set_current_org');

	test.each([true, false])('does not misplace the order after it, with Return Existing Order %p', async (once) => {
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'slow', milliseconds: 500 });
		await cancelled({ parameters: order('PO-77', { organisationId: '9601' }) }, () => switches().length === 1);
		spoil({ kind: 'status', status: 429, retryAfter: '1' });
		await world.run({ parameters: order('PO-78', { returnExisting: once }) });
		expect(created()).toEqual([['PO-78', 9579]]);
	});

	test('does not say that the order may exist: it was never sent', async () => {
		world.uphance.fault({ path: '/organisations/set_current_org', kind: 'slow', milliseconds: 500 });
		const run = { parameters: order('PO-77', { organisationId: '9601' }) };
		const { message, description } = await cancelled(run, () => switches().length === 1);
		expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
		await pause(settle);
		expect(created()).toEqual([]);
	});
});

describe('The message of a cancelled execution', () => {
	const kinds = [
		{ returnExisting: false, continueOnFail: false },
		{ returnExisting: false, continueOnFail: true },
		{ returnExisting: true, continueOnFail: false },
		{ returnExisting: true, continueOnFail: true },
	];

	test.each(kinds)('says that the order may exist while it was being created, with %j', async (kind) => {
		spoil({ kind: 'slow', milliseconds: 600 });
		const run = { parameters: order('PO-77', { returnExisting: kind.returnExisting }), ...kind };
		const { message, description } = await cancelled(run, () => posts().length === 1);
		expect(message).toContain('the sales order');
		expect(message).toContain('may exist');
		expect(description).toContain("'PO-77'");
		await pause(slow);
		expect(created()).toEqual([['PO-77', 9579]]);
	});

	test('does not say so while it was looked for', async () => {
		world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'slow', milliseconds: 600 });
		const run = { parameters: order('PO-77', { returnExisting: true }) };
		const { message, description } = await cancelled(run, () => world.asked('/sales_orders').length === 1);
		expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
		await pause(slow);
		expect(created()).toEqual([]);
	});

	test.each([true, false])(
		'does not say so while it waited for a busy Uphance, with Return Existing Order %p',
		async (returnExisting) => {
			spoil({ kind: 'status', status: 429, retryAfter: '30', times: 100 });
			const run = { parameters: order('PO-77', { returnExisting }) };
			const { message, description } = await cancelled(run, () => posts().length === 1);
			expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
			expect(created()).toEqual([]);
		},
	);
});

// Jest fails a test that leaves a rejection which nobody handles.
test('An execution cancelled before it began, without a session, sends nothing and leaves no rejection behind', async () => {
	const credential = world.another({ organisationId: '9579' });
	await failureOf(world.run({ parameters: order('PO-77'), credential, signal: AbortSignal.abort() }));
	await pause(300);
	expect(world.asked()).toEqual([]);
});
