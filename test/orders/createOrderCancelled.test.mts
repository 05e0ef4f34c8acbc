import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { limits } from '../limits.mts';
import type { Run } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { useWorld } from '../world.mts';
import { documentedLine } from './documentedLine.mts';

const world = useWorld({
	signedIn: true,
	limits: { initialDelayMs: 5, requestTimeoutMs: 10_000, recheckAfterMs: [10_000, 20_000, 30_000] },
});

const order = (returnExisting: boolean): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef: 'PO-77' },
	options: { returnExisting },
});

const injectFault = (fault: Omit<Fault, 'path' | 'method'>) =>
	world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault });
const posts = () => world.asked('/sales_orders').filter((request) => request.startsWith('POST'));

/** Cancels a run as soon as something is so, and measures how long the end takes. */
async function cancelled(run: Run, isTime: () => boolean, moreWait = 0): Promise<number> {
	const controller = new AbortController();
	const failure = failureOf(world.run({ ...run, signal: controller.signal }));
	await until(isTime);
	await new Promise((resolve) => void setTimeout(resolve, moreWait));
	const start = Date.now();
	controller.abort();
	expect((await failure).message).toContain('cancelled');
	return Date.now() - start;
}

describe('A cancelled execution ends within a second', () => {
	test.each([true, false])('of a POST that hangs, with Return Existing Order %p', async (returnExisting) => {
		injectFault({ kind: 'hang', times: 10 });
		const run = { parameters: order(returnExisting) };
		expect(await cancelled(run, () => posts().length === 1)).toBeLessThan(1_000);
		expect(posts()).toHaveLength(1);
	});

	test('of waiting to look the order up again', async () => {
		injectFault({ kind: 'drop' });
		const asked = () => world.asked('/sales_orders').length;
		expect(await cancelled({ parameters: order(true) }, () => asked() === 2, 100)).toBeLessThan(1_000);
		expect(asked()).toBe(2);
	});

	test('of waiting for a busy Uphance', async () => {
		injectFault({ kind: 'status', status: 429, retryAfter: '30', times: 100 });
		expect(await cancelled({ parameters: order(false) }, () => posts().length === 1, 50)).toBeLessThan(1_000);
		expect(posts()).toHaveLength(1);
	});

	test('of queueing behind the same order, which goes on', async () => {
		injectFault({ kind: 'slow', milliseconds: 1_500 });
		const first = world.run({ parameters: order(true) });
		await until(() => posts().length === 1);
		expect(await cancelled({ parameters: order(true) }, () => true, 200)).toBeLessThan(1_000);
		expect((await first).records[0]).toMatchObject({ alreadyExisted: false });
		expect(world.uphance.created()).toHaveLength(1);
	});

	test('with Continue On Fail too, and the items after it are not sent', async () => {
		injectFault({ kind: 'hang', times: 10 });
		const run = { parameters: order(false), items: [{}, {}, {}], continueOnFail: true };
		expect(await cancelled(run, () => posts().length === 1)).toBeLessThan(1_000);
		expect(posts()).toHaveLength(1);
	});
});

test('A cancelled execution lets the one queueing behind it run', async () => {
	Object.assign(limits, { recheckAfterMs: [10, 20, 30] });
	injectFault({ kind: 'hang' });
	const controller = new AbortController();
	const first = failureOf(world.run({ parameters: order(true), signal: controller.signal }));
	await until(() => posts().length === 1);
	const second = world.run({ parameters: order(true) });
	controller.abort();
	await first;
	expect((await second).records[0]).toMatchObject({ purchase_order_ref: 'PO-77' });
	expect(world.uphance.created()).toHaveLength(1);
});

test('An execution cancelled before it began sends nothing', async () => {
	await failureOf(world.run({ parameters: order(false), signal: AbortSignal.abort() }));
	expect(posts()).toEqual([]);
});
