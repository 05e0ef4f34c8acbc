import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { lockFor } from '../../nodes/Uphance/organisation/organisationLock.ts';

let users = 0;
let user = '';
/** What was registered, in order. */
let log: number[] = [];
beforeEach(() => {
	user = `user ${++users}`;
	log = [];
});

const refusal = new Error('refused');

interface AcquireOptions {
	isForced?: boolean;
	signal?: AbortSignal;
	token?: string;
	refused?: boolean;
}

async function acquire(
	organisation: number,
	{ isForced = false, signal, token = 'token', refused }: AcquireOptions = {},
) {
	const lockOptions = { organisationId: organisation, token, maxAgeMs: isForced ? 0 : Infinity, signal };
	const { release } = await lockFor(user).acquire(lockOptions, async (id) => {
		log.push(id);
		await Promise.resolve();
		if (refused) throw refusal;
		return token;
	});
	return release;
}

/** Lets everything happen that waits for nothing but promises. */
const settled = async (): Promise<void> => await setImmediate();

/** Notes in `order` when the lock was acquired. */
function queue(order: number[], organisation: number, options?: AcquireOptions): Promise<() => void> {
	const waiting = acquire(organisation, options);
	waiting.then(
		() => order.push(organisation),
		() => undefined,
	);
	return waiting;
}

test('A sign-in while the lock is held delays a switch until its registration has arrived', async () => {
	const release = await acquire(1);
	let arrive = () => {};
	const signingIn = lockFor(user).registerSession('new', 1, async (id) => {
		await new Promise<void>((resolve) => (arrive = resolve));
		log.push(id);
	});
	release();
	const switching = acquire(2);
	await settled();
	expect(log).toEqual([1]);
	arrive();
	await signingIn;
	(await switching)();
	expect(log).toEqual([1, 1, 2]);
});

describe('acquire', () => {
	test('registers the organisation first', async () => {
		await acquire(1);
		expect(log).toEqual([1]);
		expect(lockFor(user).isCurrent(1)).toBe(true);
	});

	test('shares the lock for the registered organisation without registering again', async () => {
		await acquire(1);
		await acquire(1);
		expect(log).toEqual([1]);
	});

	test('registers again when forced, when the session is another, and after invalidate', async () => {
		await acquire(1);
		await acquire(1, { isForced: true });
		await acquire(1, { token: 'another' });
		expect(log).toEqual([1, 1, 1]);
		lockFor(user).invalidate();
		await acquire(1);
		expect(log).toEqual([1, 1, 1, 1]);
	});

	test('registers for every session again after a switch, in case Uphance keeps the organisation for each', async () => {
		const [first, second] = [await acquire(1, { token: 'A' }), await acquire(1, { token: 'B' })];
		first();
		second();
		await acquire(2, { token: 'A' });
		await acquire(2, { token: 'B' });
		expect(log).toEqual([1, 1, 2, 2]);
	});

	test('does not wait for another user', async () => {
		await acquire(1);
		user = `${user} and another`;
		await acquire(2);
		expect(log).toEqual([1, 2]);
	});

	test('waits for another organisation until all requests in flight are done', async () => {
		const order: number[] = [];
		const [first, second] = [await acquire(1), await acquire(1)];
		queue(order, 2);
		await settled();
		first();
		await settled();
		expect(log).toEqual([1]);
		second();
		await settled();
		expect(order).toEqual([2]);
		expect(log).toEqual([1, 2]);
		expect(lockFor(user).isCurrent(1)).toBe(false);
	});

	test('is first come, first served: no request overtakes a waiting switch', async () => {
		const order: number[] = [];
		const first = await acquire(1);
		const second = queue(order, 2);
		const third = queue(order, 1);
		await settled();
		expect(order).toEqual([]);
		first();
		await settled();
		expect(order).toEqual([2]);
		(await second)();
		await settled();
		expect(order).toEqual([2, 1]);
		(await third)();
		expect(log).toEqual([1, 2, 1]);
	});

	test('admits together all that wait for the same organisation in a row', async () => {
		const order: number[] = [];
		const first = await acquire(1);
		queue(order, 2);
		queue(order, 2);
		queue(order, 3);
		first();
		await settled();
		expect(order).toEqual([2, 2]);
		expect(log).toEqual([1, 2]);
	});

	test('admits no other before the registration has ended', async () => {
		const order: number[] = [];
		const switching = acquire(1);
		queue(order, 1);
		expect(order).toEqual([]);
		await switching;
		await settled();
		expect(order).toEqual([1]);
		expect(log).toEqual([1]);
	});
});

describe('A refused registration', () => {
	test('rejects, and the next one registers', async () => {
		const refused = acquire(1, { refused: true });
		const next = acquire(1);
		await expect(refused).rejects.toBe(refusal);
		await next;
		expect(log).toEqual([1, 1]);
	});

	test('leaves no organisation registered', async () => {
		await expect(acquire(1, { refused: true })).rejects.toBe(refusal);
		expect(lockFor(user).isCurrent(1)).toBe(false);
		(await acquire(2))();
		(await acquire(1))();
		expect(log).toEqual([1, 2, 1]);
	});

	test('of one that shared the lock releases it', async () => {
		const first = await acquire(1);
		await expect(acquire(1, { isForced: true, refused: true })).rejects.toBe(refusal);
		first();
		await acquire(2);
		expect(log).toEqual([1, 1, 2]);
	});
});

describe('A cancelled execution', () => {
	test('leaves the queue and lets the next one in', async () => {
		const order: number[] = [];
		const controller = new AbortController();
		await acquire(1);
		const cancelled = queue(order, 2, { signal: controller.signal });
		queue(order, 1);
		controller.abort();
		await expect(cancelled).rejects.toBe(controller.signal.reason);
		await settled();
		expect(order).toEqual([1]);
		expect(log).toEqual([1]);
	});

	test('does not acquire when it was cancelled before', async () => {
		await expect(acquire(1, { signal: AbortSignal.abort() })).rejects.toThrow();
		expect(log).toEqual([]);
		await acquire(2);
		expect(log).toEqual([2]);
	});

	test('keeps the lock until release once it was acquired', async () => {
		const order: number[] = [];
		const controller = new AbortController();
		const release = await acquire(1, { signal: controller.signal });
		queue(order, 2);
		controller.abort();
		await settled();
		expect(order).toEqual([]);
		release();
		await settled();
		expect(order).toEqual([2]);
	});
});

describe('A new session', () => {
	const signIn = async (own: number, refused = false) =>
		await lockFor(user).registerSession('new token', own, async (id) => {
			log.push(id);
			await Promise.resolve();
			if (refused) throw refusal;
		});

	test('registers its own organisation when the lock is free', async () => {
		await signIn(1);
		expect(log).toEqual([1]);
		await acquire(1, { token: 'new token' });
		expect(log).toEqual([1]);
	});

	test('registers the organisation of the requests in flight, without waiting for them', async () => {
		await acquire(2);
		await signIn(1);
		expect(log).toEqual([2, 2]);
		expect(lockFor(user).isCurrent(2)).toBe(true);
	});

	test('does so also while someone waits for a switch', async () => {
		const order: number[] = [];
		const release = await acquire(2);
		queue(order, 1);
		await signIn(1);
		expect(log).toEqual([2, 2]);
		release();
		await settled();
		expect(order).toEqual([1]);
	});

	test('registers its own again after a release', async () => {
		(await acquire(2))();
		await signIn(1);
		expect(log).toEqual([2, 1]);
		await acquire(2);
		expect(log).toEqual([2, 1, 2]);
	});

	test('makes others wait until its registration has ended', async () => {
		let registered = () => {};
		const signingIn = lockFor(user).registerSession('new token', 1, async () => {
			await new Promise<void>((resolve) => (registered = resolve));
		});
		const order: number[] = [];
		queue(order, 2);
		await settled();
		expect(log).toEqual([]);
		registered();
		await signingIn;
		await settled();
		expect(log).toEqual([2]);
		expect(order).toEqual([2]);
	});

	test('that is refused lets the next one register', async () => {
		await expect(signIn(1, true)).rejects.toBe(refusal);
		expect(lockFor(user).isCurrent(1)).toBe(false);
		await acquire(1);
		expect(log).toEqual([1, 1]);
	});
});
