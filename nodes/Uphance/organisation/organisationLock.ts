import { sleep } from 'n8n-workflow';

/**
 * Uphance keeps the current organisation on its side, probably for each user (uphance-api.md 2.7). Within one n8n
 * process this guard makes every request of a user run while its own organisation is the registered one: requests of
 * one organisation run together, a switch waits for those under way, first come, first served (design 4).
 */
interface Guard {
	/** The organisation registered last, or being registered; undefined when nobody can say. */
	organisation?: number;
	/** The access tokens that registered it since: right also if Uphance should keep the organisation for each token. */
	tokens: Set<string>;
	underWay: number;
	/** While this holds, nobody else is let in. */
	switching: boolean;
	waiting: Waiting[];
}

interface Waiting {
	organisation: number;
	admit: (how: 'joins' | 'switches') => void;
}

/** Registers the organisation at Uphance and returns the access token that did it. */
type Register = (organisation: number) => Promise<string>;

interface Wish {
	organisation: number;
	token: string;
	/** Register even if this guard believes it is: someone may have switched in Uphance's own web page. */
	anew: boolean;
	signal?: AbortSignal;
	/** Milliseconds that a registration which was cut off may still take at Uphance; nobody is let in meanwhile. */
	settle?: number;
}

const guards = new Map<string, Guard>();

function guardOf(user: string): Guard {
	const known = guards.get(user);
	if (known) return known;
	const fresh: Guard = { tokens: new Set(), underWay: 0, switching: false, waiting: [] };
	guards.set(user, fresh);
	return fresh;
}

/**
 * Waits until requests for the organisation may be sent, registers it where needed and returns the call that gives the
 * turn back.
 *
 * @throws what `register` throws, or the signal's reason when the execution is cancelled while it waits.
 */
export async function takeTurn(user: string, wish: Wish, register: Register): Promise<() => void> {
	const guard = guardOf(user);
	const how = await admission(guard, wish);
	const give = (registered: boolean) => {
		if (how === 'switches') guard.switching = false;
		if (how === 'switches' && !registered) guard.organisation = undefined;
		if (registered) admitNext(guard);
		else leave(guard);
	};
	let registered = false;
	try {
		if (how === 'switches' || wish.anew || !guard.tokens.has(wish.token)) {
			guard.tokens.add(await register(wish.organisation));
		}
		registered = true;
	} finally {
		if (!registered && wish.signal?.aborted) {
			guard.tokens.clear();
			void sleep(wish.settle ?? 0).then(() => give(false));
		} else give(registered);
	}
	return () => leave(guard);
}

/** A foreign record was seen: whoever comes next registers again. */
export function doubtRegistration(user: string): void {
	guardOf(user).tokens.clear();
}

/** Whether the guard believes this organisation to be the registered one. */
export const isRegistered = (user: string, organisation: number): boolean =>
	guardOf(user).organisation === organisation;

/**
 * Registers an organisation for a new session: the one that requests under way need, and the credential's own only when
 * there are none (n8n renews a session and resends inside one call, so anything else would write to the wrong
 * organisation). Never waits for a turn: whoever holds it may be waiting for this sign-in.
 */
export async function registerNewSession(
	user: string,
	token: string,
	own: number,
	register: (organisation: number) => Promise<void>,
): Promise<void> {
	const guard = guardOf(user);
	if (guard.underWay > 0 || guard.switching) {
		guard.underWay += 1; // or a switch could begin, and end, before this registration arrives
		try {
			await register(guard.organisation ?? own);
			guard.tokens.add(token);
		} finally {
			leave(guard);
		}
		return;
	}
	guard.switching = true;
	guard.organisation = own;
	guard.tokens.clear();
	let registered = false;
	try {
		await register(own);
		guard.tokens.add(token);
		registered = true;
	} finally {
		if (!registered) guard.organisation = undefined;
		guard.switching = false;
		admitNext(guard);
	}
}

async function admission(guard: Guard, { organisation, signal }: Wish): Promise<'joins' | 'switches'> {
	signal?.throwIfAborted();
	return await new Promise((resolve, reject) => {
		const waiting: Waiting = {
			organisation,
			admit: (how) => {
				signal?.removeEventListener('abort', giveUp);
				resolve(how);
			},
		};
		const giveUp = () => {
			guard.waiting = guard.waiting.filter((each) => each !== waiting);
			reject(signal?.reason);
			admitNext(guard);
		};
		signal?.addEventListener('abort', giveUp, { once: true });
		guard.waiting.push(waiting);
		admitNext(guard);
	});
}

function admitNext(guard: Guard): void {
	for (let next = guard.waiting[0]; next && !guard.switching; next = guard.waiting[0]) {
		const joins = next.organisation === guard.organisation;
		if (!joins && guard.underWay > 0) return;
		guard.waiting.shift();
		guard.underWay += 1;
		if (!joins) {
			guard.switching = true;
			guard.organisation = next.organisation;
			guard.tokens.clear();
		}
		next.admit(joins ? 'joins' : 'switches');
	}
}

function leave(guard: Guard): void {
	guard.underWay -= 1;
	admitNext(guard);
}
