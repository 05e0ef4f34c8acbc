import { sleep } from 'n8n-workflow';
import { GroupLock } from './groupLock';

export interface AcquireOptions {
	organisationId: number;
	/** The access token of the request that follows. */
	token: string;
	/** Milliseconds; an older registration is made again, because someone may have switched in Uphance's web page. */
	maxAgeMs: number;
	/** Rely on Uphance where this process has registered nothing yet: the user has one organisation. */
	assumeCurrent?: boolean;
	signal?: AbortSignal;
	/** Milliseconds that a registration which was cut off may still take at Uphance; nobody is let in meanwhile. */
	gracePeriodMs?: number;
}

/** A turn in which the organisation is current. */
export interface Turn {
	/** Whether this very turn registered the organisation. */
	registered: boolean;
	release: () => void;
}

/**
 * Keeps every request of one user inside its own organisation. Uphance probably stores the current organisation per
 * user (docs/design.md), so requests for one organisation run together, and a switch waits for those in flight.
 */
export class OrganisationLock {
	private readonly lock = new GroupLock();

	/** The access tokens that registered the current organisation: right also if Uphance keeps it per token. */
	private readonly tokens = new Set<string>();

	/** The organisation registered last; undefined while this process has registered none, or nobody can say. */
	private registeredId?: number;

	/** Milliseconds of the clock. */
	private registeredAt = -Infinity;

	/** Whether the user was seen to have several organisations, also if a session says one. */
	hasSeveral = false;

	/**
	 * Waits until requests for the organisation may be sent, and registers it where needed.
	 *
	 * @param register registers an organisation at Uphance and returns the access token that did it
	 * @throws what `register` throws, or the signal's reason when it aborts while this waits
	 */
	async acquire(options: AcquireOptions, register: (id: number) => Promise<string>): Promise<Turn> {
		const { organisationId, signal, gracePeriodMs = 0 } = options;
		const isSwitch = (await this.lock.enter(organisationId, signal)) === 'exclusive';
		const turn = { registered: false, release: () => this.lock.leave() };
		if (!this.mustRegister(options)) {
			if (isSwitch) this.lock.settle(true);
			return turn;
		}
		if (this.registeredId !== organisationId) this.forget(); // until an answer comes, nobody can say
		let registered = false;
		try {
			this.markRegistered(organisationId, await register(organisationId));
			registered = true;
		} finally {
			const settle = () => {
				if (isSwitch) this.lock.settle(registered);
				if (!registered) this.lock.leave();
			};
			if (registered || !signal?.aborted) settle();
			else {
				this.forget();
				void sleep(gracePeriodMs).then(settle);
			}
		}
		return { ...turn, registered };
	}

	/** Forgets that the organisation is registered; the next request registers it again. */
	invalidate(): void {
		this.tokens.clear();
	}

	/** Tells whether an organisation is believed to be the current one. */
	isCurrent(organisationId: number): boolean {
		return this.lock.current === organisationId;
	}

	/** Tells whether a request is in flight. */
	get isBusy(): boolean {
		return this.lock.isBusy;
	}

	/**
	 * Registers an organisation for a new session: the one that requests in flight need, and the credential's own when
	 * there are none. n8n renews a session and resends the request inside one call, so any other choice would write to
	 * the wrong organisation. Never waits for a turn: whoever holds it may be waiting for this sign-in.
	 *
	 * @throws what `register` throws
	 */
	async registerSession(token: string, ownId: number, register: (id: number) => Promise<void>): Promise<void> {
		if (this.lock.isBusy) {
			this.lock.join(); // or a switch could begin, and end, before this registration arrives
			const organisationId = this.lock.current ?? ownId;
			try {
				await register(organisationId);
				this.markRegistered(organisationId, token);
			} finally {
				this.lock.leave();
			}
			return;
		}
		this.lock.change(ownId);
		if (this.registeredId !== ownId) this.forget();
		let registered = false;
		try {
			await register(ownId);
			this.markRegistered(ownId, token);
			registered = true;
		} finally {
			this.lock.settle(registered);
		}
	}

	private mustRegister({ organisationId, token, maxAgeMs, assumeCurrent }: AcquireOptions): boolean {
		const isOwn = this.registeredId === organisationId;
		if (assumeCurrent && !this.hasSeveral && (isOwn || this.registeredId === undefined)) return false;
		return !isOwn || !this.tokens.has(token) || Date.now() - this.registeredAt >= maxAgeMs;
	}

	private forget(): void {
		this.registeredId = undefined;
		this.tokens.clear();
	}

	private markRegistered(organisationId: number, token: string): void {
		if (this.registeredId !== organisationId) this.forget();
		this.registeredId = organisationId;
		this.tokens.add(token);
		this.registeredAt = Date.now();
	}
}

/** Users whose lock is kept; beyond that the oldest idle lock is dropped, which costs one more registration. */
const maxLocks = 1_000;

const locks = new Map<string, OrganisationLock>();

/** Returns the lock of a user. @param user origin of the API and e-mail, as `userKey` makes it */
export function lockFor(user: string): OrganisationLock {
	const lock = locks.get(user) ?? new OrganisationLock();
	locks.set(user, lock);
	if (locks.size > maxLocks) {
		const idle = [...locks].find(([key, each]) => key !== user && !each.isBusy);
		if (idle) locks.delete(idle[0]);
	}
	return lock;
}
