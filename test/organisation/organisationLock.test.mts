import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
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

describe('What is known of a registration', () => {
	afterEach(() => void jest.restoreAllMocks());
	const at = (moment: number) => void jest.spyOn(Date, 'now').mockReturnValue(moment);
	/** Acquires and releases. @returns whether it registered */
	const registers = async (organisationId: number, more: object = {}, end = async () => 'token'): Promise<boolean> => {
		const options = { organisationId, token: 'token', maxAgeMs: Infinity, ...more };
		const turn = await lockFor(user).acquire(options, end);
		turn.release();
		return turn.registered;
	};
	const refuse = async () => await Promise.reject(refusal);

	test('holds until it is as old as the request allows, and not after the clock was set back', async () => {
		at(1_000);
		expect(await registers(1, { maxAgeMs: 100 })).toBe(true);
		expect(await registers(1, { maxAgeMs: 100 })).toBe(false);
		at(1_099);
		expect(await registers(1, { maxAgeMs: 100 })).toBe(false);
		at(999);
		expect(await registers(1, { maxAgeMs: 100 })).toBe(true);
		at(1_099);
		expect(await registers(1, { maxAgeMs: 100 })).toBe(true);
	});

	test('is not needed for the one organisation of a user, until there are several or another was registered', async () => {
		expect(await registers(1, { assumeCurrent: true })).toBe(false);
		expect(await registers(1)).toBe(true);
		expect(await registers(1, { assumeCurrent: true, token: 'another' })).toBe(false);
		expect(await registers(2, { assumeCurrent: true })).toBe(true);
		lockFor(user).hasSeveral = true;
		expect(await registers(2, { assumeCurrent: true, token: 'another' })).toBe(true);
	});

	test('is lost when a switch was refused: nobody knows which organisation is current', async () => {
		await registers(1);
		await expect(registers(2, {}, refuse)).rejects.toBe(refusal);
		expect(lockFor(user).isCurrent(1)).toBe(false);
		expect(lockFor(user).isCurrent(2)).toBe(false);
		expect(await registers(1, { assumeCurrent: true })).toBe(false);
		expect(await registers(1)).toBe(true);
		expect(lockFor(user).isBusy).toBe(false);
	});

	test('is lost for all sessions when a new one registers another organisation', async () => {
		await registers(2, { token: 'A' }, async () => 'A');
		await lockFor(user).registerSession('B', 1, async () => undefined);
		expect(lockFor(user).isCurrent(1)).toBe(true);
		expect(await registers(1, { token: 'B' }, async () => 'B')).toBe(false);
		expect(await registers(1, { token: 'A' }, async () => 'A')).toBe(true);
	});

	test('is kept for other sessions when a new one registers the same organisation', async () => {
		await registers(1, { token: 'A' }, async () => 'A');
		await lockFor(user).registerSession('B', 1, async () => undefined);
		expect(await registers(1, { token: 'A' }, async () => 'A')).toBe(false);
	});

	test('is kept for the twenty newest sessions, so that no old token stays in memory', async () => {
		const token = (index: number) => `token ${index}`;
		for (let index = 0; index <= 20; index++) (await acquire(9579, { token: token(index) }))();
		log = [];
		for (let index = 1; index <= 20; index++) (await acquire(9579, { token: token(index) }))();
		expect(log).toEqual([]);
		(await acquire(9579, { token: token(0) }))();
		expect(log).toEqual([9579]);
	});

	test('is uncertain when that of a new session was refused, and the lock is free', async () => {
		await registers(2);
		await expect(lockFor(user).registerSession('B', 1, refuse)).rejects.toBe(refusal);
		expect([1, 2].map((id) => lockFor(user).isCurrent(id))).toEqual([false, false]);
		expect(lockFor(user).isBusy).toBe(false);
		expect(await registers(2)).toBe(true);
	});

	test('is uncertain after one that was cancelled, and nobody is let in while it may still arrive', async () => {
		const cancel = new AbortController();
		const options = { organisationId: 2, token: 'token', maxAgeMs: 0, signal: cancel.signal, gracePeriodMs: 60 };
		await registers(1);
		const cancelled = lockFor(user).acquire(options, async () => {
			cancel.abort(refusal);
			throw refusal;
		});
		await expect(cancelled).rejects.toBe(refusal);
		expect(lockFor(user).isBusy).toBe(true);
		const started = performance.now();
		expect(await registers(1)).toBe(true);
		expect(performance.now() - started).toBeGreaterThan(50);
	});

	test('is kept while others come, if there are not many', () => {
		const first = lockFor('is there first');
		lockFor('comes later');
		expect(lockFor('is there first')).toBe(first);
	});

	test('is forgotten first of the user who was there first, if there are more than a thousand', async () => {
		const [first, busy] = [`${user} first`, `${user} busy`];
		user = busy;
		const release = await acquire(1);
		user = first;
		await registers(1);
		expect(await registers(1)).toBe(false);
		for (let other = 0; other < 1_100; other++) lockFor(`${first} ${other}`);
		expect(lockFor(busy).isCurrent(1)).toBe(true);
		expect(await registers(1)).toBe(true);
		release();
	});
});
