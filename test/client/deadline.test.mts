import { describe, expect, test } from '@jest/globals';
import { limits } from '../limits.mts';
import { failureOf, listSearch, loadOptions } from '../n8n.mts';
import { Poller } from '../polling/pollContext.mts';
import { useWorld } from '../world.mts';

const world = useWorld({
	signedIn: true,
	limits: { initialDelayMs: 5, deadlineMs: 1_000, rateLimitBackoffMs: 90_000 },
});

/** What somebody who waits is told, and how soon. */
async function toldBy(run: () => Promise<unknown>) {
	const start = Date.now();
	const { message, description } = await failureOf(run());
	return { message, description, tookMs: Date.now() - start };
}

const waiting: Array<[string, string, () => Promise<unknown>]> = [
	['a search in the editor', '/sales_orders', async () => await listSearch(world.credential, 'searchOrders')],
	['a dropdown in the editor', '/channels', async () => await loadOptions(world.credential, 'getChannelNames')],
	['a test of the polling trigger', '/sales_orders', async () => await new Poller(world).test()],
];

describe.each(waiting)('For %s', (_, path, run) => {
	test('a Retry-After beyond the deadline is not waited for; the sentence names the time', async () => {
		world.uphance.fault({ path, kind: 'status', status: 429, retryAfter: '60', times: 100 });
		const { message, tookMs } = await toldBy(run);
		expect(message).toMatch(/^Uphance asked to wait 60 seconds, until \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
		expect(tookMs).toBeLessThan(700);
		expect(world.asked(path)).toHaveLength(1);
	});

	test('a wait within the deadline is waited for', async () => {
		Object.assign(limits, { rateLimitBackoffMs: 40 });
		world.uphance.fault({ path, kind: 'status', status: 429 });
		await run();
		expect(world.asked(path).length).toBeGreaterThanOrEqual(2);
	});

	test('a wait of the node’s own beyond the deadline is not begun; the sentence says what Uphance said', async () => {
		world.uphance.fault({ path, kind: 'status', status: 429, times: 100 });
		const { message, tookMs } = await toldBy(run);
		expect(message).toBe('Uphance rate limit reached');
		expect(tookMs).toBeLessThan(900);
	});
});
