import { sleep } from 'n8n-workflow';

/**
 * Uphance keeps the current organisation on its side, probably for each user (uphance-api.md 2.7). Within one n8n
 * process this guard makes every request of a user run while its own organisation is the registered one: requests of
 * one organisation run together, a switch waits for those under way, first come, first served (design 4).
 */
interface LockState {
	/** The organisation registered last, or being registered; undefined when nobody can say. */
	organisation?: number;
	/** The access tokens that registered it since: right also if Uphance should keep the organisation for each token. */
	tokens: Set<string>;
	active: number;
	/** While this holds, nobody else is let in. */
	switching: boolean;
	waiters: Waiter[];
}

interface Waiter {
	organisation: number;
	admit: (mode: 'joins' | 'switches') => void;
}

/** Registers the organisation at Uphance and returns the access token that did it. */
type SwitchOrganisation = (organisation: number) => Promise<string>;

interface AcquireOptions {
	organisation: number;
	token: string;
	/** Register even if this guard believes it is: someone may have switched in Uphance's own web page. */
	forceSwitch: boolean;
	signal?: AbortSignal;
	/** Milliseconds that a registration which was cut off may still take at Uphance; nobody is let in meanwhile. */
	gracePeriodMs?: number;
}

const locks = new Map<string, LockState>();

function lockFor(user: string): LockState {
	const known = locks.get(user);
	if (known) return known;
	const fresh: LockState = { tokens: new Set(), active: 0, switching: false, waiters: [] };
	locks.set(user, fresh);
	return fresh;
}

/**
 * Waits until requests for the organisation may be sent, registers it where needed and returns the call that gives the
 * turn back.
 *
 * @throws what `register` throws, or the signal's reason when the execution is cancelled while it waits.
 */
export async function acquire(
	user: string,
	options: AcquireOptions,
	switchOrganisation: SwitchOrganisation,
): Promise<() => void> {
	const lock = lockFor(user);
	const mode = await enqueue(lock, options);
	const settle = (switched: boolean) => {
		if (mode === 'switches') lock.switching = false;
		if (mode === 'switches' && !switched) lock.organisation = undefined;
		if (switched) dispatch(lock);
		else release(lock);
	};
	let switched = false;
	try {
		if (mode === 'switches' || options.forceSwitch || !lock.tokens.has(options.token)) {
			lock.tokens.add(await switchOrganisation(options.organisation));
		}
		switched = true;
	} finally {
		if (!switched && options.signal?.aborted) {
			lock.tokens.clear();
			void sleep(options.gracePeriodMs ?? 0).then(() => settle(false));
		} else settle(switched);
	}
	return () => release(lock);
}

/** A foreign record was seen: whoever comes next registers again. */
export function invalidate(user: string): void {
	lockFor(user).tokens.clear();
}

/** Whether the guard believes this organisation to be the registered one. */
export const isCurrent = (user: string, organisation: number): boolean => lockFor(user).organisation === organisation;

/**
 * Registers an organisation for a new session: the one that requests under way need, and the credential's own only when
 * there are none (n8n renews a session and resends inside one call, so anything else would write to the wrong
 * organisation). Never waits for a turn: whoever holds it may be waiting for this sign-in.
 */
export async function switchForNewSession(
	user: string,
	token: string,
	defaultOrganisation: number,
	switchOrganisation: (organisation: number) => Promise<void>,
): Promise<void> {
	const lock = lockFor(user);
	if (lock.active > 0 || lock.switching) {
		lock.active += 1; // or a switch could begin, and end, before this registration arrives
		try {
			await switchOrganisation(lock.organisation ?? defaultOrganisation);
			lock.tokens.add(token);
		} finally {
			release(lock);
		}
		return;
	}
	lock.switching = true;
	lock.organisation = defaultOrganisation;
	lock.tokens.clear();
	let switched = false;
	try {
		await switchOrganisation(defaultOrganisation);
		lock.tokens.add(token);
		switched = true;
	} finally {
		if (!switched) lock.organisation = undefined;
		lock.switching = false;
		dispatch(lock);
	}
}

async function enqueue(lock: LockState, { organisation, signal }: AcquireOptions): Promise<'joins' | 'switches'> {
	signal?.throwIfAborted();
	return await new Promise((resolve, reject) => {
		const waiters: Waiter = {
			organisation,
			admit: (mode) => {
				signal?.removeEventListener('abort', onAbort);
				resolve(mode);
			},
		};
		const onAbort = () => {
			lock.waiters = lock.waiters.filter((each) => each !== waiters);
			reject(signal?.reason);
			dispatch(lock);
		};
		signal?.addEventListener('abort', onAbort, { once: true });
		lock.waiters.push(waiters);
		dispatch(lock);
	});
}

function dispatch(lock: LockState): void {
	for (let next = lock.waiters[0]; next && !lock.switching; next = lock.waiters[0]) {
		const joins = next.organisation === lock.organisation;
		if (!joins && lock.active > 0) return;
		lock.waiters.shift();
		lock.active += 1;
		if (!joins) {
			lock.switching = true;
			lock.organisation = next.organisation;
			lock.tokens.clear();
		}
		next.admit(joins ? 'joins' : 'switches');
	}
}

function release(lock: LockState): void {
	lock.active -= 1;
	dispatch(lock);
}
