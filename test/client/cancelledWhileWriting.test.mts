import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { useLimits } from '../limits.mts';
import type { Failed, Run } from '../n8n.mts';
import { failureOf } from '../n8n.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { until } from '../until.mts';
import { World, groupForm } from '../world.mts';

/** Longer than what is slow here, and longer than a cancelled execution may take to end. */
const gracePeriodMs = 1_500;
const slowMs = 800;

useLimits({ initialDelayMs: 5, requestTimeoutMs: 10_000, recheckAfterMs: [10, 50, 100], gracePeriodMs }, 'file');

const order = (purchaseOrderRef: string, options: INodeParameters = {}): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2, 45),
	additionalFields: { purchaseOrderRef },
	options,
});

const pause = async (milliseconds: number) => await new Promise((resolve) => void setTimeout(resolve, milliseconds));

type Actions = ReturnType<typeof actionsOf>;

/** What a test does with its stand-in. */
function actionsOf(world: World) {
	return {
		world,
		faultPost: (fault: Omit<Fault, 'path' | 'method'>) =>
			world.uphance.fault({ path: '/sales_orders', method: 'POST', ...fault }),
		posts: () => world.asked('/sales_orders').filter((request) => request.startsWith('POST')),
		created: () => world.uphance.created().map(({ organisation, order }) => [order.purchase_order_ref, organisation]),

		/** Cancels a run as soon as something is so, and starts others before and after that; tells how the cancelled one ends. */
		async cancelled(run: Run, isTime: () => boolean, before = () => {}, after = () => {}): Promise<Failed> {
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
		},

		/** Another execution, to be started at some time in a cancelled one. */
		another(parameters: INodeParameters) {
			let running: ReturnType<World['run']> | undefined;
			return {
				start: () => void (running = world.run({ parameters })),
				ended: async () => await (running ?? world.run({ parameters })),
			};
		},
	};
}

/** A test with a stand-in of its own, since those of a `describe` run at the same time: most of them wait. */
function withWorld<Args extends unknown[]>(use: (actions: Actions, ...args: Args) => Promise<void>) {
	return async (...args: Args) => {
		const world = new World({ form: groupForm, signedIn: true });
		await world.start();
		await use(actionsOf(world), ...args).finally(async () => await world.close());
	};
}

describe('An execution that starts before, at or after the cancelling of a POST', () => {
	const times = ['before', 'at', 'after'] as const;
	const startsIn = (when: (typeof times)[number], start: () => void) =>
		[when === 'before' ? start : undefined, when === 'at' ? start : undefined] as const;

	test.concurrent.each(times)(
		'%s: returns the same order, which was still being created',
		withWorld(async ({ faultPost, posts, created, cancelled, another }, when) => {
			faultPost({ kind: 'slow', milliseconds: slowMs });
			const parameters = order('PO-77', { returnExisting: true });
			const { start, ended } = another(parameters);
			await cancelled({ parameters }, () => posts().length === 1, ...startsIn(when, start));
			const { records } = await ended();
			await pause(slowMs);
			expect(created()).toEqual([['PO-77', 9579]]);
			expect(records).toMatchObject([{ purchase_order_ref: 'PO-77', alreadyExisted: true }]);
		}),
	);

	test.concurrent.each(times)(
		'%s: creates its own order in its own organisation, and leaves the other order in another',
		withWorld(async ({ faultPost, posts, created, cancelled, another }, when) => {
			faultPost({ kind: 'slow', milliseconds: slowMs });
			const { start, ended } = another(order('PO-78'));
			const run = { parameters: order('PO-77', { organisationId: '9601' }) };
			await cancelled(run, () => posts().length === 1, ...startsIn(when, start));
			await ended();
			await pause(slowMs);
			expect(created()).toEqual([
				['PO-77', 9601],
				['PO-78', 9579],
			]);
		}),
	);

	test.concurrent.each(times)(
		'%s: leaves the order in its own organisation when it only reads in another',
		withWorld(async ({ faultPost, posts, created, cancelled, another }, when) => {
			faultPost({ kind: 'slow', milliseconds: slowMs });
			const { start, ended } = another({ limit: 1 });
			const run = { parameters: order('PO-77', { organisationId: '9601' }) };
			await cancelled(run, () => posts().length === 1, ...startsIn(when, start));
			const { records } = await ended();
			await pause(slowMs);
			expect(records).toHaveLength(1);
			expect(created()).toEqual([['PO-77', 9601]]);
		}),
	);
});

describe('A cancelled switch that Uphance handles late', () => {
	const path = '/organisations/set_current_org';

	test.concurrent.each([true, false])(
		'does not misplace the order after it, with Return Existing Order %p',
		withWorld(async ({ world, faultPost, created, cancelled }, returnExisting) => {
			world.uphance.fault({ path, kind: 'slow', milliseconds: 500 });
			const run = { parameters: order('PO-77', { organisationId: '9601' }) };
			await cancelled(run, () => world.asked(path).length === 1);
			faultPost({ kind: 'status', status: 429, retryAfter: '1' });
			await world.run({ parameters: order('PO-78', { returnExisting }) });
			expect(created()).toEqual([['PO-78', 9579]]);
		}),
	);

	test.concurrent(
		'does not say that the order may exist: it was never sent',
		withWorld(async ({ world, created, cancelled }) => {
			world.uphance.fault({ path, kind: 'slow', milliseconds: 500 });
			const run = { parameters: order('PO-77', { organisationId: '9601' }) };
			const { message, description } = await cancelled(run, () => world.asked(path).length === 1);
			expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
			await pause(gracePeriodMs);
			expect(created()).toEqual([]);
		}),
	);
});

describe('The message of a cancelled execution', () => {
	const kinds = [
		{ returnExisting: false, continueOnFail: false },
		{ returnExisting: false, continueOnFail: true },
		{ returnExisting: true, continueOnFail: false },
		{ returnExisting: true, continueOnFail: true },
	];

	test.concurrent.each(kinds)(
		'says that the order may exist while it was being created, with %j',
		withWorld(async ({ faultPost, posts, created, cancelled }, { returnExisting, continueOnFail }) => {
			faultPost({ kind: 'slow', milliseconds: 600 });
			const run = { parameters: order('PO-77', { returnExisting }), continueOnFail };
			const { message, description } = await cancelled(run, () => posts().length === 1);
			expect(message).toContain('the sales order');
			expect(message).toContain('may exist');
			expect(description).toContain("'PO-77'");
			await pause(slowMs);
			expect(created()).toEqual([['PO-77', 9579]]);
		}),
	);

	test.concurrent(
		'does not say so while the order was looked up',
		withWorld(async ({ world, created, cancelled }) => {
			world.uphance.fault({ path: '/sales_orders', method: 'GET', kind: 'slow', milliseconds: 600 });
			const run = { parameters: order('PO-77', { returnExisting: true }) };
			const { message, description } = await cancelled(run, () => world.asked('/sales_orders').length === 1);
			expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
			await pause(slowMs);
			expect(created()).toEqual([]);
		}),
	);

	test.concurrent.each([true, false])(
		'does not say so while the node waited for a busy Uphance, with Return Existing Order %p',
		withWorld(async ({ faultPost, posts, created, cancelled }, returnExisting) => {
			faultPost({ kind: 'status', status: 429, retryAfter: '30', times: 100 });
			const run = { parameters: order('PO-77', { returnExisting }) };
			const { message, description } = await cancelled(run, () => posts().length === 1);
			expect(`${message} ${description}`).not.toMatch(/may (exist|have been)/);
			expect(created()).toEqual([]);
		}),
	);
});

// Jest fails a test that leaves a rejection which nobody handles.
test.concurrent(
	'An execution cancelled before it began, without a session, sends nothing and leaves no unhandled rejection',
	withWorld(async ({ world }) => {
		const credential = world.another({ organisationId: '9579' });
		await failureOf(world.run({ parameters: order('PO-77'), credential, signal: AbortSignal.abort() }));
		await pause(300);
		expect(world.asked()).toEqual([]);
	}),
);
