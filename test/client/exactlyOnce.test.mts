import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { documentedLine } from '../orders/documentedLine.mts';
import { runs } from '../propertyRuns.mts';
import { useWorld } from '../world.mts';

const parameters = { ...runs(500), endOnFailure: true };

const world = useWorld({
	signedIn: true,
	limits: { maxAttempts: 3, initialDelayMs: 1, requestTimeoutMs: 2_000, recheckAfterMs: [3, 8, 20] },
	starts: 'beforeAll',
});

const faults = fc.array(
	fc.record<Omit<Fault, 'path'>>({
		method: fc.constantFrom('GET', 'POST', 'POST', 'POST'),
		kind: fc.constantFrom('drop', 'dropAfter', 'dropAfter', 'status', 'empty', 'malformed', 'expireFirst'),
		status: fc.constantFrom(401, 429, 500, 502, 503, 504),
		skip: fc.integer({ min: 0, max: 2 }),
		times: fc.integer({ min: 1, max: 2 }),
	}),
	{ maxLength: 4 },
);

const order = (purchaseOrderRef: string, once: boolean): INodeParameters => ({
	resource: 'order',
	operation: 'create',
	customerId: { __rl: true, mode: 'id', value: '55140' },
	...documentedLine(2),
	additionalFields: { purchaseOrderRef },
	options: { returnExisting: once },
});

const createdWith = (reference: string) =>
	world.uphance.created().filter((each) => each.order.purchase_order_ref === reference).length;

let references = 0;

test('With Return Existing Order there is one order, whatever fails', async () => {
	await fc.assert(
		fc.asyncProperty(faults, fc.integer({ min: 1, max: 3 }), async (wrong, executions) => {
			const reference = `ONCE-${++references}`;
			world.uphance.clearFaults();
			for (const fault of wrong) world.uphance.fault({ ...fault, path: '/sales_orders' });
			let good = 0;
			for (let each = 0; each < executions; each++) {
				good += await world.run({ parameters: order(reference, true) }).then(
					() => 1,
					() => 0,
				);
				expect(createdWith(reference)).toBeLessThanOrEqual(1);
			}
			expect(createdWith(reference)).toBeGreaterThanOrEqual(Math.min(good, 1));
			world.uphance.clearFaults();
			const { records } = await world.run({ parameters: order(reference, true) });
			expect(records).toHaveLength(1);
			expect(records[0]?.purchase_order_ref).toBe(reference);
			expect(createdWith(reference)).toBe(1);
		}),
		parameters,
	);
}, 300_000);

test('Without it there is at most one order per run, and the message says that it may exist', async () => {
	await fc.assert(
		fc.asyncProperty(faults, async (wrong) => {
			const reference = `TRY-${++references}`;
			world.uphance.clearFaults();
			for (const fault of wrong) world.uphance.fault({ ...fault, path: '/sales_orders' });
			const failure = await world.run({ parameters: order(reference, false) }).then(
				() => undefined,
				(error: unknown) => error,
			);
			expect(createdWith(reference)).toBeLessThanOrEqual(1);
			if (createdWith(reference) === 0) expect(failure).toBeDefined();
			else if (failure) expect(String(failure)).toContain('may have been created');
		}),
		parameters,
	);
}, 300_000);
