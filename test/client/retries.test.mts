import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/uphance/faults.mts';
import { limits } from '../limits.mts';
import { failureOf } from '../n8n.mts';
import { until } from '../until.mts';
import { groupForm, useWorld } from '../world.mts';

const world = useWorld({ signedIn: true, limits: { initialDelayMs: 10, requestTimeoutMs: 300 } });

const injectFault = (fault: Omit<Fault, 'path'>) => world.uphance.fault({ path: '/sales_orders', ...fault });

/** How often the first page was asked for, and the milliseconds between the first two times. */
function attempts(): { count: number; waited: number } {
	const times = world.uphance.log().flatMap(({ path, at }) => (path === '/sales_orders' ? [at] : []));
	return { count: times.length, waited: (times[1] ?? 0) - (times[0] ?? 0) };
}

const oldest = { parameters: { newestFirst: false } };

describe('429', () => {
	test('is retried after the seconds of Retry-After', async () => {
		injectFault({ kind: 'status', status: 429, retryAfter: '1' });
		expect((await world.run(oldest)).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
		expect(attempts().waited).toBeGreaterThanOrEqual(990);
	});

	test('is retried after the date of Retry-After', async () => {
		const date = Math.ceil(Date.now() / 1000 + 1) * 1000;
		injectFault({ kind: 'status', status: 429, retryAfter: new Date(date).toUTCString() });
		expect((await world.run(oldest)).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
		expect(world.uphance.log().at(-1)?.at).toBeGreaterThanOrEqual(date - 10);
	});

	test('without Retry-After is retried after a short delay', async () => {
		Object.assign(limits, { rateLimitBackoffMs: 900 });
		injectFault({ kind: 'status', status: 429 });
		expect((await world.run(oldest)).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
		expect(attempts().waited).toBeGreaterThanOrEqual(20);
	});

	test('without Retry-After is retried until the window of a minute is over', async () => {
		Object.assign(limits, { rateLimitBackoffMs: 900 });
		injectFault({ kind: 'status', status: 429, times: 4 });
		expect((await world.run(oldest)).records).toHaveLength(50);
		const times = world.uphance.log().flatMap(({ path, at }) => (path === '/sales_orders' ? [at] : []));
		expect(times).toHaveLength(5);
		expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(890);
	});

	test.each([
		['301', '5 minutes'],
		['600', '10 minutes'],
		['7200', '2 hours'],
	])('with a Retry-After of %s seconds is not retried; the message names the time', async (retryAfter, words) => {
		injectFault({ kind: 'status', status: 429, retryAfter });
		const until = new Date(Date.now() + Number(retryAfter) * 1000).toISOString().slice(0, 10);
		const { message } = await failureOf(world.run(oldest));
		expect(message).toContain(words);
		expect(message).toContain(until);
		expect(message).toMatch(/\d\d:\d\d UTC/);
		expect(attempts().count).toBe(1);
	});

	test('for ever fails after five attempts with what to do', async () => {
		injectFault({ kind: 'status', status: 429, times: 100 });
		const { message, description } = await failureOf(world.run(oldest));
		expect(message).toBe('Uphance rate limit reached');
		expect(description).toContain('Tried 5 times');
		expect(description).toContain('Run fewer workflows at the same time');
		expect(attempts().count).toBe(5);
	});
});

describe('A read', () => {
	test.each([
		['status', 408],
		['status', 500],
		['status', 502],
		['status', 503],
		['status', 504],
		['status', 520],
		['status', 521],
		['status', 522],
		['status', 523],
		['status', 524],
		['status', 529],
		['html', 502],
		['html', 520],
		['drop', 0],
		['dropAfter', 0],
		['brokenOff', 200],
		['brokenGzip', 200],
		['malformed', 200],
		['empty', 200],
	] as const)('that ends in %s %i is retried', async (kind, status) => {
		injectFault({ kind, status });
		expect((await world.run(oldest)).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
	});

	test.each([400, 403, 404, 422, 501, 505, 525, 530])('that is answered %i is not retried', async (status) => {
		injectFault({ kind: 'status', status });
		await failureOf(world.run(oldest));
		expect(attempts().count).toBe(1);
	});

	test('that is refused for ever fails after five attempts and says so', async () => {
		injectFault({ kind: 'status', status: 503, times: 100 });
		const { message, description } = await failureOf(world.run(oldest));
		expect(message).toContain('503');
		expect(description).toContain('Tried 5 times');
		expect(attempts().count).toBe(5);
	});

	test.each(['brokenOff', 'brokenGzip', 'malformed', 'empty'] as const)(
		'that always ends in %s says so',
		async (kind) => {
			injectFault({ kind, times: 100 });
			const { message, description } = await failureOf(world.run(oldest));
			expect(message).toBe("Uphance's answer was not complete when asked to list sales orders");
			expect(description).toContain('Tried 5 times');
			expect(description).toContain('proxy');
			expect(attempts().count).toBe(5);
		},
	);

	test('that is answered with a web page is not retried: another server may answer', async () => {
		injectFault({ kind: 'html', status: 200 });
		const { description } = await failureOf(world.run(oldest));
		expect(description).toContain("'API URL'");
		expect(attempts().count).toBe(1);
	});

	test('continues in the middle of a list, without lost records or duplicates', async () => {
		injectFault({ kind: 'drop', skip: 1 });
		injectFault({ kind: 'status', status: 503, skip: 2 });
		const { records } = await world.run({ parameters: { returnAll: true } });
		expect(records).toHaveLength(250);
		expect(new Set(records.map(({ id }) => id)).size).toBe(250);
	});

	test('that is never answered is retried after the time-out', async () => {
		injectFault({ kind: 'hang' });
		expect((await world.run(oldest)).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
		expect(attempts().waited).toBeGreaterThanOrEqual(290);
	});

	test('that is never answered at all says so', async () => {
		Object.assign(limits, { maxAttempts: 2, requestTimeoutMs: 100 });
		injectFault({ kind: 'hang', times: 100 });
		const { message, description } = await failureOf(world.run(oldest));
		expect(message).toContain('did not answer in time');
		expect(description).toContain('Tried 2 times');
	});

	test('says that it could not reach Uphance, and where, when nothing listens there', async () => {
		await world.close();
		const { message, description } = await failureOf(world.run(oldest));
		expect(message).toContain('Could not reach Uphance');
		expect(description).toContain(world.uphance.url);
	});
});

test.each([
	['status', 429],
	['status', 503],
	['drop', 0],
	['dropAfter', 0],
] as const)('a registration that ends in %s %i is retried, because it is idempotent', async (kind, status) => {
	await world.start({}, groupForm);
	world.uphance.fault({ path: '/organisations/set_current_org', kind, status });
	const parameters = { newestFirst: false, options: { organisationId: '9601' } };
	expect((await world.run({ parameters })).records).toHaveLength(50);
	expect(world.asked('/organisations/set_current_org')).toHaveLength(3); // two for 9601, then the own again
	expect(attempts().count).toBe(1);
});

describe('A cancelled execution', () => {
	/** Cancels once something was asked for, and measures how long the end takes. */
	async function cancelled(path: string, run: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
		const controller = new AbortController();
		const failure = failureOf(run(controller.signal));
		await until(() => world.asked(path).length > 0 && world.uphance.log().at(-1)?.path === path);
		const start = Date.now();
		controller.abort();
		expect((await failure).message).toContain('cancelled');
		return Date.now() - start;
	}

	test('ends within a second of a long wait, and sends nothing more', async () => {
		injectFault({ kind: 'status', status: 429, retryAfter: '30', times: 100 });
		expect(await cancelled('/sales_orders', async (signal) => await world.run({ ...oldest, signal }))).toBeLessThan(
			1000,
		);
		expect(attempts().count).toBe(1);
	});

	test('ends within a second of a request that hangs, and sends nothing more', async () => {
		Object.assign(limits, { requestTimeoutMs: 10_000 });
		injectFault({ kind: 'hang' });
		expect(await cancelled('/sales_orders', async (signal) => await world.run({ ...oldest, signal }))).toBeLessThan(
			1000,
		);
		expect(attempts().count).toBe(1);
	});

	test('ends with Continue On Fail too, instead of going on with the next item', async () => {
		injectFault({ kind: 'status', status: 429, retryAfter: '30', times: 100 });
		const run = { ...oldest, items: [{}, {}, {}], continueOnFail: true };
		expect(await cancelled('/sales_orders', async (signal) => await world.run({ ...run, signal }))).toBeLessThan(1000);
		expect(attempts().count).toBe(1);
	});

	test('ends while it waits for its organisation, and leaves the execution before it running', async () => {
		Object.assign(limits, { requestTimeoutMs: 1_500 });
		await world.start({}, groupForm);
		injectFault({ kind: 'hang' });
		const first = world.run(oldest);
		const outlet = { parameters: { newestFirst: false, options: { organisationId: '9601' } } };
		await until(() => attempts().count === 1);
		expect(await cancelled('/organisations', async (signal) => await world.run({ ...outlet, signal }))).toBeLessThan(
			1000,
		);
		expect((await first).records).toHaveLength(50);
		expect(attempts().count).toBe(2);
	});
});
