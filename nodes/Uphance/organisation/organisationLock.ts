import { sleep } from 'n8n-workflow';
import { fixedLimits } from '../http/limits';
import { GroupLock } from './groupLock';

/** What a request needs of the lock. */
export interface AcquireOptions {
	organisationId: number;
	/** The access token of the request that follows. */
	token: string;
	/** Milliseconds. An older registration is made again: somebody may have switched in Uphance's web app. */
	maxAgeMs: number;
	/** Set if the user has one organisation: then it counts as current, although this process has registered nothing. */
	assumeCurrent?: boolean;
	/** Ends the wait. */
	signal?: AbortSignal;
	/** Milliseconds that an aborted registration may still be in flight. Nobody else gets the lock meanwhile. */
	gracePeriodMs?: number;
}

/** The right to send requests while the organisation is current. */
export interface Turn {
	/** Whether the organisation was registered for this turn. */
	registered: boolean;
	/** Ends the turn. Must be called once. */
	release: () => void;
}

/**
 * Keeps each request of one user in its own organisation: requests for one organisation run together, and a switch
 * waits for those in flight (docs/design.md: One organisation at a time).
 */
export class OrganisationLock {
	private readonly lock = new GroupLock();

	/** The newest access tokens that registered the current organisation, in case Uphance stores it per token. */
	private readonly tokens = new Set<string>();

	/** The organisation registered last; undefined if this process has registered none, or if it is uncertain. */
	private registeredId?: number;
	private registeredAtMs = -Infinity;

	/** Set once the user is known to have several organisations, even if a session says one. */
	hasSeveral = false;

	/**
	 * Waits until requests for the organisation may be sent, and registers it if necessary.
	 *
	 * @param register registers an organisation at Uphance and returns the access token that did it
	 * @throws what `register` throws; the signal's reason if it aborts during the wait
	 */
	async acquire(options: AcquireOptions, register: (id: number) => Promise<string>): Promise<Turn> {
		const { organisationId, signal, gracePeriodMs = 0 } = options;
		const isSwitch = (await this.lock.enter(organisationId, signal)) === 'exclusive';
		const turn = { registered: false, release: () => this.lock.leave() };
		if (!this.mustRegister(options)) {
			if (isSwitch) this.lock.settle(true);
			return turn;
		}
		if (this.registeredId !== organisationId) this.forget(); // uncertain until an answer comes
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

	/** Makes the next request register again. */
	invalidate(): void {
		this.tokens.clear();
	}

	/** Tells whether an organisation counts as current. */
	isCurrent(organisationId: number): boolean {
		return this.lock.current === organisationId;
	}

	/** Tells whether a request or a switch is in flight. */
	get isBusy(): boolean {
		return this.lock.isBusy;
	}

	/**
	 * Registers the organisation that requests in flight need, or else the credential's own, for a new session. n8n sends
	 * such a request again at once, so another choice would write to the wrong organisation. Never waits for a turn: its
	 * holder may be waiting for this sign-in.
	 *
	 * @throws what `register` throws
	 */
	async registerSession(token: string, ownId: number, register: (id: number) => Promise<void>): Promise<void> {
		const { isBusy } = this.lock;
		const organisationId = (isBusy ? this.lock.current : undefined) ?? ownId;
		// Either holds back a switch, which could begin and end before this registration arrives.
		if (isBusy) this.lock.join();
		else this.lock.change(ownId);
		if (!isBusy && this.registeredId !== ownId) this.forget();
		let registered = false;
		try {
			await register(organisationId);
			this.markRegistered(organisationId, token);
			registered = true;
		} finally {
			if (isBusy) this.lock.leave();
			else this.lock.settle(registered);
		}
	}

	private mustRegister({ organisationId, token, maxAgeMs, assumeCurrent }: AcquireOptions): boolean {
		const isOwn = this.registeredId === organisationId;
		if (assumeCurrent && !this.hasSeveral && (isOwn || this.registeredId === undefined)) return false;
		const ageMs = Date.now() - this.registeredAtMs; // negative if the clock was set back: the age is not known then
		return !isOwn || !this.tokens.has(token) || ageMs < 0 || ageMs >= maxAgeMs;
	}

	private forget(): void {
		this.registeredId = undefined;
		this.tokens.clear();
	}

	private markRegistered(organisationId: number, token: string): void {
		if (this.registeredId !== organisationId) this.forget();
		this.registeredId = organisationId;
		this.tokens.add(token);
		const [oldest = token] = this.tokens;
		if (this.tokens.size > fixedLimits.maxTokens) this.tokens.delete(oldest);
		this.registeredAtMs = Date.now();
	}
}

const locks = new Map<string, OrganisationLock>();

/** Returns the lock of a user. @param user as `userKey` returns it */
export function lockFor(user: string): OrganisationLock {
	const lock = locks.get(user) ?? new OrganisationLock();
	locks.set(user, lock);
	const isIdle = ([key, each]: [string, OrganisationLock]) => key !== user && !each.isBusy;
	const idle = locks.size > fixedLimits.maxLocks ? [...locks].find(isIdle) : undefined;
	if (idle) locks.delete(idle[0]);
	return lock;
}
